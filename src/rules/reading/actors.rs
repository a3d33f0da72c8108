//! Who does what a clause says: the party named last before it where a subject stands, else the party whose duties
//! the heading announces (乙方的义务).

pub mod aliases;

use super::super::check::Contract;
use crate::model::fields::{Fields, Party, Side};

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// A party of this side.
    One(Side),
    /// Both or all parties (双方、各方、任何一方).
    All,
    /// The sentence names nobody.
    Nobody,
}

/// What parties are called where no header says so.
const ROLES: [&str; 4] = ["甲方", "乙方", "丙方", "丁方"];
const ALL: [&str; 7] = ["双方", "各方", "三方", "任何一方", "任一方", "一方", "对方"];
/// A subject stands at the beginning of a part, or behind one of these: 由甲方, 逾期的乙方, 委托乙方, 同意乙方, 第八条　甲方.
const LEADS: &str = ",.，、:：;；。()（）\n\t\"“”由后时则且但如若因即凡内的和者托意许求可权诺保条款项";
/// All are spoken to, not acting, behind one of these.
const TOWARDS: &str = "向对为与给";
/// What follows a party that owns a thing and does not act.
const OWNED: [&str; 7] = ["的", "债务", "名下", "项目", "企业", "人员", "员工"];

/// Who acts in `words`, the part of a sentence before the verb, that stands at shadow byte `at`.
pub fn actor_at(contract: &Contract<'_>, at: usize, words: &str) -> Actor {
    match actor(contract.fields(), words) {
        Actor::Nobody => headed(contract, at),
        found => found,
    }
}

/// The party whose duties or rights the heading over a place announces, where it names one.
fn headed(contract: &Contract<'_>, at: usize) -> Actor {
    let heading =
        contract.text.article_at(at).and_then(|article| article.heading.as_deref()).unwrap_or_default();
    let announces = ["义务", "权利", "职责", "责任"].iter().any(|word| heading.contains(word));
    let mut named: Vec<Side> = Vec::new();
    for (name, side) in names(contract.fields()) {
        if announces && heading.contains(&name) && !named.contains(&side) {
            named.push(side);
        }
    }
    match named.as_slice() {
        [side] => Actor::One(*side),
        _ => Actor::Nobody,
    }
}

/// Who acts in `words`, the part of a sentence before the verb.
pub fn actor(fields: &Fields, words: &str) -> Actor {
    let mut last: Option<(usize, Actor)> = None;
    let mut see = |name: &str, actor: Actor| {
        for (at, _) in words.match_indices(name) {
            let before = words[..at].chars().next_back();
            let behind = &words[at + name.len()..];
            let leads = match actor {
                Actor::One(_) => before.is_none_or(|c| LEADS.contains(c) || c.is_ascii_digit()),
                _ => before.is_none_or(|c| !TOWARDS.contains(c)),
            };
            let acts = leads && !OWNED.iter().any(|word| behind.starts_with(word));
            if acts && last.is_none_or(|(place, _)| at > place) {
                last = Some((at, actor));
            }
        }
    };
    for (name, side) in names(fields) {
        see(&name, Actor::One(side));
    }
    for word in ALL {
        see(word, Actor::All);
    }
    last.map_or(Actor::Nobody, |(_, actor)| actor)
}

/// The party that a formula names by its role: 乙方 in 乙方所在地法院.
pub fn called<'a>(fields: &'a Fields, formula: &str) -> Option<&'a Party> {
    fields
        .parties
        .iter()
        .find(|party| party.roles().any(|role| role.chars().count() > 1 && formula.contains(role)))
}

/// What the contract says of a party where it introduces it: its name, its address, the line that gives its name.
pub fn introduced<'a>(contract: &'a Contract<'_>, party: &'a Party) -> impl Iterator<Item = &'a str> {
    let values = [&party.name, &party.address].into_iter().flatten();
    let lines = party
        .name
        .iter()
        .flat_map(|name| &name.evidence)
        .filter_map(|span| contract.text.folded_body().get(contract.reach_of(span)));
    values.map(|value| value.value.as_str()).chain(lines)
}

/// What each party is called, with its side.
fn names(fields: &Fields) -> Vec<(String, Side)> {
    let mut names: Vec<(String, Side)> = Vec::new();
    for party in &fields.parties {
        let roles = party.roles().map(str::to_owned);
        let name = party.name.iter().map(|name| name.value.clone());
        names
            .extend(roles.chain(name).filter(|word| word.chars().count() > 1).map(|word| (word, party.side)));
    }
    aliases::add(fields, &mut names);
    for role in ROLES {
        if names.iter().all(|(known, _)| known != role) {
            names.push((role.to_owned(), Side::Unknown));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fields::{Party, PartyKind};

    fn fields() -> Fields {
        let party = |role, side| Party { side, kind: PartyKind::Organisation, ..Party::called(role) };
        let parties = vec![party("甲方", Side::Government), party("乙方", Side::Counterparty)];
        Fields { parties, ..Fields::default() }
    }

    #[test]
    fn the_actor_is_not_the_one_spoken_to() {
        for (words, actor_wanted) in [
            ("由甲方为乙方债务", Actor::One(Side::Government)),
            ("甲方委托乙方", Actor::One(Side::Counterparty)),
            ("乙方向甲方", Actor::One(Side::Counterparty)),
            ("甲方对乙方的债务", Actor::One(Side::Government)),
            ("甲乙双方", Actor::All),
            ("任何一方", Actor::All),
            ("债务不能清偿的", Actor::Nobody),
            ("丙方", Actor::One(Side::Unknown)),
            ("按时参加甲方召开的会议,", Actor::Nobody),
            ("甲方同意乙方", Actor::One(Side::Counterparty)),
            ("第八条甲方以其房产", Actor::One(Side::Government)),
        ] {
            assert_eq!(actor(&fields(), words), actor_wanted, "{words}");
        }
    }
}
