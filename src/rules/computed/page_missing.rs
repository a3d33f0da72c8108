//! `page-missing`: the printed page numbers jump.
//!
//! # What it does
//!
//! Reads the page numbers that state their total (第3页共12页) and reports those that are not there.
//!
//! # Why it matters
//!
//! A page that is not in the file may hold any clause: the filed copy is not the contract.
//!
//! # What must not be flagged
//!
//! Numbers that begin anew in another part; a title page that bears no number; numbers without a total; numbers read off an
//! image that may be misread, and files of which pages were not read.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::Parameters;
use super::super::reading::sure::Faults;
use super::Computed;
use crate::fields::scan::{numeral, pattern};

/// The rule.
pub const RULE: Computed = Computed {
    slug: "page-missing",
    variants: &[("missing", &["missing", "count", "total"]), ("gap", &["missing", "count"])],
    compile,
};

/// A whole line that is a page number with its total; 共12页第3页 names the total first.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[-—]?\(?(?:第?(?P<page>\d{1,3}|[一二三四五六七八九十]{1,3})页[,/，、|(]?(?:共|总)(?P<total>\d{1,3}|[一二三四五六七八九十]{1,3})页|(?P<slash>\d{1,3})/(?P<slashed>\d{1,3})|(?:共|总)(?P<whole>\d{1,3}|[一二三四五六七八九十]{1,3})页[,/，、|]?第(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})页|(?i:page)(?P<en>\d{1,3})(?i:of)(?P<all>\d{1,3}))\)?[-—]?$",
    )
});

/// A whole line that is a page number alone: — 3 —.
static BARE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[-—–](?P<page>\d{1,3})[-—–]$"));

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {}

#[derive(Debug)]
struct PageMissing;

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let Settings {} = parameters.parse()?;
    Ok(Box::new(PageMissing))
}

/// A printed page number.
#[derive(Debug, Clone)]
struct Number {
    page: u32,
    /// How many there are; 0 where the number does not say.
    total: u32,
    range: Range<usize>,
}

/// The page numbers of a text, in order.
fn numbers(contract: &Contract<'_>) -> Vec<Number> {
    let text = contract.text;
    let read = |paragraph: &crate::model::text::Paragraph| {
        let line: String = text.folded_paragraph(paragraph).chars().filter(|c| !c.is_whitespace()).collect();
        if let Some(page) = BARE.captures(&line).and_then(|found| found.name("page")?.as_str().parse().ok()) {
            return Some(Number { page, total: 0, range: paragraph.shadow.clone() });
        }
        let found = NUMBER.captures(&line)?;
        let value =
            |name: &str| found.name(name).and_then(|n| u32::try_from(numeral::integer(n.as_str())?).ok());
        let page =
            value("page").or_else(|| value("number")).or_else(|| value("slash")).or_else(|| value("en"))?;
        let total = value("total")
            .or_else(|| value("whole"))
            .or_else(|| value("slashed"))
            .or_else(|| value("all"))?;
        (1..=total).contains(&page).then(|| Number { page, total, range: paragraph.shadow.clone() })
    };
    text.paragraphs.iter().filter_map(read).collect()
}

/// The numbers that are not in a run of them, of which all name one total. A first page without a number is a title page.
fn missing(run: &[Number]) -> Vec<u32> {
    let total = run.first().map_or(0, |number| number.total);
    if total == 0 {
        let (first, last) = (run.first().map_or(0, |n| n.page), run.last().map_or(0, |n| n.page));
        return (first..last).filter(|page| run.iter().all(|number| number.page != *page)).collect();
    }
    (2..=total).filter(|page| run.iter().all(|number| number.page != *page)).collect()
}

/// Do two numbers belong to one count?
fn goes_on(one: &Number, other: &Number) -> bool {
    one.total == other.total && one.page <= other.page
}

impl Check for PageMissing {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let numbers = numbers(contract);
        if numbers.len() < 2 {
            return Verdict::NotApplicable("未见写明总页数的页码".to_owned());
        }
        let mut faults = Faults::default();
        for run in numbers.chunk_by(goes_on).filter(|run| run.len() > 1) {
            let missing = missing(run);
            if missing.is_empty() {
                continue;
            }
            let read: Vec<_> = run.iter().map(|number| number.range.clone()).collect();
            let evidence =
                beside(run, &missing).map(|n| contract.text.span_of_shadow(n.range.clone())).collect();
            let named: Vec<String> = missing.iter().map(u32::to_string).collect();
            let counted = run.first().is_some_and(|number| number.total > 0);
            let sighting = Sighting::new(if counted { "missing" } else { "gap" }, evidence)
                .with("missing", named.join("、"))
                .with("count", missing.len())
                .with("total", run.first().map_or(0, |number| number.total));
            faults.add(contract.text, &read, sighting);
        }
        faults.verdict("页码")
    }
}

/// The numbers on both sides of the gaps.
fn beside<'r>(run: &'r [Number], missing: &'r [u32]) -> impl Iterator<Item = &'r Number> {
    let next_to = |page: u32| missing.iter().any(|gap| gap.abs_diff(page) == 1);
    run.iter().filter(move |number| next_to(number.page))
}
