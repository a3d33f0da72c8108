//! `forum-name-inexact`: the court or arbitral body is not written with its full name.
//!
//! # What it does
//!
//! Grades the name of each forum: `nobody` where no body can be identified or the body cannot judge (当地仲裁委员会, 上级主管部门),
//! `shifting` where the name turns on who is at fault (守约方所在地), `formula` for 甲方所在地法院, `near` for a
//! name that is a word off, `unnamed` for 有管辖权的人民法院.
//!
//! # Why it matters
//!
//! An arbitral body that cannot be identified makes the agreement to arbitrate void; a court by formula
//! costs a first dispute over where to sue.
//!
//! # What must not be flagged
//!
//! A full official name, a listed former name, a court that the law prescribes, statutory labour arbitration.

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::{Parameters, Words};
use super::Computed;
use crate::model::fields::{Dispute, DisputeKind, Territory};
use crate::model::{Span, Value};

/// The rule.
pub const RULE: Computed = Computed {
    slug: "forum-name-inexact",
    variants: &[
        ("nobody", &["forum"]),
        ("shifting", &["forum"]),
        ("formula", &["forum"]),
        ("near", &["forum"]),
        ("unnamed", &["forum"]),
    ],
    compile,
};

#[derive(Debug)]
struct ForumNameInexact(Words);

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let names = [
        "authority",
        "quarrel",
        "spared",
        "arbitral-exact",
        "arbitral-off",
        "arbitral-full",
        "arbitral-word",
        "shifting",
        "formula",
        "court-full",
        "court-unnamed",
        "unnamed",
    ];
    Ok(Box::new(ForumNameInexact(Words::new(parameters, &names)?)))
}

impl ForumNameInexact {
    /// The variant that a name makes; `None` where it is in order.
    fn grade(&self, name: &str) -> Option<&'static str> {
        let says = |key| self.0.say(key, name);
        if says("spared") || says("arbitral-exact") {
            None
        } else if says("arbitral-word") {
            match () {
                () if says("shifting") || says("formula") => Some("nobody"),
                () if says("arbitral-off") => Some("near"),
                () if says("arbitral-full") => None,
                () => Some("nobody"),
            }
        } else if says("shifting") {
            Some("shifting")
        } else if says("formula") {
            Some("formula")
        } else if says("court-full") {
            None
        } else if says("court-unnamed") {
            Some("unnamed")
        } else {
            Some("near")
        }
    }

    /// 由上级主管部门裁决: a body that gives no final decision.
    fn authority(&self, contract: &Contract<'_>, dispute: &Value<Dispute>) -> Verdict {
        let found = dispute.evidence.iter().find_map(|span| {
            let word = self.0.find("authority", &span.quote).next()?;
            Some((span, word.as_str().to_owned()))
        });
        match found {
            Some((span, word)) => {
                Verdict::hit(Sighting::new("nobody", vec![span.clone()]).with("forum", word))
            }
            None if contract.unread().is_some() => Verdict::NothingFound,
            None => Verdict::NotApplicable("未约定具体的裁判机构".to_owned()),
        }
    }
}

/// What the clause says.
fn told(dispute: &Value<Dispute>) -> String {
    dispute.evidence.iter().map(|span| span.quote.as_str()).collect::<Vec<_>>().join("\n")
}

impl ForumNameInexact {
    /// A dispute that is left to an authority: no clause on disputes was read, for it sends them to no court.
    fn left_to_authority(&self, contract: &Contract<'_>) -> Option<Sighting> {
        let body = &contract.chosen;
        self.0.sentences("authority", body).into_iter().find_map(|sentence| {
            let words = &body[sentence.clone()];
            let found = self.0.find("authority", words).next().filter(|_| self.0.say("quarrel", words))?;
            if self.0.say("spared", words) {
                return None;
            }
            let span = contract.text.span_of_shadow(sentence.clone());
            Some(Sighting::new("nobody", vec![span]).with("forum", found.as_str()))
        })
    }
}

impl Check for ForumNameInexact {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let Some(dispute) = contract.sure(&contract.fields().dispute) else {
            let other = self.left_to_authority(contract);
            return other
                .map_or_else(|| Verdict::NotApplicable("未读到争议解决条款".to_owned()), Verdict::hit);
        };
        let foreign = dispute.value.territory == Territory::OutsideMainland;
        match (dispute.value.kind, dispute.value.forum.as_deref()) {
            (DisputeKind::None, _) => self.authority(contract, dispute),
            (DisputeKind::Arbitration, None) if self.0.say("unnamed", &told(dispute)) => {
                let evidence = dispute.evidence.iter().take(1).cloned().collect();
                Verdict::hit(Sighting::new("nobody", evidence).with("forum", "仲裁"))
            }
            (DisputeKind::Unselected, _) | (_, None) => Verdict::NotApplicable("裁判机构尚未选定".to_owned()),
            _ if foreign => Verdict::NotApplicable("约定的是境外机构".to_owned()),
            (_, Some(names)) => {
                let named = |span: &&Span| span.supports.as_deref() == Some("forum");
                let spans: Vec<_> = dispute.evidence.iter().filter(named).collect();
                let mut hits = Vec::new();
                for (index, name) in names.split('；').enumerate() {
                    let folded = name.replace('（', "(").replace('）', ")");
                    if let Some(variant) = self.grade(&folded) {
                        let place = spans.get(index).map(|span| (*span).clone());
                        hits.push(Sighting::new(variant, place.into_iter().collect()).with("forum", name));
                    }
                }
                if hits.is_empty() { Verdict::Passed } else { Verdict::Hits(hits) }
            }
        }
    }
}
