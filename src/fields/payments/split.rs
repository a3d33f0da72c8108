//! Sentences that speak of payment, cut into one stretch for each instalment.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::phrase;
use super::super::reading::Reading;
use super::super::scan::pattern;
use super::is_laid_down;

/// Words of paying the price.
pub static PAYS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i:(?-u:\b)pay(?:s|able|ment|ments)?(?-u:\b)|(?-u:\b)remit|telegraphic transfer)|支付|付款|付至|付清|拨付|缴纳|交纳|缴付|缴入|缴清|预付|付给|付乙方|转入|汇入|划转|给付|拨[\d付给至]|再拨|先拨|发放|付讫|结清|核付|结付|兑付|拨款|打入|划入|划拨|付(?:合同|总|人民币|百分之|¥|\d{1,3}(?:\.\d{1,2})?%|全款|尾款|首款|余款|\d[\d,.]{0,16}万元|\d[\d,.]{2,16}元)|(?:返还|退还|退回)[^,。;]{0,8}(?:质量保证金|质保金)|(?:质量保证金|质保金)[^,。;]{0,14}(?:返还|退还|退回)",
    )
});
/// A share of the price.
pub static SHARE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?P<figure>\d{1,3}(?:\.\d{1,4})?)%|百分之(?P<words>[一二三四五六七八九十百零]{1,5})")
});
/// What goes on speaking of the instalment before it.
static TAIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:即|计|共计|合计|总计|累计|人民币|大写|小写|金额|作为|折合|¥|\(|含税|其中|由|乙方(?:应|须|需)?(?:在|于)?(?:甲方)?(?:每次)?(?:付款|收款)?前?[^,]{0,6}开具|凭|通过|以)",
    )
});

/// The price as a whole.
static WHOLE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"合计|共计|总计|总价|总额|总金额|总费用|合同价|合同金额|全年|每年|一年"));
/// It is paid by parts, whose sums come after.
static RECURS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:每|按|逐|分)(?:个|自然)?(?:月|季|年|半年|期|学期|次|\d期|[二两三四五六]期)")
});

/// The sentences of the clauses that hold a word of paying.
pub fn sentences(reading: &Reading<'_>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let foreign = phrase::is_foreign(reading);
    for verb in reading.find_all(&PAYS) {
        // Of two languages side by side the Chinese one is read.
        if verb.as_str().is_ascii() && !foreign {
            continue;
        }
        let known = found.last().is_some_and(|last| verb.start() < last.end);
        if known || !is_laid_down(reading.part_at(verb.start())) {
            continue;
        }
        found.push(reading.sentence(verb.start()));
    }
    found
}

/// A phrase between commas with what it says.
struct Phrase {
    range: Range<usize>,
    pays: bool,
    share: bool,
    sum: bool,
    /// Does it name the price as a whole, and not yet how it is paid?
    whole: bool,
}

/// One stretch for each instalment of a sentence.
pub fn groups(reading: &Reading<'_>, sentence: Range<usize>) -> Vec<Range<usize>> {
    let mut groups: Vec<(Range<usize>, bool, bool)> = Vec::new();
    let mut whole = false;
    for phrase in phrases(reading, sentence) {
        let text = reading.slice(phrase.range.clone());
        let repeats = text.starts_with("累计");
        let tail = repeats || TAIL.is_match(text) && !(phrase.pays && phrase.share);
        let value = phrase.share || phrase.sum;
        let by_parts = whole && phrase.pays && RECURS.is_match(text);
        whole = phrase.whole || whole && !phrase.pays;
        match groups.last_mut() {
            Some((range, pays, valued)) if !by_parts && !begins_anew(&phrase, *pays, *valued, tail) => {
                range.end = phrase.range.end;
                *pays |= phrase.pays;
                *valued |= value;
            }
            _ => groups.push((phrase.range, phrase.pays, value)),
        }
    }
    groups.into_iter().filter(|(_, pays, _)| *pays).map(|(range, _, _)| range).collect()
}

/// Does a phrase begin another instalment, after one that pays, or has a value, or both?
fn begins_anew(phrase: &Phrase, pays: bool, valued: bool, tail: bool) -> bool {
    match (pays, valued) {
        (true, true) => !tail && (phrase.share || phrase.sum || !phrase.pays),
        (false, true) => phrase.share && !tail,
        _ => false,
    }
}

fn phrases(reading: &Reading<'_>, sentence: Range<usize>) -> Vec<Phrase> {
    let mut start = sentence.start;
    let mut found = Vec::new();
    for piece in split_outside_numbers(reading.slice(sentence.clone())) {
        let range = start..start + piece.len();
        start = range.end;
        let text = reading.slice(range.clone()).trim_end_matches(',');
        let range = range.start..range.start + text.len();
        found.push(Phrase {
            pays: PAYS.is_match(text),
            share: SHARE.is_match(text),
            sum: !reading.lexicon.figures.scan(text).is_empty(),
            whole: WHOLE.is_match(text) && !PAYS.is_match(text),
            range,
        });
    }
    found
}

/// Pieces that end behind a comma; the comma of 1,280,000 parts nothing.
fn split_outside_numbers(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let mut pieces = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(',') {
        let inside = digit(at.checked_sub(1)) && digit(Some(at + 1)) && digit(Some(at + 3));
        if !inside {
            pieces.push(&text[start..=at]);
            start = at + 1;
        }
    }
    pieces.push(&text[start..]);
    pieces
}
