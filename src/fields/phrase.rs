//! Who does what in a sentence, by roles and verbs.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::lexicon::Mark;
use super::reading::Reading;
use super::scan::pattern;
use crate::model::Span;
use crate::model::fields::{Party, Side};

/// How many characters before a verb its subject is sought.
const REACH: usize = 60;

/// What may stand between a subject and its verb: a modal, an adverb, a condition set in commas.
static SUBJECT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:\([^()]{0,12}\))?(?:应当?|须|需|必须|将|可以?|有权|不得|负责|承诺|保证|同意|按|于|在|自|依|根据|凭|以|每|一次性|分|收到|再|才|即|另|,|、|向|全额|足额|从|通过|提前|书面|单方|享有|随时|$)",
    )
});

/// The last so many characters.
pub fn tail(text: &str, count: usize) -> &str {
    text.char_indices().rev().nth(count.saturating_sub(1)).map_or(text, |(i, _)| &text[i..])
}

/// Is the text in another language than Chinese: three letters at least for each ideograph?
pub fn is_foreign(reading: &Reading<'_>) -> bool {
    let letters = reading.body.bytes().filter(u8::is_ascii_alphabetic).count();
    let ideographs = reading.body.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
    letters > 3 * ideographs
}

/// The first so many characters.
pub fn head(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(i, _)| &text[..i])
}

/// The shadow bytes that a piece of evidence was made of.
pub fn range_of(reading: &Reading<'_>, span: &Span) -> Option<Range<usize>> {
    let start = reading.text.byte_of_char(span.start)?;
    let shadow = &reading.text.shadow;
    Some(shadow.from_content(start)..shadow.from_content(start + span.quote.len()))
}

/// The role that is the subject of the verb at `at`: 甲方应在验收合格后支付. One that is the object of a
/// preposition (向甲方、经甲方验收) is none.
pub fn subject<'t>(reading: &Reading<'t>, at: usize) -> Option<&'t str> {
    let sentence = reading.around_within(at, REACH);
    let before = reading.slice(sentence.start..at);
    let roles = reading.lexicon.marks.find(before).filter(|(_, mark)| matches!(mark, Mark::Role(_)));
    let subjects: Vec<Range<usize>> =
        roles.map(|(range, _)| range).filter(|range| is_subject(before, range)).collect();
    let range = subjects.into_iter().next_back()?;
    before.get(range)
}

fn is_subject(before: &str, range: &Range<usize>) -> bool {
    let governed = before[..range.start].ends_with([
        '向', '给', '对', '经', '与', '和', '为', '替', '同', '按', '待', '予', '凭', '或', '及', '至',
    ]);
    !governed && SUBJECT.is_match(&before[range.end..])
}

/// The party that goes by a role.
pub fn party<'p>(parties: &'p [Party], role: &str) -> Option<&'p Party> {
    parties.iter().find(|party| party.roles().any(|name| name == role))
}

/// The side of the party that goes by a role.
pub fn side(parties: &[Party], role: &str) -> Side {
    party(parties, role).map_or(Side::Unknown, |party| party.side)
}

#[cfg(test)]
mod tests {
    use super::super::reading::tests::with_reading;
    use super::*;

    fn payer(source: &str) -> Option<String> {
        with_reading(source, |reading| {
            let at = reading.body.find("支付").expect("a verb");
            subject(reading, at).map(str::to_owned)
        })
    }

    #[test]
    fn the_subject_of_a_verb_is_found() {
        for (source, role) in [
            ("甲方应在验收合格后十日内向乙方支付余款。", "甲方"),
            ("货物经乙方验收合格后,甲方一次性支付。", "甲方"),
            ("承租方每月5日前向出租方支付租金。", "承租方"),
            ("由甲方支付全部费用。", "甲方"),
        ] {
            assert_eq!(payer(source).as_deref(), Some(role), "{source}");
        }
    }

    #[test]
    fn the_object_of_a_preposition_is_no_subject() {
        for source in ["货物经甲方验收合格后支付余款。", "应向甲方支付违约金。", "费用另行支付。"]
        {
            assert_eq!(payer(source), None, "{source}");
        }
    }
}
