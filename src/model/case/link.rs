//! How one contract hangs on another.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::CaseId;

/// What an agreement does to its main contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LinkKind {
    /// Adds to it (补充协议).
    Supplement,
    /// Changes it (变更协议).
    Change,
    /// Ends it (解除、终止协议).
    Termination,
}

impl LinkKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Supplement, Self::Change, Self::Termination];

    /// The word that the store and JSON use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Supplement => "supplement",
            Self::Change => "change",
            Self::Termination => "termination",
        }
    }

    /// As a person reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Supplement => "补充协议",
            Self::Change => "变更协议",
            Self::Termination => "终止协议",
        }
    }

    /// The kind of this word or label.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text || kind.label() == text)
    }

    /// What the title of an agreement says that it does.
    pub fn of_title(title: &str) -> Self {
        let says = |words: &[&str]| words.iter().any(|word| title.contains(word));
        match () {
            () if says(&["解除", "终止"]) => Self::Termination,
            () if says(&["变更", "修改", "修订"]) => Self::Change,
            () => Self::Supplement,
        }
    }
}

/// A link that a person confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The main contract.
    pub main: CaseId,
    /// The agreement that hangs on it.
    pub dependent: CaseId,
    /// What it does.
    pub kind: LinkKind,
    /// Who confirmed it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_say_what_an_agreement_does() {
        assert_eq!(LinkKind::of_title("《物业服务合同》补充协议（一）"), LinkKind::Supplement);
        assert_eq!(LinkKind::of_title("合同变更协议"), LinkKind::Change);
        assert_eq!(LinkKind::of_title("租赁合同解除协议"), LinkKind::Termination);
    }
}
