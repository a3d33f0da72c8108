//! `hetong import-ledger`: a ledger that the office keeps in Excel, beside the archive.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use hetong::intake::{Candidate, Comparison, Mapping, Matched, Reading, read};
use hetong::model::case::CaseId;
use hetong::office::{Sheet, read_workbook};
use hetong::store::{Addition, CaseFilter, CaseOrder, Store, StoreError};
use serde_json::json;

use super::person::Person;
use super::settings::Settings;
use super::store_option::StoreOption;
use super::{Done, output, print_pretty};

/// 导入既有 Excel 台账：猜测各列含义，按编号、名称、对方与档案逐行对照，列出两边的缺漏、重复和不一致
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// 台账文件（xlsx 或 xls）
    #[arg(value_name = "文件")]
    file: PathBuf,
    #[command(flatten)]
    store: StoreOption,
    /// 列的映射文件（TOML）；不存在时写入猜得的映射，供核对后再用
    #[arg(long, value_name = "文件")]
    mapping: Option<PathBuf>,
    /// 只对照，不写入
    #[arg(long)]
    dry_run: bool,
    /// 输出 JSON
    #[arg(long)]
    json: bool,
    /// 屏幕上每部分最多列出多少条
    #[arg(long, value_name = "条数", default_value = "50")]
    most: usize,
    #[command(flatten)]
    person: Person,
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<Done> {
    let shown = arguments.file.display();
    let bytes = fs::read(&arguments.file).with_context(|| format!("无法读取 {shown}"))?;
    let sheets = read_workbook(&bytes).with_context(|| format!("{shown}"))?;
    let mapping = mapping(arguments, &sheets, settings)?;
    let reading = read(mapping.sheet(&sheets)?, &mapping);
    let mut store = arguments.store.open_unless(arguments.dry_run, settings)?;
    let comparison = Comparison::of(reading.rows.clone(), archive(&store)?);
    tell(arguments, &mapping, &reading, &comparison)?;
    if arguments.dry_run {
        return Ok(Done::failing(!reading.faults.is_empty()));
    }
    if !reading.faults.is_empty() {
        bail!("台账有 {} 处不是数值（见上），未写入任何内容；请更正后再导入", reading.faults.len());
    }
    let actor = arguments.person.actor()?;
    let additions: Vec<(CaseId, Addition)> = comparison.matched.iter().map(addition).collect();
    let name = arguments.file.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let changed = store.add_from_ledger(&name, &additions, &actor)?;
    eprintln!("已为 {changed} 份合同补入承办部门、承办人、备案编号或备案日期；已有的内容未作改动");
    Ok(Done::Well)
}

/// The mapping out of its file; where there is no file, the guessed one, which is kept in it.
fn mapping(arguments: &Arguments, sheets: &[Sheet], settings: &Settings) -> Result<Mapping> {
    let kept = arguments.mapping.as_deref().filter(|path| path.is_file());
    if let Some(path) = kept {
        let text =
            fs::read_to_string(path).with_context(|| format!("无法读取映射文件 {}", path.display()))?;
        return toml::from_str(&text).with_context(|| format!("映射文件 {} 有误", path.display()));
    }
    let mapping = Mapping::guess(sheets, &settings.dictionaries)??;
    if let Some(path) = &arguments.mapping {
        keep(&mapping, path)?;
    }
    Ok(mapping)
}

fn keep(mapping: &Mapping, path: &Path) -> Result<()> {
    let head = "# 台账各列的含义，由程序按标题猜得；请核对，可删去不用的列。heading 为标题，column 为第几列（从 1 起）。\n";
    output::put(format!("{head}{}", toml::to_string(mapping)?).as_bytes(), Some(&path.to_owned()))
}

fn archive(store: &Store) -> Result<Vec<Candidate>, StoreError> {
    let mut archive = Vec::new();
    store.for_each_case::<StoreError>(&CaseFilter::default(), CaseOrder::Number, |entry| {
        archive.push(Candidate::of(&entry.case, &entry.particulars));
        Ok(())
    })?;
    Ok(archive)
}

fn tell(arguments: &Arguments, mapping: &Mapping, reading: &Reading, comparison: &Comparison) -> Result<()> {
    if arguments.json {
        let (faults, left_out) = (&reading.faults, &reading.left_out);
        return print_pretty(&json!({
            "mapping": mapping, "faults": faults, "left_out": left_out, "comparison": comparison,
        }));
    }
    let mut out = io::stdout().lock();
    let columns: Vec<&str> = mapping.headings().map(|(_, heading)| heading).collect();
    writeln!(
        out,
        "工作表“{}”第{}行为标题；认出的列：{}",
        mapping.sheet,
        mapping.heading_row,
        columns.join("、")
    )?;
    if !reading.left_out.is_empty() {
        let rows: Vec<String> = reading.left_out.iter().take(arguments.most).map(u32::to_string).collect();
        writeln!(out, "未写合同名称和编号的行、合计行，未计入：第{}行", rows.join("、"))?;
    }
    for fault in reading.faults.iter().take(arguments.most) {
        writeln!(out, "※ {}：{}", fault.place, fault.problem)?;
    }
    Ok(out.write_all(comparison.to_text(arguments.most).as_bytes())?)
}

fn addition(matched: &Matched) -> (CaseId, Addition) {
    let row = &matched.row;
    let addition = Addition {
        department: row.department.clone(),
        undertaker: row.undertaker.clone(),
        filing_number: row.filing_number.clone(),
        registered: row.registered,
    };
    (matched.case, addition)
}
