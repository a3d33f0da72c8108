//! Does a price include value-added tax (含税、不含税)? Said beside the sum, in its clause, or of the price at large.

use std::sync::LazyLock;

use crate::fields::scan::{Match, Regex};

use super::super::reading::{Part, Reading};
use super::super::scan::pattern;
use crate::model::fields::Tax;

static EXCLUDED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i:exclu(?:ding|sive of)[^。;\n]{0,16}(?:VAT|tax)|net of (?:VAT|tax))|不含(?:\d{1,2}%)?(?:增值)?税|不含[^。;,\d]{0,6}税[费金款]|未税|税前|不包(?:括|含)(?:增值)?税|(?:增值税|税[费金款])(?:由[^。;,]{1,6})?另(?:行)?(?:计|付|算|加|缴)",
    )
});
static INCLUDED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i:inclu(?:ding|sive of)[^。;\n]{0,24}(?:VAT|tax))|(?:^|[^不])含(?:\d{1,2}(?:\.\d)?%)?(?:的)?(?:增值)?税|(?:^|[^不])(?:包括|包含|含)[^。;不]{0,80}(?:税费|税金|税款|税收|增值税|各种税|各项税|一切税|全部税|、税)|价税合计|税[费金款]?[^。;\d]{0,24}(?:统统|均|已|全部|都|一并)?(?:包含|包括|计入)?在内|已(?:包含|含)(?:增值)?税|[带连包]税|税在内|含(?:专|普)票|完税价|税点由(?:乙方|卖方|供方|承包人|供应商|中标人|受托方|服务方)|(?:乙方|卖方|供方|服务方|供应商)(?:承担|负担)[^。;,]{0,4}(?:税点|税费)",
    )
});
/// The sum is then taken apart: 其中不含税价款…元, 不含税金额为…元, 税额…元.
static TAKEN_APART: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"其中[^。;\d]{0,12}(?:不含税|税额|增值税|税[费金款])|不含(?:增值)?税(?:总)?(?:价款?|金额|总价|销售额|合同价|部分|费用)[^。;,\d]{0,14}\d|^[^。;\d]{0,12}(?:增值税|税)(?:税)?额[^。;,\d]{0,10}\d",
    )
});
/// What a sentence speaks of when it speaks of the price.
static PRICE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i:price|fee|amount|rent|cost)|价|费用|服务费|租金|金额|报酬|酬金|[\p{Han}]款|报价|[\p{Han}]费",
    )
});
/// Sentences on invoices name rates of tax without a word on the price.
static INVOICE: LazyLock<Regex> = LazyLock::new(|| pattern(r"发票|开票|税务局|完税|纳税"));

/// What is said of the sum at `at`. What stands before it is said of this sum; what stands behind may go on to others. A
/// whole clause speaks for its sum where it says one thing only.
pub fn tax(reading: &Reading<'_>, at: usize) -> Tax {
    let sentence = reading.sentence(at);
    let article = reading.text.article_at(at).map_or("", |article| reading.slice(article.shadow.clone()));
    let before = last(reading.slice(sentence.start.min(at)..at));
    before
        .or_else(|| behind(reading.slice(at..sentence.end.max(at))))
        .or_else(|| behind(reading.slice(reading.line(at))))
        .or_else(|| last(article).filter(|_| !EXCLUDED.is_match(article)))
        .unwrap_or(Tax::Unknown)
}

/// The nearest word before a sum.
fn last(text: &str) -> Option<Tax> {
    all(text).max_by_key(|(place, _)| *place).map(|(_, tax)| tax)
}

/// The nearest word behind a sum; one that takes it apart says that tax is in it.
fn behind(text: &str) -> Option<Tax> {
    if TAKEN_APART.is_match(text) {
        return Some(Tax::Included);
    }
    all(text).min_by_key(|(place, _)| *place).map(|(_, tax)| tax)
}

fn all(text: &str) -> impl Iterator<Item = (usize, Tax)> {
    let included = INCLUDED.find_iter(text).map(|found| (found.start(), Tax::Included));
    included.chain(EXCLUDED.find_iter(text).map(|found| (found.start(), Tax::Excluded)))
}

/// 以上价格含13%增值税, in a clause of its own, where nowhere a price is said to be without it.
pub fn at_large(reading: &Reading<'_>) -> Tax {
    let of_price = |found: &Match<'_>| {
        let sentence = reading.slice(reading.sentence(found.start()));
        reading.part_at(found.start()) != Part::Attachment
            && PRICE.is_match(sentence)
            && !INVOICE.is_match(sentence)
    };
    let said = reading.find_all(&INCLUDED).any(|found| of_price(&found));
    if said && !EXCLUDED.is_match(reading.body) { Tax::Included } else { Tax::Unknown }
}
