//! Which cases of 《办法》第五条第二款 the contract falls under.

use std::ops::Range;

use super::super::draft::Draft;
use super::super::reading::Reading;
use super::is_government_contract;
use crate::model::fields::{Party, Side};

/// Adds the codes of the cases. None where no party is known to be the government's, between government bodies,
/// and for employment (第五条第一款).
pub fn add(reading: &Reading<'_>, draft: &mut Draft, title: Range<usize>) {
    if !is_government_contract(draft) {
        return;
    }
    let title = reading.slice(title).replace('\n', "");
    let cases = &reading.lexicon.types.cases;
    let mut found: Vec<String> = Vec::new();
    for case in cases {
        if !found.contains(&case.code) && holds(case, reading, draft, &title) {
            found.push(case.code.clone());
        }
    }
    if let Some(kind) = draft.fields.contract_type.as_mut().filter(|kind| kind.code.value != "labour") {
        kind.article5 = found;
    }
}

fn holds(case: &super::super::lexicon::Case, reading: &Reading<'_>, draft: &Draft, title: &str) -> bool {
    let code = draft.fields.contract_type.as_ref().map_or("", |kind| kind.code.value.as_str());
    let direction = draft.fields.direction.as_ref().map(|direction| direction.value);
    let government = draft.fields.parties.iter().filter(|party| party.side == Side::Government);
    let mut called = government.flat_map(Party::roles);
    let any = |words: &[String], text: &str| words.iter().any(|word| text.contains(word.as_str()));
    (case.types.is_empty() || case.types.iter().any(|kind| kind == code))
        && (case.title.is_empty() || any(&case.title, title))
        && (case.direction.is_empty() || direction.is_some_and(|way| case.direction.contains(&way)))
        && (case.government_role.is_empty()
            || called.any(|word| case.government_role.iter().any(|role| role == word)))
        && (case.body.is_empty() || any(&case.body, reading.body))
}
