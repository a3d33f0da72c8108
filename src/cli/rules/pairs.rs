//! `hetong rules test --pairs`: how the rules do on minimal pairs, rule by rule and as a mean over the rules.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use hetong::rules::examples::Bench;
use hetong::rules::pairs::{Pair, Tally, frames, parse};
use hetong::rules::{Pack, Packs, Rule};
use rayon::prelude::*;

/// Runs the pairs of some packs, prints the rates and what is wrong; are all right?
pub fn run(folder: &Path, bench: &Bench, packs: &Packs, chosen: &[&Pack]) -> Result<bool> {
    let measured = measure(folder, bench, packs, chosen)?;
    let mut out = io::stdout().lock();
    writeln!(out, "{:<44} {:>4} {:>7} {:>7} {:>7}", "规则", "对数", "指出", "不误报", "无法判断")?;
    for (rule, tally) in &measured {
        line(&mut out, &rule.path(), tally.pairs, tally.rates())?;
    }
    let pairs = measured.iter().map(|(_, tally)| tally.pairs).sum();
    line(&mut out, "各规则平均", pairs, mean(&measured))?;
    let wrong: Vec<_> =
        measured.iter().flat_map(|(rule, tally)| tally.wrong.iter().map(|w| (rule.path(), w))).collect();
    for (rule, wrong) in &wrong {
        writeln!(out, "✗ {rule} {wrong}")?;
    }
    writeln!(out, "{}份条款，{}份不符", 2 * pairs, wrong.len())?;
    Ok(wrong.is_empty())
}

/// The tallies of the rules that have pairs, in the order of the packs.
fn measure<'a>(
    folder: &Path,
    bench: &Bench,
    packs: &'a Packs,
    chosen: &[&'a Pack],
) -> Result<Vec<(&'a Rule, Tally)>> {
    let path = folder.join("frames.toml");
    let frames = fs::read_to_string(&path).with_context(|| format!("{} 无法读取", path.display()))?;
    let frames = self::frames(&frames).map_err(|why| anyhow!("{} 有误：{why}", path.display()))?;
    let mut sets: Vec<(&Rule, Vec<Pair>)> = Vec::new();
    for rule in chosen.iter().flat_map(|pack| &pack.rules) {
        let path = folder.join(format!("{}.toml", rule.path()));
        if !path.exists() {
            continue;
        }
        let text = fs::read_to_string(&path).with_context(|| format!("{} 无法读取", path.display()))?;
        let pairs = parse(&text, &frames).map_err(|why| anyhow!("{} 有误：{why}", path.display()))?;
        sets.push((rule, pairs));
    }
    Ok(sets.into_par_iter().map(|(rule, pairs)| (rule, Tally::of(bench, packs, rule, &pairs))).collect())
}

fn line(out: &mut impl Write, name: &str, pairs: usize, rates: [f64; 3]) -> io::Result<()> {
    let [found, spared, undecided] = rates.map(|rate| rate * 100.0);
    writeln!(out, "{name:<44} {pairs:>4} {found:>8.1}% {spared:>8.1}% {undecided:>8.1}%")
}

/// The mean of the rules' rates: each rule counts the same, however many pairs it has.
fn mean(measured: &[(&Rule, Tally)]) -> [f64; 3] {
    let mut sum = [0.0; 3];
    for (_, tally) in measured {
        for (sum, rate) in sum.iter_mut().zip(tally.rates()) {
            *sum += rate;
        }
    }
    sum.map(|sum| sum / measured.len().max(1) as f64)
}
