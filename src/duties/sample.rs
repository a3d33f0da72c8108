//! A contract for this module's tests.

use jiff::civil::{Date, date};

use crate::model::case::{Case, CaseId, FindingCounts, Particulars, PartyParticulars};
use crate::model::fields::{Direction, EffectiveKind, Money, MoneyKind, PartyKind, Payment, Side, Tax, Term};
use crate::model::node::{Effect, Instalment, MarkKind, NodeMark};
use crate::model::record::{Kind, Stage};
use crate::model::{Finding, Outcome, Record, Severity, Status, sample};

/// A purchase of 888,600 yuan, signed on 2023-04-18, to be performed by 2024-12-31, with no instalments.
pub(crate) fn contract() -> Particulars {
    Particulars {
        kind: Kind::Contract,
        stage: Stage::Signed,
        status: Status::Complete,
        path: "2023/采购.pdf".to_owned(),
        title: Some("急救设备采购合同".to_owned()),
        contract_number: None,
        contract_type: Some(("service".to_owned(), "服务合同".to_owned())),
        article5: Vec::new(),
        subject: None,
        parties: vec![
            party("甲方", Side::Government, "深圳市罗湖区教育局"),
            party("乙方", Side::Counterparty, "深圳市样例科技有限公司"),
        ],
        amount: Some(total("888600.00")),
        price_corrected: false,
        direction: Some(Direction::Pays),
        term: term(Some(date(2023, 4, 18)), Some(date(2024, 12, 31))),
        sign_date: Some(date(2023, 4, 18)),
        effective: Some(Effect { kind: EffectiveKind::OnSignatureAndSeal, date: None }),
        payments: Vec::new(),
        findings: FindingCounts::default(),
        classifications: Vec::new(),
        decided: Vec::new(),
        unsettled: 0,
        confidence: 0.9,
    }
}

/// Its case: signed, not filed.
pub(crate) fn case() -> Case {
    Case { department: Some("教育局".to_owned()), ..sample::case(7, "ab".repeat(32)) }
}

/// A total in yuan.
pub(crate) fn total(amount: &str) -> Money {
    Money {
        amount: Some(amount.parse().expect(amount)),
        currency: "CNY".to_owned(),
        kind: MoneyKind::Total,
        per: None,
        tax: Tax::Unknown,
    }
}

/// A term with its days.
pub(crate) fn term(start: Option<Date>, end: Option<Date>) -> Option<Term> {
    Some(Term { start, end, duration: None, text: "期限".to_owned() })
}

/// An instalment; empty text for what is not stated.
pub(crate) fn instalment(percent: &str, trigger: &str, due: &str) -> Instalment {
    Instalment {
        payment: Payment {
            name: None,
            percent: percent.parse().ok(),
            cumulative: false,
            amount: None,
            currency: None,
            every: None,
            trigger: (!trigger.is_empty()).then(|| trigger.to_owned()),
            due: due.parse().ok(),
            method: None,
        },
        page: Some(3),
        quote: trigger.to_owned(),
    }
}

/// A person's note on a node.
pub(crate) fn mark(node: &str, kind: MarkKind, date: Date) -> NodeMark {
    NodeMark {
        case: CaseId(7),
        node: node.to_owned(),
        kind,
        date,
        amount: None,
        name: "节点".to_owned(),
        by: "王小明".to_owned(),
        at: "2024-05-06T07:08:09Z".parse().expect("a time"),
    }
}

fn party(role: &str, side: Side, name: &str) -> PartyParticulars {
    PartyParticulars {
        role: role.to_owned(),
        side,
        kind: PartyKind::Organisation,
        name: Some(name.to_owned()),
        uscc: None,
    }
}

/// A record of which no rule said anything.
pub(crate) fn record() -> Record {
    sample::record("ab".repeat(32))
}

/// A classification by a rule.
pub(crate) fn finding(rule: &str, outcome: Outcome) -> Finding {
    Finding {
        rule: rule.to_owned(),
        pack: "luohu-2018".to_owned(),
        severity: Severity::Classification,
        outcome,
        fingerprint: String::new(),
        basis: Vec::new(),
        message: "标的12500000元，达到1000万元。".to_owned(),
        why: String::new(),
        suggestion: String::new(),
        evidence: Vec::new(),
    }
}
