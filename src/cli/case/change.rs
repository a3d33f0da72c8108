//! What a person sets on a case.

use std::io::{self, Write};

use anyhow::Result;
use hetong::model::case::{Case, FilingState};
use hetong::store::{Filing as Numbers, Store};
use jiff::civil::Date;

use super::{Changed, Settings};

#[derive(Debug, clap::Args)]
pub(super) struct State {
    #[command(flatten)]
    which: Changed,
    /// 新状态，如 已备案（或 filed）
    #[arg(long = "to", value_name = "状态", value_parser = state_of)]
    to: FilingState,
    /// 理由；退回此前状态时必填
    #[arg(long, value_name = "文字")]
    reason: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Assign {
    #[command(flatten)]
    which: Changed,
    /// 承办部门；写空文字表示取消
    #[arg(long, value_name = "部门", required_unless_present = "undertaker")]
    department: Option<String>,
    /// 承办人；写空文字表示取消
    #[arg(long, value_name = "姓名")]
    undertaker: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Filing {
    #[command(flatten)]
    which: Changed,
    /// 备案系统给出的编号
    #[arg(long, value_name = "编号", required_unless_present_any = ["registered", "paper_received"])]
    number: Option<String>,
    /// 备案登记日，如 2024-03-05
    #[arg(long, value_name = "日期")]
    registered: Option<Date>,
    /// 纸质原件送交日
    #[arg(long, value_name = "日期")]
    paper_received: Option<Date>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Open {
    #[command(flatten)]
    which: Changed,
    /// 为何确属合同
    #[arg(long, value_name = "文字")]
    reason: String,
}

pub(super) fn state_of(text: &str) -> Result<FilingState, String> {
    FilingState::parse(text).ok_or_else(|| "没有这一状态".to_owned())
}

/// Makes a change and shows the case as it is then.
fn change(
    which: &Changed,
    settings: &Settings,
    change: impl FnOnce(&mut Store, &Case) -> Result<()>,
) -> Result<()> {
    let mut store = which.store.open_to_decide(settings)?;
    let case = store.case_of(&which.id)?;
    change(&mut store, &case)?;
    let entry = store.entry(case.id)?;
    writeln!(io::stdout().lock(), "{}", super::list::line(&entry))?;
    Ok(())
}

pub(super) fn state(arguments: &State, settings: &Settings) -> Result<()> {
    let actor = arguments.which.person.actor()?;
    change(&arguments.which, settings, |store, case| {
        Ok(store.step(case.id, arguments.to, &actor, arguments.reason.as_deref())?)
    })
}

pub(super) fn assign(arguments: &Assign, settings: &Settings) -> Result<()> {
    let actor = arguments.which.person.actor()?;
    let (department, undertaker) = (arguments.department.as_deref(), arguments.undertaker.as_deref());
    change(&arguments.which, settings, |store, case| {
        Ok(store.assign(case.id, department, undertaker, &actor)?)
    })
}

pub(super) fn filing(arguments: &Filing, settings: &Settings) -> Result<()> {
    let actor = arguments.which.person.actor()?;
    let numbers = Numbers {
        number: arguments.number.clone(),
        registered: arguments.registered,
        paper_received: arguments.paper_received,
    };
    change(&arguments.which, settings, |store, case| Ok(store.set_filing(case.id, &numbers, &actor)?))
}

pub(super) fn open(arguments: &Open, settings: &Settings) -> Result<()> {
    let which = &arguments.which;
    let actor = which.person.actor()?;
    let mut store = which.store.open_to_decide(settings)?;
    let case = store.open_case(&which.id, &actor, &arguments.reason)?;
    writeln!(io::stdout().lock(), "{}", super::list::line(&store.entry(case)?))?;
    Ok(())
}
