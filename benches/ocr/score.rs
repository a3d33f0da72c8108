//! What an engine got right on the pages of one variant, and the tables of it.

use std::collections::BTreeMap;

use hetong_corpus::scan::truth::{PageTruth, Role};

use super::tokens::{KINDS, exact, tokens};
use hetong_corpus::scan::align::{Count, Reading, edits, normalised};

/// Sums over pages.
#[derive(Debug, Clone, Default)]
pub struct Score {
    pages: usize,
    cpu: f64,
    pub body: Count,
    under_seal: Count,
    signature: Count,
    /// For each kind of token: exact, wanted.
    tokens: [[usize; 2]; 4],
    /// Turned as they should be.
    upright: usize,
    /// Round and oval seals, square ones, and those that the page's edge cuts: name exact, wanted.
    seals: [[usize; 2]; 3],
    /// Lines for the purpose that are exact, and wanted.
    purposes: [usize; 2],
}

impl Score {
    /// Adds a page; returns what differs in its body.
    pub fn add(&mut self, truth: &PageTruth, reading: &Reading, cpu: f64) -> Vec<(String, String)> {
        let edits = edits(truth, reading);
        self.pages += 1;
        self.cpu += cpu;
        self.body.add(edits.body);
        self.under_seal.add(edits.under_seal);
        self.signature.add(edits.signature);
        self.upright += usize::from(truth.turn == reading.turn);
        let wanted = truth.lines.iter().filter(|line| line.role != Role::Signature);
        let want = tokens(wanted.map(|line| line.text.as_str()));
        let got = tokens(reading.lines.iter().map(|line| line.text.as_str()));
        for (sum, (want, got)) in self.tokens.iter_mut().zip(want.iter().zip(&got)) {
            add(sum, exact(want, got));
        }
        self.add_seals(truth, reading);
        edits.differing
    }

    fn add_seals(&mut self, truth: &PageTruth, reading: &Reading) {
        for seal in &truth.seals {
            let [left, top, right, bottom] = seal.bounds;
            let found = reading.seals.iter().filter(|read| {
                let (x, y) =
                    ((read.bounds[0] + read.bounds[2]) / 2.0, (read.bounds[1] + read.bounds[3]) / 2.0);
                (left..=right).contains(&x) && (top..=bottom).contains(&y)
            });
            let found: Vec<_> = found.collect();
            let named = found.iter().any(|read| normalised(&read.text) == normalised(&seal.name));
            let kind = match seal.shape {
                _ if seal.straddles_edge => 2,
                hetong_corpus::scan::truth::Shape::Square => 1,
                _ => 0,
            };
            add(&mut self.seals[kind], [usize::from(named), 1]);
            if kind == 0 && !seal.purpose.is_empty() {
                let right = found.iter().any(|read| normalised(&read.purpose) == seal.purpose);
                add(&mut self.purposes, [usize::from(right), 1]);
            }
        }
    }

    fn join(&mut self, other: &Self) {
        self.pages += other.pages;
        self.cpu += other.cpu;
        self.body.add(other.body);
        self.under_seal.add(other.under_seal);
        self.signature.add(other.signature);
        self.tokens.iter_mut().zip(other.tokens).for_each(|(sum, more)| add(sum, more));
        self.upright += other.upright;
        self.seals.iter_mut().zip(other.seals).for_each(|(sum, more)| add(sum, more));
        add(&mut self.purposes, other.purposes);
    }
}

fn add(sum: &mut [usize; 2], more: [usize; 2]) {
    sum[0] += more[0];
    sum[1] += more[1];
}

/// Prints the tables: a row for each variant, and for all. Of the engines `names`, the first `ours` are compared with
/// the one behind them, if there is one.
pub fn print(names: &[&str], engines: &[BTreeMap<&str, Score>], ours: usize) {
    let heads = ["body %", "under seal %", "signature %", "CPU s/page"].join(" | ");
    println!(
        "\nColumns with several figures: {}; behind them, how many times as long the last takes",
        names.join(" / ")
    );
    println!("\n| variant | pages | {heads} | ratio |\n|---|---|---|---|---|---|---|");
    let mut all: Vec<Score> = vec![Score::default(); engines.len()];
    for variant in ["A", "B", "C", "D", "E"] {
        let scores: Vec<&Score> = engines.iter().filter_map(|scores| scores.get(variant)).collect();
        scores.iter().zip(&mut all).for_each(|(score, all)| all.join(score));
        row(variant, &scores, ours);
    }
    row("all", &all.iter().collect::<Vec<_>>(), ours);
    println!();
    for (scores, name) in engines.iter().zip(names).take(ours) {
        if let Some(turned) = scores.get("T") {
            let percent = turned.body.percent();
            println!(
                "turned pages (T), {name}: body {percent:.2} %, upright {}/{}",
                turned.upright, turned.pages
            );
        }
    }
    println!("pages that stood upright and were left so: {}/{}", all[0].upright, all[0].pages);
    for (score, name) in all.iter().zip(names) {
        let kinds = KINDS.iter().zip(score.tokens).map(|(kind, tokens)| share(kind, tokens));
        println!("exact, {name}: {}", kinds.collect::<Vec<_>>().join(", "));
    }
    for (variant, score) in &engines[0] {
        let [round, square, cut] = score.seals;
        let parts =
            [share("round or oval", round), share("purpose", score.purposes), share("square", square)];
        println!("seals of {variant}: {}, {}", parts.join(", "), share("cut by the edge", cut));
    }
    println!();
}

fn row(name: &str, scores: &[&Score], ours: usize) {
    let each = |figure: &dyn Fn(&Score) -> f64| {
        scores.iter().map(|score| format!("{:.2}", figure(score))).collect::<Vec<_>>().join(" / ")
    };
    let seconds = |score: &Score| score.cpu / score.pages.max(1) as f64;
    let ratio = match scores.get(ours) {
        Some(theirs) => {
            scores[..ours].iter().map(|ours| format!("{:.1}", seconds(theirs) / seconds(ours))).collect()
        }
        None => vec!["–".to_owned()],
    };
    println!(
        "| {name} | {} | {} | {} | {} | {} | {} |",
        scores.first().map_or(0, |score| score.pages),
        each(&|score| score.body.percent()),
        each(&|score| score.under_seal.percent()),
        each(&|score| score.signature.percent()),
        each(&seconds),
        ratio.join(" / "),
    );
}

fn share(name: &str, [right, wanted]: [usize; 2]) -> String {
    format!("{name} {right}/{wanted}")
}
