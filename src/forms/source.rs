//! The closed set of names that a form definition may give as `source`.

use super::party::PartyReader;
use super::reader::Reader;
use super::reading::Reading;
use super::{clause, contract, party, price, substance, way};

/// Reads one thing about the contract or its file.
pub(super) type ContractSource = fn(&Reader<'_>) -> Reading;

/// Reads one thing about a party.
pub(super) type PartySource = fn(&PartyReader<'_>) -> Reading;

/// Where a person's word on an entry belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Home {
    /// A field of the record by its path, or a part of one (`term.end`); of a party, below the party's own path.
    Field(&'static str),
    /// Nothing that a record has: the entry itself.
    Entry,
    /// Nowhere: a fact about the file that nobody has to confirm.
    Fact,
}

/// What can be read about the contract and its file.
pub(super) const CONTRACT: &[(&str, Home, ContractSource)] = &[
    ("title", Home::Field("title"), contract::title),
    ("contract-number", Home::Field("contract_number"), contract::contract_number),
    ("kind", Home::Field("kind"), contract::kind),
    ("stage", Home::Field("stage"), contract::stage),
    ("contract-type", Home::Field("contract_type"), substance::contract_type),
    ("article5", Home::Entry, substance::article5),
    ("direction", Home::Field("direction"), substance::direction),
    ("subject", Home::Field("subject"), substance::subject),
    ("payments", Home::Entry, substance::payments),
    ("effective", Home::Field("effective.text"), substance::effective),
    ("copies", Home::Field("copies.total"), substance::copies),
    ("guarantee", Home::Field("guarantee"), substance::guarantee),
    ("attachments", Home::Entry, substance::attachments),
    ("sign-date", Home::Field("sign_date"), contract::sign_date),
    ("sign-place", Home::Field("sign_place"), contract::sign_place),
    ("term", Home::Field("term"), contract::term),
    ("term-start", Home::Field("term.start"), contract::term_start),
    ("term-end", Home::Field("term.end"), contract::term_end),
    ("term-duration", Home::Field("term.duration"), contract::term_duration),
    ("amount", Home::Field("amount"), price::amount),
    ("amount-in-words", Home::Field("amount_in_words"), price::amount_in_words),
    ("price-basis", Home::Entry, price::basis),
    ("tax", Home::Entry, price::tax),
    ("key-regulated", Home::Entry, price::key_regulated),
    ("district-review", Home::Entry, way::district_review),
    ("filing-exempt", Home::Entry, way::filing_exempt),
    ("dispute", Home::Entry, clause::dispute),
    ("forum", Home::Field("dispute.forum"), clause::forum),
    ("quantity", Home::Entry, substance::quantity),
    ("quality", Home::Entry, substance::quality),
    ("notice", Home::Field("notice"), clause::notice),
    ("unilateral-right", Home::Field("unilateral_right"), clause::unilateral_right),
    ("governing-law", Home::Field("governing_law.text"), clause::governing_law),
    ("governing-language", Home::Entry, clause::governing_language),
    ("confidentiality", Home::Field("confidentiality"), clause::confidentiality),
    ("breach-liability", Home::Field("breach_liability"), clause::breach_liability),
    ("record-id", Home::Fact, contract::record_id),
    ("document-hash", Home::Fact, contract::document_hash),
    ("source-path", Home::Fact, contract::source_path),
    ("page-count", Home::Fact, contract::page_count),
];

/// What can be read about each party; the paths stand below the party's own.
pub(super) const PARTY: &[(&str, Home, PartySource)] = &[
    ("party-role", Home::Field("role"), party::role),
    ("party-side", Home::Field("side"), party::side),
    ("party-name", Home::Field("name"), party::name),
    ("party-identity", Home::Field(party::IDENTITY), party::identity),
    ("party-legal-representative", Home::Field("legal_representative"), party::legal_representative),
    ("party-address", Home::Field("address"), party::address),
    ("party-contact", Home::Field("contact"), party::contact),
    ("party-phone", Home::Field("phone"), party::phone),
    ("party-bank", Home::Field("bank"), party::bank),
    ("party-account", Home::Field("account"), party::account),
];

/// The source of that name for a section that stands once.
pub(super) fn contract(name: &str) -> Result<(Home, ContractSource), String> {
    find(CONTRACT, name, "只用于 each = \"party\" 的栏", PARTY)
}

/// The source of that name for a section that repeats for each party.
pub(super) fn party(name: &str) -> Result<(Home, PartySource), String> {
    find(PARTY, name, "不能用于 each = \"party\" 的栏", CONTRACT)
}

fn find<S: Copy, O>(
    here: &[(&str, Home, S)],
    name: &str,
    misplaced: &str,
    there: &[(&str, Home, O)],
) -> Result<(Home, S), String> {
    if let Some((_, home, source)) = here.iter().find(|(known, ..)| *known == name) {
        return Ok((*home, *source));
    }
    if there.iter().any(|(known, ..)| *known == name) {
        return Err(format!("source “{name}” {misplaced}"));
    }
    let known: Vec<_> = here.iter().map(|(known, ..)| *known).collect();
    Err(format!("没有名为“{name}”的 source；此栏可用：{}", known.join("、")))
}
