//! Made-up contracts for this module's tests.

use rust_decimal::Decimal;

use crate::model::Status;
use crate::model::case::{Case, CaseId, FilingState, FindingCounts, Particulars, PartyParticulars};
use crate::model::fields::{Direction, Money, MoneyKind, PartyKind, Side, Tax, Term};
use crate::model::record::{Kind, Stage};

/// A case of that number: signed, of a department.
pub(super) fn case(number: i64) -> Case {
    Case {
        id: CaseId(number),
        record: format!("{number:064x}"),
        state: if number % 3 == 0 { FilingState::Filed } else { FilingState::Signed },
        state_set: number % 3 == 0,
        department: (number % 5 != 0).then(|| format!("样例{}科", number % 4)),
        undertaker: Some("李四".to_owned()),
        filing_number: (number % 3 == 0).then(|| format!("BA-{number:06}")),
        registered: None,
        paper_received: None,
        revision: 0,
        content: 1,
    }
}

/// A purchase at that price; its parties, type and day follow from the number.
pub(super) fn particulars(number: i64, amount: Option<Money>) -> Particulars {
    let day = |text: String| text.parse().ok();
    let party = |role: &str, side: Side, name: String| PartyParticulars {
        role: role.to_owned(),
        side,
        kind: PartyKind::Organisation,
        name: Some(name),
        uscc: Some("91440300MA5SAMPLE0".to_owned()),
    };
    Particulars {
        kind: Kind::Contract,
        stage: Stage::Signed,
        status: Status::Complete,
        path: format!("2024/采购/{number}.pdf"),
        title: Some(format!("第{number}号设备采购及安装服务合同")),
        contract_number: Some(format!("LH-2024-{number:06}")),
        contract_type: Some(if number % 2 == 0 {
            ("sale", "买卖合同")
        } else {
            ("service", "服务合同")
        })
        .map(|(code, label)| (code.to_owned(), label.to_owned())),
        article5: vec!["fiscal-funds".to_owned()],
        subject: None,
        parties: vec![
            party("甲方", Side::Government, "深圳市罗湖区样例局".to_owned()),
            party("乙方", Side::Counterparty, format!("深圳市样例{}科技有限公司", number % 7)),
        ],
        amount,
        price_corrected: false,
        direction: Some(Direction::Pays),
        term: Some(Term {
            start: day("2024-04-01".to_owned()),
            end: None,
            duration: None,
            text: String::new(),
        }),
        sign_date: day(format!("2024-{:02}-{:02}", number % 12 + 1, number % 28 + 1)),
        effective: None,
        payments: Vec::new(),
        findings: FindingCounts { violations: u32::from(number % 11 == 0), ..FindingCounts::default() },
        classifications: Vec::new(),
        decided: Vec::new(),
        unsettled: 0,
        confidence: 0.93,
    }
}

/// A total.
pub(super) fn total(amount: &str, currency: &str) -> Option<Money> {
    Some(money(amount, currency, MoneyKind::Total))
}

/// A price.
pub(super) fn money(amount: &str, currency: &str, kind: MoneyKind) -> Money {
    Money {
        amount: amount.parse::<Decimal>().ok(),
        currency: currency.to_owned(),
        kind,
        per: None,
        tax: Tax::Included,
    }
}
