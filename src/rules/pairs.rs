//! Minimal pairs: for a rule, a text with the fault and its near-miss twin, each put into the surroundings of a contract.
//!
//! Examples explain a rule and stand in its file; pairs measure it and stand apart (`corpus/pairs/PACK/SLUG.toml`), because
//! nobody reads hundreds of texts beside a rule, and a program need not carry them. `frames.toml` holds the surroundings.
//! A rule that always fires is wrong on every twin, one that never decides on every fault: the [`Tally`] shows both.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use super::examples::{Answer, Bench};
use super::{Example, Packs, Rule};
use crate::model::record::Stage;

/// What stands around a clause, by name; `{}` is the clause's place.
pub type Frames = BTreeMap<String, String>;

/// A file of pairs, as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// The frame of the pairs that name none.
    frame: String,
    #[serde(default)]
    stage: Option<Stage>,
    #[serde(default)]
    pair: Vec<Written>,
}

/// One pair, as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    frame: Option<String>,
    fault: String,
    twin: String,
    #[serde(default)]
    stage: Option<Stage>,
    #[serde(default)]
    signed: Option<Date>,
}

/// A fault and its near-miss twin, each a whole text.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The rule must flag it.
    pub fault: Example,
    /// The rule must say nothing of it.
    pub twin: Example,
}

/// Parses `frames.toml`. `Err` says what is wrong and where.
pub fn frames(text: &str) -> Result<Frames, String> {
    toml::from_str(text).map_err(|error| error.to_string())
}

/// Parses a file of pairs and puts each into its frame. `Err` says what is wrong and where.
pub fn parse(text: &str, frames: &Frames) -> Result<Vec<Pair>, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    file.pair.iter().map(|written| framed(&file, written, frames)).collect()
}

fn framed(file: &File, written: &Written, frames: &Frames) -> Result<Pair, String> {
    let name = written.frame.as_ref().unwrap_or(&file.frame);
    let frame = frames.get(name).ok_or_else(|| format!("frames.toml 没有 {name}"))?;
    let example = |clause: &str| Example {
        text: frame.trim().replacen("{}", clause.trim(), 1),
        stage: written.stage.or(file.stage),
        signed: written.signed,
        ..Example::default()
    };
    Ok(Pair { fault: example(&written.fault), twin: example(&written.twin) })
}

/// How a rule did on its pairs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tally {
    /// Number of pairs.
    pub pairs: usize,
    /// Faults that it flags.
    pub found: usize,
    /// Twins that it is silent on.
    pub spared: usize,
    /// Texts on which it cannot tell, faults and twins.
    pub undecided: usize,
    /// What it got wrong, in Chinese, pair by pair.
    pub wrong: Vec<String>,
}

impl Tally {
    /// Runs a rule over its pairs.
    pub fn of(bench: &Bench, packs: &Packs, rule: &Rule, pairs: &[Pair]) -> Self {
        let mut tally = Self { pairs: pairs.len(), ..Self::default() };
        for (number, pair) in (1..).zip(pairs) {
            let sides = [("有", &pair.fault, Answer::Hit), ("无", &pair.twin, Answer::Miss)];
            for (side, example, wanted) in sides {
                let (answer, said) = bench.answer(packs, rule, example);
                tally.count(answer, wanted);
                if answer != wanted {
                    tally.wrong.push(format!("第{number}对（{side}）：{}　{said}", answer.label()));
                }
            }
        }
        tally
    }

    fn count(&mut self, answer: Answer, wanted: Answer) {
        self.undecided += usize::from(answer == Answer::CannotTell);
        let right = usize::from(answer == wanted);
        match wanted {
            Answer::Hit => self.found += right,
            _ => self.spared += right,
        }
    }

    /// Shares of faults found, of twins spared and of texts undecided, in that order; zero without pairs.
    pub fn rates(&self) -> [f64; 3] {
        let share = |count: usize, of: usize| if of == 0 { 0.0 } else { count as f64 / of as f64 };
        let pairs = self.pairs;
        [share(self.found, pairs), share(self.spared, pairs), share(self.undecided, 2 * pairs)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_is_put_into_its_frame() {
        let frames = frames("bare = '{}'\nheaded = \"\"\"\n服务合同\n{}\n附则\"\"\"").expect("well-formed");
        let source = "frame = 'bare'\n[[pair]]\nframe = 'headed'\nfault = '甲'\ntwin = '乙'\n[[pair]]\nfault = '丙'\ntwin = '丁'";
        let pairs = parse(source, &frames).expect("well-formed");
        let texts: Vec<_> = pairs.iter().map(|p| (p.fault.text.as_str(), p.twin.text.as_str())).collect();
        assert_eq!(texts, [("服务合同\n甲\n附则", "服务合同\n乙\n附则"), ("丙", "丁")]);
    }

    #[test]
    fn an_unknown_frame_and_an_unknown_key_are_told() {
        let frames = Frames::new();
        let pair = "[[pair]]\nfault = '甲'\ntwin = '乙'";
        assert!(parse(&format!("frame = 'bare'\n{pair}"), &frames).is_err_and(|why| why.contains("bare")));
        assert!(parse("frame = 'bare'\nfalse = 1", &frames).is_err_and(|why| why.contains("line 2")));
    }
}
