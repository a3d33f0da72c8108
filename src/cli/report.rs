//! `hetong report`: the half-year and annual report.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::ValueEnum;
use hetong::duties::Deadlines;
use hetong::duties::agenda::Contract;
use hetong::ledger::Row;
use hetong::ledger::report::{Bands, Counting, Performed, Period, Report};
use hetong::store::{CaseEntry, CaseFilter, CaseOrder, Store};

use super::ledger::KEY_REGULATED;
use super::mask::Mask;
use super::settings::Settings;
use super::store_option::StoreOption;
use super::{Done, output, print_pretty};

/// 半年度、年度报告（《办法》第六十条）：按部门、类型、对方、金额、审查发现、状态统计；文字看不出的留空由部门填写
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("period").required(true))]
pub struct Arguments {
    #[command(flatten)]
    store: StoreOption,
    /// 某年上半年的报告
    #[arg(long, value_name = "年份", group = "period", value_parser = clap::value_parser!(i16).range(1949..=9998))]
    half_year: Option<i16>,
    /// 某年的年度报告
    #[arg(long, value_name = "年份", group = "period", value_parser = clap::value_parser!(i16).range(1949..=9998))]
    annual: Option<i16>,
    /// 只统计某一承办部门
    #[arg(long, value_name = "部门")]
    department: Option<String>,
    #[command(flatten)]
    mask: Mask,
    /// 输出格式
    #[arg(long, value_enum, default_value = "json", value_name = "格式")]
    format: Format,
    /// 写到此文件
    #[arg(long, value_name = "文件")]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// JSON
    Json,
    /// Excel 工作簿，带图表
    Xlsx,
    /// Word 文档
    Docx,
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<Done> {
    let period = match (arguments.half_year, arguments.annual) {
        (Some(year), _) => Period::HalfYear(year),
        (None, Some(year)) => Period::Annual(year),
        (None, None) => bail!("请用 --half-year 年份 或 --annual 年份 指明哪一期"),
    };
    let bands = Bands::new(&settings.dictionaries)?;
    let store = arguments.store.open(settings)?;
    let today = output::now().date();
    let counting = Counting::new(period, today, arguments.department.clone(), &bands);
    let report = counted(arguments, settings, &store, counting)?;
    let out = arguments.out.as_ref();
    match arguments.format {
        Format::Json if out.is_none() => print_pretty(&report)?,
        Format::Json => output::put(&serde_json::to_vec_pretty(&report)?, out)?,
        Format::Xlsx => output::put(&report.to_workbook(output::now())?, out)?,
        Format::Docx => output::put(&report.to_document(output::now())?, out)?,
    }
    Ok(Done::Well)
}

/// Counts the contracts of a store with their performance up to the end of the period, or today.
fn counted(
    arguments: &Arguments,
    settings: &Settings,
    store: &Store,
    mut counting: Counting<'_>,
) -> Result<Report> {
    let deadlines = Deadlines::new(&settings.dictionaries)?;
    let (marks, dependents, incidents) =
        (store.all_node_marks()?, store.dependents()?, store.all_incidents()?);
    let filter = CaseFilter { department: arguments.department.clone(), ..CaseFilter::default() };
    let span = counting.span();
    let (mask, inherited) = (arguments.mask, store.dependents_of_classified(KEY_REGULATED)?);
    let performed = |entry: CaseEntry| {
        let amendments = super::due::amendments(dependents.get(&entry.case.id));
        let marks = marks.get(&entry.case.id).map_or(&[][..], Vec::as_slice);
        let (case, particulars) = (&entry.case, &entry.particulars);
        let incidents = incidents.get(&case.id).map_or(&[][..], Vec::as_slice);
        let contract = Contract { case, particulars, marks, amendments: &amendments, incidents };
        let mut row = Row::of(case, particulars);
        row.key_regulated |= inherited.contains(&case.id);
        Ok(Performed {
            row: mask.over(row)?,
            subject: mask.over(particulars.subject.clone())?,
            course: mask.over(deadlines.course(contract, span))?,
        })
    };
    store.map_cases::<_, anyhow::Error>(&filter, CaseOrder::Number, performed, |performed| {
        counting.add_performed(performed);
        Ok(())
    })?;
    Ok(counting.finish())
}
