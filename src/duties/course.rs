//! How a contract is performed (履行情况), as its nodes and the agreements that hang on it tell: what was noted as done, what is
//! late on which side, what changed; and the anomalies and disputes that people entered, which no contract's text tells.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::agenda::Contract;
use super::deadline::Deadlines;
use super::node::{Node, NodeKind, When};
use crate::model::fields::Direction;
use crate::model::incident::Incident;
use crate::model::node::MarkKind;

/// How one contract is performed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Course {
    /// Nodes noted as done up to the day.
    pub done: u32,
    /// Those of them that were done in the period.
    pub done_in_period: u32,
    /// Nodes whose day is past and that are not noted as done, earliest first.
    pub late: Vec<Late>,
    /// Nodes still to come, or waiting for an event.
    pub open: u32,
    /// Agreements signed in the period that change or end it: `变更协议：《…》（2024-06-01签订，记录3f9a01c2）`.
    pub changed: Vec<String>,
    /// Anomalies and disputes that people entered, there in the period.
    pub incidents: Vec<Incident>,
}

/// A node whose day is past.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Late {
    /// Its day.
    #[schemars(with = "String")]
    pub date: Date,
    /// What was to be done.
    pub what: String,
    /// Was the other side to do it?
    pub theirs: bool,
    /// Later days of the same that are past, too.
    pub more: u32,
}

/// From which day to which a report counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub from: Date,
    /// The last day, or today where that is earlier.
    pub until: Date,
}

impl Course {
    /// `已履行2，逾期1，待履行3`; says so where there are no nodes.
    pub fn in_words(&self) -> String {
        let late = self.late.iter().map(Late::count).sum::<u64>();
        let counts = [("已履行", u64::from(self.done)), ("逾期", late), ("待履行", u64::from(self.open))];
        let told = counts.into_iter().filter(|(_, n)| *n > 0).map(|(name, n)| format!("{name}{n}"));
        let told: Vec<String> = told.collect();
        if told.is_empty() { "未读到节点".to_owned() } else { told.join("，") }
    }
}

impl Late {
    /// Days that are past, this one and later ones.
    pub fn count(&self) -> u64 {
        u64::from(self.more).saturating_add(1)
    }

    /// What was to be done, with the number of later days: `按月（其后另有17期）`.
    pub fn in_words(&self) -> String {
        match self.more {
            0 => self.what.clone(),
            more => format!("{}（其后另有{more}期）", self.what),
        }
    }
}

impl Deadlines {
    /// How a contract is performed up to the end of a span.
    pub fn course(&self, contract: Contract<'_>, span: Span) -> Course {
        let changes = self.changes(contract.particulars, contract.amendments);
        let nodes = self.nodes(&changes.laid_over(contract.particulars), contract.marks);
        let mut course = Course::default();
        for node in &nodes {
            match &node.when {
                When::On(planned) => course.count(contract, node, &node.key, Some(planned.date), span),
                When::Recurs(days) => course.count_days(contract, node, days, span),
                When::Awaits(_) | When::Untold(_) => course.count(contract, node, &node.key, None, span),
            }
        }
        course.late.sort_by_key(|late| late.date);
        let signed = |day: &Date| (span.from..=span.until).contains(day);
        let new = contract.amendments.iter().filter(|a| a.particulars.sign_date.as_ref().is_some_and(signed));
        course.changed =
            new.map(|amendment| format!("{}：{}", amendment.kind.label(), amendment.source())).collect();
        let was_open = |incident: &&Incident| incident.was_open(span.from, span.until);
        course.incidents = contract.incidents.iter().filter(was_open).cloned().collect();
        course
    }
}

impl Course {
    /// Counts each of the days that come round; those that are late stand as one, at the first of them.
    fn count_days(&mut self, contract: Contract<'_>, node: &Node, days: &[Date], span: Span) {
        let before = self.late.len();
        for day in days {
            self.count(contract, node, &format!("{}@{day}", node.key), Some(*day), span);
        }
        let missed = self.late.len().saturating_sub(before);
        self.late.truncate(before.saturating_add(1));
        if let Some(first) = self.late.get_mut(before) {
            first.more = u32::try_from(missed.saturating_sub(1)).unwrap_or(u32::MAX);
        }
    }

    fn count(&mut self, contract: Contract<'_>, node: &Node, key: &str, day: Option<Date>, span: Span) {
        let done = contract.marks.iter().find(|mark| mark.kind == MarkKind::Done && mark.node == key);
        if let Some(done) = done.filter(|done| done.date <= span.until) {
            self.done = self.done.saturating_add(1);
            self.done_in_period = self.done_in_period.saturating_add(u32::from(done.date >= span.from));
            return;
        }
        match day.filter(|day| *day < span.until) {
            Some(date) if !contract.case.state.is_over() => {
                let theirs = is_theirs(contract, node);
                self.late.push(Late { date, what: node.name.clone(), theirs, more: 0 });
            }
            Some(_) => {}
            None => self.open = self.open.saturating_add(1),
        }
    }
}

/// The end of the term is when the other side has performed; it pays where the government receives. What a person added
/// may be anybody's and counts as the office's own.
fn is_theirs(contract: Contract<'_>, node: &Node) -> bool {
    let receives = contract.particulars.direction == Some(Direction::Receives);
    node.kind == NodeKind::End || node.kind == NodeKind::Payment && receives
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::dictionaries::Dictionaries;
    use crate::duties::{Amendment, sample};
    use crate::model::case::{FilingState, LinkKind, Particulars};

    #[test]
    fn what_is_done_late_and_open_is_counted_once() {
        let deadlines = Deadlines::new(&Dictionaries::embedded()).expect("well-formed dictionaries");
        let (mut case, mut contract) = (sample::case(), sample::contract());
        contract.payments = vec![
            sample::instalment("30", "合同签订后", "P30D"),
            sample::instalment("60", "合同签订后", "P60D"),
            sample::instalment("10", "验收合格后", "P10D"),
        ];
        let agreement = Particulars { sign_date: Some(date(2023, 6, 1)), term: None, ..sample::contract() };
        let amendments =
            [Amendment { kind: LinkKind::Change, record: "cdcdcdcdcd", particulars: &agreement }];
        let key = deadlines.nodes(&contract, &[])[0].key.clone();
        let marks = [sample::mark(&key, MarkKind::Done, date(2023, 5, 10))];
        let span = Span { from: date(2023, 1, 1), until: date(2023, 6, 30) };
        let told = |case: &_| {
            let contract = Contract {
                case,
                particulars: &contract,
                marks: &marks,
                amendments: &amendments,
                incidents: &[],
            };
            deadlines.course(contract, span)
        };
        let course = told(&case);
        assert_eq!((course.done, course.done_in_period, course.late.len(), course.open), (1, 1, 1, 2));
        assert_eq!((course.late[0].date, course.late[0].theirs), (date(2023, 6, 17), false));
        assert_eq!(course.in_words(), "已履行1，逾期1，待履行2");
        assert!(course.changed[0].starts_with("变更协议：《急救设备采购合同》（2023-06-01签订"));
        let mut rent = sample::instalment("", "", "");
        (rent.payment.every, rent.quote) = (Some("月".to_owned()), "每月5日前缴纳租金".to_owned());
        let rented = Particulars { payments: vec![rent], ..contract.clone() };
        let of = Contract { case: &case, particulars: &rented, marks: &[], amendments: &[], incidents: &[] };
        let late = deadlines.course(of, span).late;
        assert_eq!((late.len(), late[0].count()), (1, 2));
        assert_eq!(late[0].in_words(), "按月（其后另有1期）");
        case.state = FilingState::Ended;
        assert_eq!(told(&case).late, []);
    }
}
