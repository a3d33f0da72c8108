//! `government-as-guarantor`: the government side guarantees, jointly answers for or tops up the debt of another.
//!
//! # What it does
//!
//! Finds promises of security, joint liability, topping up and repurchase, and asks who makes them.
//!
//! # Why it matters
//!
//! State organs may not be guarantors, save for loans of foreign states; such a promise is void and still costs.
//!
//! # What must not be flagged
//!
//! Security given by the other side (履约担保), the government's own debts (按时付款), security for its own payment
//! (工程款支付担保), and a clause that says that it gives none.

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::{Parameters, Words};
use super::super::reading::actors::{Actor, actor, actor_at};
use super::super::reading::{part_around, sentences};
use super::Computed;
use crate::model::fields::Side;

/// The rule.
pub const RULE: Computed =
    Computed { slug: "government-as-guarantor", variants: &[("guarantee", &[]), ("top-up", &[])], compile };

/// Behind 由 and a party: that it makes another one pay, or another one that pays.
const BY_ANOTHER: [&str; 12] =
    ["督促", "要求", "通知", "责令", "催告", "协调", "监督", "指定", "丙方", "丁方", "第三人", "股东"];

/// Do the words of a promise turn to somebody else who keeps it, or does 当 belong to 应当?
fn is_of_another(lead: &str, words: &str) -> bool {
    let part = format!("{}{words}", lead.rsplit([',', ':']).next().unwrap_or_default());
    let behind = part.rsplit_once('由').map_or("", |(_, behind)| behind);
    BY_ANOTHER.iter().any(|word| behind.contains(word))
        || words.starts_with('当') && lead.ends_with(['应', '适', '正', '不'])
        || words.starts_with('为') && lead.ends_with(['不', '非'])
}

#[derive(Debug)]
struct GovernmentAsGuarantor(Words);

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let names = ["guarantee", "top-up", "unless", "government"];
    Ok(Box::new(GovernmentAsGuarantor(Words::new(parameters, &names)?)))
}

impl Check for GovernmentAsGuarantor {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let body = &contract.chosen;
        let (mut hits, mut doubts) = (Vec::new(), Vec::new());
        for sentence in sentences(body) {
            let words = &body[sentence.clone()];
            for variant in ["guarantee", "top-up"] {
                for found in self.0.find(variant, words) {
                    let range = sentence.start + found.start()..sentence.start + found.end();
                    if self.0.say("unless", &body[part_around(body, range.clone())]) {
                        continue;
                    }
                    let lead = &words[..found.start()];
                    if is_of_another(lead, found.as_str()) {
                        continue;
                    }
                    let stated = actor(contract.fields(), found.as_str());
                    let who = if self.0.say("government", lead) {
                        Actor::One(Side::Government)
                    } else if found.as_str().contains('由') && matches!(stated, Actor::One(_)) {
                        // 乙方借的钱还不上的，由甲方来还: who owes is named first, who answers behind 由.
                        stated
                    } else {
                        let named = actor_at(contract, sentence.start, lead);
                        // 差额由甲方补足: who acts stands inside the wording.
                        let within = || actor_at(contract, sentence.start, &words[..found.end()]);
                        if named == Actor::Nobody { within() } else { named }
                    };
                    let span = contract.text.span_of_shadow(part_around(body, range));
                    match who {
                        Actor::One(Side::Government) => hits.push(Sighting::new(variant, vec![span])),
                        Actor::One(Side::Unknown) => doubts.push(span),
                        _ => {}
                    }
                }
            }
        }
        contract.by_side(hits, doubts)
    }
}
