//! Performance in a report: what nodes, states and linked agreements tell of the contracts signed in the period or still
//! being performed in it (第六十条第三款第（一）至（三）项).

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::super::Row;
use crate::duties::{Course, Late};
use crate::model::incident::{Incident, IncidentKind};

/// What is known of performance.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Performance {
    /// The day up to which nodes were looked at.
    #[schemars(with = "Option<String>")]
    pub until: Option<Date>,
    /// Every contract, in the order in which they came.
    pub contracts: Vec<Performed>,
}

/// One contract.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Performed {
    /// The contract's line of the ledger.
    pub row: Row,
    /// What it is about (标的).
    pub subject: Option<String>,
    /// How it is performed.
    pub course: Course,
}

/// A late node with its contract.
pub(super) type LateOf<'a> = (&'a Performed, &'a Late);

impl Performance {
    /// Nodes noted as done in the period.
    pub fn done_in_period(&self) -> u64 {
        self.contracts.iter().map(|contract| u64::from(contract.course.done_in_period)).sum()
    }

    /// Nodes whose day is past and that nobody noted as done, of the other side or of the office's own; earliest first.
    pub(super) fn late(&self, theirs: bool) -> Vec<LateOf<'_>> {
        let of = |contract| move |late| (contract, late);
        let all = self
            .contracts
            .iter()
            .flat_map(|contract: &Performed| contract.course.late.iter().map(of(contract)));
        let mut late: Vec<LateOf<'_>> = all.filter(|(_, late)| late.theirs == theirs).collect();
        late.sort_by_key(|(contract, late)| (late.date, contract.row.case));
        late
    }

    /// Agreements of the period that change or end contracts, with the contract.
    pub(super) fn changed(&self) -> Vec<(&Performed, &str)> {
        let of = |contract: &'_ Performed| contract.course.changed.len();
        let all = self.contracts.iter().filter(|contract| of(contract) > 0);
        all.flat_map(|contract| contract.course.changed.iter().map(move |told| (contract, told.as_str())))
            .collect()
    }

    /// What people entered of these kinds, with the contract; earliest first.
    pub(super) fn incidents(&self, which: fn(IncidentKind) -> bool) -> Vec<(&Performed, &Incident)> {
        let of = |contract| move |incident| (contract, incident);
        let all = self.contracts.iter();
        let all = all.flat_map(|contract: &Performed| contract.course.incidents.iter().map(of(contract)));
        let mut told: Vec<(&Performed, &Incident)> =
            all.filter(|(_, incident)| which(incident.kind)).collect();
        told.sort_by_key(|(contract, incident)| (incident.date, contract.row.case, incident.number));
        told
    }

    /// What was counted, in a sentence.
    pub(super) fn summary(&self) -> String {
        let until = self.until.map(|day| format!("截至{day}，")).unwrap_or_default();
        let count = |theirs| self.late(theirs).iter().map(|(_, late)| late.count()).sum::<u64>();
        let [theirs, ours] = [true, false].map(count);
        format!(
            "{until}本期签订和此前签订仍在履行的合同共{}份；本期记录已履行节点{}个，到期未记录履行的：对方{theirs}个、本部门{ours}个；\
             本期签订的补充、变更、终止协议{}份；登记的异常情况{}项、争议和涉诉{}项。节点取自合同文字和人工记录，未记录不等于未履行，请核对。",
            self.contracts.len(),
            self.done_in_period(),
            self.changed().len(),
            self.incidents(IncidentKind::is_anomaly).len(),
            self.incidents(IncidentKind::is_dispute).len()
        )
    }
}

impl Performed {
    /// Title, or the file where none was read.
    pub(super) fn title(&self) -> &str {
        self.row.title.as_deref().unwrap_or(&self.row.path)
    }

    /// The other side.
    pub(super) fn counterparty(&self) -> &str {
        self.row.counterparties.first().map_or("", String::as_str)
    }
}
