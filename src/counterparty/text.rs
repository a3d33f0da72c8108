//! The look as a person reads it in a terminal.

use std::fmt::Write;

use super::{Counterparty, Deal, Spelling, Total};
use crate::model::record::short_id;

impl Counterparty {
    /// In Chinese, line by line.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        let _ = writeln!(out, "【名称】");
        self.names.iter().for_each(|name| spelling(&mut out, name));
        self.doubts.iter().for_each(|doubt| out.push_str(&format!("  ※ {doubt}\n")));
        if !self.similar.is_empty() {
            let _ = writeln!(out, "【名称相近，未合并】");
            self.similar.iter().for_each(|name| spelling(&mut out, name));
        }
        let _ = writeln!(out, "【合计】（不含补充协议；已付按节点记录）");
        self.totals.iter().for_each(|sum| total(&mut out, sum));
        let _ = writeln!(out, "【合同】{}份", self.contracts.len());
        self.contracts.iter().for_each(|contract| deal(&mut out, contract));
        if !self.ends.is_empty() {
            let _ = writeln!(out, "【将届满】");
        }
        for (record, end) in &self.ends {
            let contract = self.contracts.iter().find(|deal| deal.record == *record);
            let title = contract.and_then(|deal| deal.title.as_deref()).unwrap_or("（未读到合同名称）");
            let _ = writeln!(out, "  {end}  {}  {title}", short_id(record, 8));
        }
        out
    }
}

fn spelling(out: &mut String, spelling: &Spelling) {
    let codes =
        if spelling.usccs.is_empty() { "未见信用代码".to_owned() } else { spelling.usccs.join("、") };
    let _ = writeln!(out, "  {}（{codes}），{}处", spelling.name, spelling.contracts);
}

fn total(out: &mut String, total: &Total) {
    let direction = total.direction.map_or_else(|| "收支方向不明".to_owned(), |way| way.to_string());
    let without = match total.without_price {
        0 => String::new(),
        count => format!("，另有{count}份未读到总价"),
    };
    let _ = writeln!(
        out,
        "  {} {direction}：{}份，合同价 {}，已付 {}，未付 {}{without}",
        total.currency, total.contracts, total.price, total.paid, total.open
    );
}

fn deal(out: &mut String, deal: &Deal) {
    let day = deal.sign_date.map_or_else(|| "签订日期未知".to_owned(), |day| day.to_string());
    let title = deal.title.as_deref().unwrap_or("（未读到合同名称）");
    let price =
        deal.price.map_or_else(|| "总价未知".to_owned(), |price| format!("{} {price}", deal.currency));
    let open = match deal.open {
        Some(open) => format!("已付 {}，未付 {open}", deal.paid),
        None if deal.supplement => "补充协议，不计入合计".to_owned(),
        None => format!("已付 {}，未付无法算出", deal.paid),
    };
    let number = deal.number.as_deref().unwrap_or("无编号");
    let _ = writeln!(out, "  {day}  {}  {title}  {number}  {}", short_id(&deal.record, 8), deal.state);
    let [violations, risks, notices, cannot_tell] = deal.findings;
    let _ =
        writeln!(out, "      {price}；{open}；违规{violations} 风险{risks} 提示{notices} 待核{cannot_tell}");
    deal.told.iter().for_each(|finding| out.push_str(&format!("      · {finding}\n")));
}
