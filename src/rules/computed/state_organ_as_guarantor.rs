//! `state-organ-as-guarantor`: a state organ (机关法人) stands surety (保证).
//!
//! # What it does
//!
//! Finds sentences in which a party that is a state organ by its name gives suretyship or answers jointly as surety, and parties
//! that are called 保证人 (民法典第六百八十三条第一款).
//!
//! # Why it matters
//!
//! A state organ may not stand surety: the suretyship is void, and the organ answers for its fault in giving it.
//!
//! # What must not be flagged
//!
//! 保证 in the sense of a promise (保证按时付款); security for payment of works; money deposited; suretyship for loans of foreign
//! governments that the State Council approved; suretyship given by the other side; parties that may be organs or not, where the rule says nothing.

use std::sync::LazyLock;

use crate::fields::scan::{Match, Regex};
use serde::Deserialize;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::Parameters;
use super::super::reading::{parts, sentences};
use super::Computed;
use crate::fields::scan::pattern;
use crate::model::fields::Party;

/// The rule.
pub const RULE: Computed = Computed {
    slug: "state-organ-as-guarantor",
    variants: &[("clause", &["party"]), ("public", &["party"]), ("party", &["party"])],
    compile,
};

/// Who gives the suretyship is the subject of its phrase: the last party named before it.
static GIVES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:提供|承担|负|作出|出具)[^,。;]{0,12}(?:保证责任|保证担保|连带(?:责任)?保证|连带责任担保|信用担保|担保责任|一般保证)|(?:作为|担任|充任|充当|出任|作|当|系|是|为)(?:[^,。;]{0,16}的|[^,。;]{0,4}方)?(?:一般|连带|共同)?(?:责任)?(?:保证人|担保人)|(?:提供|作出|出具|设定)(?:[^,。;]{1,6}的)?(?:连带)?(?:保证|担保)$|(?:为|替)[^,。;]{0,23}(?:[^,。;的]担保|作保)$",
    )
});

/// Somebody who is called a surety beside the name: 由保证人深圳市某局清偿.
static CALLED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:由|即)(?:连带)?(?:责任)?(?:保证人|担保人)(?:即|为|:)?(?P<name>(?P<place>[\p{Han}]{1,5}?[省市区县])[\p{Han}]{0,24}?(?:局|街道办事处|人民政府|办公室|委员会))",
    )
});

/// Whom or what a short verb (为、当、是) leads to, rather than saying who is the surety.
const LEADS_ELSEWHERE: [&str; 9] = ["通知", "退还", "返还", "要求", "向", "联系", "书面", "接受", "催"];
/// Between a party and the suretyship: that another one gives it.
const BY_ANOTHER: [&str; 8] = ["接受", "要求", "督促", "收到", "受益人", "丙方", "丁方", "第三人"];

/// What the pack says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// What the name of a state organ ends with.
    organ: Vec<String>,
    /// What the name of a legal person for the public benefit (以公益为目的的非营利法人) ends with.
    public: Vec<String>,
    /// Sentences that do not give suretyship, or may.
    spared: Vec<String>,
}

#[derive(Debug)]
struct StateOrganAsGuarantor {
    organ: Regex,
    public: Regex,
    spared: Regex,
}

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let lexicon = &parameters.toolbox.lexicon;
    let settings: Settings = parameters.parse()?;
    Ok(Box::new(StateOrganAsGuarantor {
        organ: lexicon.compile(&settings.organ)?.ok_or("with.organ 为空")?,
        public: lexicon.compile(&settings.public)?.ok_or("with.public 为空")?,
        spared: lexicon.compile(&settings.spared)?.ok_or("with.spared 为空")?,
    }))
}

/// The words by which the text names a party: its roles and its name.
fn names(party: &Party) -> Vec<String> {
    let roles = party.roles().map(str::to_owned);
    let name = party.name.iter().map(|name| name.value.replace('（', "(").replace('）', ")"));
    roles.chain(name).collect()
}

/// The first words of a part that give suretyship: 应当, 当日 and 不是 lead to something else than a surety.
fn giving(part: &str) -> Option<Match<'_>> {
    GIVES.find_iter(part).find(|found| {
        let (before, words) = (&part[..found.start()], found.as_str());
        let short = ["当", "作", "系", "是", "为"].iter().any(|verb| words.starts_with(verb))
            && !words.starts_with("作为")
            && words.ends_with('人');
        let elsewhere = before.ends_with(['应', '不', '非', '未', '适', '正'])
            || words.starts_with("当日")
            || LEADS_ELSEWHERE.iter().any(|verb| words.contains(verb));
        !(short && elsewhere)
    })
}

/// Is a party named last before the suretyship, so that it gives it?
fn gives(parties: &[Party], before: &str) -> Option<usize> {
    let last = |party: &Party| {
        names(party)
            .iter()
            .filter_map(|name| {
                let at = before.rfind(name.as_str())?;
                // 为乙方…, 就乙方…: for whom, not by whom.
                let ahead = before.get(..at).unwrap_or_default();
                let behind = before.get(at + name.len()..).unwrap_or_default();
                let owns = ["的", "债务", "名下"].iter().any(|word| behind.starts_with(word));
                let another = BY_ANOTHER.iter().any(|word| behind.contains(word));
                (!owns && !another && !ahead.ends_with(['为', '就', '对', '向'])).then_some(at)
            })
            .max()
    };
    let places = parties.iter().enumerate().filter_map(|(index, party)| Some((last(party)?, index)));
    places.max().map(|(_, index)| index)
}

impl StateOrganAsGuarantor {
    /// May the party not be a surety, being a state organ or there for the public benefit?
    fn is_barred(&self, party: &Party) -> bool {
        self.is_organ(party)
            || party.name.as_ref().is_some_and(|name| self.public.is_match(name.value.trim()))
    }

    /// A state organ that a sentence calls a surety by its name, which begins with the place that a party's name begins with.
    fn called<'t>(&self, parties: &[Party], words: &'t str) -> Option<&'t str> {
        let found = CALLED.captures(words).filter(|_| !self.spared.is_match(words))?;
        let (name, place) = (found.name("name")?.as_str(), found.name("place")?.as_str());
        let known = parties.iter().filter_map(|party| party.name.as_ref());
        let placed = known.into_iter().any(|known| known.value.starts_with(place));
        (placed && self.organ.is_match(name)).then_some(name)
    }

    fn is_organ(&self, party: &Party) -> bool {
        party.name.as_ref().is_some_and(|name| self.organ.is_match(name.value.trim()))
    }
}

impl Check for StateOrganAsGuarantor {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let parties = contract.fields().parties.as_slice();
        if !parties.iter().any(|party| self.is_barred(party)) {
            return Verdict::NotApplicable("当事人中未见机关法人或者公益法人".to_owned());
        }
        let mut hits = Vec::new();
        for party in parties.iter().filter(|party| party.role.contains("保证人") && self.is_organ(party)) {
            let evidence = party.name.iter().flat_map(|name| name.evidence.first().cloned()).collect();
            let name = party.name.as_ref().map_or("", |name| name.value.as_str());
            hits.push(Sighting::new("party", evidence).with("party", name));
        }
        let body = &*contract.chosen;
        for sentence in sentences(body) {
            let words = &body[sentence.clone()];
            if let Some(name) = self.called(parties, words) {
                let span = contract.text.span_of_shadow(sentence.clone());
                hits.push(Sighting::new("clause", vec![span]).with("party", name));
            }
        }
        for sentence in sentences(body).filter(|range| !self.spared.is_match(&body[range.clone()])) {
            for part in parts(body, sentence.clone()) {
                let Some(found) = giving(&body[part.clone()]) else { continue };
                let before = &body[sentence.start..part.start + found.start()];
                let Some(party) = gives(parties, before).and_then(|index| parties.get(index)) else {
                    continue;
                };
                if self.is_barred(party) {
                    let variant = if self.is_organ(party) { "clause" } else { "public" };
                    let role = party.role.split('(').next().unwrap_or_default();
                    let span = contract.text.span_of_shadow(sentence.clone());
                    hits.push(Sighting::new(variant, vec![span]).with("party", role));
                }
            }
        }
        if hits.is_empty() { Verdict::NothingFound } else { Verdict::Hits(hits) }
    }
}
