//! Figures and lengths beyond any sense: no rule stops on them.

use regex::{Captures, Regex};

use super::Bench;
use super::corpus::golden;
use crate::model::record::{Kind, Stage};
use crate::platform::thread_seconds;

/// As many digits as a figure can have.
const HUGE: &str = "9999999999999999999999999999";
/// What other figures may be divided by.
const TINY: &str = "0.0000000001";

/// Texts of contracts: what shows the fault of each rule, and the written contracts whole.
fn contracts(bench: &Bench) -> Vec<String> {
    let examples = bench.packs.list().filter_map(|rule| rule.hit.first()).map(|example| example.text.clone());
    examples.chain(golden().into_iter().map(|golden| golden.text)).collect()
}

/// The text with other figures for its own, those of days and clauses apart where they are to `stay`.
fn refigured(text: &str, stay: bool, pick: impl Fn(usize) -> &'static str) -> String {
    let figure =
        Regex::new(r"(?P<figure>\d[\d,]*(?:\.\d+)?)(?P<behind>\s*[年月日天条款项页号、])?").expect("sound");
    let mut seen = 0;
    let put = |found: &Captures<'_>| {
        let behind = found.name("behind").map_or("", |behind| behind.as_str());
        if stay && !behind.is_empty() {
            return found[0].to_owned();
        }
        seen += 1;
        format!("{}{behind}", pick(seen))
    };
    figure.replace_all(text, put).into_owned()
}

#[test]
fn no_figure_stops_a_rule() {
    let bench = Bench::new();
    for source in contracts(&bench) {
        for stay in [false, true] {
            for text in [
                refigured(&source, stay, |_| HUGE),
                refigured(&source, stay, |_| TINY),
                refigured(&source, stay, |number| if number % 2 == 0 { HUGE } else { TINY }),
            ] {
                bench.review(&bench.text(&text), |_| {});
            }
        }
    }
}

/// CPU seconds that all rules need for so many bytes of one stretch, over and over, as a draft and as a signed contract.
fn seconds(bench: &Bench, stretch: &str, bytes: usize) -> f64 {
    let text = bench.text(&stretch.repeat(bytes / stretch.len()));
    let mut extracted = bench.extract(&text, |extracted| extracted.kind = Kind::Contract);
    let begun = thread_seconds();
    for stage in [Stage::Draft, Stage::Signed] {
        extracted.stage = stage;
        bench.packs.review(&text, &extracted);
    }
    thread_seconds() - begun
}

/// Five megabytes without a stop, and words that rules look for, in a program that is not
/// optimised: what costs the square of its length would take hours.
#[test]
fn a_hostile_text_costs_the_rules_no_more_than_its_length() {
    let bench = Bench::new();
    for stretch in ["7", "（", "____"] {
        let took = seconds(&bench, stretch, 5_000_000);
        assert!(took < 120.0, "{stretch}: {took:.1} s");
    }
    for stretch in [
        "违约金",
        "定金",
        "有效期三年自2024年3月5日起",
        "从2024年3月5日",
        "仲裁或诉讼",
        "英文",
        "第1条 附件一\n",
    ] {
        let quarter = seconds(&bench, stretch, 12_500);
        let took = seconds(&bench, stretch, 50_000);
        assert!(took < 60.0, "{stretch}: {took:.1} s");
        // Four times the text takes four times as long, and sixteen times if the cost is that of its square.
        assert!(took < quarter * 9.0 + 1.0, "{stretch}: {took:.1} s after {quarter:.1} s for a quarter");
    }
}
