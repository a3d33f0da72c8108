//! The closed set of names that a form definition may give as `source`.

use super::party::PartyReader;
use super::reader::Reader;
use super::reading::Reading;
use super::{clause, contract, party, price, substance};

/// Reads one thing about the contract or its file.
pub(super) type ContractSource = fn(&Reader<'_>) -> Reading;

/// Reads one thing about a party.
pub(super) type PartySource = fn(&PartyReader<'_>) -> Reading;

/// What can be read about the contract and its file.
pub(super) const CONTRACT: &[(&str, ContractSource)] = &[
    ("title", contract::title),
    ("contract-number", contract::contract_number),
    ("kind", contract::kind),
    ("stage", contract::stage),
    ("contract-type", substance::contract_type),
    ("article5", substance::article5),
    ("direction", substance::direction),
    ("subject", substance::subject),
    ("payments", substance::payments),
    ("effective", substance::effective),
    ("copies", substance::copies),
    ("guarantee", substance::guarantee),
    ("attachments", substance::attachments),
    ("sign-date", contract::sign_date),
    ("sign-place", contract::sign_place),
    ("term", contract::term),
    ("term-start", contract::term_start),
    ("term-end", contract::term_end),
    ("term-duration", contract::term_duration),
    ("amount", price::amount),
    ("amount-in-words", price::amount_in_words),
    ("price-basis", price::basis),
    ("tax", price::tax),
    ("key-regulated", price::key_regulated),
    ("dispute", clause::dispute),
    ("forum", clause::forum),
    ("governing-law", clause::governing_law),
    ("governing-language", clause::governing_language),
    ("confidentiality", clause::confidentiality),
    ("breach-liability", clause::breach_liability),
    ("record-id", contract::record_id),
    ("document-hash", contract::document_hash),
    ("source-path", contract::source_path),
    ("page-count", contract::page_count),
];

/// What can be read about each party.
pub(super) const PARTY: &[(&str, PartySource)] = &[
    ("party-role", party::role),
    ("party-side", party::side),
    ("party-name", party::name),
    ("party-identity", party::identity),
    ("party-legal-representative", party::legal_representative),
    ("party-address", party::address),
    ("party-contact", party::contact),
    ("party-phone", party::phone),
    ("party-bank", party::bank),
    ("party-account", party::account),
];

/// The source of that name for a section that stands once.
pub(super) fn contract(name: &str) -> Result<ContractSource, String> {
    find(CONTRACT, name, "只用于 each = \"party\" 的栏", PARTY)
}

/// The source of that name for a section that repeats for each party.
pub(super) fn party(name: &str) -> Result<PartySource, String> {
    find(PARTY, name, "不能用于 each = \"party\" 的栏", CONTRACT)
}

fn find<S: Copy, O>(
    here: &[(&str, S)],
    name: &str,
    misplaced: &str,
    there: &[(&str, O)],
) -> Result<S, String> {
    if let Some((_, source)) = here.iter().find(|(known, _)| *known == name) {
        return Ok(*source);
    }
    if there.iter().any(|(known, _)| *known == name) {
        return Err(format!("source “{name}” {misplaced}"));
    }
    let known: Vec<_> = here.iter().map(|(known, _)| *known).collect();
    Err(format!("没有名为“{name}”的 source；此栏可用：{}", known.join("、")))
}
