//! A ledger beside an archive as a person reads it in a terminal.

use std::fmt::Write;

use super::matching::{Comparison, Matched};
use super::row::LedgerRow;
use crate::model::record::short_id;

impl Comparison {
    /// In Chinese, at most `most` lines of each part; the rest is counted.
    pub fn to_text(&self, most: usize) -> String {
        let mut out = String::new();
        let _ = writeln!(
            out,
            "对上 {} 行，对应不止一份 {} 行，台账有而档案没有 {} 行，档案有而台账没有 {} 份，重复 {} 组",
            self.matched.len(),
            self.several.len(),
            self.only_in_ledger.len(),
            self.only_in_archive.len(),
            self.duplicates.len()
        );
        let different = self.matched.iter().filter(|matched| !matched.differences.is_empty());
        part(&mut out, "对上而内容不一致，请核对", most, different.map(difference).collect());
        part(&mut out, "台账内重复", most, self.duplicates.iter().map(|rows| doubled(rows)).collect());
        let several = self.several.iter().map(|(row, records)| {
            let records: Vec<String> = records.iter().map(|record| short_id(record, 8)).collect();
            format!("{}：{}", line(row), records.join("、"))
        });
        part(&mut out, "对应不止一份合同，或几行对应同一份，请逐行确认", most, several.collect());
        part(&mut out, "台账有，档案中没有", most, self.only_in_ledger.iter().map(line).collect());
        let archive = self.only_in_archive.iter().map(|candidate| {
            let title = candidate.title.as_deref().unwrap_or("（未读到合同名称）");
            format!("{}  {title}  {}", short_id(&candidate.record, 8), candidate.parties.join("、"))
        });
        part(&mut out, "档案有，台账中没有", most, archive.collect());
        out
    }
}

fn part(out: &mut String, heading: &str, most: usize, lines: Vec<String>) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n【{heading}】{}", lines.len());
    lines.iter().take(most).for_each(|line| out.push_str(&format!("  {line}\n")));
    if lines.len() > most {
        let _ = writeln!(out, "  ……另有 {} 条，用 --json 查看全部", lines.len() - most);
    }
}

fn line(row: &LedgerRow) -> String {
    let number = row.contract_number.as_deref().or(row.filing_number.as_deref());
    let said = [number, row.title.as_deref(), row.party.as_deref()];
    format!("第{}行  {}", row.row, said.into_iter().flatten().collect::<Vec<_>>().join("  "))
}

fn difference(matched: &Matched) -> String {
    let (record, way) = (short_id(&matched.record, 8), matched.way.label());
    format!("第{}行 → {record}（{way}）：{}", matched.row.row, matched.differences.join("；"))
}

fn doubled(rows: &[u32]) -> String {
    format!("第{}行", rows.iter().map(u32::to_string).collect::<Vec<_>>().join("、"))
}
