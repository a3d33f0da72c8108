//! What is due of one contract.

use std::borrow::Cow;

use jiff::civil::Date;

use super::{Due, Untold, Window};
use crate::duties::changes::{Amendment, Changes};
use crate::duties::deadline::{Deadline, DeadlineKind, Deadlines};
use crate::duties::node::{END, Node, NodeKind, Planned, When};
use crate::model::case::{Case, FilingState, Particulars};
use crate::model::fields::{Direction, Side};
use crate::model::incident::Incident;
use crate::model::node::{MarkKind, NodeMark};
use crate::model::record::{Kind, Stage};

/// A contract with all that its deadlines rest on.
#[derive(Debug, Clone, Copy)]
pub struct Contract<'a> {
    /// Its case.
    pub case: &'a Case,
    /// What was read, with people's word laid over it.
    pub particulars: &'a Particulars,
    /// What people noted of its nodes.
    pub marks: &'a [NodeMark],
    /// Agreements that a person linked to it.
    pub amendments: &'a [Amendment<'a>],
    /// Anomalies and disputes that people entered.
    pub incidents: &'a [Incident],
}

/// What is gathered of one contract.
pub(super) struct Gathering<'a> {
    contract: Contract<'a>,
    changes: Changes,
    /// The contract as agreements changed it.
    amended: Cow<'a, Particulars>,
    deadlines: &'a Deadlines,
    window: Window,
    items: Vec<Due>,
    untold: Vec<Untold>,
}

impl Deadlines {
    /// What is due of a contract, and what cannot be told of it. Drafts owe nothing yet, ended contracts nothing more.
    pub fn due(&self, contract: Contract<'_>, window: Window) -> (Vec<Due>, Vec<Untold>) {
        let changes = self.changes(contract.particulars, contract.amendments);
        let amended = changes.laid_over(contract.particulars);
        let (items, untold) = (Vec::new(), Vec::new());
        let mut gathering = Gathering { contract, changes, amended, deadlines: self, window, items, untold };
        if contract.is_running() {
            gathering.filing();
            gathering.nodes();
            gathering.incidents();
            gathering.renewal();
        }
        (gathering.items, gathering.untold)
    }
}

impl Contract<'_> {
    /// Signed and not yet ended? Where the text does not tell whether it is signed, a day of signing speaks for it.
    fn is_running(&self) -> bool {
        match self.case.state {
            FilingState::Draft | FilingState::Reviewed => self.seems_signed(),
            state => !state.is_over(),
        }
    }

    fn seems_signed(&self) -> bool {
        let read = self.particulars;
        !self.case.state_set && read.stage == Stage::Unknown && read.sign_date.is_some()
    }

    fn is_classified(&self, rule: &str) -> bool {
        let named = |class: &String| class.rsplit_once('/').is_some_and(|(_, name)| name == rule);
        self.particulars.classifications.iter().any(named)
    }

    /// Need it not be filed (第四十九条第四款)? The rule judges by the price that was read.
    fn is_exempt(&self) -> bool {
        self.is_classified("filing-exempt") && !self.particulars.price_corrected
    }

    fn mark(&self, kind: MarkKind, node: &str) -> Option<&NodeMark> {
        self.marks.iter().find(|mark| mark.kind == kind && mark.node == node)
    }

    /// What was taken for granted of the contract as a whole.
    fn assumption(&self) -> Option<String> {
        let assumed = [
            (self.seems_signed(), "从文字看不出是否已签署，按所载签订日期推算"),
            (
                self.is_classified("filing-exempt") && self.particulars.price_corrected,
                "合同价款已由人更正，是否仍可不备案（第四十九条第四款）请按更正后的价款核对",
            ),
            (self.is_classified("not-a-government-contract"), "可能不属于政府合同，请先核对归类"),
            (
                self.case.state == FilingState::Changed && self.amendments.is_empty(),
                "合同已变更，补充协议另有约定的从其约定",
            ),
        ];
        let told: Vec<&str> = assumed.into_iter().filter(|(holds, _)| *holds).map(|(_, told)| told).collect();
        (!told.is_empty()).then(|| told.join("；"))
    }
}

impl Gathering<'_> {
    /// Registration, then the paper original; neither for what is exempt (第四十九条第四款).
    fn filing(&mut self) {
        let Contract { case, particulars, .. } = self.contract;
        match (case.registered, particulars.sign_date) {
            (Some(registered), signed) if case.paper_received.is_none() => {
                let paper = self.deadlines.paper_original(registered, signed);
                self.add_whole(paper);
            }
            (Some(_), _) => {}
            (None, _) if self.contract.is_exempt() => {}
            (None, _) if case.state == FilingState::Filed || case.filing_number.is_some() => {
                self.cannot_tell(DeadlineKind::PaperOriginal, "已备案，未记备案登记日期");
            }
            (None, Some(signed)) => {
                let filing = self.deadlines.filing(signed);
                self.add_whole(filing);
            }
            (None, None) => self.cannot_tell(DeadlineKind::Filing, "未读到签订日期"),
        }
    }

    fn nodes(&mut self) {
        for node in self.deadlines.nodes(&self.amended, self.contract.marks) {
            let node = self.changes.retold(node);
            match &node.when {
                When::On(planned) => self.node(&node, &node.key, planned),
                When::Recurs(days) => self.recurring(&node, days),
                When::Awaits(_) | When::Untold(_) => self.report(&node, &node.key),
            }
        }
    }

    /// A node on a day: due until it is done, then to be reported.
    fn node(&mut self, node: &Node, key: &str, planned: &Planned) {
        if self.contract.mark(MarkKind::Done, key).is_some() {
            return self.report(node, key);
        }
        let kind = if node.kind == NodeKind::End { DeadlineKind::TermEnd } else { DeadlineKind::Node };
        let deadline = Deadline {
            kind,
            date: planned.date,
            arithmetic: planned.arithmetic.clone(),
            cited: node.page.map_or_else(|| "合同约定".to_owned(), |page| format!("合同约定（第{page}页）")),
            basis: Vec::new(),
            provisional: planned.provisional.clone(),
            assumption: None,
        };
        self.add(deadline, node.name.clone(), Some((node, key)));
        self.limitation(node, key, planned.date);
    }

    /// The days that come round: those to come one by one, those missed as one, at the first of them.
    fn recurring(&mut self, node: &Node, days: &[Date]) {
        let contract = self.contract;
        let key = |day: &Date| format!("{}@{day}", node.key);
        let is_marked = contract.marks.iter().any(|mark| mark.node.starts_with(&node.key));
        let is_open = |day: &&Date| !is_marked || contract.mark(MarkKind::Done, &key(day)).is_none();
        let open: Vec<Date> = days.iter().filter(is_open).copied().collect();
        let (missed, coming): (Vec<Date>, Vec<Date>) =
            open.into_iter().partition(|day| *day < self.window.as_of);
        for day in missed.first().into_iter().chain(&coming) {
            let others = if *day < self.window.as_of { missed.len().saturating_sub(1) } else { 0 };
            let mut arithmetic = format!("{day} 合同约定的付款日");
            if others > 0 {
                arithmetic.push_str(&format!("，其后至今另有{others}期未记完成"));
            }
            let planned = Planned { date: *day, arithmetic, provisional: None };
            self.node(node, &key(day), &planned);
        }
        for day in days.iter().filter(|day| !is_open(day)) {
            self.report(node, &key(day));
        }
    }

    /// What was done is reported within some days (第五十九条第一款).
    fn report(&mut self, node: &Node, key: &str) {
        let Some(done) = self.contract.mark(MarkKind::Done, key) else { return };
        if self.contract.mark(MarkKind::Reported, key).is_some() {
            return;
        }
        let signed = self.contract.particulars.sign_date;
        if let Some(report) = self.deadlines.node_report(done.date, signed) {
            self.add(report, format!("节点填报：{}", node.name), Some((node, key)));
        }
    }

    /// What keeps the contract from being performed is reported within some days (第五十九条第二款).
    fn incidents(&mut self) {
        let signed = self.contract.particulars.sign_date;
        let open = |incident: &&Incident| incident.kind.is_reported() && incident.reported.is_none();
        for incident in self.contract.incidents.iter().filter(open) {
            if let Some(report) = self.deadlines.incident_report(incident.date, signed) {
                let (kind, what) = (incident.kind.label(), &incident.what);
                self.add(report, format!("异常填报（第{}项）：{kind}：{what}", incident.number), None);
            }
        }
    }

    /// Suing over what the other side owes: the end of the term, and payments that the government side receives.
    fn limitation(&mut self, node: &Node, key: &str, due: Date) {
        let receives = self.contract.particulars.direction == Some(Direction::Receives);
        let owed = node.kind == NodeKind::End || node.kind == NodeKind::Payment && receives;
        if !owed || due >= self.window.as_of {
            return;
        }
        let Some(limit) = self.deadlines.limitation(due, self.contract.particulars.sign_date) else { return };
        if limit.expiry >= self.window.as_of {
            let what = format!("{}：{}", limit.deadline.kind.label(), node.name);
            self.add(limit.deadline, what, Some((node, key)));
        }
    }

    /// Asking for renewal, as long as the term runs; for contracts that are renewed at all.
    fn renewal(&mut self) {
        let read = self.contract.particulars;
        let code = read.contract_type.as_ref().map(|(code, _)| code.as_str());
        if read.kind == Kind::Supplement
            || !self.deadlines.is_renewed(code)
            || self.contract.mark(MarkKind::Done, END).is_some()
        {
            return;
        }
        let Some(When::On(end)) = self.deadlines.term_end(&self.amended) else { return };
        let begins = read.term.as_ref().and_then(|term| term.start).or(read.sign_date);
        let mut renewal = self.deadlines.renewal(end.date, read.sign_date);
        if let (Some(renewal), Some(changed)) = (&mut renewal, self.changes.end()) {
            renewal.arithmetic = format!("{changed}；{}", renewal.arithmetic);
        }
        // A term that is shorter than the notice leaves no day for it.
        let fits = |deadline: &Deadline| begins.is_some_and(|begin| begin < deadline.date);
        if end.date >= self.window.as_of {
            self.add_whole(renewal.filter(fits));
        }
    }

    /// A deadline of the contract as a whole.
    fn add_whole(&mut self, deadline: Option<Deadline>) {
        if let Some(deadline) = deadline {
            let what = deadline.kind.label().to_owned();
            self.add(deadline, what, None);
        }
    }

    fn add(&mut self, mut deadline: Deadline, what: String, node: Option<(&Node, &str)>) {
        if deadline.date > self.window.until {
            return;
        }
        let sum = node.and_then(|(node, _)| node.sum.as_ref());
        let assumed = [deadline.assumption.take(), self.contract.assumption()];
        let mut assumed: Vec<String> = assumed.into_iter().flatten().collect();
        if !matches!(deadline.kind, DeadlineKind::Filing | DeadlineKind::PaperOriginal) {
            assumed.extend(self.changes.doubts(
                deadline.date,
                sum,
                self.contract.particulars.amount.as_ref(),
            ));
        }
        deadline.assumption = (!assumed.is_empty()).then(|| assumed.join("；"));
        let Contract { case, particulars, .. } = self.contract;
        self.items.push(Due {
            case: case.id.0,
            record: case.record.clone(),
            title: particulars.title.clone(),
            number: case.filing_number.clone().or_else(|| particulars.contract_number.clone()),
            counterparty: particulars.names(Side::Counterparty).next().map(str::to_owned),
            department: case.department.clone(),
            undertaker: case.undertaker.clone(),
            what,
            node: node.map(|(_, key)| key.to_owned()),
            amount: sum.filter(|sum| !self.changes.unsettles(sum)).map(|sum| sum.amount),
            days_left: (deadline.date - self.window.as_of).get_days(),
            deadline,
        });
    }

    fn cannot_tell(&mut self, kind: DeadlineKind, why: &str) {
        self.untold.push(Untold {
            case: self.contract.case.id.0,
            record: self.contract.case.record.clone(),
            title: self.contract.particulars.title.clone(),
            kind,
            why: format!("{why}，无法推算期限"),
        });
    }
}
