//! How a contract comes into force and is performed: copies, instalments, security, rights to end it, attachments.

use std::fmt;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Presence, Side};
use crate::model::{Period, Value};

/// Copies of a contract (份数). What is not stated is `None` or empty; nothing is computed from the rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Copies {
    /// In all (一式六份).
    pub total: Option<u32>,
    /// By holder (甲方执四份).
    pub by: Vec<Holding>,
}

/// The copies that one holder keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Holding {
    /// As written: 甲方, 备案机关; 正本 and 副本 are holders of their kind of copy.
    pub holder: String,
    /// How many.
    pub number: u32,
}

/// As a clerk writes it: `共6份：甲方4份、乙方2份`.
impl fmt::Display for Copies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let held: Vec<String> =
            self.by.iter().map(|held| format!("{}{}份", held.holder, held.number)).collect();
        match (self.total, held.is_empty()) {
            (Some(total), true) => write!(f, "共{total}份"),
            (Some(total), false) => write!(f, "共{total}份：{}", held.join("、")),
            (None, _) => f.write_str(&held.join("、")),
        }
    }
}

/// When a contract takes effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EffectiveKind {
    /// When signed (签字之日).
    OnSignature,
    /// When signed and sealed (签字盖章之日).
    OnSignatureAndSeal,
    /// When sealed (盖章之日).
    OnSeal,
    /// When approved (批准之日).
    OnApproval,
    /// On a day.
    OnDate,
    /// When something else comes to pass.
    OnCondition,
}

/// Taking effect (生效).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Effective {
    /// When.
    pub kind: EffectiveKind,
    /// The day, where it takes effect on one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<jiff::civil::Date>,
    /// The wording.
    pub text: String,
}

/// One instalment, or one rule by which the price is paid (支付).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Payment {
    /// What it is called: 预付款, 进度款, 尾款, 质保金.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Percent of the price.
    pub percent: Option<Decimal>,
    /// Is the percentage reached with what was paid before (支付至80%) rather than paid now?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cumulative: bool,
    /// Sum in units of the currency.
    pub amount: Option<Decimal>,
    /// ISO 4217 code of the sum.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// What it recurs by: 月, 季度, 年.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<String>,
    /// The event after which it is due, as written (验收合格后).
    pub trigger: Option<String>,
    /// Days from the trigger.
    pub due: Option<Period>,
    /// How (转账, 国库集中支付).
    pub method: Option<String>,
}

/// As a clerk writes it: `预付款 30%（266580元）：合同生效后10个工作日内`.
impl fmt::Display for Payment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = self.percent.map(|share| format!("{}{share}%", if self.cumulative { "至" } else { "" }));
        let sum = self.amount.map(|sum| format!("{}元", sum.normalize()));
        let every = self.every.as_ref().map(|every| format!("按{every}"));
        let what: Vec<String> = [self.name.clone(), every, share, sum].into_iter().flatten().collect();
        let due = self.due.map(|due| match due {
            Period { working_days: days @ 1.., .. } => format!("{days}个工作日内"),
            Period { days: days @ 1.., .. } => format!("{days}日内"),
            other => format!("{other}内"),
        });
        let when: String = [self.trigger.clone(), due].into_iter().flatten().collect();
        f.write_str(&what.join(" "))?;
        if !when.is_empty() {
            write!(f, "{}{when}", if what.is_empty() { "" } else { "：" })?;
        }
        self.method.iter().try_for_each(|method| write!(f, "（{method}）"))
    }
}

/// Who holds a right to change or end the contract alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RightHolder {
    /// The role as written: 甲方.
    pub role: String,
    /// Its side.
    pub side: Side,
}

/// A right to change or end the contract alone (单方变更、解除权), other than for the other side's breach.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UnilateralRight {
    /// Is there one?
    #[serde(flatten)]
    pub clause: Presence,
    /// Whose.
    pub by: Vec<RightHolder>,
    /// Is it given for the public interest (公共利益, 《办法》第三十四条)?
    pub public_interest: bool,
}

/// A kind of security (担保).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SecurityKind {
    /// Money left with the other side (履约保证金、押金).
    Deposit,
    /// Letter of guarantee (保函).
    BankGuarantee,
    /// Suretyship (保证、连带责任保证).
    Suretyship,
    /// Mortgage (抵押).
    Mortgage,
    /// Pledge (质押).
    Pledge,
    /// Earnest money (定金).
    Earnest,
    /// Part of the price kept back (质量保证金、质保金).
    Retention,
    /// Security whose kind the text leaves open (履约担保).
    Unspecified,
}

/// As a clerk writes it.
impl fmt::Display for SecurityKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Deposit => "保证金",
            Self::BankGuarantee => "保函",
            Self::Suretyship => "保证",
            Self::Mortgage => "抵押",
            Self::Pledge => "质押",
            Self::Earnest => "定金",
            Self::Retention => "质保金",
            Self::Unspecified => "担保（形式未写明）",
        })
    }
}

/// As a clerk writes it: `保函（乙方提供）`.
impl fmt::Display for Security {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)?;
        self.by.iter().try_for_each(|by| write!(f, "（{by}提供）"))
    }
}

/// One security.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Security {
    /// Its kind.
    pub kind: SecurityKind,
    /// The role that gives it, as written; `None` where the sentence does not say.
    pub by: Option<String>,
}

/// Security for performance (担保).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Guarantee {
    /// Is there any?
    #[serde(flatten)]
    pub clause: Presence,
    /// What is given, by whom.
    pub securities: Vec<Security>,
}

/// An attachment (附件).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Attachment {
    /// Number and name: `附件一：设备清单`.
    #[serde(flatten)]
    pub name: Value<String>,
    /// Does it stand in the file? `None` where pages are unread.
    pub present: Option<bool>,
}
