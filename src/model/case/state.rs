//! The way of a contract through filing (备案流转).

use serde::{Deserialize, Serialize};

/// Where a contract is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FilingState {
    /// Being drafted (拟稿).
    Draft,
    /// Legal review is done (已审查, 第四十四条).
    Reviewed,
    /// Signed (已签订, 第四十八条).
    Signed,
    /// Filed (已备案, 第四十九条).
    Filed,
    /// Being performed (履行中).
    Performing,
    /// Changed by a later agreement (已变更, 第五十六条).
    Changed,
    /// Performed, terminated or ended otherwise (已终止).
    Ended,
    /// In the archive (已归档).
    Archived,
}

impl FilingState {
    /// All of them, in order.
    pub const ALL: [Self; 8] = [
        Self::Draft,
        Self::Reviewed,
        Self::Signed,
        Self::Filed,
        Self::Performing,
        Self::Changed,
        Self::Ended,
        Self::Archived,
    ];

    /// The states that may follow. A contract may come to the office signed already; one that is exempt from
    /// filing (第四十九条第四款) is performed without; a change has a case of its own, which is reviewed and filed.
    pub fn next(self) -> &'static [Self] {
        match self {
            Self::Draft => &[Self::Reviewed, Self::Signed],
            Self::Reviewed => &[Self::Signed],
            Self::Signed => &[Self::Filed, Self::Performing],
            Self::Filed => &[Self::Performing, Self::Changed, Self::Ended],
            Self::Performing => &[Self::Changed, Self::Ended],
            Self::Changed => &[Self::Performing, Self::Ended],
            Self::Ended => &[Self::Archived],
            Self::Archived => &[],
        }
    }

    /// May a contract go from here to there? A step back takes a mistake back and needs a reason.
    pub fn allows(self, to: Self) -> bool {
        to < self || self.next().contains(&to)
    }

    /// Has the contract ended (已终止、已归档)? Nothing more falls due of it.
    pub fn is_over(self) -> bool {
        self >= Self::Ended
    }

    /// The word that the store and JSON use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Reviewed => "reviewed",
            Self::Signed => "signed",
            Self::Filed => "filed",
            Self::Performing => "performing",
            Self::Changed => "changed",
            Self::Ended => "ended",
            Self::Archived => "archived",
        }
    }

    /// As a person reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Draft => "拟稿",
            Self::Reviewed => "已审查",
            Self::Signed => "已签订",
            Self::Filed => "已备案",
            Self::Performing => "履行中",
            Self::Changed => "已变更",
            Self::Ended => "已终止",
            Self::Archived => "已归档",
        }
    }

    /// The state of this word or label.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text || state.label() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_but_the_last_leads_on_and_is_reached() {
        for state in FilingState::ALL {
            assert_eq!(state.next().is_empty(), state == FilingState::Archived);
            assert!(!state.allows(state), "{state:?}");
            let reached = FilingState::ALL.iter().any(|from| from.next().contains(&state));
            assert_eq!(reached, state != FilingState::Draft, "{state:?}");
        }
    }

    #[test]
    fn filing_is_not_jumped_over_from_a_draft() {
        assert!(!FilingState::Draft.allows(FilingState::Filed));
        assert!(FilingState::Filed.allows(FilingState::Signed));
    }

    #[test]
    fn words_and_labels_name_states() {
        for state in FilingState::ALL {
            assert_eq!(FilingState::parse(state.as_str()), Some(state));
            assert_eq!(FilingState::parse(state.label()), Some(state));
        }
        assert_eq!(FilingState::parse("完成"), None);
    }
}
