//! `hetong review`: findings that a person reads.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;
use hetong::engine::{Analysis, Engine};
use hetong::model::Status;
use hetong::office::Properties;
use hetong::report::list::{self, Reviewed, Row};
use jiff::Zoned;

use super::annotated::{self, write_whole};
use super::inputs::{As, each_analysis, options};
use super::settings::Settings;
use super::{Done, print_line, print_pretty};

/// 按规则包审查合同：每条结论附条文依据、原文位置、理由和修改建议，并列出已查无误的规则
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// 合同文件
    #[arg(required = true, value_name = "文件")]
    files: Vec<PathBuf>,
    /// 每份合同输出一行 JSON 记录
    #[arg(long)]
    json: bool,
    /// 输出一份 SARIF 2.1.0（JSON），供汇总检查结果的工具读取
    #[arg(long, conflicts_with = "json")]
    sarif: bool,
    /// 另写一份带批注的 DOCX：各项结论作为批注放在所指文字上，原件不动（仅限 DOCX 拟稿）
    #[arg(long, value_name = "文件", conflicts_with_all = ["json", "sarif"])]
    docx: Option<PathBuf>,
    /// 另写一份 Excel 清单：每条结论一行，附合同体检等级和按规则的合计
    #[arg(long, value_name = "文件", conflicts_with_all = ["json", "sarif"])]
    xlsx: Option<PathBuf>,
    /// 按拟稿或已签合同审查（默认由文本判断）
    #[arg(long = "as", value_name = "阶段")]
    stage: Option<As>,
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<Done> {
    if let Some(out) = &arguments.docx {
        annotated::check_target(&arguments.files, out)?;
    }
    let (engine, readers) = (settings.engine()?, settings.readers());
    let mut failures = false;
    let mut records = Vec::new();
    let mut list = List::default();
    each_analysis(&arguments.files, &engine, &readers, options(arguments.stage), |file, analysis| {
        failures |= analysis.record.status != Status::Complete;
        if arguments.sarif {
            records.push(analysis.record);
            return Ok(());
        }
        if arguments.json {
            return print_line(&analysis.record);
        }
        if let Some(out) = &arguments.docx {
            annotated::write(file, &analysis, &engine, out)?;
        }
        if arguments.xlsx.is_some() {
            return list.add(&analysis, &engine);
        }
        let report = hetong::report::review(&analysis.record, &analysis.text, engine.packs());
        Ok(writeln!(io::stdout().lock(), "{report}")?)
    })?;
    if arguments.sarif {
        print_pretty(&hetong::report::sarif(&records, engine.packs()))?;
    }
    if let Some(out) = &arguments.xlsx {
        list.write(out)?;
    }
    Ok(Done::failing(failures))
}

/// The findings of all contracts, for a workbook.
#[derive(Default)]
struct List {
    rows: Vec<Row>,
    contracts: Vec<Reviewed>,
}

impl List {
    /// Takes a contract's findings down, and says in a line what it comes to.
    fn add(&mut self, analysis: &Analysis, engine: &Engine) -> Result<()> {
        let record = &analysis.record;
        let contract = Reviewed::of(record, |_| false);
        writeln!(io::stdout().lock(), "{}：{}", contract.path, contract.assessment.label())?;
        self.rows.extend(list::rows(record, &analysis.text, engine.packs(), |_| None));
        self.contracts.push(contract);
        Ok(())
    }

    fn write(&self, out: &Path) -> Result<()> {
        let properties = Properties::new("合同审查结论清单", Zoned::now().datetime());
        write_whole(out, &hetong::report::workbook(&self.rows, &self.contracts, &properties, None)?)?;
        let (contracts, rows) = (self.contracts.len(), self.rows.len());
        Ok(writeln!(io::stdout().lock(), "已写入 {}：合同 {contracts} 份，结论 {rows} 条", out.display())?)
    }
}
