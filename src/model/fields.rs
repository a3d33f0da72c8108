//! The key fields of a contract (合同要素), as the filing form and the rules need them.

use std::fmt;

use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Period, Span, Value};

mod performance;
mod substance;

pub use performance::{
    Attachment, Copies, Effective, EffectiveKind, Guarantee, Holding, Payment, RightHolder, Security,
    SecurityKind, UnilateralRight,
};
pub use substance::{ContractType, Direction, Quality, Quantity};

/// Everything that was read out of one contract. A field that is `None` or empty has an entry in
/// [`Absent`] saying why.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Fields {
    /// Title (合同名称).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Value<String>>,
    /// The contract's own number (合同编号).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract_number: Option<Value<String>>,
    /// Type (合同类型).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract_type: Option<ContractType>,
    /// Parties (当事人), in the order in which they are first named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<Party>,
    /// Price (合同价款) in figures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Value<Money>>,
    /// Price in capital numerals (大写).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_in_words: Option<Value<Sum>>,
    /// Does the government side pay or receive (收支方向)?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Value<Direction>>,
    /// Instalments (支付), in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub payments: Vec<Value<Payment>>,
    /// Term (合同期限): not the warranty (质保期), not the duty of secrecy (保密期).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<Value<Term>>,
    /// Day of signing (签订日期).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_date: Option<Value<Date>>,
    /// Place of signing (签订地点).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_place: Option<Value<String>>,
    /// Taking effect (生效).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective: Option<Value<Effective>>,
    /// Subject (标的).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Value<String>>,
    /// Quantities (数量), in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quantity: Vec<Value<Quantity>>,
    /// Quality (质量).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quality: Option<Value<Quality>>,
    /// Settlement of disputes (争议解决).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dispute: Option<Value<Dispute>>,
    /// Governing law (适用法律).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub governing_law: Option<Value<GoverningLaw>>,
    /// Governing language (文字效力).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub governing_language: Option<Value<GoverningLanguage>>,
    /// Copies (份数).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copies: Option<Value<Copies>>,
    /// Is there a clause on secrecy (保密)?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidentiality: Option<Presence>,
    /// Is there a clause on liability for breach (违约责任)?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breach_liability: Option<Presence>,
    /// Is there a clause on notices and their service (通知与送达)?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<Presence>,
    /// May one side change or end the contract alone (单方变更、解除)?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unilateral_right: Option<UnilateralRight>,
    /// Is security given (担保)?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guarantee: Option<Guarantee>,
    /// Attachments (附件) that the text names or that stand in the file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

/// Which side of a government contract a party stands on (《办法》第三条).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// 政府合同签订主体.
    Government,
    /// 政府合同对方当事人.
    Counterparty,
    /// The text does not tell.
    Unknown,
}

/// What a party is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PartyKind {
    /// A legal person or other organisation.
    Organisation,
    /// A natural person.
    Person,
    /// The text does not tell.
    Unknown,
}

/// One party with its particulars.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Party {
    /// The names it goes by: 甲方, or 甲方(采购人) where it has two.
    pub role: String,
    /// Government or counterparty.
    pub side: Side,
    /// Organisation or person.
    pub kind: PartyKind,
    /// Full name (名称).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Value<String>>,
    /// Unified social credit code (统一社会信用代码), GB 32100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uscc: Option<Value<String>>,
    /// Identity number (身份证号), GB 11643.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_number: Option<Value<String>>,
    /// Legal representative or head (法定代表人、负责人).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_representative: Option<Value<String>>,
    /// Address (地址、住所).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Value<String>>,
    /// Contact person (联系人).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Value<String>>,
    /// Telephone (联系电话).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Value<String>>,
    /// Bank (开户银行).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bank: Option<Value<String>>,
    /// Account (银行账号).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<Value<String>>,
}

impl Party {
    /// A party that is called so in the contract, and of which nothing else is known yet.
    pub fn called(role: impl Into<String>) -> Self {
        Self {
            role: role.into(),
            side: Side::Unknown,
            kind: PartyKind::Unknown,
            name: None,
            uscc: None,
            id_number: None,
            legal_representative: None,
            address: None,
            contact: None,
            phone: None,
            bank: None,
            account: None,
        }
    }

    /// Each of the names that it goes by: 甲方 and 采购人 of 甲方(采购人).
    pub fn roles(&self) -> impl Iterator<Item = &str> {
        self.role.split(['(', ')', '（', '）', '、']).filter(|role| !role.is_empty())
    }
}

/// How a price is fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum MoneyKind {
    /// The whole price (总价).
    Total,
    /// No more than this (不超过、上限、暂定价).
    Ceiling,
    /// Each (单价).
    Unit,
    /// By the month, the year … (月租金).
    Periodic,
    /// To be reckoned later (据实结算).
    Open,
}

/// Is tax in the price?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Tax {
    /// 含税.
    Included,
    /// 不含税.
    Excluded,
    /// Not said.
    Unknown,
}

/// A price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Money {
    /// In units of the currency (元), never in 万元; `None` for an open price without a figure.
    pub amount: Option<Decimal>,
    /// ISO 4217 code.
    pub currency: String,
    /// How it is fixed.
    pub kind: MoneyKind,
    /// What a unit or periodic price is for: 月, 年, 平方米.
    pub per: Option<String>,
    /// Tax.
    pub tax: Tax,
}

/// A sum in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sum {
    /// In units of the currency; `None` where the words are not a well-formed number.
    pub amount: Option<Decimal>,
    /// ISO 4217 code.
    pub currency: String,
}

/// Term of a contract. What is not stated is `None`; nothing is computed from the rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Term {
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
    /// Duration as stated.
    pub duration: Option<Period>,
    /// The wording.
    pub text: String,
}

/// Way of settling disputes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum DisputeKind {
    /// Court (诉讼).
    Court,
    /// Arbitration (仲裁).
    Arbitration,
    /// Both side by side.
    Both,
    /// Neither: negotiation only, or a body that cannot decide.
    None,
    /// A printed list of options with none chosen.
    Unselected,
}

/// Where a forum sits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Territory {
    /// In the home district or city of the pack.
    Home,
    /// Elsewhere in the mainland.
    Mainland,
    /// Hong Kong, Macao, Taiwan or abroad.
    OutsideMainland,
    /// Not told.
    Unknown,
}

/// Settlement of disputes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Dispute {
    /// Way.
    pub kind: DisputeKind,
    /// The court's or body's name as written.
    pub forum: Option<String>,
    /// Where it sits.
    pub territory: Territory,
    /// Steps before it: `negotiation`, `mediation`.
    pub steps: Vec<String>,
}

/// Governing law.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GoverningLaw {
    /// ISO 3166 code of the law's territory: `CN`, `HK`, `MO`, `TW`, `SG` …; `XX` where it is not one territory.
    pub territory: String,
    /// The wording.
    pub text: String,
}

/// Governing language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GoverningLanguage {
    /// ISO 639 codes of the languages that the contract is written in.
    pub languages: Vec<String>,
    /// The one that prevails: a code, `equal`, or `unstated`.
    pub prevails: String,
}

/// As a clerk writes it: `中文、英文；以中文为准`.
impl fmt::Display for GoverningLanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.languages.iter().map(|code| language_name(code)).collect();
        f.write_str(&names.join("、"))?;
        match self.prevails.as_str() {
            "equal" => f.write_str("；各文本同等效力"),
            "unstated" if self.languages.len() < 2 => Ok(()),
            "unstated" => f.write_str("；未约定优先文本"),
            code => write!(f, "；以{}为准", language_name(code)),
        }
    }
}

/// A language's name in Chinese, by its ISO 639 code.
fn language_name(code: &str) -> &str {
    match code {
        "zh" => "中文",
        "en" => "英文",
        "ja" => "日文",
        "ko" => "韩文",
        "fr" => "法文",
        "de" => "德文",
        "ru" => "俄文",
        "es" => "西班牙文",
        "pt" => "葡萄牙文",
        other => other,
    }
}

/// Is a clause there? `true` carries the clause and evidence; `false` is said only when every page was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Presence {
    /// Is it there?
    pub value: bool,
    /// The clause's number as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// How likely the answer is right.
    pub confidence: super::Confidence,
    /// How it was found.
    pub method: String,
    /// Where it stands.
    pub evidence: Vec<Span>,
}

/// Why a field has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AbsentReason {
    /// Every page was read and the text does not state it.
    NotFound,
    /// There is a slot for it and nothing in it.
    Blank,
    /// It may stand on a page that could not be read.
    UnreadablePage,
    /// Several places state different values.
    Conflicting,
    /// A contract of this kind has none.
    NotApplicable,
}

impl AbsentReason {
    /// As a person reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::NotFound => "未见",
            Self::Blank => "留空",
            Self::UnreadablePage => "可能在未能读取的页上",
            Self::Conflicting => "多处记载不一致",
            Self::NotApplicable => "不适用",
        }
    }
}

/// A field without a value, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Absent {
    /// Path of the field: `sign_place`, `parties[1].uscc`.
    pub field: String,
    /// Why.
    pub reason: AbsentReason,
    /// The empty slot, or the places that contradict each other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Span>,
}
