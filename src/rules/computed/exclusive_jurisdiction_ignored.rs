//! `exclusive-jurisdiction-ignored`: the agreed court is not that of the place where the immovable lies (专属管辖).
//!
//! # What it does
//!
//! In leases of houses, building contracts and contracts on rural land, holds the court that the clause names, or the place
//! that its formula names (甲方所在地), against the district in which the house or the works stand.
//!
//! # Why it matters
//!
//! Such disputes belong to the court of the place (民事诉讼法第三十四条第（一）项, 法释〔2015〕5号第二十八条第二款); the
//! agreement is void, and a suit in the agreed court is sent elsewhere.
//!
//! # What must not be flagged
//!
//! The court of the place, by its name or by a formula (工程所在地, 房屋所在地); arbitration, which the law leaves free; contracts
//! for design, supervision, purchase and property services, which are no disputes on immovables. Where the place of the house is not
//! read, a named court cannot be judged.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::{Parameters, Words};
use super::super::reading::actors::called;
use super::super::reading::forums::forum_places;
use super::Computed;
use crate::fields::scan::pattern;
use crate::model::Value;
use crate::model::fields::{Dispute, DisputeKind};

/// The rule.
pub const RULE: Computed = Computed {
    slug: "exclusive-jurisdiction-ignored",
    variants: &[("elsewhere", &["forum", "place"]), ("formula", &["forum"])],
    compile,
};

/// A district or county in a name or an address: behind the city, or at the beginning.
static DISTRICT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:[省市州盟]|^[^\p{Han}]*)(?P<name>[\p{Han}--[省市州]]\p{Han}{0,3}?[区县旗])")
});
/// A city in a name or an address.
static CITY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|省|[^\p{Han}])(?P<name>[\p{Han}--[省市区县]]{2,4})市"));
/// What ends like a district and is none.
const NO_DISTRICTS: [&str; 12] =
    ["小区", "园区", "校区", "社区", "厂区", "片区", "景区", "辖区", "街区", "自治区", "库区", "作业区"];

#[derive(Debug)]
struct ExclusiveJurisdictionIgnored(Words);

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let names = ["immovable", "spared", "place", "at-place", "by-party"];
    Ok(Box::new(ExclusiveJurisdictionIgnored(Words::new(parameters, &names)?)))
}

/// The district that a name or an address begins with.
fn district(words: &str) -> Option<&str> {
    let mut found = DISTRICT.captures_iter(words).filter_map(|found| found.name("name"));
    found
        .find(|name| !NO_DISTRICTS.iter().any(|word| name.as_str().ends_with(word)))
        .map(|name| name.as_str())
}

/// The city that a name or an address begins with.
fn city(words: &str) -> Option<&str> {
    CITY.captures(words).and_then(|found| found.name("name")).map(|name| name.as_str())
}

/// Are two names those of one city? What stands before it may be read with it: 广东深圳, 位于深圳.
fn is_same_city(one: &str, other: &str) -> bool {
    one.ends_with(other) || other.ends_with(one)
}

/// Where the house or the works stand.
struct Site<'a> {
    district: &'a str,
    city: Option<&'a str>,
    range: Range<usize>,
}

impl ExclusiveJurisdictionIgnored {
    /// The first place that the body states with its district.
    fn site<'a>(&self, body: &'a str) -> Option<Site<'a>> {
        self.0.sentences("place", body).into_iter().find_map(|sentence| {
            self.0.find("place", &body[sentence.clone()]).find_map(|label| {
                let start = sentence.start + label.end();
                let address = &body[start..sentence.end];
                let district = district(address)?;
                Some(Site {
                    district,
                    city: city(address),
                    range: sentence.start + label.start()..sentence.end,
                })
            })
        })
    }

    /// The district of the party that a formula names (甲方所在地).
    fn seat<'a>(&self, contract: &Contract<'a>, forum: &str) -> Option<&'a str> {
        let party = called(contract.fields(), forum)?;
        let stated = [&party.address, &party.name].into_iter().flatten();
        stated.filter_map(|value| district(&value.value)).next()
    }

    fn judge(&self, contract: &Contract<'_>, forum: &str, dispute: &Value<Dispute>) -> Verdict {
        let site = self.site(contract.text.folded_body());
        let by_party = self.0.say("by-party", forum);
        let agreed = if by_party { self.seat(contract, forum) } else { district(forum) };
        // A court of a whole city (东莞市第一人民法院) is elsewhere where the city is another.
        let other_city = |site: &Site<'_>| {
            !by_party
                && city(forum).zip(site.city).is_some_and(|(agreed, stands)| !is_same_city(agreed, stands))
        };
        match (agreed, site) {
            (Some(agreed), Some(site)) if agreed == site.district => Verdict::Passed,
            (agreed, Some(site)) if agreed.is_some() || other_city(&site) => {
                let mut evidence = forum_places(dispute);
                evidence.push(contract.text.span_of_shadow(site.range));
                Verdict::hit(
                    Sighting::new("elsewhere", evidence).with("forum", forum).with("place", site.district),
                )
            }
            _ if by_party => {
                Verdict::hit(Sighting::new("formula", forum_places(dispute)).with("forum", forum))
            }
            (_, None) => Verdict::cannot_tell("未读到不动产或者工程坐落何处", forum_places(dispute)),
            _ => Verdict::cannot_tell(format!("看不出“{forum}”在哪个区、县"), forum_places(dispute)),
        }
    }
}

impl Check for ExclusiveJurisdictionIgnored {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let title = contract.title();
        if !self.0.say("immovable", title) || self.0.say("spared", title) {
            return Verdict::NotApplicable("不是房屋租赁、建设工程施工、农村土地承包合同".to_owned());
        }
        let Some(dispute) = contract.sure(&contract.fields().dispute) else {
            return Verdict::NotApplicable("未读到争议解决条款".to_owned());
        };
        let Some(forums) =
            dispute.value.forum.as_deref().filter(|_| dispute.value.kind == DisputeKind::Court)
        else {
            return Verdict::NotApplicable("未约定由某一法院管辖".to_owned());
        };
        let answers = forums
            .split('；')
            .filter(|forum| !self.0.say("at-place", forum))
            .map(|forum| self.judge(contract, forum, dispute));
        // The first that is not in order decides.
        answers.into_iter().find(|answer| *answer != Verdict::Passed).unwrap_or(Verdict::Passed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn districts_are_read_off_courts_and_addresses() {
        assert_eq!(district("深圳市罗湖区人民法院"), Some("罗湖区"));
        assert_eq!(district("罗湖区春风路2008号"), Some("罗湖区"));
        assert_eq!(district("广东省惠州市博罗县园洲镇"), Some("博罗县"));
        assert_eq!(district("北京市通州区新华西街"), Some("通州区"));
        assert_eq!(district("深圳市中级人民法院"), None);
        assert_eq!(district("科技园区3栋"), None);
    }

    #[test]
    fn a_city_is_the_same_with_its_province_and_without() {
        let same =
            |one: &str, other: &str| city(one).zip(city(other)).is_none_or(|(a, b)| is_same_city(a, b));
        for address in
            ["广东深圳市罗湖区春风路1号", "中国深圳市罗湖区", "位于深圳市罗湖区", "广东省深圳市福田区"]
        {
            assert!(same("深圳市中级人民法院", address), "{address}");
            assert!(!same("东莞市第一人民法院", address), "{address}");
        }
        assert!(same("伊宁市人民法院", "新疆伊宁市解放路2号"));
    }
}
