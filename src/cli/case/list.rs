//! Lists of cases.

use anyhow::Result;
use hetong::model::case::FilingState;
use hetong::model::fields::Side;
use hetong::model::record::short_id;
use hetong::store::{CaseEntry, CaseFilter, CaseOrder, StoreError};
use jiff::civil::Date;
use std::io::{self, Write};

use super::super::store_option::StoreOption;
use super::Settings;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    store: StoreOption,
    /// 只列此状态（可重复）
    #[arg(long, value_name = "状态", value_parser = super::change::state_of)]
    state: Vec<FilingState>,
    /// 只列此承办部门
    #[arg(long, value_name = "部门")]
    department: Option<String>,
    /// 只列此承办人
    #[arg(long, value_name = "姓名")]
    undertaker: Option<String>,
    /// 名称、编号或当事人中含此文字
    #[arg(long, value_name = "文字")]
    text: Option<String>,
    /// 当事人名称或代码中含此文字
    #[arg(long, value_name = "文字")]
    party: Option<String>,
    /// 签订日不早于
    #[arg(long, value_name = "日期")]
    signed_from: Option<Date>,
    /// 签订日不晚于
    #[arg(long, value_name = "日期")]
    signed_until: Option<Date>,
    /// 按签订日排列（缺省按入库先后）
    #[arg(long)]
    by_date: bool,
    /// 每份一行 JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments, settings: &Settings) -> Result<()> {
    let store = arguments.store.open(settings)?;
    let filter = CaseFilter {
        states: arguments.state.clone(),
        department: arguments.department.clone(),
        undertaker: arguments.undertaker.clone(),
        text: arguments.text.clone(),
        party: arguments.party.clone(),
        signed_from: arguments.signed_from,
        signed_until: arguments.signed_until,
    };
    let order = if arguments.by_date { CaseOrder::SignDate } else { CaseOrder::Number };
    let mut out = io::BufWriter::new(io::stdout().lock());
    store.for_each_case::<Stopped>(&filter, order, |entry| {
        if arguments.json {
            serde_json::to_writer(&mut out, &entry).map_err(io::Error::from)?;
            writeln!(out)?;
        } else {
            writeln!(out, "{}", line(&entry))?;
        }
        Ok(())
    })?;
    out.flush()?;
    Ok(())
}

/// Why a list ends early.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Output(#[from] io::Error),
}

/// `3f9a01c2  已签订  2024-03-05  98000.00  设备采购合同  深圳市样例科技有限公司  区教育局`.
pub(super) fn line(entry: &CaseEntry) -> String {
    let CaseEntry { case, particulars } = entry;
    let unknown = || "—".to_owned();
    let id = short_id(&case.record, 8);
    let amount = particulars.amount.as_ref().and_then(|money| money.amount);
    let others: Vec<&str> = particulars.names(Side::Counterparty).collect();
    let columns = [
        id,
        case.state.label().to_owned(),
        particulars.sign_date.map_or_else(unknown, |date| date.to_string()),
        amount.map_or_else(unknown, |amount| amount.to_string()),
        particulars.title.clone().unwrap_or_else(|| particulars.path.clone()),
        if others.is_empty() { unknown() } else { others.join("、") },
        case.department.clone().unwrap_or_else(unknown),
    ];
    columns.join("  ")
}
