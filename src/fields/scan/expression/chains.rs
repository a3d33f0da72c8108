//! The chains of words that an expression cannot do without: 支付 and, in the same match behind it, 元 or 万元. Every match
//! follows one of the chains.

use std::collections::BTreeSet;

use regex_syntax::hir::{Class, Hir, HirKind};

/// Words, one of which must stand there.
pub type Words = BTreeSet<String>;

/// More words are not made by joining.
const MOST: usize = 48;

/// Sets of more words are of no use.
const MANY: usize = 600;

/// A class of more characters is no set of words.
const FEW: usize = 16;

/// Of more chains one is made that all of them follow.
const CHAINS: usize = 96;

/// To look for one more word costs as much as such an occurrence of it.
const LOOK: f64 = 0.000_02;

/// Signs that stand in contracts oftener than one in two hundred.
pub const OFTEN: &str = "方人的合同日乙甲一期务签工第法用不本服条章月为应年定付,、:();.-0123456789_";

/// Words that a part of an expression cannot do without, and how many bytes of it stand before them.
#[derive(Debug, Clone, PartialEq)]
pub struct Required {
    /// One of these.
    pub words: Words,
    /// At least so many bytes before.
    pub least: usize,
    /// No more than so many.
    pub before: Option<usize>,
}

impl Required {
    /// The same, behind something else.
    fn behind(self, at: &Offset) -> Self {
        Self { least: self.least + at.least, before: plus(self.before, at.most), ..self }
    }
}

/// Words that stand in a match in this order.
type Chain = Vec<Required>;

/// The chains of an expression, the words of each in order; none if one could do without words.
pub fn chains_of(expression: &Hir) -> Vec<Chain> {
    let chains = Known::of(expression).chains;
    if chains.iter().any(Vec::is_empty) { Vec::new() } else { chains }
}

/// How many bytes may stand before a part.
#[derive(Debug, Clone, Copy)]
struct Offset {
    least: usize,
    most: Option<usize>,
}

impl Offset {
    fn behind(self, part: &Hir) -> Self {
        let properties = part.properties();
        Self {
            least: self.least + properties.minimum_len().unwrap_or(0),
            most: plus(self.most, properties.maximum_len()),
        }
    }
}

/// What is known of the texts that a part of an expression matches.
#[derive(Debug)]
struct Known {
    /// All of them, where they are few.
    exact: Option<Words>,
    /// Each of them follows one of these chains.
    chains: Vec<Chain>,
}

impl Default for Known {
    /// Nothing: an empty chain.
    fn default() -> Self {
        Self { exact: None, chains: vec![Chain::new()] }
    }
}

impl Known {
    fn of(part: &Hir) -> Self {
        match part.kind() {
            HirKind::Empty | HirKind::Look(_) => Self::exactly([String::new()].into()),
            HirKind::Literal(literal) => {
                let word = String::from_utf8(literal.0.to_vec());
                word.map_or_else(|_| Self::default(), |word| Self::exactly([word].into()))
            }
            HirKind::Class(class) => characters(class).map_or_else(Self::default, Self::exactly),
            HirKind::Capture(capture) => Self::of(&capture.sub),
            HirKind::Repetition(repetition) => {
                let sub = Self::of(&repetition.sub);
                match (repetition.min, repetition.max) {
                    (0, Some(1)) => Self { exact: sub.exact.and_then(or_nothing), ..Self::default() },
                    (0, _) => Self::default(),
                    _ => Self { exact: None, ..sub },
                }
            }
            HirKind::Concat(parts) => Self::one_after_another(parts),
            HirKind::Alternation(branches) => Self::one_of(branches),
        }
    }

    fn exactly(words: Words) -> Self {
        Self { chains: vec![link(&words, Offset { least: 0, most: Some(0) })], exact: Some(words) }
    }

    /// Words grow together as long as there are few of them.
    fn one_after_another(parts: &[Hir]) -> Self {
        let nothing = || -> Words { [String::new()].into() };
        let mut at = Offset { least: 0, most: Some(0) };
        let (mut run, mut run_at, mut whole, mut chains) = (nothing(), at, true, vec![Chain::new()]);
        for part in parts {
            let (known, after) = (Self::of(part), at.behind(part));
            match known.exact.as_ref().and_then(|exact| joined(&run, exact)) {
                Some(longer) => run = longer,
                None => {
                    whole = false;
                    chains = each_before(chains, vec![link(&run, run_at)]);
                    (run, run_at) = match known.exact {
                        Some(words) => (words, at),
                        None => {
                            let behind =
                                |chain: Chain| chain.into_iter().map(|one| one.behind(&at)).collect();
                            chains = each_before(chains, known.chains.into_iter().map(behind).collect());
                            (nothing(), after)
                        }
                    };
                }
            }
            at = after;
        }
        let exact = whole.then(|| run.clone());
        Self { exact, chains: each_before(chains, vec![link(&run, run_at)]) }
    }

    /// The chains of all branches; those that are nothing but words make one.
    fn one_of(branches: &[Hir]) -> Self {
        let (mut words, mut chains, mut exact) = (Words::new(), Vec::new(), true);
        for known in branches.iter().map(Self::of) {
            match known.exact {
                Some(more) => words.extend(more),
                None => {
                    exact = false;
                    chains.extend(known.chains);
                }
            }
        }
        if exact && words.len() <= MOST {
            return Self::exactly(words);
        }
        if !words.is_empty() {
            chains.push(link(&words, Offset { least: 0, most: Some(0) }));
        }
        Self { exact: None, chains: few(chains) }
    }
}

/// A chain of one set of words; an empty one where a word is nothing at all, or there are too many.
fn link(words: &Words, at: Offset) -> Chain {
    let known = words.len() <= MANY && words.iter().all(|word| !word.is_empty());
    let required = || Required { words: words.clone(), least: at.least, before: at.most };
    known.then(required).into_iter().collect()
}

/// Every chain before every other.
fn each_before(before: Vec<Chain>, behind: Vec<Chain>) -> Vec<Chain> {
    let behind = if before.len() * behind.len() > CHAINS { vec![common(&behind)] } else { behind };
    let one = |a: &Chain| behind.iter().map(|b| a.iter().chain(b).cloned().collect()).collect::<Vec<_>>();
    before.iter().flat_map(one).collect()
}

fn few(chains: Vec<Chain>) -> Vec<Chain> {
    if chains.len() > CHAINS { vec![common(&chains)] } else { chains }
}

/// The chain that all of some follow: of each the words that it begins with, and the rarest.
fn common(chains: &[Chain]) -> Chain {
    let begin = |chain: &Chain| rarest_of(chain.iter().filter(|one| one.before == Some(0)));
    let begin = union(chains.iter().map(begin));
    let rarest = union(chains.iter().map(|chain| rarest_of(chain.iter())));
    let mut chain: Chain = begin.into_iter().chain(rarest).collect();
    chain.dedup();
    chain
}

/// The rarest of some sets.
fn rarest_of<'a>(sets: impl Iterator<Item = &'a Required>) -> Option<Required> {
    sets.min_by(|a, b| frequency(&a.words).total_cmp(&frequency(&b.words))).cloned()
}

/// One set of the words of all chains, if there is one of each.
fn union(sets: impl Iterator<Item = Option<Required>>) -> Option<Required> {
    let sets: Vec<Required> = sets.collect::<Option<_>>()?;
    let least = sets.iter().map(|set| set.least).min()?;
    let before = sets.iter().map(|set| set.before).reduce(|a, b| Some(a?.max(b?)))?;
    let words: Words = sets.into_iter().flat_map(|set| set.words).collect();
    (words.len() <= MANY).then_some(Required { words, least, before })
}

/// How often one of the words may be expected, by character of text, and what it costs to look for them. A guess is enough:
/// it only decides which words are looked for.
fn frequency(words: &Words) -> f64 {
    let character = |c: char| if OFTEN.contains(c) { 0.01 } else { 0.002 };
    words.iter().map(|word| word.chars().map(character).product::<f64>() + LOOK).sum()
}

/// The length of both; `None` where one has no bound.
fn plus(one: Option<usize>, other: Option<usize>) -> Option<usize> {
    one?.checked_add(other?)
}

fn or_nothing(mut words: Words) -> Option<Words> {
    words.insert(String::new());
    (words.len() <= MOST).then_some(words)
}

/// The characters of a small class.
fn characters(class: &Class) -> Option<Words> {
    let Class::Unicode(class) = class else { return None };
    let count: usize = class.ranges().iter().map(|range| range.len()).sum();
    let all = class.ranges().iter().flat_map(|range| range.start()..=range.end());
    (count <= FEW).then(|| all.map(String::from).collect())
}

/// Every word of one set before every word of another.
fn joined(before: &Words, behind: &Words) -> Option<Words> {
    let both = || before.iter().flat_map(|a| behind.iter().map(move |b| format!("{a}{b}")));
    (before.len() * behind.len() <= MOST).then(|| both().collect())
}
