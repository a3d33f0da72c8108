//! Performance nodes (进度节点, 第五十条第一项、第五十九条): what is to be paid or finished, when, or after which event.
//!
//! A day is told only where the contract and the calendar give it; everything else waits for an event that a person
//! notes, and is never guessed.

mod anchor;
mod recur;
mod when;

pub(super) use anchor::{Anchors, Wordings};
pub use when::{Planned, When};

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::deadline::Deadlines;
use crate::model::case::Particulars;
use crate::model::fields::{Money, MoneyKind, Payment};
use crate::model::moment::office_day;
use crate::model::node::{Instalment, MarkKind, NodeMark};

/// What happens at a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum NodeKind {
    /// A payment (付款).
    Payment,
    /// The term's last day: everything is performed (期限届满).
    End,
    /// Added by a person.
    Added,
}

/// A sum that belongs to a node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NodeSum {
    /// In units of the currency.
    pub amount: Decimal,
    /// ISO 4217 code.
    pub currency: String,
    /// Reckoned from the share and the price, not stated by the contract.
    pub reckoned: bool,
}

/// One node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Node {
    /// What people name it by: `end`, or eight hex digits that stay while the wording stays.
    pub key: String,
    /// What happens.
    pub kind: NodeKind,
    /// As a clerk writes it: `预付款 30%（266580元）：合同生效后10个工作日内`.
    pub name: String,
    /// How much, where the contract tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sum: Option<NodeSum>,
    /// When.
    pub when: When,
    /// Page, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The wording.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub quote: String,
}

/// The key of the node at the end of the term.
pub const END: &str = "end";

impl Deadlines {
    /// The nodes of a contract: its payments in the order of the text, its end, and what people added. `marks` are
    /// the notes on this contract.
    pub fn nodes(&self, contract: &Particulars, marks: &[NodeMark]) -> Vec<Node> {
        let mut keys: Vec<String> = Vec::new();
        let mut nodes: Vec<Node> = Vec::new();
        for instalment in &contract.payments {
            let key = free_key(key(&instalment.payment), &keys);
            keys.push(key.clone());
            nodes.push(self.payment(contract, instalment, key, marks));
        }
        nodes.extend(self.end(contract));
        nodes.extend(marks.iter().filter(|mark| mark.kind == MarkKind::Added).map(added));
        nodes
    }

    fn payment(
        &self,
        contract: &Particulars,
        instalment: &Instalment,
        key: String,
        marks: &[NodeMark],
    ) -> Node {
        let occurred = marks.iter().find(|mark| mark.kind == MarkKind::Occurred && mark.node == key);
        Node {
            when: self.when(contract, instalment, occurred.map(|mark| mark.date)),
            key,
            kind: NodeKind::Payment,
            name: instalment.payment.to_string(),
            sum: sum(&instalment.payment, contract.amount.as_ref()),
            page: instalment.page,
            quote: instalment.quote.clone(),
        }
    }

    fn end(&self, contract: &Particulars) -> Option<Node> {
        let term = contract.term.as_ref()?;
        Some(Node {
            key: END.to_owned(),
            kind: NodeKind::End,
            name: "期限届满：全部履行完毕".to_owned(),
            sum: None,
            when: self.term_end(contract)?,
            page: None,
            quote: term.text.clone(),
        })
    }
}

/// The node that a person added.
fn added(mark: &NodeMark) -> Node {
    let currency = || "CNY".to_owned();
    Node {
        key: mark.node.clone(),
        kind: NodeKind::Added,
        name: mark.name.clone(),
        sum: mark.amount.map(|amount| NodeSum { amount, currency: currency(), reckoned: false }),
        when: When::On(Planned::told(
            mark.date,
            format!("{} 由{}于 {} 记入", mark.date, mark.by, office_day(mark.at)),
        )),
        page: None,
        quote: String::new(),
    }
}

/// The sum as stated, else the share of a total price in one currency.
fn sum(payment: &Payment, price: Option<&Money>) -> Option<NodeSum> {
    if let Some(amount) = payment.amount {
        let currency = payment.currency.clone().unwrap_or_else(|| "CNY".to_owned());
        return Some(NodeSum { amount, currency, reckoned: false });
    }
    let price = price.filter(|price| price.kind == MoneyKind::Total && !payment.cumulative)?;
    let amount = price.amount?.checked_mul(payment.percent?)?.checked_div(Decimal::ONE_HUNDRED)?;
    Some(NodeSum { amount: amount.round_dp(2), currency: price.currency.clone(), reckoned: true })
}

/// Eight hex digits over what a person would call the same instalment.
fn key(payment: &Payment) -> String {
    let plain = |text: &Option<String>| {
        text.as_deref().map(|text| text.chars().filter(|c| !c.is_whitespace()).collect::<String>())
    };
    let said = (
        plain(&payment.name),
        payment.percent.map(|share| share.normalize().to_string()),
        payment.cumulative,
        payment.amount.map(|amount| amount.normalize().to_string()),
        &payment.every,
        plain(&payment.trigger),
        payment.due.map(|due| due.to_string()),
    );
    super::digest(&format!("{said:?}"), 8)
}

/// Two instalments of the same wording are told apart by their order.
fn free_key(key: String, taken: &[String]) -> String {
    let numbered = (2..).map(|number: usize| format!("{key}-{number}"));
    let free = std::iter::once(key.clone()).chain(numbered).find(|candidate| !taken.contains(candidate));
    free.unwrap_or(key)
}

#[cfg(test)]
mod tests;
