//! `hetong confirm` and `hetong correct`: a person's word on fields.

use anyhow::{Context, Result, bail};
use hetong::fields::contract_types;
use hetong::model::case::{ContractTypes, Effective, FieldPath, FieldState, Ruling, Seen, Word};
use std::io::{self, Write};

use super::Done;
use super::person::Person;
use super::settings::Settings;
use super::store_option::StoreOption;

/// 确认要素读取无误；写作 要素=值 时，只有当前值与之相同才予确认
#[derive(Debug, clap::Args)]
pub struct Confirm {
    /// 记录编号（可只写前几位）
    #[arg(value_name = "记录编号")]
    id: String,
    /// 要素，如 title、amount=98000.00、parties[1].uscc（当事人从 0 数起）
    #[arg(value_name = "要素", required = true)]
    fields: Vec<String>,
    #[command(flatten)]
    common: Common,
}

/// 更正要素；更正后重新读取也不会覆盖，两者不同时会提示
#[derive(Debug, clap::Args)]
#[command(after_help = CORRECTING)]
pub struct Correct {
    /// 记录编号（可只写前几位）
    #[arg(value_name = "记录编号")]
    id: String,
    /// 要素=值；值为空表示合同没有此项
    #[arg(value_name = "要素=值", required_unless_present = "withdraw")]
    fields: Vec<String>,
    /// 撤回先前对该要素的确认或更正，恢复机器读取值（可重复）
    #[arg(long, value_name = "要素")]
    withdraw: Vec<String>,
    #[command(flatten)]
    common: Common,
}

const CORRECTING: &str = "\
要素写法：
  title=设备采购合同  contract_number=…  sign_date=2024-03-05  sign_place=深圳市罗湖区
  contract_type=服务合同  amount=98000.00（元）  amount.kind=上限  amount.tax=含税  term.end=2026-12-31  direction=支出  notice=有
  parties[1].name=…  parties[1].uscc=…（校验码须正确）  parties[2].role=丙方（可续写下一方）
  slot.budget_item=…（表单中由人填写的空栏）";

#[derive(Debug, clap::Args)]
struct Common {
    #[command(flatten)]
    store: StoreOption,
    /// 理由，记入留痕（请勿写入证件号码、电话、账号）
    #[arg(long, value_name = "文字")]
    reason: Option<String>,
    #[command(flatten)]
    person: Person,
}

pub fn confirm(arguments: &Confirm, settings: &Settings) -> Result<Done> {
    let types = contract_types(&settings.dictionaries)?;
    decide(&arguments.id, &arguments.common, settings, |effective| {
        arguments.fields.iter().map(|field| confirming(field, effective, &types)).collect()
    })
}

pub fn correct(arguments: &Correct, settings: &Settings) -> Result<Done> {
    let types = contract_types(&settings.dictionaries)?;
    decide(&arguments.id, &arguments.common, settings, |effective| {
        let withdrawn = arguments
            .withdraw
            .iter()
            .map(|field| Ok(Ruling { path: field.parse()?, word: Word::Withdraw, seen: Seen::Present }));
        let corrected = arguments.fields.iter().map(|field| correcting(field, effective, &types));
        withdrawn.chain(corrected).collect()
    })
}

fn decide(
    id: &str,
    common: &Common,
    settings: &Settings,
    rulings: impl FnOnce(&Effective) -> Result<Vec<Ruling>>,
) -> Result<Done> {
    let actor = common.person.actor()?;
    let mut store = common.store.open_to_decide(settings)?;
    let case = store.case_of(id)?;
    let before = store.effective(case.id)?;
    let rulings = rulings(&before)?;
    let after = store.decide(case.id, &rulings, &actor, common.reason.as_deref())?;
    let mut out = io::stdout().lock();
    for ruling in &rulings {
        writeln!(out, "{}", outcome(&ruling.path.whole(), &after))?;
    }
    Ok(Done::Well)
}

/// `title`, or `title=设备采购合同`: then only that value is confirmed.
fn confirming(field: &str, effective: &Effective, types: &ContractTypes) -> Result<Ruling> {
    let (path, value) = field.split_once('=').map_or((field, None), |(path, value)| (path, Some(value)));
    let path: FieldPath = path.trim().parse()?;
    let current = effective.value(&path);
    let seen = match value {
        Some(value) => path.value_of(value, &current, types)?,
        None if current.is_null() => {
            bail!("“{}”没有读取值，无从确认；请用 hetong correct 填写，没有此项的写 {path}=", path.label())
        }
        None => current,
    };
    Ok(Ruling { path, word: Word::Confirm, seen: Seen::Value(seen) })
}

fn correcting(field: &str, effective: &Effective, types: &ContractTypes) -> Result<Ruling> {
    let (path, value) = field
        .split_once('=')
        .with_context(|| format!("“{field}”缺少等号；请写作 要素=值，如 title=设备采购合同"))?;
    let path: FieldPath = path.trim().parse()?;
    let current = effective.value(&path);
    let value = path.value_of(value, &current, types)?;
    Ok(Ruling { path, word: Word::Correct(value), seen: Seen::Value(current) })
}

/// `合同名称：设备采购合同（已更正，读取值：设备采购合伺）`.
fn outcome(path: &FieldPath, after: &Effective) -> String {
    let value = path.shown(&after.value(path));
    let state = after.state(&path.to_string());
    let reading = after.read_value(path);
    let aside = match state {
        FieldState::Corrected if path.slot().is_none() => format!("，读取值：{}", path.shown(&reading)),
        _ => String::new(),
    };
    format!("{}：{value}（{}{aside}）", path.label(), state.label())
}
