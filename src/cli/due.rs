//! `hetong due`: what is overdue and what comes up.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Result;
use clap::ValueEnum;
use hetong::duties::agenda::Contract;
use hetong::duties::{Agenda, Amendment, DeadlineKind, Deadlines, Due, Window};
use hetong::model::case::FilingState;
use hetong::store::{CaseEntry, CaseFilter, CaseOrder, Dependent, Store, StoreError};
use jiff::civil::{Date, Time};

use super::mask::Mask;
use super::settings::Settings;
use super::store_option::StoreOption;
use super::{Done, output, print_pretty};

/// 到期事项：备案、纸质原件、进度节点及其填报、续签、期限届满、诉讼时效、定期报告；逐项写明推算过程和依据
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    store: StoreOption,
    /// 以哪一天为今天（默认系统日期）
    #[arg(long, value_name = "日期")]
    as_of: Option<Date>,
    /// 看今后多少天；已逾期的总是列出
    #[arg(long, value_name = "天数", default_value = "30")]
    days: u16,
    /// 只看该承办部门
    #[arg(long, value_name = "部门")]
    department: Option<String>,
    /// 只看该承办人
    #[arg(long, value_name = "姓名")]
    undertaker: Option<String>,
    /// 只看该类事项，如 备案登记、进度节点、节点填报、提出续签
    #[arg(long, value_name = "事项")]
    kind: Option<String>,
    #[command(flatten)]
    mask: Mask,
    /// 输出格式
    #[arg(long, value_enum, default_value = "table", value_name = "格式")]
    format: Format,
    /// 写入文件
    #[arg(long, value_name = "文件")]
    out: Option<PathBuf>,
    /// 屏幕上每部分最多列出多少项
    #[arg(long, value_name = "项数", default_value = "100")]
    most: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// 便于阅读的清单
    Table,
    /// JSON
    Json,
    /// 日历文件（iCalendar），可导入办公日历
    Ics,
    /// Excel 工作簿
    Xlsx,
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<Done> {
    let deadlines = Deadlines::new(&settings.dictionaries)?;
    let store = arguments.store.open(settings)?;
    let window = Window::new(arguments.as_of.unwrap_or_else(|| output::now().date()), arguments.days);
    let mut agenda = gather(&store, &deadlines, window, arguments)?;
    if let Some(kind) = &arguments.kind {
        agenda.items.retain(|due| is_called(due, kind));
    }
    write(&arguments.mask.over(agenda)?, &store, arguments)?;
    Ok(Done::Well)
}

fn gather(
    store: &Store,
    deadlines: &Deadlines,
    window: Window,
    arguments: &Arguments,
) -> Result<Agenda, StoreError> {
    let (marks, dependents, incidents) =
        (store.all_node_marks()?, store.dependents()?, store.all_incidents()?);
    let filter = CaseFilter {
        states: running(),
        department: arguments.department.clone(),
        undertaker: arguments.undertaker.clone(),
        ..CaseFilter::default()
    };
    let due = |entry: CaseEntry| {
        let marks = marks.get(&entry.case.id).map_or(&[][..], Vec::as_slice);
        let amendments = amendments(dependents.get(&entry.case.id));
        let incidents = incidents.get(&entry.case.id).map_or(&[][..], Vec::as_slice);
        let (case, particulars) = (&entry.case, &entry.particulars);
        let contract = Contract { case, particulars, marks, amendments: &amendments, incidents };
        Ok(deadlines.due(contract, window))
    };
    let (mut contracts, mut items, mut untold) = (0, Vec::new(), Vec::new());
    store.map_cases(&filter, CaseOrder::Number, due, |(due, unknown)| {
        contracts += 1;
        items.extend(due);
        untold.extend(unknown);
        Ok::<_, StoreError>(())
    })?;
    Ok(Agenda::new(deadlines, window, contracts, items, untold))
}

/// States in which something can be due: what has ended is not even read.
fn running() -> Vec<FilingState> {
    FilingState::ALL.into_iter().filter(|state| !state.is_over()).collect()
}

/// What hangs on a contract, as deadlines take it.
pub(super) fn amendments(dependents: Option<&Vec<Dependent>>) -> Vec<Amendment<'_>> {
    dependents.into_iter().flatten().map(amendment).collect()
}

fn amendment(Dependent { kind, entry }: &Dependent) -> Amendment<'_> {
    Amendment { kind: *kind, record: &entry.case.record, particulars: &entry.particulars }
}

/// By the kind's name or its beginning, in Chinese or as the JSON writes it.
fn is_called(due: &Due, name: &str) -> bool {
    let kind: DeadlineKind = due.deadline.kind;
    kind.label().starts_with(name) || serde_json::to_value(kind).is_ok_and(|word| word == name)
}

fn write(agenda: &Agenda, store: &Store, arguments: &Arguments) -> Result<()> {
    let bytes = match arguments.format {
        Format::Table => agenda.to_text(arguments.most).into_bytes(),
        Format::Json if arguments.out.is_none() => return print_pretty(agenda),
        Format::Json => serde_json::to_vec_pretty(agenda)?,
        Format::Ics => agenda.to_ics(&store.identity()?).into_bytes(),
        Format::Xlsx => agenda.to_xlsx(agenda.as_of.to_datetime(Time::midnight()))?,
    };
    match (arguments.format, &arguments.out) {
        (Format::Xlsx, out) => output::put(&bytes, out.as_ref()),
        (_, Some(path)) => output::put(&bytes, Some(path)),
        (_, None) => Ok(io::stdout().lock().write_all(&bytes)?),
    }
}
