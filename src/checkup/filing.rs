//! `filing-overdue` (逾期备案): registration within ten working days of the last signature, the paper original within five of
//! registration (《办法》第四十九条第二款、第三款).
//!
//! The text of a contract cannot tell: the days of filing stand in its case. Where the case says nothing of filing at all, nobody
//! may have entered it, and the answer is that it cannot be told (待核), with the arithmetic.

use jiff::civil::Date;

use crate::duties::{Deadline, Deadlines};
use crate::model::case::{Case, FilingState};
use crate::model::record::Kind;
use crate::model::{Basis, Finding, Outcome, Record, Severity};
use crate::rules::fingerprint;

/// Slug of the rule.
pub const RULE: &str = "filing-overdue";

/// Title of the rule.
pub const TITLE: &str = "逾期备案";

const WHY: &str = "未备案的合同不得办理支付；逾期备案由备案管理部门督促，并计入年度合同管理情况。";

/// What the check needs to know.
#[derive(Debug, Clone, Copy)]
pub struct Filing<'a> {
    /// The case with its days of filing.
    pub case: &'a Case,
    /// The record that stands for it, people's word laid over it.
    pub record: &'a Record,
    /// The day of the check.
    pub today: Date,
}

impl Filing<'_> {
    /// The finding, if there is one: at most one, on what is due first.
    pub fn check(&self, deadlines: &Deadlines) -> Option<Finding> {
        let unsigned = matches!(self.case.state, FilingState::Draft | FilingState::Reviewed);
        if unsigned || self.record.kind == Kind::NotAContract || self.is_exempt() {
            return None;
        }
        let found = self.due(deadlines)?;
        Some(if self.price_was_corrected() { doubtfully_exempt(found) } else { found })
    }

    /// What is late, for a contract that has to be filed.
    fn due(&self, deadlines: &Deadlines) -> Option<Finding> {
        let Some(signed) = self.signed() else {
            let known = self.case.registered.is_some();
            return (!known).then(|| self.undated(deadlines.filing_basis()));
        };
        let filing = deadlines.filing(signed)?;
        match self.case.registered {
            None => self.unregistered(&filing),
            Some(registered) if registered > filing.date => Some(self.found(
                Outcome::Hit,
                &filing,
                &format!("于{registered}备案登记，晚于期限{}天", days(filing.date, registered)),
                "补记逾期原因，并核对此前有无支付。",
            )),
            Some(registered) => self.paper(&deadlines.paper_original(registered, Some(signed))?),
        }
    }

    fn signed(&self) -> Option<Date> {
        self.record.fields.sign_date.as_ref().map(|date| date.value)
    }

    /// Purchases up to the limit need no filing (第四十九条第四款).
    fn is_exempt(&self) -> bool {
        self.seems_exempt() && !self.price_was_corrected()
    }

    /// By the price that was read.
    fn seems_exempt(&self) -> bool {
        let exempt = |finding: &Finding| finding.rule == "filing-exempt" && finding.outcome == Outcome::Hit;
        self.record.findings.iter().any(exempt)
    }

    /// Did a person give another price than the one that the exemption rests on?
    fn price_was_corrected(&self) -> bool {
        let amount = self.record.fields.amount.as_ref();
        self.seems_exempt() && amount.is_some_and(|amount| amount.method == "person/corrected")
    }

    /// Does the office enter filing here for this contract?
    fn is_followed(&self) -> bool {
        self.case.state_set || self.case.filing_number.is_some() || self.case.paper_received.is_some()
    }

    fn unregistered(&self, filing: &Deadline) -> Option<Finding> {
        let late = (self.today > filing.date).then(|| days(filing.date, self.today))?;
        let remedy = "尽快办理备案登记；已经备案的，用 hetong case 记入备案日期和编号。";
        let (outcome, what) = match self.is_followed() && self.case.state < FilingState::Filed {
            true => (Outcome::Hit, format!("至{}未见备案登记，逾期{late}天", self.today)),
            false => (
                Outcome::CannotTell,
                format!("期限已过{late}天，库中没有该合同的备案登记日期，无法判断是否逾期"),
            ),
        };
        Some(self.found(outcome, filing, &what, remedy))
    }

    fn paper(&self, paper: &Deadline) -> Option<Finding> {
        let (until, what) = match self.case.paper_received {
            Some(received) => (received, format!("于{received}送交纸质原件，晚于期限")),
            None => (self.today, format!("至{}未见纸质原件送交记录，逾期", self.today)),
        };
        let late = (until > paper.date).then(|| days(paper.date, until))?;
        let remedy = "尽快送交纸质原件；已经送交的，用 hetong case 记入送交日期。";
        Some(self.found(Outcome::Hit, paper, &format!("{what}{late}天"), remedy))
    }

    fn undated(&self, basis: Basis) -> Finding {
        let message = format!(
            "{TITLE}：无法判断，未读得签订日期，备案期限无从起算（《办法》第四十九条第二款）。请人工核对。"
        );
        self.finding(
            Outcome::CannotTell,
            Severity::Risk,
            vec![basis],
            message,
            "核定签订日期，并记入备案登记日期。",
        )
    }

    /// A deadline that was missed. Past the last notice of holidays the day itself is doubtful.
    fn found(&self, outcome: Outcome, deadline: &Deadline, what: &str, remedy: &str) -> Finding {
        let provisional = deadline.provisional.as_ref();
        let outcome = if provisional.is_some() { Outcome::CannotTell } else { outcome };
        let doubt = provisional.map(|why| format!("（期限暂定：{why}）")).unwrap_or_default();
        let message = format!("{what}（{}）。{}{doubt}。", deadline.cited, deadline.arithmetic);
        // A regulation that is followed by analogy only warns.
        let analogy = deadline.cited.starts_with("参照");
        let severity = if analogy { Severity::Risk } else { Severity::Violation };
        self.finding(outcome, severity, deadline.basis.clone(), message, remedy)
    }

    fn finding(
        &self,
        outcome: Outcome,
        severity: Severity,
        basis: Vec<Basis>,
        message: String,
        suggestion: &str,
    ) -> Finding {
        let about = basis.first().and_then(|basis| basis.paragraph).unwrap_or_default();
        // The rule belongs to the regulation whose term it counts.
        let pack = basis.first().map(|basis| basis.source.clone()).unwrap_or_default();
        let signed = self.record.fields.sign_date.as_ref();
        Finding {
            rule: RULE.to_owned(),
            severity,
            outcome,
            // Stays while the days go by.
            fingerprint: fingerprint([&pack, RULE, "", &format!("第{about}款")]),
            pack,
            basis,
            message,
            why: WHY.to_owned(),
            suggestion: suggestion.to_owned(),
            evidence: signed.map(|date| date.evidence.clone()).unwrap_or_default(),
        }
    }
}

fn days(from: Date, until: Date) -> i32 {
    (until - from).get_days()
}

/// The rule on exemption judged by another price: whether the contract has to be filed at all is for a person to say.
fn doubtfully_exempt(mut finding: Finding) -> Finding {
    finding.outcome = Outcome::CannotTell;
    finding.message.push_str("合同价款已由人更正，是否仍可不备案（《办法》第四十九条第四款）请先核对。");
    finding
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::dictionaries::Dictionaries;
    use crate::engine::{Engine, Identity, Options};
    use crate::model::case::CaseId;
    use crate::read::read_here;

    fn record(signed: &str) -> Record {
        let engine = Engine::new(&Dictionaries::embedded()).expect("own dictionaries");
        let text = format!(
            "设备采购合同\n甲方：深圳市罗湖区教育局\n乙方：深圳市远航设备有限公司\n合同总价为人民币 980,000.00 元。\n签订日期：{signed}\n"
        );
        let bytes = text.as_bytes();
        engine
            .analyse(&read_here(bytes), &Identity::of(bytes, "a.txt"), Options::default())
            .swap_remove(0)
            .record
    }

    fn case(state: FilingState, registered: Option<Date>, paper: Option<Date>) -> Case {
        Case {
            id: CaseId(1),
            record: String::new(),
            state,
            state_set: true,
            department: None,
            undertaker: None,
            filing_number: None,
            registered,
            paper_received: paper,
            revision: 0,
            content: 0,
        }
    }

    fn check(case: &Case, record: &Record, today: Date) -> Option<Finding> {
        let deadlines = Deadlines::new(&Dictionaries::embedded()).expect("own dictionaries");
        Filing { case, record, today }.check(&deadlines)
    }

    #[test]
    fn an_exemption_by_a_price_that_a_person_corrected_is_in_doubt() {
        let mut record = record("2022年3月1日");
        let signed = case(FilingState::Signed, None, None);
        let mut exempt = check(&signed, &record, date(2022, 3, 16)).expect("overdue");
        exempt.rule = "filing-exempt".to_owned();
        record.findings.push(exempt);
        assert_eq!(check(&signed, &record, date(2022, 3, 16)), None);
        record.fields.amount.as_mut().expect("a price").method = "person/corrected".to_owned();
        let doubt = check(&signed, &record, date(2022, 3, 16)).expect("in doubt");
        assert_eq!(doubt.outcome, Outcome::CannotTell);
        assert!(doubt.message.contains("是否仍可不备案"), "{}", doubt.message);
    }

    #[test]
    fn ten_working_days_to_register() {
        let record = record("2022年3月1日");
        let signed = case(FilingState::Signed, None, None);
        assert_eq!(check(&signed, &record, date(2022, 3, 15)), None);
        let late = check(&signed, &record, date(2022, 3, 16)).expect("overdue");
        assert_eq!((late.severity, late.outcome), (Severity::Violation, Outcome::Hit));
        assert!(late.message.contains("逾期1天（《办法》第四十九条第二款）"), "{}", late.message);
        assert!(late.message.contains("2022-03-01 最后一方签署 + 10个工作日"), "{}", late.message);
        assert_eq!(
            late.fingerprint,
            check(&signed, &record, date(2023, 3, 16)).expect("overdue").fingerprint
        );
        let late = case(FilingState::Filed, Some(date(2022, 3, 18)), None);
        assert!(check(&late, &record, date(2022, 3, 18)).expect("late").message.contains("晚于期限3天"));
    }

    #[test]
    fn five_more_for_the_paper_original() {
        let record = record("2022年3月1日");
        let filed = case(FilingState::Filed, Some(date(2022, 3, 10)), None);
        assert_eq!(check(&filed, &record, date(2022, 3, 17)), None);
        let late = check(&filed, &record, date(2022, 3, 18)).expect("overdue");
        assert_eq!(late.basis[0].paragraph, Some(3));
        let handed_in = case(FilingState::Filed, Some(date(2022, 3, 10)), Some(date(2022, 3, 17)));
        assert_eq!(check(&handed_in, &record, date(2024, 1, 1)), None);
    }

    #[test]
    fn an_archive_without_a_book_of_filing_cannot_tell() {
        let untouched = Case { state_set: false, ..case(FilingState::Signed, None, None) };
        let found = check(&untouched, &record("2022年3月1日"), date(2024, 1, 1)).expect("open");
        assert_eq!(found.outcome, Outcome::CannotTell);
        let undated = check(&untouched, &record("____年__月__日"), date(2024, 1, 1)).expect("open");
        assert!(undated.message.contains("未读得签订日期"), "{}", undated.message);
    }

    #[test]
    fn drafts_and_contracts_before_the_regulation_owe_nothing() {
        let signed = case(FilingState::Signed, None, None);
        assert_eq!(
            check(&case(FilingState::Draft, None, None), &record("2022年3月1日"), date(2024, 1, 1)),
            None
        );
        assert_eq!(check(&signed, &record("2018年3月1日"), date(2024, 1, 1)), None);
        let after = check(&signed, &record("2024年3月1日"), date(2024, 6, 1)).expect("overdue");
        assert_eq!(after.severity, Severity::Risk);
        assert!(after.message.contains("参照原《办法》"));
    }
}
