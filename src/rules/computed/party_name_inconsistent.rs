//! `party-name-inconsistent`: one party under two names.
//!
//! # What it does
//!
//! Compares the name of each party in the header with the one in the block of signatures, and the name of the account
//! (户名) with those of the parties.
//!
//! # Why it matters
//!
//! Who is bound is the one who is named and signs; a wrong character may name another firm, and money to an account of
//! another name is money to somebody else.
//!
//! # What must not be flagged
//!
//! Brackets, width and spaces; a branch that signs for its company; members of a consortium; a short form of the same
//! name; accounts of the treasury or under supervision, which the text explains; names read off an image that may be misread.

use std::sync::LazyLock;

use crate::fields::scan::Regex;
use serde::Deserialize;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::Parameters;
use super::super::reading::sentence_around;
use super::super::reading::sure::Faults;
use super::Computed;
use crate::fields::is_person;
use crate::fields::scan::pattern;
use crate::model::fields::{Party, PartyKind};
use crate::model::{Span, Value};

/// The rule.
pub const RULE: Computed = Computed {
    slug: "party-name-inconsistent",
    variants: &[("names", &["role", "one", "other"]), ("account", &["account", "parties"])],
    compile,
};

/// 户名:某公司
static ACCOUNT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:户名|账户名称?|帐户名称?|账户名|开户名称?|收款单位|收款人(?:名称|全称)?)(?:为|是)?[:\t“]*(?P<name>[\p{Han}()A-Za-z0-9·]{4,40})",
    )
});

/// What the name of a business ends with that is its owner's (个体工商户): money may go to the owner's account.
const OWNED: [&str; 9] = ["店", "部", "行", "铺", "坊", "摊", "工作室", "超市", "馆"];

/// 户名:某人: a person by a surname and the length of the name.
static PERSON: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:户名|账户名称?|帐户名称?|账户名|开户名称?|收款人(?:姓名)?)(?:为|是)?[:\t]*(?P<name>[\p{Han}·]{2,4})(?:[,;。、()\n\t ]|账号|帐号|开户|$)",
    )
});

/// What the pack says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// What an organisation's name ends with.
    organisation: Vec<String>,
    /// Names of several bodies together.
    joint: Vec<String>,
    /// Words that account for an account of another name.
    explained: Vec<String>,
    /// What stands for a name and is none: 同上, 乙方.
    nobody: Vec<String>,
}

#[derive(Debug)]
struct PartyNameInconsistent {
    organisation: Regex,
    joint: Regex,
    explained: Regex,
    nobody: Regex,
}

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let lexicon = &parameters.toolbox.lexicon;
    let settings: Settings = parameters.parse()?;
    Ok(Box::new(PartyNameInconsistent {
        organisation: lexicon.compile(&settings.organisation)?.ok_or("with.organisation 为空")?,
        joint: lexicon.compile(&settings.joint)?.ok_or("with.joint 为空")?,
        explained: lexicon.compile(&settings.explained)?.ok_or("with.explained 为空")?,
        nobody: lexicon.compile(&settings.nobody)?.ok_or("with.nobody 为空")?,
    }))
}

/// A name without brackets, spaces and width.
fn bare(name: &str) -> String {
    let dropped = |c: &char| !c.is_whitespace() && !"()（）[]【】〔〕·.".contains(*c);
    name.chars().filter(dropped).collect()
}

/// Is one of the two the other with more before or behind it: a branch, a short form?
fn is_part(one: &str, other: &str) -> bool {
    one.contains(other) || other.contains(one)
}

impl PartyNameInconsistent {
    /// Is it the name of one organisation?
    fn is_name(&self, name: &str) -> bool {
        self.organisation.is_match(name) && !self.joint.is_match(name)
    }

    /// A party's name, and another that stands for the same party elsewhere.
    fn two_names(&self, party: &Party) -> Option<(String, String, Vec<Span>)> {
        let name = party.name.as_ref()?;
        let own = bare(&name.value);
        let organisation = self.is_name(&name.value);
        let differs = |other: &&Value<String>| {
            let theirs = bare(&other.value);
            let organisations = organisation && self.is_name(&other.value);
            organisations && !is_part(&own, &theirs) || is_misspelt(&own, &theirs)
        };
        let other = name.witnesses.iter().find(differs)?;
        let evidence = name.evidence.iter().take(1).chain(other.evidence.iter().take(1)).cloned().collect();
        Some((name.value.clone(), other.value.clone(), evidence))
    }

    /// Accounts of somebody who is no party, which the text does not explain.
    fn accounts(&self, contract: &Contract<'_>, names: &[String]) -> Vec<(String, Span)> {
        let body = contract.text.folded_body();
        let known: Vec<String> = names.iter().map(|name| bare(name)).collect();
        let mut found = Vec::new();
        for account in ACCOUNT.captures_iter(body).filter_map(|found| found.name("name")) {
            let around = body.get(sentence_around(body, account.range())).unwrap_or_default();
            let name = bare(account.as_str());
            let foreign = known.iter().all(|party| !is_part(&name, party));
            let introduced =
                body.matches(account.as_str()).count() > 1 && is_introduced(body, account.as_str());
            if foreign && !introduced && self.is_name(account.as_str()) && !self.explained.is_match(around) {
                found.push((account.as_str().to_owned(), contract.text.span_of_shadow(account.range())));
            }
        }
        found
    }

    /// Accounts of persons, where only organisations are parties: the firm's money would go to a private account.
    fn private(&self, contract: &Contract<'_>) -> Vec<(String, Span)> {
        let parties = &contract.fields().parties;
        if parties.len() < 2 || parties.iter().any(|party| party.kind != PartyKind::Organisation) {
            return Vec::new();
        }
        let owned = |party: &Party| {
            party.name.as_ref().is_some_and(|name| OWNED.iter().any(|end| bare(&name.value).ends_with(end)))
        };
        if parties.iter().any(owned) {
            return Vec::new();
        }
        let body = contract.text.folded_body();
        let names = PERSON.captures_iter(body).filter_map(|found| found.name("name"));
        let private = names.filter(|name| {
            let around = body.get(sentence_around(body, name.range())).unwrap_or_default();
            let person = is_person(name.as_str())
                && !self.organisation.is_match(name.as_str())
                && !self.nobody.is_match(name.as_str());
            let short = parties
                .iter()
                .filter_map(|party| party.name.as_ref())
                .any(|party| party.value.contains(name.as_str()));
            person && !short && !is_owner(body, name.as_str()) && !self.explained.is_match(around)
        });
        private.map(|name| (name.as_str().to_owned(), contract.text.span_of_shadow(name.range()))).collect()
    }
}

/// Does the text name a person as who owns or leads a party: 经营者：王某?
fn is_owner(body: &str, name: &str) -> bool {
    body.match_indices(name).any(|(at, _)| {
        let before =
            body.get(..at).unwrap_or_default().trim_end_matches([':', '为', '是', ' ', '\t', '(', ')']);
        ["经营者", "负责人", "法定代表人", "法人代表", "投资人", "业主"]
            .iter()
            .any(|role| before.ends_with(role))
    })
}

/// Does a line introduce somebody of that name as a party (刻制单位：某公司), under a role that is not known?
fn is_introduced(body: &str, name: &str) -> bool {
    body.lines().any(|line| {
        let Some((role, rest)) = line.trim().split_once(':') else { return false };
        rest.trim().starts_with(name) && role.chars().count() <= 8 && !ACCOUNT.is_match(line)
    })
}

/// 何芳, 何方: names of persons of one length and surname that differ in one character.
fn is_misspelt(one: &str, other: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let person =
        (2..=4).contains(&a.len()) && a.iter().chain(&b).all(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
    let unlike = a.iter().zip(&b).filter(|(a, b)| a != b).count();
    person && a.len() == b.len() && a.first() == b.first() && unlike == 1
}

impl Check for PartyNameInconsistent {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let parties = &contract.fields().parties;
        let names: Vec<String> =
            parties.iter().filter_map(|party| party.name.as_ref()).map(|name| name.value.clone()).collect();
        if names.is_empty() {
            return Verdict::NotApplicable("未能读出当事人名称".to_owned());
        }
        let mut faults = Faults::default();
        for party in parties {
            let Some((one, other, evidence)) = self.two_names(party) else { continue };
            let read: Vec<_> = evidence.iter().map(|span| contract.shadow_of_span(span)).collect();
            let role = party.role.split('(').next().unwrap_or_default();
            let sighting =
                Sighting::new("names", evidence).with("role", role).with("one", one).with("other", other);
            faults.add(contract.text, &read, sighting);
        }
        let witnesses =
            parties.iter().filter_map(|party| party.name.as_ref()).flat_map(|name| &name.witnesses);
        let all: Vec<String> =
            names.iter().cloned().chain(witnesses.map(|name| name.value.clone())).collect();
        for (account, span) in self.accounts(contract, &all).into_iter().chain(self.private(contract)) {
            let read = [contract.shadow_of_span(&span)];
            let sighting = Sighting::new("account", vec![span])
                .with("account", account)
                .with("parties", names.join("、"));
            faults.add(contract.text, &read, sighting);
        }
        faults.verdict("当事人名称")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_brackets_and_spaces() {
        assert_eq!(bare("海德森（香港） 有限公司"), bare("海德森(香港)有限公司"));
        assert!(is_part(&bare("某公司深圳分公司"), &bare("某公司")));
        assert!(!is_part(&bare("甲乙有限公司"), &bare("甲己有限公司")));
    }
}
