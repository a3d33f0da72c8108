//! Single facts out of the fields that a pack can name by path.

use serde::Deserialize;

use super::super::check::Contract;
use crate::model::fields::{DisputeKind, Territory};
use crate::model::{Span, Value};

/// A field is taken as a fact from this probability on: an accusation needs more than a value does.
const CERTAIN: f64 = 0.9;

/// A fact that the fields can tell, by its path in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Fact {
    /// Code of the governing law's territory: `CN`, `HK`, `XX`.
    #[serde(rename = "governing_law.territory")]
    LawTerritory,
    /// The language that prevails: `zh`, `en`, `equal`, `unstated`.
    #[serde(rename = "governing_language.prevails")]
    PrevailingLanguage,
    /// Where the forum sits: `home`, `mainland`, `outside-mainland`, `unknown`.
    #[serde(rename = "dispute.territory")]
    ForumTerritory,
    /// How disputes are settled: `court`, `arbitration`, `both`, `none`, `unselected`.
    #[serde(rename = "dispute.kind")]
    DisputeKind,
}

impl Fact {
    /// What the fields say, with the places they say it from; `None` where they are silent or in doubt.
    pub fn of(self, contract: &Contract<'_>) -> Option<(String, Vec<Span>)> {
        let fields = contract.fields();
        match self {
            Self::LawTerritory => told(&fields.governing_law, |law| law.territory.clone()),
            Self::PrevailingLanguage => {
                told(&fields.governing_language, |language| language.prevails.clone())
            }
            Self::ForumTerritory => told(&fields.dispute, |dispute| territory(dispute.territory).to_owned()),
            Self::DisputeKind => told(&fields.dispute, |dispute| kind(dispute.kind).to_owned()),
        }
    }
}

fn told<T>(field: &Option<Value<T>>, read: impl Fn(&T) -> String) -> Option<(String, Vec<Span>)> {
    let value = field.as_ref().filter(|value| value.confidence.get() >= CERTAIN)?;
    Some((read(&value.value), value.evidence.clone()))
}

fn territory(territory: Territory) -> &'static str {
    match territory {
        Territory::Home => "home",
        Territory::Mainland => "mainland",
        Territory::OutsideMainland => "outside-mainland",
        Territory::Unknown => "unknown",
    }
}

fn kind(kind: DisputeKind) -> &'static str {
    match kind {
        DisputeKind::Court => "court",
        DisputeKind::Arbitration => "arbitration",
        DisputeKind::Both => "both",
        DisputeKind::None => "none",
        DisputeKind::Unselected => "unselected",
    }
}
