//! `hetong review`: findings that a person reads.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Result, bail};
use hetong::engine::{Analysis, Engine};
use hetong::model::mark::Marks;
use hetong::model::{Record, Status};
use hetong::office::Properties;
use hetong::report::list::{self, Reviewed, Row};

use super::annotated;
use super::inputs::{As, each_analysis, options};
use super::mask::Mask;
use super::settings::Settings;
use super::stored::{Contract, Desk};
use super::{Done, output, print_line, print_pretty};

/// 按规则包审查合同：每条结论附条文依据、原文位置、理由和修改建议，并列出已查无误的规则
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// 合同文件；与 --store 同用时为记录编号
    #[arg(required = true, value_name = "文件")]
    files: Vec<PathBuf>,
    /// 审查存储库中的合同：连同备案是否逾期、已搁置的结论一并显示
    #[arg(long, value_name = "目录", conflicts_with_all = ["docx", "stage"])]
    store: Option<PathBuf>,
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
    #[command(flatten)]
    mask: Mask,
    /// 按拟稿或已签合同审查（默认由文本判断）
    #[arg(long = "as", value_name = "阶段")]
    stage: Option<As>,
}

impl Arguments {
    /// Does what comes out go into a file, or to a program?
    fn is_export(&self) -> bool {
        self.json || self.sarif || self.xlsx.is_some() || self.docx.is_some()
    }
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<Done> {
    if arguments.mask.is_on() && !arguments.is_export() {
        bail!("--mask 用于 --json、--sarif、--xlsx 和 --docx；屏幕显示带有合同原文，不能脱敏后输出");
    }
    if let Some(folder) = &arguments.store {
        return review_stored(arguments, &Desk::open(folder, settings)?);
    }
    if let Some(out) = &arguments.docx {
        annotated::check_target(&arguments.files, out)?;
    }
    let (engine, readers) = (settings.engine()?, settings.readers());
    let (mut output, mut copy) = (Output::default(), annotated::Copy::default());
    each_analysis(&arguments.files, &engine, &readers, options(arguments.stage), |file, analysis| {
        if arguments.docx.is_some() {
            copy.add(file, &analysis, &engine)?;
        }
        output.take(arguments, Contract { analysis, case: None, marks: Marks::default() }, &engine)
    })?;
    if let Some(out) = &arguments.docx {
        copy.write(arguments.mask.is_on(), out)?;
    }
    output.end(arguments, &engine)
}

/// The same over contracts of a store, with what people decided about the findings.
fn review_stored(arguments: &Arguments, desk: &Desk) -> Result<Done> {
    let mut output = Output::default();
    for id in &arguments.files {
        let contract = desk.contract(&id.to_string_lossy())?;
        output.take(arguments, contract, &desk.engine)?;
    }
    output.end(arguments, &desk.engine)
}

/// What comes out at the end, over all contracts.
#[derive(Default)]
struct Output {
    failures: bool,
    reviewed: Vec<(Record, Marks)>,
    list: List,
}

impl Output {
    fn take(&mut self, arguments: &Arguments, contract: Contract, engine: &Engine) -> Result<()> {
        let Contract { analysis, marks, .. } = contract.masked(arguments.mask)?;
        self.failures |= analysis.record.status != Status::Complete;
        if arguments.sarif {
            self.reviewed.push((analysis.record, marks));
            return Ok(());
        }
        if arguments.json {
            return print_line(&analysis.record);
        }
        if arguments.xlsx.is_some() {
            return self.list.add(&analysis, &marks, engine);
        }
        // What stands on the screen quotes the contract.
        if arguments.mask.is_on() {
            return Ok(());
        }
        let report = hetong::report::review(&analysis.record, &analysis.text, engine.packs(), &marks);
        Ok(writeln!(io::stdout().lock(), "{report}")?)
    }

    fn end(self, arguments: &Arguments, engine: &Engine) -> Result<Done> {
        if arguments.sarif {
            print_pretty(&hetong::report::sarif(&self.reviewed, engine.packs()))?;
        }
        if let Some(out) = &arguments.xlsx {
            self.list.write(out)?;
        }
        Ok(Done::failing(self.failures))
    }
}

/// The findings of all contracts, for a workbook.
#[derive(Default)]
struct List {
    rows: Vec<Row>,
    contracts: Vec<Reviewed>,
}

impl List {
    /// Takes a contract's findings down, and says in a line what it comes to.
    fn add(&mut self, analysis: &Analysis, marks: &Marks, engine: &Engine) -> Result<()> {
        let record = &analysis.record;
        let contract = Reviewed::of(record, |finding| marks.suppression(finding).is_some());
        writeln!(io::stdout().lock(), "{}：{}", contract.path, contract.assessment.label())?;
        self.rows.extend(list::rows(record, &analysis.text, engine.packs(), |f| marks.label(f)));
        self.contracts.push(contract);
        Ok(())
    }

    fn write(&self, out: &PathBuf) -> Result<()> {
        let properties = Properties::new("合同审查结论清单", output::now());
        let bytes = hetong::report::workbook(&self.rows, &self.contracts, &properties, None)?;
        output::put(&bytes, Some(out))?;
        let (contracts, rows) = (self.contracts.len(), self.rows.len());
        Ok(writeln!(io::stdout().lock(), "合同 {contracts} 份，结论 {rows} 条")?)
    }
}
