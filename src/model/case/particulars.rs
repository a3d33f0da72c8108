//! The particulars of a contract (要素摘要): what lists, ledgers and deadlines need of a hundred thousand contracts
//! without opening their records.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Effective, FieldState};
use crate::model::fields::{Direction, Money, Party, PartyKind, Side, Term};
use crate::model::node::{Effect, Instalment};
use crate::model::record::{Kind, Stage};
use crate::model::{Outcome, Record, Severity, Status};

/// Characters of a subject that lists show.
const SUBJECT: usize = 60;

/// Particulars out of the record with people's word laid over it. Short: a few hundred bytes as JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Particulars {
    /// Contract or supplement.
    pub kind: Kind,
    /// Draft or signed.
    pub stage: Stage,
    /// How far it was read.
    pub status: Status,
    /// Path of the file when it was read.
    pub path: String,
    /// Title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The contract's own number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract_number: Option<String>,
    /// Code of the type, and its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract_type: Option<(String, String)>,
    /// Codes of the cases of 《办法》第五条第二款.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub article5: Vec<String>,
    /// Subject (标的), shortened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Parties, in the order of the record.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<PartyParticulars>,
    /// Price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// Did a person give another price than was read? Then rules that judge by the price say nothing any more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub price_corrected: bool,
    /// Who pays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// Term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<Term>,
    /// Day of signing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_date: Option<Date>,
    /// Taking effect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective: Option<Effect>,
    /// Instalments, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub payments: Vec<Instalment>,
    /// Findings by severity.
    pub findings: FindingCounts,
    /// `pack/rule` of the classifications that hit: `luohu-2018/key-regulated`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub classifications: Vec<String>,
    /// Fields of those above on which a person decided, by path, with `confirmed` or `corrected`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decided: Vec<String>,
    /// Decisions that a person has to look at again.
    #[serde(default)]
    pub unsettled: u32,
    /// Least confidence among title, name of a party, amount and day of signing; 1 where people decided.
    pub confidence: f64,
}

/// One party.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PartyParticulars {
    /// 甲方.
    pub role: String,
    /// Government or counterparty.
    pub side: Side,
    /// Organisation or person.
    pub kind: PartyKind,
    /// Full name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Unified social credit code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uscc: Option<String>,
}

/// Hits by severity, and what could not be told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingCounts {
    /// 违规.
    pub violations: u32,
    /// 风险.
    pub risks: u32,
    /// 提示.
    pub notices: u32,
    /// 待核, of any severity.
    pub cannot_tell: u32,
}

impl Particulars {
    /// The particulars of a contract.
    pub fn of(effective: &Effective) -> Self {
        let record = effective.record();
        let fields = &record.fields;
        Self {
            kind: record.kind,
            stage: record.stage,
            status: record.status,
            path: record.source.path.clone(),
            title: fields.title.as_ref().map(|title| title.value.clone()),
            contract_number: fields.contract_number.as_ref().map(|number| number.value.clone()),
            contract_type: fields.contract_type.as_ref().map(|t| (t.code.value.clone(), t.label.clone())),
            article5: fields.contract_type.as_ref().map(|t| t.article5.clone()).unwrap_or_default(),
            subject: fields.subject.as_ref().map(|subject| subject.value.chars().take(SUBJECT).collect()),
            parties: fields.parties.iter().map(PartyParticulars::of).collect(),
            amount: fields.amount.as_ref().map(|amount| amount.value.clone()),
            price_corrected: effective.state("amount") == FieldState::Corrected,
            direction: fields.direction.as_ref().map(|direction| direction.value),
            term: fields.term.as_ref().map(|term| term.value.clone()),
            sign_date: fields.sign_date.as_ref().map(|date| date.value),
            effective: fields.effective.as_ref().map(|effective| Effect::from(&effective.value)),
            payments: fields.payments.iter().map(Instalment::of).collect(),
            findings: FindingCounts::of(record),
            classifications: classifications(record),
            decided: decided(effective),
            unsettled: u32::try_from(effective.unsettled().count()).unwrap_or(u32::MAX),
            confidence: least_confidence(record),
        }
    }

    /// Names of the parties on one side, in the order of the record.
    pub fn names(&self, side: Side) -> impl Iterator<Item = &str> {
        self.parties.iter().filter(move |party| party.side == side).filter_map(|party| party.name.as_deref())
    }
}

impl PartyParticulars {
    fn of(party: &Party) -> Self {
        Self {
            role: party.role.clone(),
            side: party.side,
            kind: party.kind,
            name: party.name.as_ref().map(|name| name.value.clone()),
            uscc: party.uscc.as_ref().map(|code| code.value.clone()),
        }
    }
}

impl FindingCounts {
    fn of(record: &Record) -> Self {
        let count = |severity| {
            let hits = record.findings.iter().filter(|f| f.outcome == Outcome::Hit && f.severity == severity);
            u32::try_from(hits.count()).unwrap_or(u32::MAX)
        };
        let open = record.findings.iter().filter(|finding| finding.outcome == Outcome::CannotTell);
        Self {
            violations: count(Severity::Violation),
            risks: count(Severity::Risk),
            notices: count(Severity::Notice),
            cannot_tell: u32::try_from(open.count()).unwrap_or(u32::MAX),
        }
    }
}

fn classifications(record: &Record) -> Vec<String> {
    let hits = record
        .findings
        .iter()
        .filter(|finding| finding.outcome == Outcome::Hit && finding.severity == Severity::Classification);
    let mut rules: Vec<String> = hits.map(|finding| format!("{}/{}", finding.pack, finding.rule)).collect();
    rules.sort();
    rules.dedup();
    rules
}

fn decided(effective: &Effective) -> Vec<String> {
    let placed = effective.standings().iter().filter_map(|standing| standing.place.as_ref());
    placed.map(ToString::to_string).filter(|path| effective.state(path) != FieldState::Read).collect()
}

fn least_confidence(record: &Record) -> f64 {
    let fields = &record.fields;
    let confidences = [
        fields.title.as_ref().map(|value| value.confidence),
        fields.amount.as_ref().map(|value| value.confidence),
        fields.sign_date.as_ref().map(|value| value.confidence),
    ];
    let parties = fields.parties.iter().filter_map(|party| party.name.as_ref().map(|name| name.confidence));
    confidences.into_iter().flatten().chain(parties).map(|confidence| confidence.get()).fold(1.0, f64::min)
}
