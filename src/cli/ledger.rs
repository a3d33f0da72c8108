//! `hetong ledger`: the ledger of a store.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::ValueEnum;
use hetong::ledger::{CsvLedger, JsonLedger, Row, to_workbook};
use hetong::model::case::FilingState;
use hetong::store::{CaseEntry, CaseFilter, CaseOrder, Store};
use jiff::civil::Date;

use super::mask::Mask;
use super::settings::Settings;
use super::store_option::StoreOption;
use super::{Done, output};

/// 合同台账：每份合同一行，人工核定优先于机器读取；合计只加总价已定的合同，不同币种、收支不相加
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    store: StoreOption,
    /// 输出格式
    #[arg(long, value_enum, default_value = "csv", value_name = "格式")]
    format: Format,
    /// 写到此文件
    #[arg(long, value_name = "文件")]
    out: Option<PathBuf>,
    #[command(flatten)]
    mask: Mask,
    #[command(flatten)]
    which: Which,
}

/// Which contracts, for the ledger and the reports.
#[derive(Debug, clap::Args)]
pub(super) struct Which {
    /// 只列某一承办部门
    #[arg(long, value_name = "部门")]
    pub department: Option<String>,
    /// 只列处于此状态的合同，可重复（如 已签订、已备案、履行中）
    #[arg(long, value_name = "状态", value_parser = state)]
    pub state: Vec<FilingState>,
    /// 只列此日及以后签订的合同
    #[arg(long, value_name = "日期")]
    pub from: Option<Date>,
    /// 只列此日及以前签订的合同
    #[arg(long, value_name = "日期")]
    pub until: Option<Date>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// 文本表格（UTF-8，可用 Excel 打开）
    Csv,
    /// JSON
    Json,
    /// Excel 工作簿
    Xlsx,
}

fn state(text: &str) -> Result<FilingState, String> {
    let known = || FilingState::ALL.map(FilingState::label).join("、");
    FilingState::parse(text).ok_or_else(|| format!("没有此状态；可用：{}", known()))
}

impl Which {
    fn filter(&self) -> CaseFilter {
        CaseFilter {
            states: self.state.clone(),
            department: self.department.clone(),
            signed_from: self.from,
            signed_until: self.until,
            ..CaseFilter::default()
        }
    }
}

/// The rule that classifies contracts under key supervision.
pub(super) const KEY_REGULATED: &str = "key-regulated";

/// Hands the rows of a store out, by day of signing.
fn rows(
    (store, mask): (&Store, Mask),
    filter: &CaseFilter,
    mut each: impl FnMut(&Row) -> Result<()>,
) -> Result<()> {
    let inherited = store.dependents_of_classified(KEY_REGULATED)?;
    let row = |entry: CaseEntry| {
        let mut row = Row::of(&entry.case, &entry.particulars);
        // 第六条第二款: what hangs on such a contract is one.
        row.key_regulated |= inherited.contains(&entry.case.id);
        mask.over(row)
    };
    store.map_cases(filter, CaseOrder::SignDate, row, |row| each(&row))
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<Done> {
    let store = arguments.store.open(settings)?;
    let from = (&store, arguments.mask);
    let (filter, out) = (arguments.which.filter(), arguments.out.as_ref());
    match arguments.format {
        Format::Csv => output::stream(out, |out| csv(from, &filter, out))?,
        Format::Json => output::stream(out, |out| json(from, &filter, out))?,
        Format::Xlsx => {
            let feed = |add: &mut dyn FnMut(&Row) -> _| rows(from, &filter, |row| Ok(add(row)?));
            output::put(&to_workbook::<anyhow::Error>(output::now(), feed)?, out)?;
        }
    }
    Ok(Done::Well)
}

fn csv(from: (&Store, Mask), filter: &CaseFilter, out: &mut dyn Write) -> Result<()> {
    let mut ledger = CsvLedger::new(out)?;
    rows(from, filter, |row| Ok(ledger.add(row)?))?;
    Ok(ledger.finish()?)
}

fn json(from: (&Store, Mask), filter: &CaseFilter, out: &mut dyn Write) -> Result<()> {
    let mut ledger = JsonLedger::new(out)?;
    rows(from, filter, |row| Ok(ledger.add(row)?))?;
    Ok(ledger.finish()?)
}
