//! Settlement of disputes (争议解决): court or arbitration, both, neither, or a printed list left open.
//!
//! What decides: special terms before general ones, and there an option list with its choice, else every sentence of the dispute clauses. An award that a
//! court enforces (执行), sets aside (撤销) or secures (保全) is arbitration; so is 劳动仲裁 before a suit,
//! which the statute demands.

mod excluded;
mod forum;
mod known;
mod labour;
mod options;
mod scope;
mod territory;

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::Extractor;
use super::draft::Draft;
use super::reading::Reading;
use super::scan::pattern;
use crate::model::Value;
use crate::model::fields::{Dispute, DisputeKind};
use forum::{Forum, forums};
use options::Choice;

/// Settlement of disputes.
pub const EXTRACTOR: Extractor = Extractor {
    field: "dispute",
    about: "争议解决：诉讼或仲裁、机构全称、前置程序；选项未选的单独说明",
    run,
};

static NEGOTIATION: LazyLock<Regex> = LazyLock::new(|| pattern("协商|磋商|友好解决"));
static MEDIATION: LazyLock<Regex> = LazyLock::new(|| pattern("调解"));

/// What the clauses say, put together.
struct Finding {
    kind: DisputeKind,
    /// One, or both where arbitration and court stand side by side.
    forums: Vec<Forum>,
    places: Vec<Range<usize>>,
    confidence: f64,
    method: &'static str,
}

fn run(reading: &Reading<'_>, draft: &mut Draft) {
    let scope = scope::find(reading);
    if scope.is_empty() {
        draft.absent(reading, "dispute", None);
        return;
    }
    let special = scope::special(reading, &scope);
    let finding = (!special.is_empty() && special.len() < scope.len())
        .then(|| decide(reading, &special))
        .filter(|finding| !matches!(finding.kind, DisputeKind::None | DisputeKind::Unselected))
        .unwrap_or_else(|| decide(reading, &scope));
    // A page that was not read may choose the way that these clauses leave open.
    if finding.kind == DisputeKind::None && !reading.text.is_complete() {
        draft.absent(reading, "dispute", None);
        return;
    }
    draft.fields.dispute = Some(value(reading, draft, &scope, finding));
}

fn value(reading: &Reading<'_>, draft: &Draft, scope: &[Range<usize>], finding: Finding) -> Value<Dispute> {
    let steps = steps(reading, scope);
    let names: Vec<String> = finding.forums.iter().map(|forum| forum::name(reading, forum)).collect();
    let name = (!names.is_empty()).then(|| names.join("；"));
    let folded =
        finding.forums.first().map(|forum| forum::without_jurisdiction(reading.slice(forum.range.clone())));
    let territory = territory::of(reading, &draft.fields, folded.as_deref(), finding.kind);
    let dispute = Dispute { kind: finding.kind, forum: name, territory, steps };
    let mut evidence: Vec<_> = finding.places.iter().map(|range| reading.span(range.clone())).collect();
    evidence.extend(finding.forums.iter().map(|forum| reading.span(forum.range.clone()).supporting("forum")));
    Value::new(dispute, finding.confidence, finding.method, evidence)
}

fn steps(reading: &Reading<'_>, scope: &[Range<usize>]) -> Vec<String> {
    let any = |regex: &Regex| scope.iter().any(|range| regex.is_match(reading.slice(range.clone())));
    [("negotiation", any(&NEGOTIATION)), ("mediation", any(&MEDIATION))]
        .into_iter()
        .filter(|(_, found)| *found)
        .map(|(step, _)| step.to_owned())
        .collect()
}

fn decide(reading: &Reading<'_>, scope: &[Range<usize>]) -> Finding {
    let list = options::find(reading, scope);
    let listed: Vec<Range<usize>> = list.iter().flat_map(|list| list.items.clone()).collect();
    let outside =
        |range: &Range<usize>| !listed.iter().any(|item| item.start <= range.start && range.end <= item.end);
    let plain: Vec<Forum> = scope
        .iter()
        .flat_map(|range| forums(reading, range.clone()))
        .filter(|forum| outside(&forum.range))
        .collect();
    let plain = labour::without_others(reading, plain);
    match list.as_ref().map(|list| (&list.choice, list)) {
        Some((Choice::Items(chosen), list)) => {
            let mut forums: Vec<Forum> =
                chosen.iter().flat_map(|item| options::forums_of(reading, item)).collect();
            // ☑诉讼 with the court on a line of its own: 管辖法院：….
            if forums.iter().all(|forum| !forum.named && !forum.open) {
                let kinds: Vec<DisputeKind> = forums.iter().map(|forum| forum.kind).collect();
                forums.extend(plain.into_iter().filter(|f| f.named && kinds.contains(&f.kind)));
            }
            let mut finding = weigh(reading, scope, forums, 0.93, "dispute/option");
            finding.places = chosen.clone();
            finding.places.push(list.head.clone());
            finding
        }
        Some((Choice::Open, list)) if plain.is_empty() => Finding {
            kind: DisputeKind::Unselected,
            forums: Vec::new(),
            places: std::iter::once(list.head.clone()).chain(list.items.iter().cloned()).collect(),
            confidence: 0.92,
            method: "dispute/option-open",
        },
        _ => weigh(reading, scope, plain, 0.93, "dispute/sentence"),
    }
}

/// Court, arbitration or both, from the forums that are named.
fn weigh(
    reading: &Reading<'_>,
    scope: &[Range<usize>],
    forums: Vec<Forum>,
    confidence: f64,
    method: &'static str,
) -> Finding {
    let forums = without_struck(forums);
    let arbitration = forums.iter().find(|f| f.kind == DisputeKind::Arbitration);
    let court = forums.iter().find(|f| f.kind == DisputeKind::Court);
    let labour = arbitration.is_some_and(|f| reading.slice(f.range.clone()).contains("劳动") || f.labour);
    let kind = match (arbitration, court) {
        (Some(_), Some(_)) if labour => DisputeKind::Arbitration,
        (Some(_), Some(_)) => DisputeKind::Both,
        (Some(_), None) => DisputeKind::Arbitration,
        (None, Some(_)) => DisputeKind::Court,
        (None, None) => DisputeKind::None,
    };
    let named = |wanted: DisputeKind| {
        let best = forums.iter().filter(move |f| f.kind == wanted && f.named).max_by_key(|f| f.rank())?;
        Some(specified(reading, &forums, best))
    };
    let chosen: Vec<Forum> = match kind {
        DisputeKind::Arbitration | DisputeKind::Court => named(kind).into_iter().cloned().collect(),
        DisputeKind::Both => [named(DisputeKind::Arbitration), named(DisputeKind::Court)]
            .into_iter()
            .flatten()
            .cloned()
            .collect(),
        DisputeKind::None | DisputeKind::Unselected => Vec::new(),
    };
    let mut places: Vec<Range<usize>> = forums.iter().map(|f| reading.sentence(f.range.start)).collect();
    if places.is_empty() {
        places = scope.iter().take(1).cloned().collect();
    }
    places.dedup();
    let confidence = if kind == DisputeKind::None { 0.8 } else { confidence };
    Finding { kind, forums: chosen, places, confidence, method }
}

/// 向甲方住所地人民法院，即深圳市罗湖区人民法院，起诉: behind a formula stands the court that it comes to.
fn specified<'f>(reading: &Reading<'_>, forums: &'f [Forum], formula: &'f Forum) -> &'f Forum {
    static THAT_IS: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^[)\]]?,?(?:\(?(?:亦|也)?即(?:为|是|指)?:?|也就是|——?|--?)$"));
    let between = |other: &&Forum| {
        let gap = reading.slice(formula.range.end..other.range.start.max(formula.range.end));
        other.kind == formula.kind && other.named && THAT_IS.is_match(gap)
    };
    forums.iter().find(between).unwrap_or(formula)
}

/// 向/仲裁委员会提请仲裁或向工程所在地人民法院起诉: where one way names its body and the slot of the other stands open
/// or struck out, the other is not chosen.
fn without_struck(forums: Vec<Forum>) -> Vec<Forum> {
    let all_open = |kind| {
        let mut of_kind = forums.iter().filter(|f| f.kind == kind).peekable();
        of_kind.peek().is_some() && of_kind.all(|f| f.open)
    };
    let named = |kind| forums.iter().any(|f| f.kind == kind && f.named);
    let struck =
        [(DisputeKind::Arbitration, DisputeKind::Court), (DisputeKind::Court, DisputeKind::Arbitration)]
            .into_iter()
            .find(|(open, other)| all_open(*open) && named(*other))
            .map(|(open, _)| open);
    forums.into_iter().filter(|forum| Some(forum.kind) != struck).collect()
}

#[cfg(test)]
mod tests;
