//! `hetong incident`: anomalies and disputes of performance, which no contract's text tells.

use anyhow::Result;
use clap::Subcommand;
use hetong::model::incident::{Incident, IncidentKind};
use hetong::store::{Development, Happening};
use jiff::civil::Date;
use serde_json::json;

use super::mask::Mask;
use super::person::Person;
use super::settings::Settings;
use super::store_option::CaseOption;
use super::{Done, print_pretty, told};

/// 履行异常和争议：登记、跟进、列出；须三个工作日内填报的列入到期事项，均列入半年和年度报告
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 登记一项异常或争议
    Add(Add),
    /// 补记应对措施、填报日、了结日
    Follow(Follow),
    /// 撤回误登的一项（留痕仍在）
    Undo(Undo),
    /// 列出一份合同的异常和争议
    List(List),
}

#[derive(Debug, clap::Args)]
struct Add {
    #[command(flatten)]
    which: CaseOption,
    /// 对方违约、对方预期违约、对方失去履约能力、政策或情势变化、不可抗力、争议、涉诉、其他异常
    #[arg(long, value_name = "种类", value_parser = kind_of)]
    kind: IncidentKind,
    /// 发生之日
    #[arg(long, value_name = "日期")]
    on: Date,
    /// 情况说明（请勿写入证件号码、电话、账号）
    #[arg(long, value_name = "文字")]
    what: String,
    /// 应对措施
    #[arg(long, value_name = "文字")]
    measures: Option<String>,
    #[command(flatten)]
    person: Person,
}

#[derive(Debug, clap::Args)]
struct Follow {
    #[command(flatten)]
    which: CaseOption,
    /// 序号，见 hetong incident list
    #[arg(value_name = "序号")]
    number: u32,
    /// 应对措施
    #[arg(long, value_name = "文字", required_unless_present_any = ["reported", "closed"])]
    measures: Option<String>,
    /// 在合同备案系统填报之日
    #[arg(long, value_name = "日期")]
    reported: Option<Date>,
    /// 了结之日
    #[arg(long, value_name = "日期")]
    closed: Option<Date>,
    #[command(flatten)]
    person: Person,
}

#[derive(Debug, clap::Args)]
struct Undo {
    #[command(flatten)]
    which: CaseOption,
    /// 序号
    #[arg(value_name = "序号")]
    number: u32,
    /// 理由
    #[arg(long, value_name = "文字")]
    reason: String,
    #[command(flatten)]
    person: Person,
}

#[derive(Debug, clap::Args)]
struct List {
    #[command(flatten)]
    which: CaseOption,
    #[command(flatten)]
    mask: Mask,
    /// 输出 JSON
    #[arg(long)]
    json: bool,
}

fn kind_of(text: &str) -> Result<IncidentKind, String> {
    let known = || IncidentKind::ALL.map(IncidentKind::label).join("、");
    IncidentKind::parse(text).ok_or_else(|| format!("没有这一种；可用：{}", known()))
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<Done> {
    match &arguments.command {
        Command::Add(add) => self::add(add, settings)?,
        Command::Follow(follow) => self::follow(follow, settings)?,
        Command::Undo(undo) => self::undo(undo, settings)?,
        Command::List(list) => self::list(list, settings)?,
    }
    Ok(Done::Well)
}

fn add(add: &Add, settings: &Settings) -> Result<()> {
    let actor = add.person.actor()?;
    let (mut store, case) = add.which.open_to_decide(settings)?;
    let (what, measures) = (add.what.trim(), add.measures.as_deref());
    let happened = Happening { kind: add.kind, date: add.on, what, measures };
    let number = store.add_incident(case.id, &happened, &actor)?;
    told(&format!("已登记第 {number} 项：{} {}（{}）", add.on, add.kind.label(), add.kind.cited()))
}

fn follow(follow: &Follow, settings: &Settings) -> Result<()> {
    let actor = follow.person.actor()?;
    let (mut store, case) = follow.which.open_to_decide(settings)?;
    let (measures, reported, closed) = (follow.measures.as_deref(), follow.reported, follow.closed);
    store.develop_incident(case.id, follow.number, &Development { measures, reported, closed }, &actor)?;
    told(&format!("已补记第 {} 项", follow.number))
}

fn undo(undo: &Undo, settings: &Settings) -> Result<()> {
    let actor = undo.person.actor()?;
    let (mut store, case) = undo.which.open_to_decide(settings)?;
    store.withdraw_incident(case.id, undo.number, &actor, &undo.reason)?;
    told(&format!("已撤回第 {} 项", undo.number))
}

fn list(list: &List, settings: &Settings) -> Result<()> {
    let (store, case) = list.which.open(settings)?;
    let incidents = list.mask.over(store.incidents(case.id)?)?;
    if list.json {
        return print_pretty(&json!({"case": case.id, "record": case.record, "incidents": incidents}));
    }
    if incidents.is_empty() {
        return told("没有登记履行异常或争议");
    }
    incidents.iter().try_for_each(|incident| told(&line(incident)))
}

/// `第1项  2024-05-06  对方违约：逾期交货；措施：发函催告；未填报；未了结（王小明）`.
pub fn line(incident: &Incident) -> String {
    let Incident { number, kind, date, what, measures, by, .. } = incident;
    let measures = measures.as_ref().map(|measures| format!("；措施：{measures}")).unwrap_or_default();
    format!("第{number}项  {date}  {}：{what}{measures}；{}（{by}）", kind.label(), incident.progress())
}
