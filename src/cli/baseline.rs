//! `hetong baseline`: what an old archive has is declared known, so that lists show what is new.

use anyhow::{Context, Result};
use clap::Subcommand;
use hetong::duties::Deadlines;
use hetong::model::case::CaseId;
use hetong::pipeline::filing;
use hetong::store::{Store, StoreError};
use std::io::{self, Write};

use super::person::Person;
use super::settings::Settings;
use super::store_option::StoreOption;
use super::{Done, output};

/// 基线：把现有结论记为“已知”，此后的清单和体检预警只列新增的（历史档案用；体检等级不受影响）
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 以现有结论设定基线；再次运行即重设
    Set(Scope),
    /// 取消基线
    Clear(Scope),
}

#[derive(Debug, clap::Args)]
struct Scope {
    /// 记录编号；省略则为库中全部合同
    #[arg(value_name = "记录编号")]
    ids: Vec<String>,
    #[command(flatten)]
    store: StoreOption,
    #[command(flatten)]
    person: Person,
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<Done> {
    let (Command::Set(scope) | Command::Clear(scope)) = &arguments.command;
    let mut store = scope.store.open_to_decide(settings)?;
    let (cases, actor) = (cases(&store, &scope.ids)?, scope.person.actor()?);
    let mut out = io::stdout().lock();
    match &arguments.command {
        Command::Set(_) => {
            let deadlines = Deadlines::new(&settings.dictionaries)?;
            let each = cases.iter().map(|case| Ok((*case, overdue(&store, &deadlines, *case)?)));
            let each: Vec<_> = each.collect::<Result<_, StoreError>>()?;
            let known = store.set_baseline(&each, &actor)?;
            writeln!(out, "已设基线：合同 {} 份，现有结论 {known} 条记为已知", cases.len())?;
        }
        Command::Clear(_) => {
            store.clear_baseline(&cases, &actor)?;
            writeln!(out, "已取消基线：合同 {} 份", cases.len())?;
        }
    }
    Ok(Done::Well)
}

/// Fingerprint of the finding on filing, which stands in no record.
fn overdue(store: &Store, deadlines: &Deadlines, case: CaseId) -> Result<Option<String>, StoreError> {
    let case = store.case(case)?;
    let record = store.record(&case.record)?.record;
    let found = filing(store, deadlines, &case, &record, output::now().date())?;
    Ok(found.map(|finding| finding.fingerprint))
}

fn cases(store: &Store, ids: &[String]) -> Result<Vec<CaseId>> {
    if ids.is_empty() {
        return Ok(store.all_cases()?);
    }
    let case = |id: &String| {
        let record = store.resolve(id)?;
        store.case_number(&record)?.with_context(|| format!("记录 {id} 未被识别为合同，没有案卷"))
    };
    ids.iter().map(case).collect()
}
