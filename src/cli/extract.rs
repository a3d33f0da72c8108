//! `hetong extract`: records on standard output, no store.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Result;
use hetong::model::{Record, Status};

use super::explain;
use super::inputs::{As, each_analysis, options};
use super::mask::Mask;
use super::settings::Settings;
use super::{Done, print_line};

/// 读取文件并提取合同要素，结果直接输出，不写存储库
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// 合同文件
    #[arg(required = true, value_name = "文件")]
    files: Vec<PathBuf>,
    /// 每份合同输出一行 JSON 记录
    #[arg(long)]
    json: bool,
    /// 同时输出全文
    #[arg(long)]
    text: bool,
    #[command(flatten)]
    mask: Mask,
    /// 按拟稿或已签合同处理（默认由文本判断）
    #[arg(long = "as", value_name = "阶段")]
    stage: Option<As>,
    /// 说明某一要素如何得出：各候选、把握、取舍理由、出自哪条词典或模式（要素名同 JSON，如 amount、contract_type）
    #[arg(long, value_name = "要素", conflicts_with_all = ["json", "text", "mask"])]
    explain: Option<String>,
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<Done> {
    let (engine, readers) = (settings.engine()?, settings.readers());
    if let Some(field) = &arguments.explain {
        return explain::run(&arguments.files, field, &engine, &readers);
    }
    let mut failures = false;
    each_analysis(&arguments.files, &engine, &readers, options(arguments.stage), |_, analysis| {
        let mut record = analysis.record;
        failures |= record.status != Status::Complete;
        if arguments.text {
            record.text = Some(analysis.text.content);
        }
        let record = arguments.mask.over(record)?;
        if arguments.json { print_line(&record) } else { print(&record) }
    })?;
    Ok(Done::failing(failures))
}

fn print(record: &Record) -> Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{}", hetong::report::fields(record))?;
    if let Some(text) = &record.text {
        writeln!(out, "{text}\n")?;
    }
    Ok(())
}
