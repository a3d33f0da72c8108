//! What is due as a person reads it in a terminal.

use std::fmt::Write;

use super::{Agenda, Due};
use crate::duties::deadline::Deadline;
use crate::model::record::short_id;

impl Agenda {
    /// The list in Chinese, at most `most` items of each part; the rest is counted.
    pub fn to_text(&self, most: usize) -> String {
        let mut out = String::new();
        let (overdue, coming): (Vec<&Due>, Vec<&Due>) = self.items.iter().partition(|due| due.days_left < 0);
        let _ = writeln!(
            out,
            "到期事项：{} 起，至 {}；{} 份合同，逾期 {} 项，将到期 {} 项",
            self.as_of,
            self.until,
            self.contracts,
            overdue.len(),
            coming.len()
        );
        part(&mut out, "逾期", &overdue, most);
        part(&mut out, "将到期", &coming, most);
        if !self.reports.is_empty() {
            out.push_str("\n【本部门定期报告】\n");
            self.reports.iter().for_each(|report| own_report(&mut out, report));
        }
        self.unknown(&mut out, most);
        out
    }

    fn unknown(&self, out: &mut String, most: usize) {
        if self.untold.is_empty() {
            return;
        }
        let _ = writeln!(out, "\n【无法推算，请补记】{} 份", self.untold.len());
        for untold in self.untold.iter().take(most) {
            let title = untold.title.as_deref().unwrap_or("（未读到合同名称）");
            let record = short_id(&untold.record, 8);
            let _ = writeln!(out, "  {record} {title}：{}：{}", untold.kind.label(), untold.why);
        }
        rest(out, self.untold.len(), most);
    }
}

fn part(out: &mut String, heading: &str, items: &[&Due], most: usize) {
    if items.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n【{heading}】{} 项", items.len());
    items.iter().take(most).for_each(|due| item(out, due));
    rest(out, items.len(), most);
}

fn rest(out: &mut String, all: usize, most: usize) {
    if all > most {
        let _ = writeln!(out, "  ……另有 {} 项，用 --format xlsx 或 --format json 查看全部", all - most);
    }
}

fn item(out: &mut String, due: &Due) {
    let title = due.title.as_deref().unwrap_or("（未读到合同名称）");
    let _ = writeln!(out, "  {}（{}）{}", due.deadline.date, left(due.days_left), due.what);
    let mut about = vec![format!("{} {title}", short_id(&due.record, 8))];
    about.extend(due.number.clone());
    about.extend(due.counterparty.clone());
    about.extend(due.department.clone());
    about.extend(due.undertaker.clone());
    about.extend(due.node.as_ref().map(|node| format!("节点 {node}")));
    let _ = writeln!(out, "      {}", about.join("；"));
    reckoning(out, &due.deadline);
}

fn own_report(out: &mut String, report: &Deadline) {
    let _ = writeln!(out, "  {} {}", report.date, report.kind.label());
    reckoning(out, report);
}

fn reckoning(out: &mut String, deadline: &Deadline) {
    let _ = writeln!(out, "      {}；{}", deadline.arithmetic, deadline.cited);
    for doubt in [&deadline.provisional, &deadline.assumption].into_iter().flatten() {
        let _ = writeln!(out, "      ※ {doubt}");
    }
}

/// `逾期3天`, `今天`, `还有12天`.
pub(super) fn left(days: i32) -> String {
    match days {
        0 => "今天".to_owned(),
        days if days < 0 => format!("逾期{}天", days.unsigned_abs()),
        days => format!("还有{days}天"),
    }
}
