//! What counts: the record with people's word laid over it.

use serde_json::Value as Json;

use super::decision::PartyThen;
use super::overlay::Overlay;
use super::{CaseId, Decision, DecisionKind, FieldError, FieldPath};
use crate::model::Record;

/// How a value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldState {
    /// As read; no person said anything of it.
    Read,
    /// A person said that it is right.
    Confirmed,
    /// A person gave another.
    Corrected,
}

impl FieldState {
    /// As a person reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Read => "机器读取",
            Self::Confirmed => DecisionKind::Confirmed.label(),
            Self::Corrected => DecisionKind::Corrected.label(),
        }
    }
}

/// A decision with what the present reading says beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The decision.
    pub decision: Decision,
    /// Where it belongs in the present record; `None` where that cannot be told: then it is laid over nothing, and
    /// a person has to look.
    pub place: Option<FieldPath>,
    /// What the present record says there; null for nothing.
    pub reading: Json,
    /// Does the present record say something that the person had not seen, and that is not what was decided?
    pub differs: bool,
}

/// A record with decisions laid over it. The reading is never lost, the decision never overwritten.
#[derive(Debug, Clone)]
pub struct Effective {
    read: Record,
    record: Record,
    standings: Vec<Standing>,
}

impl Effective {
    /// Lays decisions over a record.
    pub fn new(read: Record, decisions: Vec<Decision>) -> Self {
        if decisions.is_empty() {
            return Self { record: read.clone(), read, standings: Vec::new() };
        }
        let base = Overlay::new(&read);
        let mut standings: Vec<_> =
            decisions.into_iter().map(|decision| standing(decision, &read, &base)).collect();
        standings.sort_by(|a, b| a.decision.path.cmp(&b.decision.path));
        let mut laid = Overlay::new(&read);
        for standing in &mut standings {
            let Decision { value, kind, .. } = &standing.decision;
            standing.place = standing.place.take().filter(|place| laid.put(place, value, *kind));
        }
        match laid.finish() {
            Some(record) => Self { read, record, standings },
            None => {
                standings.iter_mut().for_each(|standing| standing.place = None);
                Self { record: read.clone(), read, standings }
            }
        }
    }

    /// What counts: decided values in the place of those that were read, with confidence 1 and the method
    /// `person/confirmed` or `person/corrected`. Findings are those of the reading.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// What was read.
    pub fn reading(&self) -> &Record {
        &self.read
    }

    /// Every decision, in the order of the paths.
    pub fn standings(&self) -> &[Standing] {
        &self.standings
    }

    /// The decision that counts at a path of the present record, or of a form's open entry (`slot.KEY`).
    pub fn standing(&self, path: &str) -> Option<&Standing> {
        let path = path.parse::<FieldPath>().ok()?.whole();
        self.standings.iter().find(|standing| standing.place.as_ref() == Some(&path))
    }

    /// How the value at a path stands.
    pub fn state(&self, path: &str) -> FieldState {
        match self.standing(path).map(|standing| standing.decision.kind) {
            None => FieldState::Read,
            Some(DecisionKind::Confirmed) => FieldState::Confirmed,
            Some(DecisionKind::Corrected) => FieldState::Corrected,
        }
    }

    /// The value that counts at a path, in the shape of the record's `value`; null for none.
    pub fn value(&self, path: &FieldPath) -> Json {
        let path = path.whole();
        match self.standings.iter().find(|standing| standing.place.as_ref() == Some(&path)) {
            Some(standing) => standing.decision.value.clone(),
            None => Overlay::new(&self.record).value(&path),
        }
    }

    /// The value that was read at a path; null for none.
    pub fn read_value(&self, path: &FieldPath) -> Json {
        Overlay::new(&self.read).value(&path.whole())
    }

    /// What a person wrote into a form's open entry.
    pub fn slot(&self, key: &str) -> Option<&Decision> {
        let is = |standing: &&Standing| standing.decision.path.slot() == Some(key);
        self.standings.iter().find(is).map(|standing| &standing.decision)
    }

    /// Decisions that a person has to look at again: the reading changed since, or their place is lost.
    pub fn unsettled(&self) -> impl Iterator<Item = &Standing> {
        self.standings.iter().filter(|standing| standing.differs || standing.place.is_none())
    }

    /// Does the path lead to a place in this record, or to the one behind the last of its list?
    ///
    /// # Errors
    ///
    /// [`FieldError::OutOfList`] where it does not.
    pub fn reaches(&self, path: &FieldPath) -> Result<(), FieldError> {
        let Some(index) = path.index() else { return Ok(()) };
        let fields = &self.record.fields;
        let length = match path.list() {
            "parties" => fields.parties.len(),
            "payments" => fields.payments.len(),
            "quantity" => fields.quantity.len(),
            _ => fields.attachments.len(),
        };
        if index <= length { Ok(()) } else { Err(FieldError::OutOfList { path: path.to_string(), length }) }
    }

    /// A decision as it would be kept: with what was read, and of which party.
    pub fn decide(
        &self,
        case: CaseId,
        path: &FieldPath,
        kind: DecisionKind,
        value: Json,
        actor: &super::Actor,
        reason: Option<&str>,
    ) -> Decision {
        Decision {
            case,
            path: path.whole(),
            kind,
            value,
            seen: self.read_value(path),
            party: PartyThen::of(path, &self.read),
            record: self.read.id.clone(),
            reason: reason.map(str::to_owned),
            by: actor.name.clone(),
            at: actor.at,
        }
    }
}

fn standing(decision: Decision, read: &Record, base: &Overlay) -> Standing {
    let place = decision.place_in(read, &|path| base.value(path));
    let reading = place.as_ref().map_or(Json::Null, |place| base.value(place));
    let kind = decision.path.kind();
    let known = kind.same(&reading, &decision.seen) || kind.same(&reading, &decision.value);
    Standing { differs: !known, place, reading, decision }
}
