//! `forum-outside-district`: the contract sends its disputes to a mainland forum elsewhere than where the government side sits.
//!
//! # What it does
//!
//! Looks where each named court or arbitral body sits: by its name, by the place of the party that a formula names
//! (乙方所在地), or by the place of signing. The pack lists the home bodies.
//!
//! # Why it matters
//!
//! A forum elsewhere needs the approval of the head of the body that signs, and costs it travel in every dispute.
//!
//! # What must not be flagged
//!
//! The home bodies; a court that the law prescribes (工程所在地, 不动产所在地); statutory labour arbitration; a formula
//! that leaves the place open (原告所在地), which is `forum-name-inexact`.

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::{Parameters, Words};
use super::super::reading::actors::called;
use super::super::reading::forums::forum_places;
use super::Computed;
use crate::model::fields::{Dispute, DisputeKind, Side, Territory};
use crate::model::{Span, Value};

/// The rule.
pub const RULE: Computed =
    Computed { slug: "forum-outside-district", variants: &[("elsewhere", &["forum", "party"])], compile };

#[derive(Debug)]
struct ForumOutsideDistrict(Words);

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let names = [
        "home",
        "special",
        "elsewhere",
        "prescribed",
        "open",
        "by-party",
        "by-signing",
        "by-performance",
        "district",
        "immovable",
        "beside",
        "placed",
        "body",
        "chooses",
        "body-unless",
    ];
    Ok(Box::new(ForumOutsideDistrict(Words::new(parameters, &names)?)))
}

/// Where a forum sits.
enum Seat {
    /// In the district, or prescribed by law.
    Home,
    /// Left open by its wording.
    Open,
    /// Elsewhere in the mainland.
    Elsewhere,
    /// Not to be told, and why.
    Unknown(String),
}

impl ForumOutsideDistrict {
    fn seat(&self, contract: &Contract<'_>, name: &str, territory: Territory) -> Seat {
        let says = |key| self.0.say(key, name);
        if says("prescribed") {
            Seat::Home
        } else if says("open") {
            Seat::Open
        } else if let Some(place) = self.0.find("placed", name).next() {
            self.seat_of_place(Some(place.as_str()), "")
        } else if says("by-party") {
            self.seat_of_party(contract, name)
        } else if says("by-signing") {
            let place = contract.sure(&contract.fields().sign_place).map(|place| place.value.as_str());
            self.seat_of_place(place, "签订地点未写明")
        } else if says("by-performance") {
            Seat::Unknown("合同履行地未写明".to_owned())
        } else if says("special") {
            Seat::Unknown(format!("“{name}”只受理集中管辖的案件"))
        } else if says("home") {
            Seat::Home
        } else if says("elsewhere") || territory == Territory::Mainland {
            Seat::Elsewhere
        } else {
            Seat::Unknown(format!("看不出“{name}”设在何处"))
        }
    }

    /// 乙方所在地: home if the party is the district's or has its address there.
    fn seat_of_party(&self, contract: &Contract<'_>, name: &str) -> Seat {
        match called(contract.fields(), name) {
            Some(party) if party.side == Side::Unknown => Seat::Unknown(contract.unknown_side()),
            Some(party) => {
                let own = party.name.as_ref().map(|name| name.value.as_str());
                if party.side == Side::Government && own.is_some_and(|own| self.0.say("district", own)) {
                    return Seat::Home;
                }
                // A firm's name begins with the city or county that registered it.
                let address = party.address.as_ref().map(|address| address.value.as_str());
                self.seat_of_place(address.or(own), "该方地址未写明")
            }
            None => Seat::Unknown(contract.unknown_side()),
        }
    }

    /// Does the clause name a home body beside its formula: 需方所在地法院（深圳市罗湖区人民法院）?
    fn home_beside(&self, contract: &Contract<'_>, dispute: &Value<Dispute>) -> bool {
        let body = contract.text.folded_body();
        let clauses = dispute.evidence.iter().filter_map(|span| body.get(contract.reach_of(span)));
        clauses.into_iter().any(|clause| self.0.say("beside", clause))
    }

    fn seat_of_place(&self, place: Option<&str>, missing: &str) -> Seat {
        match place {
            Some(place) if self.0.say("district", place) => Seat::Home,
            Some(place) if self.0.say("elsewhere", place) => Seat::Elsewhere,
            _ => Seat::Unknown(missing.to_owned()),
        }
    }

    /// A forum elsewhere that a sentence names, without a word of disputes (第十条　提交上海仲裁委员会仲裁) or behind a formula.
    fn unread(&self, contract: &Contract<'_>) -> Option<Verdict> {
        let body = &contract.chosen;
        self.0.sentences("body", body).into_iter().find_map(|sentence| {
            let words = &body[sentence.clone()];
            let name = self.0.find("body", words).next()?.as_str();
            let chosen = self.0.say("chooses", words) && !self.0.say("body-unless", words);
            let evidence = vec![contract.text.span_of_shadow(sentence)];
            chosen.then(|| self.elsewhere(contract, name, name.ends_with("法院"), evidence))
        })
    }

    /// A forum elsewhere, weighed against where the government side sits.
    fn elsewhere(&self, contract: &Contract<'_>, name: &str, court: bool, evidence: Vec<Span>) -> Verdict {
        let Some(party) = contract.government() else {
            return Verdict::cannot_tell(contract.unknown_side(), evidence);
        };
        let own = [&party.name, &party.address].into_iter().flatten();
        if !own.clone().any(|own| self.0.say("district", &own.value)) {
            return Verdict::cannot_tell("政府一方不在本区，应否由该机构管辖须另行核对", evidence);
        }
        if court && self.0.say("immovable", contract.title()) && !self.0.say("by-party", name) {
            return Verdict::cannot_tell(
                "不动产、建设工程纠纷由所在地法院专属管辖，该法院是否为所在地法院须核对",
                evidence,
            );
        }
        let own = party.name.as_ref().map_or(party.role.as_str(), |name| name.value.as_str());
        Verdict::hit(Sighting::new("elsewhere", evidence).with("forum", name).with("party", own))
    }
}

impl Check for ForumOutsideDistrict {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let Some(dispute) = contract.sure(&contract.fields().dispute) else {
            return self
                .unread(contract)
                .unwrap_or_else(|| Verdict::NotApplicable("未读到争议解决条款".to_owned()));
        };
        let Some(names) = dispute.value.forum.as_deref() else {
            return Verdict::NotApplicable("未约定具体的裁判机构".to_owned());
        };
        if dispute.value.territory == Territory::OutsideMainland {
            return Verdict::NotApplicable("约定的是境外机构，另见“约定境外裁判机构”".to_owned());
        }
        let mut doubt = None;
        for name in names.split('；') {
            let name = name.replace('（', "(").replace('）', ")");
            match self.seat(contract, &name, dispute.value.territory) {
                Seat::Elsewhere => {
                    let court = dispute.value.kind == DisputeKind::Court;
                    return self.elsewhere(contract, &name, court, forum_places(dispute));
                }
                Seat::Unknown(reason) => doubt = Some(reason),
                Seat::Home | Seat::Open => {}
            }
        }
        match doubt {
            Some(_) if self.home_beside(contract, dispute) => Verdict::Passed,
            Some(reason) => {
                self.unread(contract).unwrap_or_else(|| Verdict::cannot_tell(reason, forum_places(dispute)))
            }
            None => Verdict::Passed,
        }
    }
}
