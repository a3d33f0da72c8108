//! `blank-unfilled`: slots that were left empty.
//!
//! # What it does
//!
//! Collects the empty slots of the body (`____`, 【　】, （　　）, 　年　月　日) with the words around them, and
//! reports them in one finding.
//!
//! # Why it matters
//!
//! Who holds the paper can fill an open slot after the signing; an open amount, date or choice is no
//! agreement on it.
//!
//! # What must not be flagged
//!
//! The slots for signatures, seals and their dates at the end, which are filled by hand; forms that are attached
//! to be filled in later; a slot struck out with “/”; the note 此页无正文; a choice left open in a list of boxes.

use std::ops::Range;

use crate::fields::scan::{Regex, within};
use serde::Deserialize;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::Parameters;
use super::super::reading::blanks;
use super::Computed;
use crate::model::text::Paragraph;
use crate::model::{Region, Span, Text};

/// The rule.
pub const RULE: Computed =
    Computed { slug: "blank-unfilled", variants: &[("blank", &["count", "places"])], compile };

/// How many places the message names.
const NAMED: usize = 5;

/// Characters of context before and after a slot.
const BEFORE: usize = 14;
const AFTER: usize = 6;

/// What the pack says; the patterns run on folded paragraphs.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// Lines that ask for a signature or a seal.
    signature: Vec<String>,
    /// Lines that may stand among them: date, place, telephone.
    beside: Vec<String>,
    /// Headings of attached forms that are filled in later, and of any attachment.
    form: Vec<String>,
    attachment: Vec<String>,
    /// Labels of particulars, to be filled in behind them.
    label: Vec<String>,
}

#[derive(Debug)]
struct BlankUnfilled {
    signature: Option<Regex>,
    beside: Option<Regex>,
    form: Option<Regex>,
    attachment: Option<Regex>,
    label: Option<Regex>,
}

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let lexicon = &parameters.toolbox.lexicon;
    let settings: Settings = parameters.parse()?;
    Ok(Box::new(BlankUnfilled {
        signature: lexicon.compile(&settings.signature)?,
        beside: lexicon.compile(&settings.beside)?,
        form: lexicon.compile(&settings.form)?,
        attachment: lexicon.compile(&settings.attachment)?,
        label: lexicon.compile(&settings.label)?,
    }))
}

fn matches(regex: &Option<Regex>, line: &str) -> bool {
    regex.as_ref().is_some_and(|regex| regex.is_match(line))
}

/// The columns of a line; none for an empty one.
fn columns(line: &str) -> impl Iterator<Item = &str> {
    line.split('\t').map(str::trim).filter(|column| !column.is_empty())
}

/// Where the walk through the paragraphs stands.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// Among the terms.
    Terms,
    /// In a signature block.
    Signatures,
    /// In an attached form.
    Form,
}

impl BlankUnfilled {
    /// The place of the next paragraph.
    fn step(&self, place: Place, line: &str) -> Place {
        if matches(&self.attachment, line) {
            return if matches(&self.form, line) { Place::Form } else { Place::Terms };
        }
        match place {
            Place::Form => Place::Form,
            _ if columns(line).any(|column| matches(&self.signature, column)) => Place::Signatures,
            Place::Signatures if columns(line).all(|column| matches(&self.beside, column)) => {
                Place::Signatures
            }
            _ => Place::Terms,
        }
    }

    /// How many labels a line is made of with nothing behind any (法定代表人：　电话：); what belongs to a single one may stand
    /// on the next line, unless that has a label of its own.
    fn bare_labels(&self, line: &str, next: &str) -> Option<usize> {
        let label = self.label.as_ref()?;
        let opens = |words: &str| label.find(words).is_some_and(|found| found.start() == 0);
        let mut rest = line.trim_start();
        let mut count = 0;
        while let Some(found) = label.find(rest).filter(|found| found.start() == 0) {
            rest = rest[found.end()..].trim_start();
            count += 1;
        }
        (rest.is_empty() && (count > 1 || count == 1 && opens(next))).then_some(count)
    }

    /// The empty slots of the terms, with the number of slots in each stretch.
    fn stretches(&self, text: &Text) -> Vec<(Range<usize>, usize)> {
        within(&text.content, || self.stretches_within(text))
    }

    fn stretches_within(&self, text: &Text) -> Vec<(Range<usize>, usize)> {
        let mut place = Place::Terms;
        let mut found = Vec::new();
        let mut body = text.paragraphs.iter().filter(|paragraph| paragraph.region == Region::Body).peekable();
        while let Some(paragraph) = body.next() {
            let line = text.folded_paragraph(paragraph);
            place = self.step(place, line);
            if place != Place::Terms {
                continue;
            }
            let next = body.peek().map_or("", |next| text.folded_paragraph(next));
            match self.bare_labels(line, next).filter(|_| paragraph.table.is_none()) {
                Some(count) => found.push((paragraph.range.clone(), count)),
                None => found.extend(in_context(text, paragraph)),
            }
        }
        found
    }
}

/// The slots of a paragraph with some words around each; stretches that touch are one.
fn in_context(text: &Text, paragraph: &Paragraph) -> Vec<(Range<usize>, usize)> {
    let Some(words) = text.content.get(paragraph.range.clone()) else { return Vec::new() };
    let mut stretches: Vec<(Range<usize>, usize)> = Vec::new();
    for slot in blanks::slots(words) {
        let range = widened(words, slot);
        match stretches.last_mut().filter(|(last, _)| last.end >= range.start) {
            Some((last, count)) => {
                last.end = last.end.max(range.end);
                *count += 1;
            }
            None => stretches.push((range, 1)),
        }
    }
    let offset = paragraph.range.start;
    stretches.into_iter().map(|(range, count)| (range.start + offset..range.end + offset, count)).collect()
}

/// A slot with its label and its unit: up to the next comma or stop on either side, never inside a number or
/// a Latin word.
fn widened(words: &str, slot: Range<usize>) -> Range<usize> {
    let start = start_of_label(words, slot.start);
    let ends = |c: char| is_stop(c) || "（(".contains(c);
    let after = words[slot.end..].char_indices().take(AFTER).take_while(|(_, c)| !ends(*c)).last();
    let end = after.map_or(slot.end, |(at, c)| slot.end + at + c.len_utf8());
    start..end
}

/// Where the label before a slot begins. The comma inside 360,000.00 is no stop.
fn start_of_label(words: &str, slot: usize) -> usize {
    let mut start = slot;
    let mut later: Option<char> = None;
    for (count, (at, c)) in words[..slot].char_indices().rev().enumerate() {
        let joined = later.is_some_and(|later| later.is_ascii_digit() || later.is_ascii_alphabetic());
        let before = words[..at].chars().next_back();
        let in_number = joined && ",，.".contains(c) && before.is_some_and(|c| c.is_ascii_digit());
        let in_word = joined && c.is_ascii_alphanumeric() || in_number;
        let currency = joined && "¥￥$".contains(c);
        if is_stop(c) && !in_number || count >= BEFORE && !in_word && !currency && !later_is_separator(later)
        {
            break;
        }
        start = at;
        later = Some(c);
    }
    start
}

/// Between the digits of one number.
fn later_is_separator(later: Option<char>) -> bool {
    later.is_some_and(|c| ",，.".contains(c))
}

fn is_stop(c: char) -> bool {
    "，,。；;！？\t\n".contains(c)
}

/// A quote as the message shows it: gaps and lines shortened.
fn shortened(span: &Span) -> String {
    let mut out = String::new();
    for c in span.quote.chars() {
        let c = if c.is_whitespace() { ' ' } else { c };
        let run = out.chars().rev().take_while(|&last| last == c).count();
        if !(c == ' ' && run >= 1 || c == '_' && run >= 4) {
            out.push(c);
        }
    }
    format!("“{out}”")
}

impl Check for BlankUnfilled {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let stretches = self.stretches(contract.text);
        if stretches.is_empty() {
            return Verdict::NothingFound;
        }
        let count: usize = stretches.iter().map(|(_, count)| count).sum();
        let spans: Vec<_> = stretches.into_iter().map(|(range, _)| contract.text.span(range)).collect();
        let mut places = spans.iter().take(NAMED).map(shortened).collect::<Vec<_>>().join("、");
        if spans.len() > NAMED {
            places.push('等');
        }
        Verdict::hit(Sighting::new("blank", spans).with("count", count).with("places", places))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_does_not_begin_inside_a_number() {
        for (words, quote) in [
            ("合同总价为人民币360,000.00元（大写：____）。", "合同总价为人民币360,000.00元（大写：____）"),
            ("第一期，360,000.00元（大写：____）。", "360,000.00元（大写：____）"),
            ("服务期限为三年，自____年", "自____年"),
        ] {
            let slot = blanks::slots(words).remove(0);
            assert!(
                quote.ends_with(&words[widened(words, slot.clone())]),
                "{}",
                &words[widened(words, slot)]
            );
        }
        let words = "合同总价为人民币123,360,000.00元（大写：____）。";
        let quote = &words[widened(words, blanks::slots(words).remove(0))];
        assert!(quote.contains("123,360,000.00元"), "{quote}");
    }
}
