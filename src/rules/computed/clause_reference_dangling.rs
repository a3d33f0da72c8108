//! `clause-reference-dangling`: the contract refers to a clause of its own that it does not have.
//!
//! # What it does
//!
//! Collects the numbers of the contract's articles and sub-clauses, and looks for each reference among them.
//!
//! # Why it matters
//!
//! A consequence that hangs on a clause that is not there hangs on nothing; often clauses were renumbered and the references
//! were not.
//!
//! # What must not be flagged
//!
//! Articles of laws, of standard terms, of the tender and of another contract; supplements, which speak of the contract
//! they change; contracts whose clauses are not numbered so that they can be told.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::{Captures, Regex};
use serde::Deserialize;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::Parameters;
use super::super::reading::sure::Faults;
use super::Computed;
use crate::fields::scan::{numeral, pattern};
use crate::model::text::{Clause, Numbering};

/// The rule.
pub const RULE: Computed = Computed {
    slug: "clause-reference-dangling",
    variants: &[("dangling", &["reference", "last"])],
    compile,
};

/// Fewer articles than these are an excerpt or another way of numbering.
const ENOUGH: usize = 3;

/// How far before a reference the name of another document may stand, in characters.
const BEFORE: usize = 14;

/// 第十二条, 第3.2条, 3.2款.
static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"第(?P<whole>[一二三四五六七八九十百零〇]{1,5}|\d{1,3})条(?:之[一二三四五])?|第?(?P<part>\d{1,2}(?:\.\d{1,2}){1,2})(?:条|款|项)",
    )
});

/// What joins a reference to the one before it: 第三条、第四条.
static JOINS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?:第[^第,。;]{1,8}[款项])?(?:“[^”\n]{1,20}”)?(?:、|和|及|以及|与|或者?|至|到|-|~)+$")
});

/// What the pack says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// Names of documents that have articles of their own, at the end of what stands before a reference.
    elsewhere: Vec<String>,
    /// Titles of contracts that speak of another contract's clauses.
    follows: Vec<String>,
}

#[derive(Debug)]
struct ClauseReferenceDangling {
    elsewhere: Regex,
    follows: Regex,
}

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let lexicon = &parameters.toolbox.lexicon;
    let settings: Settings = parameters.parse()?;
    Ok(Box::new(ClauseReferenceDangling {
        elsewhere: lexicon.compile(&settings.elsewhere)?.ok_or("with.elsewhere 为空")?,
        follows: lexicon.compile(&settings.follows)?.ok_or("with.follows 为空")?,
    }))
}

/// The numbers that a contract has.
struct Numbers {
    /// Of its articles, or of its outermost clauses where it has none.
    articles: BTreeSet<u32>,
    /// 3.2, 3.2.1: as written.
    parts: BTreeSet<String>,
}

impl Numbers {
    fn of(clauses: &[Clause]) -> Self {
        let ordinals = |wanted: &dyn Fn(&Clause) -> bool| {
            clauses
                .iter()
                .filter(|clause| wanted(clause))
                .filter_map(|clause| clause.ordinal)
                .collect::<BTreeSet<_>>()
        };
        let articles = ordinals(&|clause| clause.numbering == Numbering::Article);
        let outer = |clause: &Clause| {
            matches!(clause.numbering, Numbering::Chinese | Numbering::Arabic)
                && clause
                    .parent
                    .and_then(|at| clauses.get(at))
                    .is_none_or(|parent| parent.numbering <= Numbering::Section)
        };
        let articles = if articles.is_empty() { ordinals(&outer) } else { articles };
        let decimal = |clause: &&Clause| matches!(clause.numbering, Numbering::Decimal | Numbering::Decimal3);
        let parts = clauses.iter().filter(decimal).map(|clause| digits(&clause.label)).collect();
        Self { articles, parts }
    }

    /// Are they so many and so close together that a number that is not among them does not exist?
    fn are_known(&self) -> bool {
        let last = self.articles.last().copied().unwrap_or_default();
        self.articles.len() >= ENOUGH && self.articles.len() == last as usize
    }

    /// Does the reference lead nowhere?
    fn lack(&self, found: &Captures<'_>) -> bool {
        match (found.name("whole"), found.name("part")) {
            (Some(whole), _) => {
                let number = numeral::integer(whole.as_str()).and_then(|number| u32::try_from(number).ok());
                number.is_some_and(|number| !self.articles.contains(&number))
            }
            (_, Some(part)) => {
                let head = part.as_str().split('.').next().unwrap_or_default();
                let same_clause = |known: &&String| known.split('.').next() == Some(head);
                let depth = part.as_str().matches('.').count();
                let siblings =
                    self.parts.iter().filter(same_clause).filter(|k| k.matches('.').count() == depth).count();
                let nowhere = head.parse().is_ok_and(|head: u32| !self.articles.contains(&head));
                (siblings > 1 || nowhere) && !self.parts.contains(part.as_str())
            }
            _ => false,
        }
    }
}

/// 3.2 of “3.2.”
fn digits(label: &str) -> String {
    let plain: String = label
        .chars()
        .map(|c| if c == '．' { '.' } else { c })
        .filter(|c| c.is_ascii_digit() || *c == '.')
        .collect();
    plain.trim_matches('.').to_owned()
}

impl ClauseReferenceDangling {
    /// The references to the contract's own clauses.
    fn references<'b>(&self, body: &'b str) -> Vec<(Range<usize>, Captures<'b>)> {
        let mut own = Vec::new();
        let mut last: Option<(usize, bool)> = None;
        for found in REFERENCE.captures_iter(body) {
            let Some(range) = found.get(0).map(|whole| whole.range()) else { continue };
            let joined =
                last.filter(|(end, _)| body.get(*end..range.start).is_some_and(|gap| JOINS.is_match(gap)));
            let elsewhere = match joined {
                Some((_, elsewhere)) => elsewhere,
                None => self.elsewhere.is_match(&before(body, range.start)),
            };
            last = Some((range.end, elsewhere));
            if !elsewhere {
                own.push((range, found));
            }
        }
        own
    }
}

/// The characters before a reference in its line.
fn before(body: &str, at: usize) -> String {
    let line = body.get(..at).unwrap_or_default().rsplit('\n').next().unwrap_or_default();
    let skipped = line.chars().count().saturating_sub(BEFORE);
    line.chars().skip(skipped).collect()
}

impl Check for ClauseReferenceDangling {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let text = contract.text;
        let title = contract.fields().title.as_ref().map_or("", |title| title.value.as_str());
        if self.follows.is_match(title) {
            return Verdict::NotApplicable("补充、变更类协议所引条款在原合同中".to_owned());
        }
        let numbers = Numbers::of(&text.clauses);
        if !numbers.are_known() {
            return Verdict::NotApplicable("条款编号不连续或未见编号，无从核对引用".to_owned());
        }
        let terms = text.clauses.first().map_or(0, |first| first.shadow.start)
            ..text.clauses.iter().map(|clause| clause.shadow.end).max().unwrap_or(0);
        let mut faults = Faults::default();
        for (range, found) in self.references(text.folded_body()) {
            let label = text.clauses.iter().any(|clause| clause.shadow.start == range.start);
            if label || !terms.contains(&range.start) || !numbers.lack(&found) {
                continue;
            }
            let sighting = Sighting::new("dangling", vec![text.span_of_shadow(range.clone())])
                .with("reference", found.get(0).map_or("", |whole| whole.as_str()))
                .with("last", numbers.articles.last().copied().unwrap_or_default());
            faults.add(text, std::slice::from_ref(&range), sighting);
        }
        faults.verdict("条款编号")
    }
}
