//! `hetong path`: the way that a contract takes, and why.

use anyhow::Result;
use hetong::duties::Path;
use hetong::model::case::CaseId;
use hetong::store::Store;
use std::io::{self, Write};

use super::settings::Settings;
use super::store_option::CaseOption;
use super::{Done, print_pretty};

/// 办理路径：是否重点监管及理由、是否须送区法制机构审查、可否不备案（补充、变更、解除协议随已关联的主合同）
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    which: CaseOption,
    /// 输出 JSON
    #[arg(long)]
    json: bool,
}

/// The way of a case, which follows that of its main contract.
pub fn of_case(store: &Store, case: CaseId) -> Result<Path> {
    let effective = store.effective(case)?;
    let main = store.main_effective(case)?;
    Ok(Path::of(effective.record(), main.as_ref().map(|main| main.record())))
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<Done> {
    let (store, case) = arguments.which.open(settings)?;
    let path = of_case(&store, case.id)?;
    if arguments.json {
        print_pretty(&path)?;
        return Ok(Done::Well);
    }
    let mut out = io::stdout().lock();
    for (question, answer) in path.answers() {
        writeln!(out, "{question}：{}\n    {}", answer.verdict.label(), answer.why)?;
    }
    Ok(Done::Well)
}
