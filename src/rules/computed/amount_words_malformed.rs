//! `amount-words-malformed`: a sum in words that is not a number.
//!
//! # What it does
//!
//! Reads every sum in capital words (大写) and reports those that do not stand for one amount: units out of order or
//! missing, numeral behind the end of the sum.
//!
//! # Why it matters
//!
//! Words are written beside figures so that the sum cannot be altered; words that cannot be read protect nothing, and a
//! payment on them will be sent back.
//!
//! # What must not be flagged
//!
//! Sums whose places are all printed (壹仟零佰伍拾零元); a sum without 元 or 整 that can be read; numerals in names and prose;
//! words read off an image that may be misread, where the rule cannot tell.

use std::ops::Range;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::Parameters;
use super::super::reading::sums;
use super::super::reading::sure::Faults;
use super::Computed;
use crate::fields::scan::capital::{self, Words};

/// The rule.
pub const RULE: Computed =
    Computed { slug: "amount-words-malformed", variants: &[("malformed", &["words"])], compile };

/// Capital digits: a sum in words has at least one.
const DIGITS: &str = "壹贰貳叁叄肆伍陆陸柒捌玖";

/// How many characters before a numeral may announce it as a sum in words.
const BEFORE: usize = 12;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {}

#[derive(Debug)]
struct Malformed;

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let Settings {} = parameters.parse()?;
    Ok(Box::new(Malformed))
}

/// Does the numeral stand for a sum of money, and not in a name?
fn is_sum(body: &str, range: &Range<usize>) -> bool {
    let written = body.get(range.clone()).unwrap_or_default();
    let before = body.get(..range.start).unwrap_or_default();
    let announced: String =
        before.chars().rev().take(BEFORE).take_while(|c| !"。,;\n\t".contains(*c)).collect();
    written.contains(|c| DIGITS.contains(c))
        && written.chars().count() > 2
        && (written.contains(['元', '圆', '整']) || announced.contains("写大"))
}

/// Can it be read, be it that zeros are written with their units, as on printed forms?
fn is_number(written: &str) -> bool {
    let mut plain = written.to_owned();
    for unit in ["仟", "佰", "拾"] {
        plain = plain.replace(&format!("零{unit}"), "零");
    }
    while plain.contains("零零") {
        plain = plain.replace("零零", "零");
    }
    let plain = plain.replace("零万", "万").replace("零元", "元").replace("零圆", "圆");
    let plain = plain.replace("零角", "").replace("零分", "");
    capital::parse(written).is_some() || capital::parse(&plain).is_some()
}

/// Does 万 come twice below one 亿? A lenient reader makes some number of that.
fn repeats_unit(written: &str) -> bool {
    written.split(['亿', '億']).any(|section| section.matches(['万', '萬']).count() > 1)
}

fn is_malformed(body: &str, words: &Words) -> bool {
    let written = body.get(words.range.clone()).unwrap_or_default();
    let unread = words.amount.is_none() && !is_number(written);
    is_sum(body, &words.range) && (unread || repeats_unit(written))
}

impl Check for Malformed {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let body = contract.text.folded_body();
        let sums = sums::in_words(body);
        if sums.is_empty() {
            return Verdict::NotApplicable("文中未见大写金额".to_owned());
        }
        let mut faults = Faults::default();
        for words in sums.iter().filter(|words| is_malformed(body, words)) {
            let written = body.get(words.range.clone()).unwrap_or_default();
            let span = contract.text.span_of_shadow(words.whole.clone());
            let sighting = Sighting::new("malformed", vec![span]).with("words", written);
            faults.add(contract.text, std::slice::from_ref(&words.range), sighting);
        }
        faults.verdict("大写金额")
    }
}
