//! Which words must stand in a text for an expression to match it, and how a text may be cut for it: read off the expression
//! as parsed.

use regex_syntax::hir::{Class, Hir, HirKind, Look, LookSet};

use super::chains::{Required, Words, chains_of};
use super::words::Set;

/// A match that may be of more bytes is as good as one of any length.
const LONGEST: usize = 1_200;

/// Where a text may be cut, if no match holds them; between two of them stands all that a match needs.
pub const STOPS: [char; 5] = ['\n', '。', ';', '\t', ','];

/// So many sets of a chain are looked at before anything is looked up: those of the fewest words.
const GIST: usize = 2;

/// What an expression needs.
#[derive(Debug, Default)]
pub struct Needs {
    /// Of each chain the signs of its smallest sets, all in a row: most expressions are ruled out by them, of most texts, and
    /// nothing else of them has to be fetched from afar.
    pub gist: Gist,
    /// Sets of words that the chains name.
    pub sets: Vec<Set>,
    /// Every match follows one of these; none if nothing is known.
    pub chains: Vec<Box<[Link]>>,
    /// Characters at which a text may be cut: what an expression finds between two of them depends on nothing beyond.
    pub stops: Vec<char>,
    /// Which of [`STOPS`] no match holds, a bit for each.
    pub apart: u8,
    /// A match has no more bytes.
    pub longest: Option<usize>,
    /// Does every match stand at the beginning of the text?
    pub begins_text: bool,
    /// Does it look at what stands around a match?
    pub looks_around: bool,
    /// Are there blanks in its words?
    pub blanks: bool,
}

/// A set of words, one of which stands in a match behind those of the link before it.
#[derive(Debug, Clone, Copy)]
pub struct Link {
    /// Which of the sets.
    pub set: usize,
    /// So many bytes of the match stand before the word at least.
    pub least: usize,
    /// And so many at most.
    pub before: Option<usize>,
}

/// The signs of the words of an expression. Each chain is its length and its sets, each set its length and its signs.
#[derive(Debug, Default)]
pub struct Gist(Box<[u32]>);

impl Gist {
    fn of(needs: &Needs) -> Self {
        Self(needs.chains.iter().flat_map(|chain| measured(Self::of_chain(needs, chain))).collect())
    }

    fn of_chain(needs: &Needs, chain: &[Link]) -> Vec<u32> {
        let mut sets: Vec<&Set> = chain.iter().filter_map(|link| needs.sets.get(link.set)).collect();
        sets.sort_by_key(|set| set.signs.len());
        sets.into_iter().take(GIST).flat_map(|set| measured(set.signs.to_vec())).collect()
    }

    /// Does no chain have all of its words, by what is known of each sign?
    pub fn is_wanting(&self, may_stand: impl Fn(u32) -> bool) -> bool {
        let stands = |set: &[u32]| set.iter().any(|sign| may_stand(*sign));
        !pieces(&self.0).any(|chain| pieces(chain).all(stands))
    }
}

/// A list behind its length.
fn measured(list: Vec<u32>) -> impl Iterator<Item = u32> {
    std::iter::once(u32::try_from(list.len()).unwrap_or_default()).chain(list)
}

/// The lists of a row of such.
fn pieces(mut row: &[u32]) -> impl Iterator<Item = &[u32]> {
    std::iter::from_fn(move || {
        let (length, rest) = row.split_first()?;
        let (piece, rest) = rest.split_at_checked(*length as usize)?;
        row = rest;
        Some(piece)
    })
}

impl Needs {
    /// What an expression needs.
    pub fn of(expression: &Hir) -> Self {
        let properties = expression.properties();
        let mut needs = Self {
            stops: stops(expression, properties.look_set()),
            apart: apart(expression),
            longest: properties.maximum_len().filter(|most| *most <= LONGEST),
            begins_text: properties.look_set_prefix().contains(Look::Start),
            looks_around: !properties.look_set().is_empty(),
            ..Self::default()
        };
        let mut known = Vec::new();
        for chain in chains_of(expression) {
            let links = chain.into_iter().map(|required| needs.link(required, &mut known)).collect();
            needs.chains.push(links);
        }
        needs.gist = Gist::of(&needs);
        needs.blanks = known.iter().flatten().any(|word| word.contains(char::is_whitespace));
        needs
    }

    /// A link to a set of words, which is kept once.
    fn link(&mut self, required: Required, known: &mut Vec<Words>) -> Link {
        let Required { words, least, before } = required;
        let set = known.iter().position(|one| *one == words).unwrap_or_else(|| {
            self.sets.push(Set::new(&words));
            known.push(words);
            known.len() - 1
        });
        Link { set, least, before: before.filter(|before| *before <= LONGEST) }
    }
}

/// The characters at which a text may be cut without a match being cut or made: only at line breaks where the
/// expression looks around itself, and nowhere where it looks for the beginning or end of the text.
fn stops(expression: &Hir, looks: LookSet) -> Vec<char> {
    let whole = [Look::Start, Look::End, Look::StartCRLF, Look::EndCRLF];
    if whole.iter().any(|look| looks.contains(*look)) {
        return Vec::new();
    }
    let candidates = if looks.is_empty() { &STOPS[..4] } else { &STOPS[..1] };
    candidates.iter().copied().filter(|stop| !takes(expression, *stop)).collect()
}

/// Which stops no match holds.
fn apart(expression: &Hir) -> u8 {
    let bits = STOPS.iter().enumerate().map(|(bit, stop)| u8::from(!takes(expression, *stop)) << bit);
    bits.fold(0, |all, bit| all | bit)
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
