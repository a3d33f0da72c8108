//! A written contract and a seed → a different contract, with its truth.

use serde_json::Value;

use super::capitals::Capitals;
use super::date::names_leap_day;
use super::rewrite::Changes;
use super::{codes, names};
use crate::golden::Golden;
use crate::seed::Random;

/// Sums are multiplied by one of the numbers up to this.
const LARGEST_FACTOR: usize = 24;

/// A made contract.
#[derive(Debug, Clone, PartialEq)]
pub struct Contract {
    /// The contract it was made from.
    pub slug: String,
    /// The source text.
    pub text: String,
    /// The truth, changed along with the text.
    pub truth: Value,
    /// The year of its folder: that of the signature where there is one.
    pub year: i32,
    /// The department of its folder.
    pub department: String,
}

/// Makes the contract number `index` of the archive `seed` out of a written one.
pub fn vary(golden: &Golden, seed: u64, index: u64) -> Contract {
    let random = &mut Random::new(seed, index);
    let changes = changes(golden, random);
    let fields = &golden.truth["fields"];
    let government = parties(fields).find(|party| party["side"] == "government");
    let name = government.and_then(|party| party["name"].as_str()).unwrap_or("其他");
    let new = changes.words.iter().find(|(old, _)| old == name).map_or(name, |(_, new)| new);
    Contract {
        slug: golden.slug.clone(),
        text: changes.text(&golden.text),
        year: signed(fields).unwrap_or(2024) + changes.years,
        department: names::short(new).to_owned(),
        truth: truth(&golden.truth, &changes),
    }
}

fn changes(golden: &Golden, random: &mut Random) -> Changes {
    let fields = &golden.truth["fields"];
    let years = years(golden, random);
    let factor = if is_scalable(golden) { random.below(LARGEST_FACTOR) as u64 + 1 } else { 1 };
    let mut words = Vec::new();
    for party in parties(fields) {
        words.extend(party_words(party, random));
    }
    if let Some(number) = fields["contract_number"].as_str() {
        words.push((number.to_owned(), codes::other_number(number, years, random)));
    }
    Changes::new(words, years, factor)
}

fn parties(fields: &Value) -> impl Iterator<Item = &Value> {
    fields["parties"].as_array().into_iter().flatten()
}

/// The new name and numbers of a party.
fn party_words(party: &Value, random: &mut Random) -> Vec<(String, String)> {
    let text = |key: &str| party[key].as_str().map(str::to_owned);
    let name = text("name").and_then(|old| new_name(&old, party, random).map(|new| (old, new)));
    let representative = text("legal_representative").map(|old| (old, names::person(random)));
    let code = text("uscc")
        .filter(|old| codes::is_credit_code(old))
        .and_then(|old| codes::other_credit_code(&old, random).map(|new| (old, new)));
    let identity = text("id_number")
        .filter(|old| codes::is_identity_number(old))
        .and_then(|old| codes::other_identity_number(&old, random).map(|new| (old, new)));
    [name, representative, code, identity].into_iter().flatten().collect()
}

/// A new name of the same kind; schools, law firms and the like keep theirs.
fn new_name(old: &str, party: &Value, random: &mut Random) -> Option<String> {
    if party["side"] == "government" {
        return old.ends_with(['局', '处']).then(|| names::department(random));
    }
    if !party["id_number"].is_null() {
        return Some(names::person(random));
    }
    old.ends_with("公司").then(|| names::company(random))
}

/// By how many years the dates move: so that the signature falls between 2019 and 2025.
fn years(golden: &Golden, random: &mut Random) -> i32 {
    let Some(signed) = signed(&golden.truth["fields"]) else { return 0 };
    if names_leap_day(&golden.text) || is_bilingual(&golden.text) {
        return 0;
    }
    2019 + random.below(7) as i32 - signed
}

fn signed(fields: &Value) -> Option<i32> {
    fields["sign_date"].as_str()?.get(..4)?.parse().ok()
}

/// Whether sums can be multiplied: all that is written in capitals must be readable, and another
/// language's words for the sum would not follow.
fn is_scalable(golden: &Golden) -> bool {
    let amount = golden.truth["fields"]["amount_in_words"].as_str();
    let readable = amount.is_none_or(|words| Capitals::parse(words).is_some());
    readable && !is_bilingual(&golden.text) && !has_unreadable_capitals(&golden.text)
}

/// Whether a number in capitals that goes beyond a digit could not be read as a sum.
fn has_unreadable_capitals(text: &str) -> bool {
    const NUMERALS: &str = "零壹贰叁肆伍陆柒捌玖拾佰仟万亿";
    let mut rest = text;
    while let Some(start) = rest.find(|c| "壹贰叁肆伍陆柒捌玖".contains(c)) {
        rest = &rest[start..];
        let length = rest.find(|c| !NUMERALS.contains(c)).unwrap_or(rest.len());
        let used = Capitals::parse(rest).map(|(_, used)| used);
        if used.is_none() && rest[..length].contains(['拾', '佰', '仟']) {
            return true;
        }
        rest = &rest[used.unwrap_or(length)..];
    }
    false
}

fn is_bilingual(text: &str) -> bool {
    let letters = text.chars().filter(char::is_ascii_alphabetic).count();
    letters * 5 > text.chars().count()
}

/// The truth of the made contract: every string that the changes touch, touched.
fn truth(old: &Value, changes: &Changes) -> Value {
    let mut truth = old.clone();
    rewrite_strings(&mut truth["fields"], changes);
    truth
}

fn rewrite_strings(value: &mut Value, changes: &Changes) {
    match value {
        Value::String(text) => *text = rewritten(text, changes),
        Value::Array(items) => items.iter_mut().for_each(|item| rewrite_strings(item, changes)),
        Value::Object(entries) => {
            for (key, entry) in entries.iter_mut() {
                match (key.as_str(), &*entry) {
                    // A bare decimal: in a text, only its unit would tell that it is money.
                    ("amount", Value::String(sum)) => *entry = rewritten_sum(sum, changes),
                    _ => rewrite_strings(entry, changes),
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn rewritten(text: &str, changes: &Changes) -> String {
    let mut out = String::with_capacity(text.len());
    changes.line(text, &mut out);
    out
}

fn rewritten_sum(sum: &str, changes: &Changes) -> Value {
    let text = rewritten(&format!("￥{sum}"), changes);
    Value::String(text.trim_start_matches('￥').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::golden::sample;

    #[test]
    fn text_and_truth_change_together() {
        let golden = sample();
        let made = vary(&golden, 7, 4);
        let fields = &made.truth["fields"];
        for pointer in ["/contract_number", "/amount_in_words", "/parties/0/name", "/parties/1/uscc"] {
            let value = fields.pointer(pointer).and_then(Value::as_str).unwrap();
            assert!(made.text.contains(value), "{pointer}: {value}");
            assert_ne!(Some(value), golden.truth["fields"].pointer(pointer).and_then(Value::as_str));
        }
        let words = fields["amount_in_words"].as_str().unwrap();
        let (sum, _) = Capitals::parse(words).unwrap();
        let yuan: f64 = fields["amount"]["amount"].as_str().unwrap().parse().unwrap();
        assert_eq!(sum.fen, (yuan * 100.0).round() as u64);
        assert!(fields["sign_date"].as_str().unwrap().starts_with(&made.year.to_string()));
    }

    #[test]
    fn the_seed_decides() {
        let golden = sample();
        assert_eq!(vary(&golden, 7, 3), vary(&golden, 7, 3));
        assert_ne!(vary(&golden, 7, 3).text, vary(&golden, 7, 4).text);
        assert_ne!(vary(&golden, 7, 3).text, vary(&golden, 8, 3).text);
    }
}
