//! `hetong number`: contract numbers by the office's pattern.

use anyhow::{Context, Result};
use clap::Subcommand;
use hetong::duties::Numbering;
use hetong::model::fields::Side;
use std::io::{self, Write};

use super::person::Person;
use super::settings::Settings;
use super::store_option::CaseOption;
use super::{Done, output};

/// 合同编号：按词典 numbering.toml 的样式分配，每个系列连续，不跳号、不重号
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 给一份合同分配编号；已有编号的不变
    Assign(Assign),
}

#[derive(Debug, clap::Args)]
struct Assign {
    #[command(flatten)]
    which: CaseOption,
    /// 编号中的部门（默认取案卷的承办部门，再取合同中的政府一方）
    #[arg(long, value_name = "部门")]
    department: Option<String>,
    /// 编号中的年份（默认当年）
    #[arg(long, value_name = "年份", value_parser = clap::value_parser!(i16).range(1949..=2199))]
    year: Option<i16>,
    #[command(flatten)]
    person: Person,
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<Done> {
    let Command::Assign(assign) = &arguments.command;
    let actor = assign.person.actor()?;
    let numbering = Numbering::new(&settings.dictionaries)?;
    let (mut store, case) = assign.which.open_to_decide(settings)?;
    let department = match (&assign.department, &case.department) {
        (Some(department), _) | (None, Some(department)) => Some(department.clone()),
        (None, None) => store.entry(case.id)?.particulars.names(Side::Government).next().map(str::to_owned),
    };
    let needed = department.or_else(|| (!numbering.needs_department()).then(String::new));
    let department = needed.context("看不出由哪个部门承办；请用 --department 写明")?;
    let series = numbering.series(&department, assign.year.unwrap_or_else(|| output::now().year()));
    let given = store.give_number(case.id, &series.name(), |serial| series.number(serial), &actor)?;
    let told = if given.is_new { "已分配" } else { "已有编号，未作改动" };
    writeln!(io::stdout().lock(), "{}（{told}）", given.number)?;
    Ok(Done::Well)
}
