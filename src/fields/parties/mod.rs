//! Parties (当事人): who they are, by which names they go, and their particulars. The header and the block
//! of signatures are two witnesses.

mod bank;
mod blocks;
mod coined;
mod english;
mod name;
mod prose;
mod side;
mod telephone;
mod tokens;

pub mod particulars;

use super::Extractor;
use super::draft::Draft;
use super::lexicon::{Label, Lexicon};
use super::reading::{Part, Reading};
use super::resolve::{Witness, resolve};
use crate::model::Value;
use crate::model::fields::{Party, PartyKind};
use blocks::{Block, Statement};
use name::Look;
pub use name::is_person;

/// Parties with name, roles, side and particulars.
pub const EXTRACTOR: Extractor = Extractor {
    field: "parties",
    about: "甲方、乙方等当事人及其名称、代码、代表人、地址、联系人、账户",
    run,
};

fn run(reading: &Reading<'_>, draft: &mut Draft) {
    let mut blocks = blocks::gather(reading);
    prose::add(reading, &mut blocks);
    coined::sift(reading, &mut blocks);
    english::merge(&mut blocks);
    blocks.retain(|block| is_party(reading, block));
    drop_other_slots(reading, &mut blocks);
    draft.fields.parties = blocks.iter().map(|block| party(reading, block)).collect();
    assign_sides(reading.lexicon, &blocks, &mut draft.fields.parties);
    if draft.fields.parties.is_empty() {
        draft.absent(reading, "parties", None);
    }
    for (index, block) in blocks.iter().enumerate() {
        missing(reading, draft, index, block);
    }
}

/// A role is a party when it is named, or when the contract keeps a slot for it in its header or among the
/// signatures.
fn is_party(reading: &Reading<'_>, block: &Block) -> bool {
    let slot =
        |s: &Statement| s.label == Label::Name && s.part != Part::Clauses && s.part != Part::Attachment;
    !block.words.is_empty() && (name_of(reading, block).is_some() || block.statements.iter().any(slot))
}

/// Where two parties go by letters, the empty slots of others (发包单位：____ on the cover, 委托单位（公章） of a form that is
/// attached) are theirs, or nobody's.
fn drop_other_slots(reading: &Reading<'_>, blocks: &mut Vec<Block>) {
    let lettered = |block: &Block| {
        let letter =
            |word: &str| reading.lexicon.marks.roles.iter().any(|r| r.letter && word.starts_with(&r.word));
        block.words.iter().any(|word| letter(word))
    };
    if blocks.iter().filter(|block| lettered(block)).count() >= 2 {
        // Who stands security or supervises is a party of its own, whose slot is open.
        let third = |block: &Block| {
            block
                .words
                .iter()
                .any(|word| ["担保", "保证", "监管", "监督"].iter().any(|own| word.contains(own)))
        };
        blocks.retain(|block| lettered(block) || third(block) || name_of(reading, block).is_some());
    }
}

fn party(reading: &Reading<'_>, block: &Block) -> Party {
    let get = |label| particulars::particular(reading, block, label);
    let name = name_of(reading, block);
    let id_number = get(Label::IdNumber);
    let kind = kind(name.as_ref(), id_number.is_some());
    Party {
        role: role(reading.lexicon, &block.words),
        side: crate::model::fields::Side::Unknown,
        kind,
        name,
        uscc: get(Label::Uscc),
        id_number,
        // Nobody represents a person by law: the line belongs to a party that was not read.
        legal_representative: get(Label::LegalRepresentative).filter(|_| kind != PartyKind::Person),
        address: get(Label::Address),
        contact: get(Label::Contact),
        phone: get(Label::Phone),
        bank: get(Label::Bank),
        account: get(Label::Account),
    }
}

/// 甲方(采购人): the stand-in letter first, the others in brackets.
fn role(lexicon: &Lexicon, words: &[String]) -> String {
    let letter = |word: &&String| lexicon.marks.roles.iter().any(|r| r.letter && word.starts_with(&r.word));
    let first = words.iter().find(letter).or(words.first()).cloned().unwrap_or_default();
    let rest: Vec<&str> = words.iter().filter(|word| **word != first).map(String::as_str).take(2).collect();
    if rest.is_empty() { first } else { format!("{first}({})", rest.join("、")) }
}

fn kind(name: Option<&Value<String>>, has_id: bool) -> PartyKind {
    match name.and_then(|name| name::look(&folded_brackets(&name.value))) {
        Some(Look::Organisation) => PartyKind::Organisation,
        Some(Look::Person) => PartyKind::Person,
        _ if has_id => PartyKind::Person,
        _ => PartyKind::Unknown,
    }
}

fn folded_brackets(text: &str) -> String {
    text.replace('（', "(").replace('）', ")")
}

fn name_of(reading: &Reading<'_>, block: &Block) -> Option<Value<String>> {
    let witnesses = block.statements.iter().filter_map(|s| name_witness(reading, s)).collect();
    resolve(reading, witnesses)
}

fn name_witness(reading: &Reading<'_>, statement: &Statement) -> Option<Witness<String>> {
    if statement.label != Label::Name {
        return None;
    }
    let range = name::clean(reading, statement.value.clone())?;
    if reading.lexicon.marks.role(reading.slice(range.clone())).is_some() {
        // 节能服务公司（乙方）: another word for the role, no name.
        return None;
    }
    let look = name::look(reading.slice(range.clone()))?;
    let confidence = name_confidence(statement, look)?;
    Some(Witness::new(reading.written(range.clone()), range, confidence, name_method(statement)))
}

fn name_method(statement: &Statement) -> &'static str {
    match (statement.part, statement.signature) {
        (Part::Opening, _) => "party/header",
        (_, true) | (Part::Signature, _) => "party/signature",
        _ => "party/label",
    }
}

/// How far a name is believed from its look and place; `None` where it is not.
fn name_confidence(statement: &Statement, look: Look) -> Option<f64> {
    let header = statement.part == Part::Opening;
    let signature = statement.part == Part::Signature;
    match look {
        Look::Organisation if header && statement.parted => Some(0.96),
        Look::Organisation if signature && statement.parted => Some(0.9),
        Look::Organisation if header => Some(0.8),
        Look::Organisation if statement.parted => Some(0.7),
        Look::Person if header && statement.parted => Some(0.92),
        Look::Person if signature && statement.parted => Some(0.7),
        Look::Other if header && statement.parted => Some(0.7),
        _ => None,
    }
}

fn assign_sides(lexicon: &Lexicon, blocks: &[Block], parties: &mut [Party]) {
    let names: Vec<Option<String>> =
        parties.iter().map(|p| p.name.as_ref().map(|name| folded_brackets(&name.value))).collect();
    let known: Vec<(&[String], Option<&str>)> =
        blocks.iter().zip(&names).map(|(block, name)| (block.words.as_slice(), name.as_deref())).collect();
    for (party, side) in parties.iter_mut().zip(side::sides(lexicon, &known)) {
        party.side = side;
    }
}

/// Says what is not known of a party, and why.
fn missing(reading: &Reading<'_>, draft: &mut Draft, index: usize, block: &Block) {
    let Some(party) = draft.fields.parties.get(index) else { return };
    let person = party.kind == PartyKind::Person;
    let organisation = party.kind == PartyKind::Organisation;
    let particulars = [
        ("name", Label::Name, party.name.is_none(), true),
        ("uscc", Label::Uscc, party.uscc.is_none(), !person),
        ("id_number", Label::IdNumber, party.id_number.is_none(), !organisation),
        ("legal_representative", Label::LegalRepresentative, party.legal_representative.is_none(), !person),
        ("address", Label::Address, party.address.is_none(), true),
        ("contact", Label::Contact, party.contact.is_none(), true),
        ("phone", Label::Phone, party.phone.is_none(), true),
        ("bank", Label::Bank, party.bank.is_none(), true),
        ("account", Label::Account, party.account.is_none(), true),
    ];
    for (field, label, is_missing, applies) in particulars {
        let path = format!("parties[{index}].{field}");
        match (is_missing, applies) {
            (true, true) => draft.absent(reading, path, particulars::blank_slot(reading, block, label)),
            (true, false) => draft.not_applicable(path),
            (false, _) => {}
        }
    }
}

#[cfg(test)]
mod tests;
