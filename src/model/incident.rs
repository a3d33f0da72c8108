//! What happens in performance and stands in no contract (履行异常情况、合同争议): entered by a person, for the report of
//! 《办法》第五十九条第二款 and the half-year and annual ones of 第六十条第三款.

use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum IncidentKind {
    /// The other side does not perform, or not as agreed (第五十四条第一款第（一）项).
    Breach,
    /// It will not, or something else may keep it from it (第（二）项).
    AnticipatedBreach,
    /// It loses its means, its credit or its ability (第（三）项).
    LostCapacity,
    /// The law or the policy is changed, or the circumstances are (第（四）项).
    ChangedCircumstances,
    /// 不可抗力 (第（五）项).
    ForceMajeure,
    /// A dispute that is talked over or mediated (第六十条第三款第（一）项).
    Dispute,
    /// A lawsuit or an arbitration (第六十条第三款第（三）项).
    Proceedings,
    /// Something else that keeps the contract from being performed (第六十条第三款第（三）项).
    Other,
}

impl IncidentKind {
    /// Every kind, in the order of the regulation.
    pub const ALL: [Self; 8] = [
        Self::Breach,
        Self::AnticipatedBreach,
        Self::LostCapacity,
        Self::ChangedCircumstances,
        Self::ForceMajeure,
        Self::Dispute,
        Self::Proceedings,
        Self::Other,
    ];

    /// The word that the store uses, the name that people use, and where the regulation has it.
    fn told(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Breach => ("breach", "对方违约", "第五十四条第一款第（一）项"),
            Self::AnticipatedBreach => ("anticipated-breach", "对方预期违约", "第五十四条第一款第（二）项"),
            Self::LostCapacity => ("lost-capacity", "对方失去履约能力", "第五十四条第一款第（三）项"),
            Self::ChangedCircumstances => {
                ("changed-circumstances", "政策或情势变化", "第五十四条第一款第（四）项")
            }
            Self::ForceMajeure => ("force-majeure", "不可抗力", "第五十四条第一款第（五）项"),
            Self::Dispute => ("dispute", "争议", "第六十条第三款第（一）项"),
            Self::Proceedings => ("proceedings", "涉诉", "第六十条第三款第（三）项"),
            Self::Other => ("other", "其他异常", "第六十条第三款第（三）项"),
        }
    }

    /// The word that the store and JSON use.
    pub fn as_str(self) -> &'static str {
        self.told().0
    }

    /// As a person reads it.
    pub fn label(self) -> &'static str {
        self.told().1
    }

    /// Where the regulation has it: `第五十四条第一款第（一）项`.
    pub fn cited(self) -> &'static str {
        self.told().2
    }

    /// The kind of this word or name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text || kind.label() == text)
    }

    /// Does it have to be reported within some days (第五十九条第二款)? Only what 第五十四条第一款 lists.
    pub fn is_reported(self) -> bool {
        self <= Self::ForceMajeure
    }

    /// Is it a dispute (合同争议)? A lawsuit is one, too.
    pub fn is_dispute(self) -> bool {
        matches!(self, Self::Dispute | Self::Proceedings)
    }

    /// Does it keep the contract from being performed as agreed (异常情况)? A lawsuit does, too.
    pub fn is_anomaly(self) -> bool {
        self != Self::Dispute
    }
}

/// One of them, in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Incident {
    /// Number in its case, from 1; never given twice.
    pub number: u32,
    /// What happened.
    pub kind: IncidentKind,
    /// The day on which it happened.
    #[schemars(with = "String")]
    pub date: Date,
    /// What happened, in a person's words.
    pub what: String,
    /// What is done about it (应对措施).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measures: Option<String>,
    /// The day on which it was entered in the filing system (已填报).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub reported: Option<Date>,
    /// The day on which it was settled (已了结).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub closed: Option<Date>,
    /// Who said so last.
    pub by: String,
    /// When.
    #[schemars(with = "String")]
    pub at: Timestamp,
}

impl Incident {
    /// Was it there between two days?
    pub fn was_open(&self, from: Date, until: Date) -> bool {
        self.date <= until && self.closed.is_none_or(|closed| closed >= from)
    }

    /// `未填报；未了结`, `2024-05-08填报；2024-06-01了结`; of what need not be reported, the latter only.
    pub fn progress(&self) -> String {
        let reported = match self.reported {
            Some(day) => format!("{day}填报；"),
            None if self.kind.is_reported() => "未填报；".to_owned(),
            None => String::new(),
        };
        let closed = self.closed.map_or_else(|| "未了结".to_owned(), |day| format!("{day}了结"));
        format!("{reported}{closed}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_names_tell_kinds() {
        for kind in IncidentKind::ALL {
            assert_eq!(IncidentKind::parse(kind.as_str()), Some(kind));
            assert_eq!(IncidentKind::parse(kind.label()), Some(kind));
            assert_eq!(serde_json::to_value(kind).expect("JSON"), kind.as_str());
            assert_eq!(kind.is_reported(), kind.cited().starts_with("第五十四条"));
            assert!(kind.is_dispute() || kind.is_anomaly());
        }
    }
}
