//! `hetong suppress`: findings that a person sets aside.

use anyhow::{Result, bail};
use hetong::model::mark::Suppression;
use hetong::model::{Finding, Record};
use hetong::store::Store;
use std::io::{self, Write};

use super::Done;
use super::person::Person;
use super::settings::Settings;
use super::store_option::StoreOption;
use super::stored::{Contract, Desk};

/// 搁置一条结论（须写明理由，留痕），或撤回、列出搁置；搁置的结论照常显示，不再计入体检等级
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// 记录编号（可只写前几位）；与 --list 同用时可省略，列出全部
    #[arg(value_name = "记录编号", required_unless_present = "list")]
    id: Option<String>,
    /// 结论的指纹（hetong findings 列出，可只写前几位）
    #[arg(value_name = "指纹", required_unless_present = "list")]
    fingerprint: Option<String>,
    #[command(flatten)]
    store: StoreOption,
    /// 理由：凭什么认为可以不改，例如批准文号
    #[arg(long, value_name = "理由", required_unless_present = "list")]
    reason: Option<String>,
    #[command(flatten)]
    person: Person,
    /// 撤回搁置
    #[arg(long, conflicts_with = "list")]
    withdraw: bool,
    /// 列出搁置，指明其中哪些已与现有结论不符
    #[arg(long)]
    list: bool,
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<Done> {
    let folder = arguments.store.folder(settings)?;
    let desk = Desk::open(&folder, settings)?;
    if arguments.list {
        return list(&desk, arguments.id.as_deref());
    }
    let (id, given) = (required(&arguments.id), required(&arguments.fingerprint));
    let contract = desk.contract(id)?;
    let Some(case) = contract.case.as_ref().map(|case| case.id) else {
        bail!("记录 {id} 未被识别为合同，没有案卷，不能搁置其结论");
    };
    let (actor, reason) = (arguments.person.actor()?, required(&arguments.reason));
    let mut store = Store::open_to_decide(&folder)?;
    let mut out = io::stdout().lock();
    if arguments.withdraw {
        let known = suppression(&contract, given)?;
        store.withdraw_suppression(case, &known.fingerprint, &actor, reason)?;
        writeln!(out, "已撤回搁置：{}  {}", known.rule, known.message)?;
    } else {
        let finding = finding(&contract.analysis.record, given)?;
        let rule = format!("{}/{}", finding.pack, finding.rule);
        store.suppress(case, (&finding.fingerprint, &rule, &finding.message), &actor, reason)?;
        writeln!(out, "已搁置：{rule}  {}", finding.message)?;
    }
    Ok(Done::Well)
}

fn required(argument: &Option<String>) -> &str {
    argument.as_deref().unwrap_or_default()
}

/// The finding whose fingerprint begins so.
fn finding<'a>(record: &'a Record, fingerprint: &str) -> Result<&'a Finding> {
    let found: Vec<&Finding> =
        record.findings.iter().filter(|finding| finding.fingerprint.starts_with(fingerprint)).collect();
    match found.as_slice() {
        [only] => Ok(only),
        [] => bail!("该合同没有指纹为 {fingerprint} 的结论；可用 hetong findings 查看"),
        _ => bail!("指纹 {fingerprint} 对应多条结论，请多写几位"),
    }
}

/// The suppression whose fingerprint begins so.
fn suppression<'a>(contract: &'a Contract, fingerprint: &str) -> Result<&'a Suppression> {
    let all = contract.marks.suppressions.values();
    let found: Vec<&Suppression> = all.filter(|known| known.fingerprint.starts_with(fingerprint)).collect();
    match found.as_slice() {
        [only] => Ok(only),
        [] => bail!("结论 {fingerprint} 未被搁置，无可撤回"),
        _ => bail!("指纹 {fingerprint} 对应多条搁置，请多写几位"),
    }
}

/// Lists the suppressions of one contract, or of all.
fn list(desk: &Desk, id: Option<&str>) -> Result<Done> {
    let records = match id {
        Some(id) => vec![id.to_owned()],
        None => {
            let cases = desk.store.cases_with_suppressions()?.into_iter();
            cases.map(|case| Ok(desk.store.case(case)?.record)).collect::<Result<_>>()?
        }
    };
    let mut out = io::stdout().lock();
    let (mut count, mut lost) = (0, 0);
    for id in records {
        let contract = desk.contract(&id)?;
        let record = &contract.analysis.record;
        let unmatched = contract.marks.unmatched(&record.findings);
        for known in contract.marks.suppressions.values() {
            let is_lost = unmatched.contains(&known);
            (count, lost) = (count + 1, lost + usize::from(is_lost));
            let note = if is_lost { "  ！结论已不存在或已变化，请重新核对" } else { "" };
            let short: String = record.id.chars().take(12).collect();
            writeln!(out, "{short}  {}\n  {}  {}", record.source.path, known.fingerprint, known.rule)?;
            writeln!(out, "  {}\n  {}{note}", known.message, known.label())?;
        }
    }
    writeln!(out, "共 {count} 条搁置，其中 {lost} 条已不适用")?;
    Ok(Done::Well)
}
