//! Figures beyond any sense: no rule stops on them.

use regex::{Captures, Regex};

use super::Bench;
use super::corpus::golden;

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
