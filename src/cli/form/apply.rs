//! `hetong form apply`: a filled-in form back into the store.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use hetong::fields::contract_types;
use hetong::forms::{Forms, Rulings, read_answers};
use hetong::model::case::Case;
use hetong::store::{Answered, Filing, Store, StoreError};

use super::super::store_option::StoreOption;
use crate::cli::Done;
use crate::cli::person::Person;
use crate::cli::settings::Settings;

/// 把填好的表单（XLSX 或 JSON）导回存储库：逐栏记为确认或更正。有一处不能采用，则全部不写入
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// 填好的表单文件
    #[arg(value_name = "文件")]
    file: PathBuf,
    #[command(flatten)]
    store: StoreOption,
    #[command(flatten)]
    person: Person,
    /// 只列出将作出的更改，不写入
    #[arg(long)]
    dry_run: bool,
}

pub fn run(arguments: &Arguments, settings: &Settings, forms: &Forms) -> Result<Done> {
    let file = arguments.file.display();
    let bytes = std::fs::read(&arguments.file).with_context(|| format!("无法读取 {file}"))?;
    let answers = read_answers(&bytes).with_context(|| format!("{file}"))?;
    let mut store = arguments.store.open_unless(arguments.dry_run, settings)?;
    let case = case_of(&store, &answers.record)?;
    let effective = store.effective(case.id)?;
    let Some(form) = super::of_case(forms, &store, &case, &answers.kind)? else {
        bail!("没有名为 {} 的表单；词典目录 forms/ 下的每个文件是一种表单", answers.kind);
    };
    let types = contract_types(&settings.dictionaries)?;
    let rulings = Rulings::new(&answers, &form, &effective, &types).with_context(|| format!("{file}"))?;
    if !arguments.dry_run {
        write(&mut store, &case, &rulings, arguments)?;
    }
    tell(&rulings, arguments.dry_run)?;
    Ok(Done::Well)
}

fn case_of(store: &Store, record: &str) -> Result<Case> {
    match store.case_of(record) {
        Err(StoreError::Unknown(_)) => {
            bail!("此表属于合同记录 {record}，本存储库中没有；请核对 --store，未写入任何内容")
        }
        other => Ok(other?),
    }
}

fn write(store: &mut Store, case: &Case, rulings: &Rulings, arguments: &Arguments) -> Result<()> {
    let actor = arguments.person.actor()?;
    let Rulings { filing_number: number, registered, paper_received, .. } = rulings;
    let reason = arguments.file.file_name().map(|name| format!("填表：{}", name.display()));
    let answered = Answered {
        filing: Filing { number: number.clone(), registered: *registered, paper_received: *paper_received },
        department: rulings.department.as_deref(),
        undertaker: rulings.undertaker.as_deref(),
        decisions: &rulings.decisions,
        reason: reason.as_deref(),
    };
    Ok(store.take_answers(case, &answered, &actor)?)
}

fn tell(rulings: &Rulings, dry_run: bool) -> Result<()> {
    let mut out = io::stdout().lock();
    for line in &rulings.told {
        writeln!(out, "{line}")?;
    }
    match (rulings.told.len(), dry_run) {
        (0, _) => writeln!(out, "表中没有填写任何核定，未作更改")?,
        (count, true) => writeln!(out, "共{count}项，试运行未写入")?,
        (count, false) => writeln!(out, "共{count}项，已写入存储库")?,
    }
    Ok(())
}
