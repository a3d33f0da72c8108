//! Where a decision belongs in a record that may have been made anew since.

use serde_json::Value as Json;

use super::decision::PartyThen;
use super::{Decision, FieldPath};
use crate::model::Record;
use crate::model::fields::Party;

impl PartyThen {
    /// The party that a path speaks of, as it was read.
    pub(crate) fn of(path: &FieldPath, record: &Record) -> Option<Self> {
        let index = path.index().filter(|_| path.list() == "parties")?;
        record.fields.parties.get(index).map(Self::from_party)
    }

    fn from_party(party: &Party) -> Self {
        Self { role: party.role.clone(), name: party.name.as_ref().map(|name| name.value.clone()) }
    }
}

impl Decision {
    /// The path at which this decision belongs in `record`, whose `fields` are given as JSON; `None` where it
    /// cannot be told.
    ///
    /// A word about a party stays with the party of that name, wherever it stands now; on the same reading of
    /// the same record its number is enough. A word about another entry of a list stays with the entry that was
    /// seen.
    pub(super) fn place_in(
        &self,
        record: &Record,
        entries: &dyn Fn(&FieldPath) -> Json,
    ) -> Option<FieldPath> {
        let Some(index) = self.path.index() else { return Some(self.path.clone()) };
        let found = match (self.path.list(), &self.party) {
            ("parties", Some(then)) => self.party_now(then, &record.fields.parties, index, &record.id),
            // A party that the person added: still the next one.
            ("parties", None) => (index >= record.fields.parties.len()).then_some(index),
            _ => self.entry_now(index, entries),
        };
        found.map(|index| self.path.at(index))
    }

    fn party_now(&self, then: &PartyThen, parties: &[Party], index: usize, record: &str) -> Option<usize> {
        let now: Vec<PartyThen> = parties.iter().map(PartyThen::from_party).collect();
        if now.get(index) == Some(then) {
            return Some(index);
        }
        let by_name = |other: &PartyThen| other.name.is_some() && other.name == then.name;
        let by_role = |other: &PartyThen| self.record == record && other.role == then.role;
        only(&now, |other| other == then).or_else(|| only(&now, by_name)).or_else(|| only(&now, by_role))
    }

    fn entry_now(&self, index: usize, entries: &dyn Fn(&FieldPath) -> Json) -> Option<usize> {
        let known = |at: usize| {
            let now = entries(&self.path.at(at));
            let kind = self.path.kind();
            kind.same(&now, &self.seen) || kind.same(&now, &self.value)
        };
        if known(index) {
            return Some(index);
        }
        // No contract has more instalments or attachments than this by far.
        let at: Vec<usize> = (0..MOST_ENTRIES).filter(|at| !self.seen.is_null() && known(*at)).collect();
        if let [at] = at.as_slice() { Some(*at) } else { None }
    }
}

const MOST_ENTRIES: usize = 200;

/// The only one that fits.
fn only<T>(all: &[T], fits: impl Fn(&T) -> bool) -> Option<usize> {
    let mut fitting = all.iter().enumerate().filter(|(_, one)| fits(one)).map(|(index, _)| index);
    let first = fitting.next()?;
    fitting.next().is_none().then_some(first)
}
