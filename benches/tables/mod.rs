//! Tables of verdicts: by field, by group, and how far confidences can be believed.

use std::collections::BTreeMap;

use hetong_corpus::score::{Judgement, Verdict};

/// How often each verdict fell.
#[derive(Debug, Clone, Default)]
pub struct Tally(BTreeMap<Verdict, usize>);

impl Tally {
    /// One more.
    pub fn count(&mut self, verdict: Verdict) {
        *self.0.entry(verdict).or_default() += 1;
    }

    fn of(&self, verdict: Verdict) -> usize {
        self.0.get(&verdict).copied().unwrap_or(0)
    }

    fn row(&self, name: &str) -> String {
        let (right, wrong) = (self.of(Verdict::Right), self.of(Verdict::Wrong));
        let (missed, invented) = (self.of(Verdict::Missed), self.of(Verdict::Invented));
        let f1 = share(2 * right, 2 * right + 2 * wrong + missed + invented);
        let precision = share(right, right + wrong + invented);
        let recall = share(right, right + wrong + missed);
        let silent = self.of(Verdict::Silent);
        format!("{name:30} {right:6} {wrong:6} {missed:6} {invented:6} {silent:6} {precision} {recall} {f1}")
    }
}

fn share(part: usize, whole: usize) -> String {
    if whole == 0 { "     -".to_owned() } else { format!("{:6.3}", part as f64 / whole as f64) }
}

/// Tallies by name.
#[derive(Debug, Default)]
pub struct Table(BTreeMap<String, Tally>);

impl Table {
    /// One more verdict under a name.
    pub fn count(&mut self, name: &str, verdict: Verdict) {
        self.0.entry(name.to_owned()).or_default().count(verdict);
    }

    /// Prints a row for each name, and one for all.
    pub fn print(&self, what: &str) {
        if self.0.is_empty() {
            return;
        }
        println!("\n{what:30}  right  wrong missed invent silent   prec    rec     F1");
        let mut all = Tally::default();
        for (name, tally) in &self.0 {
            println!("{}", tally.row(name));
            for (&verdict, count) in &tally.0 {
                *all.0.entry(verdict).or_default() += count;
            }
        }
        println!("{}", all.row("all"));
    }
}

/// Values by the confidence that the record gives them.
#[derive(Debug, Default)]
pub struct Reliability([Bin; 7]);

/// The lower ends of the bins.
const BINS: [f64; 7] = [0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

#[derive(Debug, Default, Clone, Copy)]
struct Bin {
    values: usize,
    right: usize,
    confidence: f64,
}

impl Reliability {
    /// Counts a value that the record gives with a confidence; other judgements do not matter here.
    pub fn count(&mut self, judged: &Judgement) {
        let Some(confidence) = judged.confidence else { return };
        if !matches!(judged.verdict, Verdict::Right | Verdict::Wrong | Verdict::Invented) {
            return;
        }
        let at = BINS.iter().rposition(|&low| confidence >= low).unwrap_or(0);
        self.0[at].values += 1;
        self.0[at].right += usize::from(judged.verdict == Verdict::Right);
        self.0[at].confidence += confidence;
    }

    /// Prints a row for each bin, and one for all values of 0.9 and more.
    pub fn print(&self) {
        println!("\nconfidence   values   said  right");
        for (low, bin) in BINS.iter().zip(&self.0) {
            println!("from {low:.2}    {}", bin.row());
        }
        let sure =
            BINS.iter().zip(&self.0).filter(|(low, _)| **low >= 0.9).fold(Bin::default(), |sum, (_, bin)| {
                Bin {
                    values: sum.values + bin.values,
                    right: sum.right + bin.right,
                    confidence: sum.confidence + bin.confidence,
                }
            });
        println!("0.90 and up  {}", sure.row());
    }
}

impl Bin {
    fn row(self) -> String {
        let said = if self.values == 0 { 0.0 } else { self.confidence / self.values as f64 };
        format!("{:6} {said:6.3} {}", self.values, share(self.right, self.values))
    }
}
