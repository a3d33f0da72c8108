//! One line of the ledger.

use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::Status;
use crate::model::case::{Case, FilingState, Particulars, PartyParticulars};
use crate::model::fields::{Direction, MoneyKind, Side};
use crate::model::record::Kind;
use crate::office::workbook::{Face, Value};

/// One contract of the ledger, as it counts: people's word before what was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// Number of the case in the store.
    pub case: i64,
    /// Number of the record.
    pub record: String,
    /// Number given by the filing system (备案编号).
    pub filing_number: Option<String>,
    /// The contract's own number (合同编号).
    pub contract_number: Option<String>,
    /// Title (合同名称).
    pub title: Option<String>,
    /// Contract, or supplement, change, termination.
    pub kind: Kind,
    /// Type (合同类型) by its Chinese name.
    pub contract_type: Option<String>,
    /// Names on the government's side.
    pub government: Vec<String>,
    /// Names on the other side, and of parties whose side is not known.
    pub counterparties: Vec<String>,
    /// Credit codes of the other side, in the same order; those that were not read are left out.
    pub counterparty_codes: Vec<String>,
    /// Does the government pay or receive?
    pub direction: Option<Direction>,
    /// The figure, in units of the currency; never without [`Self::price`], which says what it is.
    pub amount: Option<Decimal>,
    /// ISO 4217 code.
    pub currency: Option<String>,
    /// What the figure is: only that of a total is the price of the contract.
    pub price: Option<MoneyKind>,
    /// Day of signing.
    pub signed: Option<Date>,
    /// First day of the term.
    pub start: Option<Date>,
    /// Last day of the term.
    pub end: Option<Date>,
    /// Where the contract is on its way.
    #[schemars(with = "String")]
    pub state: FilingState,
    /// Department in charge.
    pub department: Option<String>,
    /// Person in charge.
    pub undertaker: Option<String>,
    /// Day of registration in the filing system.
    pub registered: Option<Date>,
    /// Day on which the paper original was handed in.
    pub paper_received: Option<Date>,
    /// Do the rules take it for a contract under key supervision (重点监管合同, 第六条)?
    pub key_regulated: bool,
    /// Findings: violations, risks, notices, and what could not be told.
    pub violations: u32,
    /// 风险.
    pub risks: u32,
    /// 提示.
    pub notices: u32,
    /// 待核.
    pub cannot_tell: u32,
    /// How far the file was read.
    pub status: Status,
    /// Least confidence among title, names, amount and day of signing; 1 where people decided.
    pub confidence: f64,
    /// Fields on which a person decided.
    pub decided: usize,
    /// Decisions that a person has to look at again.
    pub unsettled: u32,
    /// Path of the file.
    pub path: String,
}

impl Row {
    /// The line of a case.
    pub fn of(case: &Case, particulars: &Particulars) -> Self {
        let Particulars { amount, term, findings, .. } = particulars;
        let other = |party: &&PartyParticulars| party.side != Side::Government;
        let others = || particulars.parties.iter().filter(other);
        Self {
            case: case.id.0,
            record: case.record.clone(),
            filing_number: case.filing_number.clone(),
            contract_number: particulars.contract_number.clone(),
            title: particulars.title.clone(),
            kind: particulars.kind,
            contract_type: particulars.contract_type.as_ref().map(|(_, label)| label.clone()),
            government: particulars.names(Side::Government).map(str::to_owned).collect(),
            counterparties: others().filter_map(|party| party.name.clone()).collect(),
            counterparty_codes: others().filter_map(|party| party.uscc.clone()).collect(),
            direction: particulars.direction,
            amount: amount.as_ref().and_then(|money| money.amount),
            currency: amount.as_ref().map(|money| money.currency.clone()),
            price: amount.as_ref().map(|money| money.kind),
            signed: particulars.sign_date,
            start: term.as_ref().and_then(|term| term.start),
            end: term.as_ref().and_then(|term| term.end),
            state: case.state,
            department: case.department.clone(),
            undertaker: case.undertaker.clone(),
            registered: case.registered,
            paper_received: case.paper_received,
            key_regulated: particulars.classifications.iter().any(|rule| rule.ends_with("/key-regulated")),
            violations: findings.violations,
            risks: findings.risks,
            notices: findings.notices,
            cannot_tell: findings.cannot_tell,
            status: particulars.status,
            confidence: particulars.confidence,
            decided: particulars.decided.len(),
            unsettled: particulars.unsettled,
            path: particulars.path.clone(),
        }
    }

    /// What the figure is, as a clerk writes it.
    pub(super) fn price_label(&self) -> &'static str {
        match self.price {
            None => "未读到",
            Some(MoneyKind::Total) => "总价",
            Some(MoneyKind::Ceiling) => "上限或暂定",
            Some(MoneyKind::Unit) => "单价",
            Some(MoneyKind::Periodic) => "按期",
            Some(MoneyKind::Open) => "据实结算",
        }
    }

    /// How far people have looked at it.
    pub(super) fn checked_label(&self) -> &'static str {
        match (self.unsettled, self.decided) {
            (1.., _) => "须复核",
            (0, 0) => "未核定",
            (0, _) => "已有核定",
        }
    }

    fn kind_label(&self) -> &'static str {
        match self.kind {
            Kind::Contract => "合同",
            Kind::Supplement => "补充、变更、解除",
            Kind::NotAContract => "非合同",
        }
    }
}

/// A column of the ledger for people: heading, width in half-width characters, how it looks.
pub(super) struct Column {
    pub heading: &'static str,
    pub width: u16,
    pub face: Face,
}

const fn column(heading: &'static str, width: u16, face: Face) -> Column {
    Column { heading, width, face }
}

/// The columns of the ledger, in order.
pub(super) const COLUMNS: [Column; 27] = [
    column("案卷号", 7, Face::Count),
    column("备案编号", 16, Face::Text),
    column("合同编号", 18, Face::Text),
    column("合同名称", 40, Face::Text),
    column("文件种类", 16, Face::Text),
    column("合同类型", 14, Face::Text),
    column("政府一方", 26, Face::Text),
    column("对方当事人", 34, Face::Text),
    column("对方信用代码", 21, Face::Text),
    column("收支", 12, Face::Text),
    column("金额", 18, Face::Sum),
    column("币种", 6, Face::Text),
    column("计价", 10, Face::Text),
    column("签订日期", 11, Face::Date),
    column("起始日", 11, Face::Date),
    column("届满日", 11, Face::Date),
    column("状态", 9, Face::Text),
    column("承办部门", 18, Face::Text),
    column("承办人", 9, Face::Text),
    column("备案登记日", 11, Face::Date),
    column("纸质送交日", 11, Face::Date),
    column("重点监管", 8, Face::Text),
    column("违规", 6, Face::Count),
    column("风险", 6, Face::Count),
    column("待核", 6, Face::Count),
    column("人工核定", 9, Face::Text),
    column("文件", 60, Face::Faint),
];

/// The texts of a row that have to be put together first.
pub(super) struct Joined {
    government: String,
    counterparties: String,
    codes: String,
    direction: String,
}

impl Joined {
    pub fn of(row: &Row) -> Self {
        Self {
            government: row.government.join("、"),
            counterparties: row.counterparties.join("、"),
            codes: row.counterparty_codes.join("、"),
            direction: row.direction.map(|direction| direction.to_string()).unwrap_or_default(),
        }
    }
}

impl Row {
    /// The unit that the figure counts: 元, or the code of another currency; nothing without a figure.
    pub(super) fn unit(&self) -> &str {
        match self.currency.as_deref().filter(|_| self.amount.is_some()) {
            Some("CNY") => "元",
            other => other.unwrap_or_default(),
        }
    }

    /// The row's values, one for each of [`COLUMNS`].
    pub(super) fn values<'a>(&'a self, joined: &'a Joined) -> [Value<'a>; 27] {
        let text = |text: &'a Option<String>| Value::text(text.as_deref());
        let full = |text: &'a str| if text.is_empty() { Value::Empty } else { Value::Text(text) };
        [
            Value::Count(self.case.unsigned_abs()),
            text(&self.filing_number),
            text(&self.contract_number),
            text(&self.title),
            Value::Text(self.kind_label()),
            text(&self.contract_type),
            full(&joined.government),
            full(&joined.counterparties),
            full(&joined.codes),
            full(&joined.direction),
            Value::sum(self.amount),
            text(&self.currency),
            Value::Text(self.price_label()),
            Value::date(self.signed),
            Value::date(self.start),
            Value::date(self.end),
            Value::Text(self.state.label()),
            text(&self.department),
            text(&self.undertaker),
            Value::date(self.registered),
            Value::date(self.paper_received),
            if self.key_regulated { Value::Text("是") } else { Value::Empty },
            Value::Count(self.violations.into()),
            Value::Count(self.risks.into()),
            Value::Count(self.cannot_tell.into()),
            Value::Text(self.checked_label()),
            Value::Text(&self.path),
        ]
    }
}
