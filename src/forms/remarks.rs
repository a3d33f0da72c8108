//! What a person should know before working through the form.

use super::definition::Definition;
use super::price;
use super::reader::Reader;
use crate::model::record::{Kind, Stage};
use crate::model::{PageOrigin, Status};

/// The remarks that apply, gravest first.
pub(super) fn remarks(reader: &Reader<'_>, definition: &Definition) -> Vec<String> {
    let (record, texts) = (reader.record, &definition.remarks);
    let when = |applies: bool, text: &Option<String>| text.clone().filter(|_| applies);
    [
        unread(reader),
        when(record.kind == Kind::NotAContract, &texts.not_a_contract),
        when(record.stage == Stage::Draft, &texts.draft),
        when(record.kind == Kind::Supplement, &texts.supplement),
        out_of_force(reader, definition),
        few_parties(reader),
        exempt(reader),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn unread(reader: &Reader<'_>) -> Option<String> {
    let text = match reader.record.status {
        Status::Complete => return None,
        Status::Partial => {
            format!("文件未读全{}：留空的项可能写在未读部分，请对照原件", unread_pages(reader))
        }
        Status::Failed => "文件未能读出文字，请对照原件逐项填写".to_owned(),
        Status::Skipped => "文件未经读取，请对照原件逐项填写".to_owned(),
    };
    Some(text)
}

/// `（第3、7页）`.
fn unread_pages(reader: &Reader<'_>) -> String {
    let pages = reader.record.pages.iter().filter(|page| page.origin == PageOrigin::Unread);
    let numbers: Vec<_> = pages.map(|page| page.number.to_string()).collect();
    if numbers.is_empty() { String::new() } else { format!("（第{}页）", numbers.join("、")) }
}

/// The day of signing decides; a day that is contested or was not read decides nothing.
fn out_of_force(reader: &Reader<'_>, definition: &Definition) -> Option<String> {
    let [first, last] = definition.in_force?;
    let signed =
        reader.record.fields.sign_date.as_ref().filter(|_| reader.conflict("sign_date").is_none())?;
    match signed.value {
        day if day < first => definition.remarks.before.clone(),
        day if day > last => definition.remarks.after.clone(),
        _ => None,
    }
}

fn few_parties(reader: &Reader<'_>) -> Option<String> {
    (reader.record.fields.parties.len() == 1).then(|| "只读到一方当事人，其余请补填".to_owned())
}

/// Only a settled price of a contract of its own: a supplement counts with its main contract.
fn exempt(reader: &Reader<'_>) -> Option<String> {
    let threshold = reader.limits.filing_exempt.as_ref()?;
    let amount = price::settled(reader).filter(|_| reader.record.kind == Kind::Contract);
    match amount {
        Some(amount) if amount <= threshold.amount() => Some(threshold.reached.clone()),
        Some(_) => threshold.otherwise.clone(),
        None => threshold.unsettled.clone(),
    }
}
