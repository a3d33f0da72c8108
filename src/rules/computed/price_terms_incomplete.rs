//! `price-terms-incomplete`: of price, payment, deadline and invoice, some are not agreed on; or payment waits for funds.
//!
//! # What it does
//!
//! For contracts with a price, takes the fields on amount and payment and looks for the words of deadline and
//! invoice. Payment that waits until funds have been granted is a variant of its own.
//!
//! # Why it matters
//!
//! Nobody can say when payment is late, and a payment that waits for funds has no date at all.
//!
//! # What must not be flagged
//!
//! Contracts without a price, blanks not filled yet (`blank-unfilled`), supplements, payment through the treasury
//! (国库集中支付) as a way.

use std::sync::LazyLock;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::{Parameters, Words};
use super::super::reading::{part_around, sentences};
use super::Computed;
use crate::fields::scan::{Regex, pattern};
use crate::model::fields::AbsentReason;

/// The rule.
pub const RULE: Computed = Computed {
    slug: "price-terms-incomplete",
    variants: &[("missing", &["missing"]), ("invoice", &["missing"]), ("blank", &[]), ("funds", &[])],
    compile,
};

/// What alone makes no more than a notice.
const INVOICE: &str = "发票或者票据";

/// What a firm is paid for.
static SUPPLIES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:提供|承担|负责)[^。;\n]{0,16}(?:服务|产品|设备|货物|系统|软件|器材|施工|设计|制作|开发|运营)|供应|供货|承办|采购|委托[^。;\n]{0,8}方",
    )
});

/// Does a firm that is a party supply or serve?
fn supplies(contract: &Contract<'_>, body: &str) -> bool {
    let firm = |name: &str| ["公司", "厂", "企业", "事务所", "商行"].iter().any(|end| name.ends_with(end));
    let names = contract.fields().parties.iter().filter_map(|party| party.name.as_ref());
    names.into_iter().any(|name| firm(name.value.trim())) && SUPPLIES.is_match(body)
}

#[derive(Debug)]
struct PriceTermsIncomplete {
    words: Words,
    /// Types that have a price.
    types: Vec<String>,
}

fn compile(mut parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let types = parameters.take("types")?;
    let names = [
        "amount",
        "way",
        "deadline",
        "invoice",
        "funds",
        "funds-unless",
        "slot",
        "denied",
        "besides",
        "sold",
        "framework",
        "unpriced",
        "main-contract",
    ];
    Ok(Box::new(PriceTermsIncomplete { words: Words::new(parameters, &names)?, types }))
}

impl PriceTermsIncomplete {
    /// Payment that waits for funds.
    fn funds(&self, contract: &Contract<'_>) -> Vec<Sighting> {
        let body = &contract.chosen;
        let mut hits = Vec::new();
        for sentence in self.words.sentences("funds", body) {
            for found in self.words.find("funds", &body[sentence.clone()]) {
                let range = sentence.start + found.start()..sentence.start + found.end();
                let part = part_around(body, range);
                if !self.words.say("funds-unless", &body[sentence.clone()]) {
                    hits.push(Sighting::new("funds", vec![contract.text.span_of_shadow(part)]));
                }
            }
        }
        hits
    }

    /// The slot of a price that was never filled in.
    fn blank(&self, contract: &Contract<'_>) -> Option<Sighting> {
        if contract.fields().amount.is_some() {
            return None;
        }
        let absent = contract.extracted.absent.iter().find(|absent| absent.field == "amount")?;
        let slot = || {
            let found = self.words.find("slot", contract.text.folded_body()).next()?;
            Some(vec![contract.text.span_of_shadow(found.range())])
        };
        let evidence = match absent.reason {
            AbsentReason::Blank => absent.evidence.clone(),
            _ => slot()?,
        };
        Some(Sighting::new("blank", evidence))
    }

    /// Does a sentence say it, before it turns to penalties and deposits, and not in words that leave it open?
    fn says(&self, key: &str, body: &str) -> bool {
        sentences(body).any(|sentence| {
            let words = &body[sentence];
            let besides = self.words.find("besides", words).next().map_or(words.len(), |found| found.start());
            self.words.say(key, &words[..besides])
        })
    }

    /// Something done for pay, of whatever type, and not one word about money.
    fn is_unpriced(&self, contract: &Contract<'_>) -> bool {
        let body = contract.text.folded_body();
        let wanted = match contract.type_code() {
            None => self.words.say("sold", body),
            Some("cooperation") => self.is_silent_cooperation(contract) && supplies(contract, body),
            Some(_) => false,
        };
        wanted && !self.words.say("unpriced", body)
    }

    /// A cooperation that is more than a declaration (框架、备忘录), and not one word about money: each side may bear its own, or one may
    /// have to pay the other.
    fn is_silent_cooperation(&self, contract: &Contract<'_>) -> bool {
        contract.type_code() == Some("cooperation")
            && !self.words.say("framework", contract.title())
            && !self.words.say("unpriced", contract.text.folded_body())
    }

    fn missing(&self, contract: &Contract<'_>) -> Vec<&'static str> {
        let body = &self.words.without("denied", contract.text.folded_body());
        let fields = contract.fields();
        let blank = self.blank(contract).is_some();
        let due = fields
            .payments
            .iter()
            .any(|payment| payment.value.due.is_some() || payment.value.every.is_some());
        [
            (fields.amount.is_some() || blank || self.says("amount", body), "价款金额"),
            (!fields.payments.is_empty() || self.words.say("way", body), "支付方式"),
            (due || self.says("deadline", body), "支付期限"),
            (self.words.say("invoice", body), INVOICE),
        ]
        .into_iter()
        .filter_map(|(there, name)| (!there).then_some(name))
        .collect()
    }
}

impl Check for PriceTermsIncomplete {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let mut hits = self.funds(contract);
        let kind = contract.type_code().unwrap_or_default();
        let judged = (self.types.iter().any(|known| known == kind) || self.is_unpriced(contract))
            && !contract.is_supplement()
            && !self.words.say("main-contract", contract.text.folded_body())
            && contract.unread().is_none();
        hits.extend(self.blank(contract));
        let missing = if judged { self.missing(contract) } else { Vec::new() };
        if !missing.is_empty() {
            let evidence = contract.fields().amount.iter().flat_map(|a| a.evidence.iter().take(1).cloned());
            let variant = if missing == [INVOICE] { "invoice" } else { "missing" };
            let sighting = Sighting::new(variant, evidence.collect());
            hits.push(sighting.with("missing", missing.join("、")));
        }
        if hits.is_empty() && !judged && self.is_silent_cooperation(contract) {
            return Verdict::cannot_tell("合作协议未提及费用，是否有偿须核对", Vec::new());
        }
        if hits.is_empty() { Verdict::NothingFound } else { Verdict::Hits(hits) }
    }
}
