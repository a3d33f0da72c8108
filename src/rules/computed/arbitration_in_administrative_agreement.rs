//! `arbitration-in-administrative-agreement`: an administrative agreement (行政协议) sends its disputes to arbitration.
//!
//! # What it does
//!
//! Tells by title and type whether the contract is one of those that 法释〔2019〕17号第二条 names, and looks at how it settles
//! disputes.
//!
//! # Why it matters
//!
//! A court shall hold such an arbitration clause void (第二十六条): years later nobody knows where to sue.
//!
//! # What must not be flagged
//!
//! Contracts of civil law, however public their purpose; mediation and reconsideration; arbitration that a statute
//! orders (labour, contracted rural land). Whether a partnership with private capital is an administrative agreement
//! depends on what it grants: there the rule cannot tell.

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::{Parameters, Words};
use super::Computed;
use crate::model::fields::DisputeKind;

/// The rule.
pub const RULE: Computed =
    Computed { slug: "arbitration-in-administrative-agreement", variants: &[("void", &["title"])], compile };

#[derive(Debug)]
struct ArbitrationInAdministrativeAgreement(Words);

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let names = ["granted", "administrative", "doubtful", "statutory"];
    Ok(Box::new(ArbitrationInAdministrativeAgreement(Words::new(parameters, &names)?)))
}

/// Is the contract an administrative agreement?
enum Nature {
    /// It is, whoever signs: only an authority can grant what it grants.
    Granted,
    /// It is where one side is the government; a developer signs such contracts, too.
    Administrative,
    /// That depends on its terms.
    Doubtful,
    Civil,
}

impl ArbitrationInAdministrativeAgreement {
    fn nature(&self, contract: &Contract<'_>) -> Nature {
        let title = contract.title();
        if self.0.say("granted", title) {
            Nature::Granted
        } else if self.0.say("administrative", title) || contract.type_code() == Some("compensation") {
            Nature::Administrative
        } else if self.0.say("doubtful", title) {
            Nature::Doubtful
        } else {
            Nature::Civil
        }
    }
}

impl Check for ArbitrationInAdministrativeAgreement {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let nature = self.nature(contract);
        if matches!(nature, Nature::Civil) {
            return Verdict::NotApplicable("不是行政协议".to_owned());
        }
        let Some(dispute) = contract.sure(&contract.fields().dispute) else {
            return Verdict::NotApplicable("未读到争议解决条款".to_owned());
        };
        // 与收费员之间依法申请劳动仲裁: where no body is named, the clause itself tells what is arbitrated.
        let statutory = match dispute.value.forum.as_deref() {
            Some(forum) => self.0.say("statutory", forum),
            None => {
                let mut places = dispute.evidence.iter();
                !dispute.evidence.is_empty() && places.all(|span| self.0.say("statutory", &span.quote))
            }
        };
        if statutory || !matches!(dispute.value.kind, DisputeKind::Arbitration | DisputeKind::Both) {
            return Verdict::Passed;
        }
        let (title, evidence) = (contract.title(), dispute.evidence.clone());
        match nature {
            Nature::Doubtful => {
                Verdict::cannot_tell(format!("“{title}”是否属于行政协议，须由法律顾问判断"), evidence)
            }
            Nature::Administrative if contract.government().is_none() => {
                Verdict::cannot_tell(contract.unknown_side(), evidence)
            }
            _ => Verdict::hit(Sighting::new("void", evidence).with("title", title)),
        }
    }
}
