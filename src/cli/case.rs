//! `hetong case`: what the office adds to a contract and answers for.

mod attach;
mod change;
mod duplicates;
mod links;
mod list;
mod show;

pub use list::Stopped;
pub use show::event_line;

use anyhow::Result;
use clap::Subcommand;
use hetong::model::case::Case;
use hetong::store::Store;

use super::Done;
use super::person::Person;
use super::settings::Settings;
use super::store_option::{Place, StoreOption};

/// 案卷：备案状态、承办部门与承办人、备案编号、人工核定和留痕
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 显示一份合同的案卷
    Show(Which),
    /// 列出案卷
    List(list::Arguments),
    /// 更改备案状态：拟稿、已审查、已签订、已备案、履行中、已变更、已终止、已归档
    State(change::State),
    /// 指定承办部门和承办人
    Assign(change::Assign),
    /// 登记备案编号、备案登记日和纸质原件送交日
    Filing(change::Filing),
    /// 为未被识别为合同的记录建立案卷
    Open(change::Open),
    /// 添加附件（批复、纪要、回执等），内容按哈希留存
    Attach(attach::Attach),
    /// 移除附件
    Detach(attach::Detach),
    /// 列出已确认的关联，并按编号、名称和当事人查找可能的主合同
    Links(Which),
    /// 确认一份协议是某主合同的补充、变更或终止协议
    Link(links::Link),
    /// 取消关联
    Unlink(links::Unlink),
    /// 查找疑似同一份合同的案卷（重复扫描、重复报送）：按编号、名称、当事人和文字；由人确认后并为一个案卷
    Duplicates(duplicates::Find),
    /// 确认两个案卷是同一份合同：把尚未处理过的一份并入另一份
    Join(duplicates::Join),
    /// 把误并入的记录分出，另立案卷
    Split(duplicates::Split),
    /// 列出案卷的全部留痕和记录的历次版本
    History(Which),
}

/// One contract of a store.
#[derive(Debug, clap::Args)]
struct Which {
    /// 记录编号（可只写前几位）
    #[arg(value_name = "记录编号")]
    id: String,
    #[command(flatten)]
    place: Place,
}

/// One contract of a store, and who changes something about it.
#[derive(Debug, clap::Args)]
struct Changed {
    /// 记录编号（可只写前几位）
    #[arg(value_name = "记录编号")]
    id: String,
    #[command(flatten)]
    store: StoreOption,
    #[command(flatten)]
    person: Person,
}

impl Which {
    fn open(&self, settings: &Settings) -> Result<(Store, Case)> {
        let store = self.place.store.open(settings)?;
        let case = store.case_of(&self.id)?;
        Ok((store, case))
    }
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<Done> {
    match &arguments.command {
        Command::Show(which) => show::show(which, settings)?,
        Command::List(list) => list::run(list, settings)?,
        Command::State(state) => change::state(state, settings)?,
        Command::Assign(assign) => change::assign(assign, settings)?,
        Command::Filing(filing) => change::filing(filing, settings)?,
        Command::Open(open) => change::open(open, settings)?,
        Command::Attach(attach) => attach::attach(attach, settings)?,
        Command::Detach(detach) => attach::detach(detach, settings)?,
        Command::Links(which) => links::show(which, settings)?,
        Command::Link(link) => links::link(link, settings)?,
        Command::Unlink(unlink) => links::unlink(unlink, settings)?,
        Command::Duplicates(find) => duplicates::find(find, settings)?,
        Command::Join(join) => duplicates::join(join, settings)?,
        Command::Split(split) => duplicates::split(split, settings)?,
        Command::History(which) => show::history(which, settings)?,
    }
    Ok(Done::Well)
}
