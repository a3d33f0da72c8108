//! Runs the rules of all packs over one contract and writes the findings.

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::dictionaries::hex;
use crate::fields::Extracted;
use crate::fields::scan::within;
use crate::model::finding::{NotApplicable, Review};
use crate::model::record::Kind;
use crate::model::{Basis, Finding, Outcome, Severity, Span, Text};

use super::check::{self, Contract, Sighting, Verdict, cite};
use super::kept::Kept;
use super::pack::{Pack, Rule};
use super::source::{Sources, Standing};
use super::{Packs, Source};

/// A finding names this many places at most: a person works from the first ones.
const MOST_PLACES: usize = 20;

/// Runs every rule of every pack of which no answer was kept.
pub fn review(packs: &Packs, text: &Text, extracted: &Extracted, kept: Kept) -> Review {
    within(text.folded_body(), || {
        let contract = Contract::new(text, extracted);
        within(&contract.chosen, || judge(packs, &contract, kept))
    })
}

/// Runs the rules over a contract whose text is listed.
fn judge(packs: &Packs, contract: &Contract<'_>, mut kept: Kept) -> Review {
    let extracted = contract.extracted;
    let date = contract.sure(&extracted.fields.sign_date).map(|date| date.value);
    let mut review = Review::default();
    for pack in packs.packs() {
        match inapplicable(packs, pack, contract, date) {
            Some(why) => review
                .not_applicable
                .extend(pack.rules.iter().map(|rule| NotApplicable { rule: rule.path(), why: why.clone() })),
            None => {
                for rule in &pack.rules {
                    if let Some(answer) = kept.take(rule) {
                        answer.into(&mut review);
                        continue;
                    }
                    let governed = pack.governed_by.is_some();
                    let sources = packs.sources();
                    Judgement { rule, contract, sources, date, governed }.into(&mut review);
                }
            }
        }
    }
    sort(&mut review.findings);
    review
}

/// Why a whole pack does not apply, if it does not.
///
/// That a document is no contract is believed only where all of it was read.
fn inapplicable(packs: &Packs, pack: &Pack, contract: &Contract<'_>, date: Option<Date>) -> Option<String> {
    if contract.extracted.kind == Kind::NotAContract && contract.unread().is_none() {
        return Some("不是合同文件".to_owned());
    }
    if let Some(scope) = &pack.scope
        && !scope.holds(contract.title(), contract.text.folded_body())
        && contract.unread().is_none()
    {
        return Some(format!("不是{}", scope.label));
    }
    let source = packs.sources().get(pack.governed_by.as_deref()?)?;
    match source.standing(date) {
        Standing::NotYet => Some(earlier(source, date)),
        Standing::InForce => None,
        Standing::Lapsed | Standing::Undated => successor(packs, pack, source, date)
            .map(|newer| format!("{}已由{}（{}）接替", source.short, newer.title, newer.number)),
    }
}

/// What is said of a contract that was signed before a source came into force.
fn earlier(source: &Source, date: Option<Date>) -> String {
    let day = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    format!("签订于{}，早于{}施行日{}", day(date), source.short, day(source.from))
}

/// The source of a newer pack of the same district that is in force on the day.
fn successor<'a>(packs: &'a Packs, pack: &Pack, source: &Source, date: Option<Date>) -> Option<&'a Source> {
    let home = pack.home.as_ref()?;
    packs
        .packs()
        .iter()
        .filter(|other| other.home.as_ref().is_some_and(|theirs| theirs.district == home.district))
        .filter_map(|other| packs.sources().get(other.governed_by.as_deref()?))
        .find(|other| other.from > source.from && matches!(other.standing(date), Standing::InForce))
}

/// Gravest first; what is certain before what is not; then in text order.
fn sort(findings: &mut [Finding]) {
    findings.sort_by_key(|finding| {
        let start = finding.evidence.first().map_or(usize::MAX, |span| span.start);
        (std::cmp::Reverse(finding.severity), finding.outcome == Outcome::CannotTell, start)
    });
}

/// The places without those that stand inside another: a person reads each line once.
fn outermost(places: Vec<Span>) -> Vec<Span> {
    let mut kept: Vec<Span> = Vec::new();
    for place in &places {
        let within = |other: &Span| other.start <= place.start && place.end <= other.end;
        let wider = |other: &Span| other.end - other.start > place.end - place.start;
        if !kept.iter().any(within) && !places.iter().any(|other| within(other) && wider(other)) {
            kept.push(place.clone());
        }
    }
    kept
}

/// Does the finding say no more than that pages, or the whole file, could not be read?
pub fn is_about_reading(finding: &Finding) -> bool {
    finding.outcome == Outcome::CannotTell
        && finding.evidence.is_empty()
        && finding.message.contains(check::UNREAD)
}

/// First 16 hex digits of SHA-256 over pack, rule, clause heading and quote.
pub fn fingerprint(parts: [&str; 4]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let mut digest = hex(&hasher.finalize());
    digest.truncate(16);
    digest
}

/// One rule over one contract.
struct Judgement<'a> {
    rule: &'a Rule,
    contract: &'a Contract<'a>,
    sources: &'a Sources,
    date: Option<Date>,
    /// Does the pack judge by the law of its day? What contradicts itself does so on any day.
    governed: bool,
}

impl Judgement<'_> {
    /// Runs the rule and files its answer.
    fn into(self, review: &mut Review) {
        match self.verdict() {
            Verdict::Passed | Verdict::NothingFound => review.passed.push(self.rule.path()),
            Verdict::NotApplicable(why) => {
                review.not_applicable.push(NotApplicable { rule: self.rule.path(), why });
            }
            Verdict::CannotTell { reason, evidence } => review.findings.push(self.doubt(&reason, evidence)),
            Verdict::Hits(sightings) => {
                for finding in sightings.into_iter().filter_map(|sighting| self.finding(sighting)) {
                    if review.findings.iter().all(|known| known.fingerprint != finding.fingerprint) {
                        review.findings.push(finding);
                    }
                }
            }
        }
    }

    /// What the rule answers; nothing found in half a document does not mean that nothing is there.
    fn verdict(&self) -> Verdict {
        if let Some(source) = self.not_yet() {
            return Verdict::NotApplicable(earlier(source, self.date));
        }
        let Some(unread) = self.contract.unread() else { return self.rule.check(self.contract) };
        if self.contract.is_blank() {
            return Verdict::cannot_tell(unread, Vec::new());
        }
        match self.rule.check(self.contract) {
            Verdict::NothingFound | Verdict::NotApplicable(_) => {
                Verdict::cannot_tell(format!("{unread}，已读部分未见问题"), Vec::new())
            }
            verdict => verdict,
        }
    }

    /// The first source of the rule, where all that it rests on came into force after the contract was signed.
    fn not_yet(&self) -> Option<&Source> {
        let bases = &self.rule.basis;
        let later = self.governed && !bases.is_empty() && self.standing_bases(bases).is_empty();
        later.then(|| bases.first().and_then(|basis| self.sources.get(&basis.source))).flatten()
    }

    /// The finding that a sighting makes.
    fn finding(&self, mut sighting: Sighting) -> Option<Finding> {
        sighting.evidence = outermost(sighting.evidence);
        sighting.evidence.truncate(MOST_PLACES);
        let variant = self.rule.variant(&sighting.variant)?;
        let bases = self.standing_bases(variant.basis.as_ref().unwrap_or(&self.rule.basis));
        let grades = variant.severity.unwrap_or(self.rule.severity);
        let citation = self.sources.cite(&bases, self.date);
        let clause = sighting.evidence.first().and_then(|span| self.contract.article_of(span)).map(cite);
        let quote = sighting.evidence.first().map(|span| span.quote.clone()).unwrap_or_default();
        let message = variant.message.render(|slot| match slot {
            "basis" => citation.clone(),
            "clause" => clause.clone().unwrap_or_else(|| "合同".to_owned()),
            "quote" => quote.clone(),
            slot => sighting
                .values
                .iter()
                .find(|(name, _)| *name == slot)
                .map(|(_, value)| value.clone())
                .unwrap_or_default(),
        });
        Some(Finding {
            severity: self.mitigated(grades.at(self.contract.stage()), &bases),
            message,
            why: self.why(variant.why.as_deref().unwrap_or(&self.rule.why), &bases),
            suggestion: variant.suggestion.as_ref().unwrap_or(&self.rule.suggestion).clone(),
            ..self.blank(Outcome::Hit, bases, sighting.evidence)
        })
    }

    /// The finding that says that the rule could not decide.
    fn doubt(&self, reason: &str, evidence: Vec<Span>) -> Finding {
        let bases = self.standing_bases(&self.rule.basis);
        let citation = self.sources.cite(&bases, self.date);
        let cited = if citation.is_empty() { String::new() } else { format!("（{citation}）") };
        Finding {
            severity: self.mitigated(self.rule.severity.at(self.contract.stage()), &bases),
            message: format!("{}：无法判断，{reason}{cited}。请人工核对。", self.rule.title),
            why: self.why(&self.rule.why, &bases),
            suggestion: self.rule.suggestion.clone(),
            ..self.blank(Outcome::CannotTell, bases, evidence)
        }
    }

    /// A finding without its words.
    fn blank(&self, outcome: Outcome, basis: Vec<Basis>, evidence: Vec<Span>) -> Finding {
        Finding {
            rule: self.rule.slug.clone(),
            pack: self.rule.pack.clone(),
            severity: Severity::Notice,
            outcome,
            fingerprint: self.fingerprint(evidence.first()),
            basis,
            message: String::new(),
            why: String::new(),
            suggestion: String::new(),
            evidence,
        }
    }

    /// The bases that may judge a contract of this date: not those that came into force later.
    fn standing_bases(&self, bases: &[Basis]) -> Vec<Basis> {
        bases.iter().filter(|basis| self.standing(basis) != Some(Standing::NotYet)).cloned().collect()
    }

    fn standing(&self, basis: &Basis) -> Option<Standing> {
        self.sources.get(&basis.source).map(|source| source.standing(self.date))
    }

    /// A violation that rests only on sources followed by analogy is a risk.
    fn mitigated(&self, severity: Severity, bases: &[Basis]) -> Severity {
        let analogy = |basis: &Basis| self.standing(basis).is_some_and(Standing::by_analogy);
        if severity == Severity::Violation && !bases.is_empty() && bases.iter().all(analogy) {
            Severity::Risk
        } else {
            severity
        }
    }

    /// The reason, and where a source is followed by analogy, that and why.
    fn why(&self, why: &str, bases: &[Basis]) -> String {
        let lapsed = bases.iter().find_map(|basis| {
            let source = self.sources.get(&basis.source)?;
            let until = source.until?;
            match source.standing(self.date) {
                Standing::Lapsed => {
                    Some(format!("{}有效期至{until}，此合同签订在后，参照适用。", source.short))
                }
                Standing::Undated => {
                    Some(format!("未见签订日期，按{}有效期（至{until}）届满后参照适用。", source.short))
                }
                _ => None,
            }
        });
        format!("{why}{}", lapsed.unwrap_or_default())
    }

    /// By which the finding is known again.
    fn fingerprint(&self, first: Option<&Span>) -> String {
        let heading =
            first.and_then(|span| self.contract.article_of(span)).and_then(|c| c.heading.as_deref());
        let quote = first.map_or("", |span| span.quote.as_str());
        fingerprint([&self.rule.pack, &self.rule.slug, heading.unwrap_or(""), quote])
    }
}
