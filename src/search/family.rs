//! Which records are versions of one contract.

use sha2::{Digest, Sha256};

use super::fold::Folded;
use crate::model::Record;
use crate::model::record::Kind;

/// Digest of a text without width, spaces and punctuation; `None` where hardly any is left.
pub(super) fn digest(folded: &Folded) -> Option<String> {
    let letters: String = folded.text.chars().filter(|c| c.is_alphanumeric()).collect();
    let long = letters.chars().nth(SHORTEST_TEXT).is_some();
    long.then(|| {
        Sha256::digest(letters.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    })
}

/// Characters below which equal texts say nothing.
const SHORTEST_TEXT: usize = 30;

/// The number of the contract that a record is a version of: that of its own number, title and parties where it
/// has them, else that of its text. A supplement has another title, and so another number.
pub(super) fn group(record: &Record, digest: Option<&str>, fold: impl Fn(&str) -> Folded) -> Option<u64> {
    let fields = &record.fields;
    let number = fields.contract_number.as_ref().map(|number| fold(&number.value).text);
    let title = fields.title.as_ref().map(|title| fold(&title.value).text);
    let names = fields.parties.iter().filter_map(|party| Some(fold(&party.name.as_ref()?.value).text));
    let mut names: Vec<String> = names.collect();
    names.sort();
    let key = match (number.zip(title), record.kind) {
        (_, Kind::NotAContract) => digest?.to_owned(),
        (Some((number, title)), _) if names.len() > 1 => format!("{number}\n{title}\n{}", names.join("\n")),
        _ => digest?.to_owned(),
    };
    let hash = Sha256::digest(key.as_bytes());
    Some(hash.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte)))
}
