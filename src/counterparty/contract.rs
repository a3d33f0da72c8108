//! One contract with the party.

use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::duties::node::NodeKind;
use crate::duties::{Deadlines, When};
use crate::model::case::{Case, Particulars};
use crate::model::fields::{Direction, MoneyKind};
use crate::model::node::{MarkKind, NodeMark};
use crate::model::record::Kind;

/// A case with what the look rests on.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The case.
    pub case: &'a Case,
    /// What was read, people's word laid over it.
    pub particulars: &'a Particulars,
    /// Notes on its nodes.
    pub marks: &'a [NodeMark],
}

/// One contract as the look shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Deal {
    /// The record that stands for the contract.
    pub record: String,
    /// Title.
    pub title: Option<String>,
    /// Number given by the filing system, else the contract's own.
    pub number: Option<String>,
    /// Is it a supplement? Then its price may be the changed total, and no sum counts it.
    pub supplement: bool,
    /// Day of signing.
    #[schemars(with = "Option<String>")]
    pub sign_date: Option<Date>,
    /// Last day of the term.
    #[schemars(with = "Option<String>")]
    pub term_end: Option<Date>,
    /// State of filing, in Chinese.
    pub state: String,
    /// Department in charge.
    pub department: Option<String>,
    /// Who pays.
    pub direction: Option<Direction>,
    /// Total price; `None` where there is none, or it is no total.
    pub price: Option<Decimal>,
    /// ISO 4217 code of the price.
    pub currency: String,
    /// Noted as paid.
    pub paid: Decimal,
    /// The price less what was paid; `None` where that cannot be told.
    pub open: Option<Decimal>,
    /// Payments noted as done whose sum is not known: then `paid` is too low and `open` is not told.
    pub unknown_payments: usize,
    /// Findings: violations, risks, notices, cannot tell.
    pub findings: [u32; 4],
    /// The violations and risks in words, where the record was looked at.
    pub told: Vec<String>,
    #[serde(skip)]
    ended: bool,
}

impl Deal {
    /// The contract as of what was read and noted.
    pub fn of(subject: Subject<'_>, deadlines: &Deadlines) -> Self {
        let Subject { case, particulars, .. } = subject;
        let money = particulars.amount.as_ref().filter(|money| money.kind == MoneyKind::Total);
        let price = money.and_then(|money| money.amount);
        let (paid, unknown_payments) = paid(subject, deadlines);
        let supplement = particulars.kind == Kind::Supplement;
        let counts = particulars.findings;
        Self {
            record: case.record.clone(),
            title: particulars.title.clone(),
            number: case.filing_number.clone().or_else(|| particulars.contract_number.clone()),
            supplement,
            sign_date: particulars.sign_date,
            term_end: particulars.term.as_ref().and_then(|term| term.end),
            state: case.state.label().to_owned(),
            department: case.department.clone(),
            direction: particulars.direction,
            price,
            currency: money.map_or_else(|| "CNY".to_owned(), |money| money.currency.clone()),
            paid,
            open: price.filter(|_| unknown_payments == 0 && !supplement).map(|price| price - paid),
            unknown_payments,
            findings: [counts.violations, counts.risks, counts.notices, counts.cannot_tell],
            told: Vec::new(),
            ended: case.state.is_over(),
        }
    }

    /// Has it ended?
    pub fn is_over(&self) -> bool {
        self.ended
    }
}

/// What was noted as paid, and how many payments were done without a known sum.
fn paid(subject: Subject<'_>, deadlines: &Deadlines) -> (Decimal, usize) {
    let (mut paid, mut unknown) = (Decimal::ZERO, 0);
    for node in deadlines.nodes(subject.particulars, subject.marks) {
        let recurs = matches!(node.when, When::Recurs(_));
        let is_of = |mark: &&NodeMark| {
            let plain = mark.node.split('@').next();
            mark.kind == MarkKind::Done && (mark.node == node.key || recurs && plain == Some(&*node.key))
        };
        for mark in subject.marks.iter().filter(is_of) {
            let stated = node.sum.as_ref().filter(|sum| !sum.reckoned).map(|sum| sum.amount);
            match mark.amount.or(stated) {
                Some(amount) => paid += amount,
                None if node.kind == NodeKind::Payment => unknown += 1,
                None => {}
            }
        }
    }
    (paid, unknown)
}
