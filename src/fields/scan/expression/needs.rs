//! Which words must stand in a text for an expression to match it, how far before them a match may begin, and which
//! characters no match holds: all read off the expression as parsed.

use std::collections::BTreeSet;

use regex_syntax::hir::{Class, Hir, HirKind, Look, LookSet};

use super::places::Word;

/// Words, one of which must stand there.
type Words = BTreeSet<String>;

/// More words are not made by joining.
const MOST: usize = 48;

/// Sets of more words are of no use.
const MANY: usize = 600;

/// A class of more characters is no set of words.
const FEW: usize = 16;

/// So many sets are kept, the rarest.
const SETS: usize = 3;

/// A match that may be of more bytes is as good as one of any length.
const LONGEST: usize = 1_200;

/// To look for one more word costs as much as such an occurrence of it.
const LOOK: f64 = 0.000_02;

/// Where a text may be cut, if no match holds them.
const STOPS: [char; 4] = ['\n', '。', ';', '\t'];

/// Signs that stand in contracts oftener than one in two hundred.
const OFTEN: &str = "方人的合同日乙甲一期务签工第法用不本服条章月为应年定付,、:();.-0123456789_";

/// What an expression needs.
#[derive(Debug, Default)]
pub struct Needs {
    /// Sets of words, the rarest first.
    pub sets: Vec<Need>,
    /// Characters that no match holds: what an expression finds between two of them depends on nothing beyond.
    pub stops: Vec<char>,
    /// A match has no more bytes.
    pub longest: Option<usize>,
    /// Does every match stand at the beginning of the text?
    pub begins_text: bool,
    /// Does it look at what stands around a match?
    pub looks_around: bool,
    /// Are there blanks in its words?
    pub blanks: bool,
}

/// Words, one of which stands in every match.
#[derive(Debug)]
pub struct Need {
    /// The words.
    pub words: Vec<Word>,
    /// A match begins no more than so many bytes before one of them.
    pub before: Option<usize>,
}

impl Needs {
    /// What an expression needs.
    pub fn of(expression: &Hir) -> Self {
        let properties = expression.properties();
        let mut required = Known::of(expression).required;
        required.sort_by(|a, b| frequency(&a.words).total_cmp(&frequency(&b.words)));
        let begins = required.iter().skip(SETS).find(|need| need.before == Some(0)).cloned();
        required.truncate(SETS);
        required.extend(begins.filter(|_| required.iter().all(|need| need.before != Some(0))));
        let blanks =
            required.iter().flat_map(|need| &need.words).any(|word| word.contains(char::is_whitespace));
        let need = |Required { words, before }: Required| Need {
            words: words.iter().map(|word| Word::new(word)).collect(),
            before: before.filter(|before| *before <= LONGEST),
        };
        Self {
            sets: required.into_iter().map(need).collect(),
            stops: stops(expression, properties.look_set()),
            longest: properties.maximum_len().filter(|most| *most <= LONGEST),
            begins_text: properties.look_set_prefix().contains(Look::Start),
            looks_around: !properties.look_set().is_empty(),
            blanks,
        }
    }
}

/// The characters at which a text may be cut without a match being cut or made: only at line breaks where the
/// expression looks around itself, and nowhere where it looks for the beginning or end of the text.
fn stops(expression: &Hir, looks: LookSet) -> Vec<char> {
    let whole = [Look::Start, Look::End, Look::StartCRLF, Look::EndCRLF];
    if whole.iter().any(|look| looks.contains(*look)) {
        return Vec::new();
    }
    let candidates = if looks.is_empty() { &STOPS[..] } else { &STOPS[..1] };
    candidates.iter().copied().filter(|stop| !takes(expression, *stop)).collect()
}

/// May a match hold this character?
fn takes(expression: &Hir, c: char) -> bool {
    match expression.kind() {
        HirKind::Empty | HirKind::Look(_) => false,
        HirKind::Literal(literal) => String::from_utf8_lossy(&literal.0).contains(c),
        HirKind::Class(Class::Unicode(class)) => {
            class.ranges().iter().any(|range| (range.start()..=range.end()).contains(&c))
        }
        HirKind::Class(Class::Bytes(_)) => true,
        HirKind::Repetition(repetition) => takes(&repetition.sub, c),
        HirKind::Capture(capture) => takes(&capture.sub, c),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().any(|part| takes(part, c)),
    }
}

/// How often one of the words may be expected, by character of text, and what it costs to look for them. A guess is enough:
/// it only decides which words are looked for.
fn frequency(words: &Words) -> f64 {
    let character = |c: char| if OFTEN.contains(c) { 0.01 } else { 0.002 };
    words.iter().map(|word| word.chars().map(character).product::<f64>() + LOOK).sum()
}

/// Words that a part of an expression cannot do without, and how many bytes of it may stand before them.
#[derive(Debug, Clone)]
struct Required {
    words: Words,
    before: Option<usize>,
}

impl Required {
    /// None where one of the words is nothing at all.
    fn new(words: Words, before: Option<usize>) -> Option<Self> {
        words.iter().all(|word| !word.is_empty()).then_some(Self { words, before })
    }

    /// The same, behind something else.
    fn behind(self, length: Option<usize>) -> Self {
        Self { before: plus(self.before, length), ..self }
    }
}

/// What is known of the texts that a part of an expression matches.
#[derive(Debug, Default)]
struct Known {
    /// All of them, where they are few.
    exact: Option<Words>,
    /// Sets of words; one of each stands in any of them.
    required: Vec<Required>,
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
                    (0, Some(1)) => Self { exact: sub.exact.and_then(or_nothing), required: Vec::new() },
                    (0, _) => Self::default(),
                    _ => Self { exact: None, required: sub.required },
                }
            }
            HirKind::Concat(parts) => Self::one_after_another(parts),
            HirKind::Alternation(branches) => Self::one_of(branches),
        }
    }

    fn exactly(words: Words) -> Self {
        Self { required: Required::new(words.clone(), Some(0)).into_iter().collect(), exact: Some(words) }
    }

    /// Words grow together as long as there are few of them.
    fn one_after_another(parts: &[Hir]) -> Self {
        let mut run = Required { words: [String::new()].into(), before: Some(0) };
        let (mut whole, mut required, mut at) = (true, Vec::new(), Some(0));
        for part in parts {
            let known = Self::of(part);
            match known.exact.as_ref().and_then(|exact| joined(&run.words, exact)) {
                Some(longer) => run.words = longer,
                None => {
                    whole = false;
                    let after = plus(at, part.properties().maximum_len());
                    let next = match known.exact {
                        Some(words) => Required { words, before: at },
                        None => Required { words: [String::new()].into(), before: after },
                    };
                    required.extend(known.required.into_iter().map(|need| need.behind(at)));
                    required.push(std::mem::replace(&mut run, next));
                }
            }
            at = plus(at, part.properties().maximum_len());
        }
        let exact = whole.then(|| run.words.clone());
        required.push(run);
        let required = required.into_iter().filter_map(|need| Required::new(need.words, need.before));
        Self { exact, required: required.collect() }
    }

    /// One set of each branch is needed: the rarest, and the one that it begins with.
    fn one_of(branches: &[Hir]) -> Self {
        let branches: Vec<Self> = branches.iter().map(Self::of).collect();
        let exact: Option<Vec<&Words>> = branches.iter().map(|branch| branch.exact.as_ref()).collect();
        let exact: Option<Words> = exact.map(|all| all.into_iter().flatten().cloned().collect());
        if let Some(exact) = exact.filter(|exact| exact.len() <= MOST) {
            return Self::exactly(exact);
        }
        let rarest = |branch: &Self| rarest_of(branch.required.iter());
        let first = |branch: &Self| rarest_of(branch.required.iter().filter(|need| need.before == Some(0)));
        let required = [union(branches.iter().map(rarest)), union(branches.iter().map(first))];
        let mut required: Vec<Required> = required.into_iter().flatten().collect();
        required.dedup_by(|one, other| one.words == other.words);
        Self { exact: None, required }
    }
}

/// The rarest of some sets.
fn rarest_of<'a>(sets: impl Iterator<Item = &'a Required>) -> Option<Required> {
    sets.min_by(|a, b| frequency(&a.words).total_cmp(&frequency(&b.words))).cloned()
}

/// One set of the words of all branches, if there is one of each.
fn union(sets: impl Iterator<Item = Option<Required>>) -> Option<Required> {
    let sets: Vec<Required> = sets.collect::<Option<_>>()?;
    let before = sets.iter().map(|set| set.before).reduce(later).flatten();
    let words: Words = sets.into_iter().flat_map(|set| set.words).collect();
    (words.len() <= MANY).then_some(Required { words, before })
}

/// The length of both; `None` where one has no bound.
fn plus(one: Option<usize>, other: Option<usize>) -> Option<usize> {
    one?.checked_add(other?)
}

/// The longer of both; `None` where one has no bound.
fn later(one: Option<usize>, other: Option<usize>) -> Option<usize> {
    Some(one?.max(other?))
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
