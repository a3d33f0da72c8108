//! Who is who: spellings of names, and the codes beside them.

use std::collections::{BTreeMap, BTreeSet};

use super::Spelling;
use crate::model::case::PartyParticulars;
use crate::model::code::uscc_is_valid;
use crate::model::name::folded;

/// All names of an archive with the codes beside them.
#[derive(Debug, Default)]
pub struct Names {
    /// By folded name: each spelling with how often it stands and the valid codes beside it.
    spelt: BTreeMap<String, BTreeMap<String, Seen>>,
}

#[derive(Debug, Default)]
struct Seen {
    contracts: usize,
    usccs: BTreeSet<String>,
}

/// One party: its folded names and its codes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// Folded names.
    names: BTreeSet<String>,
    /// Valid codes.
    pub usccs: BTreeSet<String>,
}

impl Known {
    /// Is this party of a contract the one?
    pub fn is(&self, party: &PartyParticulars) -> bool {
        party.name.as_deref().is_some_and(|name| self.names.contains(&folded(name)))
            || valid(party).is_some_and(|code| self.usccs.contains(&code))
    }
}

impl Names {
    /// Takes down a party of a contract.
    pub fn see(&mut self, party: &PartyParticulars) {
        let Some(name) = &party.name else { return };
        let seen = self.spelt.entry(folded(name)).or_default().entry(name.trim().to_owned()).or_default();
        seen.contracts += 1;
        seen.usccs.extend(valid(party));
    }

    /// The party that a person asks for by name, by a part of its name, or by its code.
    ///
    /// # Errors
    ///
    /// The names that fit, where several parties do; none where none does.
    pub fn find(&self, asked: &str) -> Result<Known, Vec<String>> {
        let (folded, code) = (folded(asked), asked.trim().to_ascii_uppercase());
        let named = self.spelt.contains_key(&folded).then(|| folded.clone());
        let by_code = || self.spelt.iter().find(|(_, seen)| codes(seen).contains(&code));
        let exact = named.or_else(|| by_code().map(|(name, _)| name.clone()));
        if let Some(name) = exact {
            return Ok(self.known(name));
        }
        let part = |name: &&String| !folded.is_empty() && name.contains(&folded);
        let mut parties: Vec<Known> = Vec::new();
        for name in self.spelt.keys().filter(part) {
            if !parties.iter().any(|known| known.names.contains(name)) {
                parties.push(self.known(name.clone()));
            }
        }
        match <[Known; 1]>::try_from(parties) {
            Ok([known]) => Ok(known),
            Err(several) => Err(several.iter().filter_map(|known| self.first_name(known)).collect()),
        }
    }

    /// The party of a folded name: all names that share a valid code with it, and their codes.
    fn known(&self, name: String) -> Known {
        let mut known = Known::default();
        known.names.insert(name);
        loop {
            let before = (known.names.len(), known.usccs.len());
            for (name, seen) in &self.spelt {
                let beside = codes(seen);
                if known.names.contains(name) || !beside.is_disjoint(&known.usccs) {
                    known.names.insert(name.clone());
                    known.usccs.extend(beside);
                }
            }
            if before == (known.names.len(), known.usccs.len()) {
                return known;
            }
        }
    }

    fn first_name(&self, known: &Known) -> Option<String> {
        self.spellings(known).into_iter().next().map(|spelling| spelling.name)
    }

    /// The spellings of a party, the most frequent first.
    pub(super) fn spellings(&self, known: &Known) -> Vec<Spelling> {
        self.listed(|name| known.names.contains(name))
    }

    /// Names that are alike (有限公司, 有限责任公司; with and without brackets) and belong to no party with a common code.
    pub(super) fn similar(&self, known: &Known) -> Vec<Spelling> {
        let rough: BTreeSet<String> = known.names.iter().map(|name| rough(name)).collect();
        self.listed(|name| !known.names.contains(name) && rough.contains(&self::rough(name)))
    }

    fn listed(&self, wanted: impl Fn(&str) -> bool) -> Vec<Spelling> {
        let mut listed: Vec<Spelling> = self
            .spelt
            .iter()
            .filter(|(folded, _)| wanted(folded))
            .flat_map(|(_, spelt)| spelt)
            .map(|(name, seen)| Spelling {
                name: name.clone(),
                usccs: seen.usccs.iter().cloned().collect(),
                contracts: seen.contracts,
            })
            .collect();
        listed.sort_by(|a, b| b.contracts.cmp(&a.contracts).then_with(|| a.name.cmp(&b.name)));
        listed
    }

    /// What a person should look at.
    pub(super) fn doubts(&self, known: &Known) -> Vec<String> {
        let several = |what: &BTreeSet<String>| what.iter().cloned().collect::<Vec<_>>().join("、");
        let mut doubts = Vec::new();
        if known.usccs.len() > 1 {
            doubts.push(format!(
                "同一名称下有不同的统一社会信用代码：{}，请核对是否同一主体",
                several(&known.usccs)
            ));
        }
        if known.names.len() > 1 {
            doubts.push(format!(
                "同一信用代码下有不同名称：{}，可能是曾用名或误写，请核对",
                several(&known.names)
            ));
        }
        doubts
    }
}

fn codes(spelt: &BTreeMap<String, Seen>) -> BTreeSet<String> {
    spelt.values().flat_map(|seen| seen.usccs.iter().cloned()).collect()
}

/// The party's code in capitals, where its check character holds: a misread code must not join two parties.
fn valid(party: &PartyParticulars) -> Option<String> {
    let code = party.uscc.as_ref()?.trim().to_ascii_uppercase();
    uscc_is_valid(&code).then_some(code)
}

/// What two names that are alike have in common.
fn rough(folded: &str) -> String {
    let bare: String = folded.chars().filter(|c| !"()·.".contains(*c)).collect();
    bare.replace("有限责任公司", "有限公司")
}
