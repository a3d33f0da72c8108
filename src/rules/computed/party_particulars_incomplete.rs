//! `party-particulars-incomplete`: a party's particulars are not all there.
//!
//! # What it does
//!
//! Looks, party by party, for name, representative, address and a way to reach it; for a person for the number of a
//! document in place of a representative.
//!
//! # Why it matters
//!
//! Whoever cannot be identified or reached can be neither notified nor sued.
//!
//! # What must not be flagged
//!
//! Slots that are there and not filled yet (`blank-unfilled`), numbers masked on purpose, supplements that leave the rest to
//! their main contract.

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::{Parameters, Words};
use super::super::reading::sentences;
use super::Computed;
use crate::model::fields::{AbsentReason, Party, PartyKind};

/// The rule.
pub const RULE: Computed = Computed {
    slug: "party-particulars-incomplete",
    variants: &[("incomplete", &["missing"]), ("nameless", &["missing"])],
    compile,
};

/// Lines of particulars behind a party's name.
const BLOCK: usize = 8;

#[derive(Debug)]
struct PartyParticularsIncomplete(Words);

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(PartyParticularsIncomplete(Words::new(
        parameters,
        &["masked", "representative", "contact", "reach", "struck", "main-contract", "address"],
    )?)))
}

impl PartyParticularsIncomplete {
    /// 甲方联系人：陈某（…）, in a clause on contacts; 乙方：周某，手机：138…, all in one line.
    fn reached_in_clause(&self, contract: &Contract<'_>, party: &Party) -> bool {
        let body = contract.text.folded_body();
        let roles: Vec<_> = party.roles().collect();
        sentences(body).map(|sentence| &body[sentence]).any(|words| {
            let own = roles.iter().any(|role| words.trim_start().starts_with(role));
            own && self.0.say("reach", words)
                || self.0.find("contact", words).any(|found| {
                    let before = &words[..found.start()];
                    roles.iter().any(|role| before.ends_with(role) || before.ends_with(&format!("{role}的")))
                })
        })
    }

    /// The lines of a party's particulars: from its name on to the next party's, or a few lines.
    fn block<'b>(&self, contract: &'b Contract<'_>, party: &Party) -> &'b str {
        let body = contract.text.folded_body();
        let at = |party: &Party| {
            let span = party.name.as_ref().and_then(|name| name.evidence.first())?;
            Some(contract.shadow_of_span(span).start)
        };
        let Some(start) = at(party) else { return "" };
        let next = contract.fields().parties.iter().filter_map(at).filter(|place| *place > start).min();
        let lines = body.get(start..next.unwrap_or(body.len())).unwrap_or_default();
        let end = lines.match_indices('\n').nth(BLOCK).map_or(lines.len(), |(at, _)| at);
        &lines[..end]
    }

    /// What is not there of a party, in Chinese.
    fn missing(&self, contract: &Contract<'_>, index: usize, party: &Party) -> Vec<&'static str> {
        let block = self.block(contract, party);
        let struck = sentences(block).any(|sentence| self.0.say("struck", &block[sentence]));
        let blank = |field: &str| {
            !struck && contract.absence(&format!("parties[{index}].{field}")) == Some(AbsentReason::Blank)
        };
        let lacks = |there: bool, field: &str| !there && !blank(field);
        let person = party.kind == PartyKind::Person;
        let body = contract.text.folded_body();
        // What is read of the party comes first; the whole body is searched only where that is silent.
        let masked = || self.0.say("masked", body);
        let reached = || {
            party.phone.is_some()
                || party.contact.is_some()
                || blank("phone")
                || blank("contact")
                || sentences(block).any(|sentence| self.0.say("reach", &block[sentence]))
                || self.reached_in_clause(contract, party)
        };
        let represented = || {
            party.legal_representative.is_some()
                || party.kind == PartyKind::Unknown
                || self.0.say("representative", body)
        };
        [
            (lacks(party.name.is_some(), "name"), "名称"),
            (!person && lacks(represented(), "legal_representative"), "法定代表人或者负责人"),
            (person && lacks(party.id_number.is_some(), "id_number") && !masked(), "身份证件号码"),
            (lacks(party.address.is_some() || self.0.say("address", block), "address"), "地址"),
            (!reached(), "联系方式"),
        ]
        .into_iter()
        .filter_map(|(missing, name)| missing.then_some(name))
        .collect()
    }
}

/// What a third party is called that signs beside the two.
const FURTHER: [&str; 7] = ["丙", "丁", "戊", "担保", "保证", "见证", "监管"];

/// Is a party without a name the same as one before it, under the name that its slot for the signature bears (出租方, 出租人), or as one of
/// the two that were introduced by other words?
fn is_read_twice(parties: &[Party], index: usize) -> bool {
    let Some(party) = parties.get(index).filter(|party| party.name.is_none()) else { return false };
    let stem = |role: &str| {
        role.split('(').next().unwrap_or(role).trim_end_matches(['方', '人', '单', '位']).to_owned()
    };
    let own = stem(&party.role);
    let before = parties.get(..index).unwrap_or_default();
    let alike = |other: &Party| !own.is_empty() && other.roles().any(|role| stem(role) == own);
    before.iter().any(alike) || index >= 2 && !FURTHER.iter().any(|word| party.role.contains(word))
}

/// Parties whose name was left open.
fn nameless(contract: &Contract<'_>) -> Option<Sighting> {
    let blank = |index: usize| {
        let field = format!("parties[{index}].name");
        contract
            .extracted
            .absent
            .iter()
            .find(|absent| absent.field == field && absent.reason == AbsentReason::Blank)
    };
    let open: Vec<_> = contract
        .fields()
        .parties
        .iter()
        .enumerate()
        .filter_map(|(i, party)| Some((party, blank(i)?)))
        .collect();
    let roles: Vec<_> = open.iter().map(|(party, _)| party.role.as_str()).collect();
    let evidence = open.iter().flat_map(|(_, absent)| absent.evidence.iter().cloned()).collect();
    (!open.is_empty()).then(|| Sighting::new("nameless", evidence).with("missing", roles.join("、")))
}

impl Check for PartyParticularsIncomplete {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        if contract.unread().is_some() || contract.fields().parties.is_empty() {
            return Verdict::NothingFound;
        }
        let nameless = nameless(contract);
        if contract.is_supplement() || self.0.say("main-contract", contract.text.folded_body()) {
            return nameless
                .map_or_else(|| Verdict::NotApplicable("其余条款依主合同".to_owned()), Verdict::hit);
        }
        let (mut told, mut evidence) = (Vec::new(), Vec::new());
        let parties = contract.fields().parties.as_slice();
        for (index, party) in parties.iter().enumerate().filter(|(index, _)| !is_read_twice(parties, *index))
        {
            let missing = self.missing(contract, index, party);
            if !missing.is_empty() {
                told.push(format!("{}未见{}", party.role, missing.join("、")));
                evidence.extend(party.name.iter().filter_map(|name| name.evidence.first().cloned()));
            }
        }
        let mut hits: Vec<_> = nameless.into_iter().collect();
        if !told.is_empty() {
            hits.push(Sighting::new("incomplete", evidence).with("missing", told.join("；")));
        }
        if hits.is_empty() { Verdict::Passed } else { Verdict::Hits(hits) }
    }
}
