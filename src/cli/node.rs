//! `hetong node`: the performance nodes of a contract, and what people note of them.

use anyhow::{Result, bail};
use clap::Subcommand;
use hetong::duties::node::NodeKind;
use hetong::duties::{Deadlines, Node, When};
use hetong::model::case::Case;
use hetong::model::node::{MarkKind, NodeMark};
use hetong::store::{Note, Store};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::json;
use std::io::{self, Write};

use super::person::Person;
use super::settings::Settings;
use super::store_option::CaseOption;
use super::{Done, print_pretty, told};

/// 进度节点：列出付款和期限届满等节点，记录条件成就、履行和填报
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 列出一份合同的节点：何时到期、由什么触发、金额、在第几页、是否已履行
    List(List),
    /// 记录节点已履行（付款、交付、验收……）
    Done(Mark),
    /// 记录节点等待的条件已成就，期限从该日起算
    Occurred(Mark),
    /// 记录节点已在合同备案系统填报
    Reported(Mark),
    /// 增加合同文字中读不出的节点
    Add(Add),
    /// 撤回一项记录（留痕仍在）
    Undo(Undo),
}

#[derive(Debug, clap::Args)]
struct List {
    #[command(flatten)]
    which: CaseOption,
    /// 输出 JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
struct Mark {
    #[command(flatten)]
    which: CaseOption,
    /// 节点编号，见 hetong node list；按期付款的某一期写作 编号@日期
    #[arg(value_name = "节点")]
    node: String,
    #[command(flatten)]
    fact: Fact,
}

#[derive(Debug, clap::Args)]
struct Add {
    #[command(flatten)]
    which: CaseOption,
    /// 节点名称，如 初验
    #[arg(long, value_name = "名称")]
    name: String,
    #[command(flatten)]
    fact: Fact,
}

/// When, how much, and who says so.
#[derive(Debug, clap::Args)]
struct Fact {
    /// 哪一天（新增节点的到期日，或实际履行、成就、填报之日）
    #[arg(long, value_name = "日期")]
    on: Date,
    /// 金额（元）：实际支付的，或新增节点的
    #[arg(long, value_name = "金额")]
    amount: Option<Decimal>,
    #[command(flatten)]
    person: Person,
}

#[derive(Debug, clap::Args)]
struct Undo {
    #[command(flatten)]
    which: CaseOption,
    /// 节点编号
    #[arg(value_name = "节点")]
    node: String,
    /// 撤回哪一项：done、occurred、reported、added
    #[arg(long, value_name = "种类", value_parser = kind_of, default_value = "done")]
    what: MarkKind,
    #[command(flatten)]
    person: Person,
}

fn kind_of(word: &str) -> Result<MarkKind, String> {
    MarkKind::parse(word).ok_or_else(|| "没有这一种记录".to_owned())
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<Done> {
    match &arguments.command {
        Command::List(list) => show(list, settings)?,
        Command::Done(mark) => note(mark, MarkKind::Done, settings)?,
        Command::Occurred(mark) => note(mark, MarkKind::Occurred, settings)?,
        Command::Reported(mark) => note(mark, MarkKind::Reported, settings)?,
        Command::Add(node) => add(node, settings)?,
        Command::Undo(mark) => undo(mark, settings)?,
    }
    Ok(Done::Well)
}

/// A contract with its nodes.
struct Contract {
    store: Store,
    case: Case,
    title: Option<String>,
    nodes: Vec<Node>,
    marks: Vec<NodeMark>,
    /// What linked agreements change, a line each.
    changed: Vec<String>,
}

impl Contract {
    fn open(which: &CaseOption, settings: &Settings, to_decide: bool) -> Result<Self> {
        let (store, case) = if to_decide { which.open_to_decide(settings)? } else { which.open(settings)? };
        let particulars = store.entry(case.id)?.particulars;
        let marks = store.node_marks(case.id)?;
        let deadlines = Deadlines::new(&settings.dictionaries)?;
        let dependents = store.dependents_of(case.id)?;
        let changes = deadlines.changes(&particulars, &super::due::amendments(Some(&dependents)));
        let nodes = deadlines.nodes(&changes.laid_over(&particulars), &marks);
        let nodes = nodes.into_iter().map(|node| changes.retold(node)).collect();
        Ok(Self { store, case, title: particulars.title, nodes, marks, changed: changes.lines() })
    }

    /// The node that a person names, by its key or the key with a day behind it.
    fn node(&self, key: &str) -> Result<&Node> {
        let (plain, day) = key.split_once('@').map_or((key, None), |(plain, day)| (plain, Some(day)));
        let Some(node) = self.nodes.iter().find(|node| node.key == plain) else {
            bail!("这份合同没有编号为 {key} 的节点；用 hetong node list 查看");
        };
        match (&node.when, day) {
            (When::Recurs(days), None) => {
                bail!("{}按期支付，请写明哪一期：{plain}@{}", node.name, first(days))
            }
            (When::Recurs(days), Some(day)) if days.iter().any(|known| known.to_string() == day) => Ok(node),
            (_, Some(day)) => bail!("节点 {plain} 没有 {day} 这一期；用 hetong node list 查看"),
            (_, None) => Ok(node),
        }
    }

    fn has(&self, kind: MarkKind, key: &str) -> Option<&NodeMark> {
        self.marks.iter().find(|mark| mark.kind == kind && mark.node == key)
    }

    /// Notes what a person says of a node.
    fn note(&mut self, node: &str, kind: MarkKind, name: &str, fact: &Fact) -> Result<()> {
        let note = Note { node, kind, date: fact.on, amount: fact.amount, name };
        Ok(self.store.note_node(self.case.id, &note, &fact.person.actor()?)?)
    }

    /// Notes whose node the text no longer has: the contract was read anew since.
    fn orphans(&self) -> impl Iterator<Item = &NodeMark> {
        let plain = |mark: &NodeMark| mark.node.split('@').next().unwrap_or_default().to_owned();
        self.marks.iter().filter(move |mark| self.nodes.iter().all(|node| node.key != plain(mark)))
    }
}

fn first(days: &[Date]) -> String {
    days.first().map(Date::to_string).unwrap_or_else(|| "日期".to_owned())
}

fn show(list: &List, settings: &Settings) -> Result<()> {
    let contract = Contract::open(&list.which, settings, false)?;
    let orphans: Vec<&NodeMark> = contract.orphans().collect();
    if list.json {
        return print_pretty(&json!({
            "case": contract.case.id, "record": contract.case.record, "title": contract.title,
            "nodes": contract.nodes, "marks": contract.marks, "orphans": orphans, "changes": contract.changed,
        }));
    }
    let mut out = io::stdout().lock();
    writeln!(out, "{}", contract.title.as_deref().unwrap_or("（未读到合同名称）"))?;
    for line in &contract.changed {
        writeln!(out, "※ {line}")?;
    }
    if contract.nodes.is_empty() {
        writeln!(out, "未读到付款安排和期限；可用 hetong node add 增加节点")?;
    }
    for node in &contract.nodes {
        writeln!(out, "{}", line(&contract, node))?;
    }
    for mark in orphans {
        let told = "重新读取后合同文字中不再有此节点，请核对";
        writeln!(out, "※ {} {}（{} {}）：{told}", mark.node, mark.name, mark.kind.label(), mark.date)?;
    }
    Ok(())
}

/// `7fec6863  2024-03-19  预付款 30%…  第3页  已履行 2024-03-18`.
fn line(contract: &Contract, node: &Node) -> String {
    let when = match &node.when {
        When::On(planned) => planned.arithmetic.clone(),
        When::Recurs(days) => format!("共{}期：{}", days.len(), periods(contract, node, days)),
        When::Awaits(event) => format!("待条件成就：{event}"),
        When::Untold(why) => why.clone(),
    };
    let sum = node.sum.as_ref().filter(|_| node.kind != NodeKind::Added || !node.name.contains('元'));
    let sum = sum.map(|sum| {
        let reckoned = if sum.reckoned { "（按合同总价推算）" } else { "" };
        format!("{} {}{reckoned}", sum.currency, sum.amount)
    });
    let noted = MarkKind::ALL.iter().filter_map(|kind| contract.has(*kind, &node.key));
    let noted = noted.map(|mark| format!("{} {}（{}）", mark.kind.label(), mark.date, mark.by));
    let page = node.page.map(|page| format!("第{page}页"));
    let parts = [Some(node.name.clone()), Some(when), sum, page].into_iter().flatten().chain(noted);
    format!("{}  {}", node.key, parts.collect::<Vec<_>>().join("；"))
}

/// Each day that comes round, with a tick where it is done.
fn periods(contract: &Contract, node: &Node, days: &[Date]) -> String {
    let ticked = |day: &Date| {
        let done = contract.has(MarkKind::Done, &format!("{}@{day}", node.key)).is_some();
        format!("{day}{}", if done { "✓" } else { "" })
    };
    days.iter().map(ticked).collect::<Vec<_>>().join(" ")
}

fn note(mark: &Mark, kind: MarkKind, settings: &Settings) -> Result<()> {
    let mut contract = Contract::open(&mark.which, settings, true)?;
    let name = contract.node(&mark.node)?.name.clone();
    contract.note(&mark.node, kind, &name, &mark.fact)?;
    told(&format!("已记录：{name}，{} {}", kind.label(), mark.fact.on))
}

fn add(node: &Add, settings: &Settings) -> Result<()> {
    let mut contract = Contract::open(&node.which, settings, true)?;
    let (key, name) = (own_key(&contract.nodes), node.name.trim());
    contract.note(&key, MarkKind::Added, name, &node.fact)?;
    told(&format!("已增加节点 {key}：{name} {}", node.fact.on))
}

/// A key that no node of the contract has: `u1`, `u2` …
fn own_key(nodes: &[Node]) -> String {
    let taken = nodes.iter().filter_map(|node| node.key.strip_prefix('u')?.parse::<usize>().ok());
    format!("u{}", taken.max().unwrap_or(0) + 1)
}

fn undo(mark: &Undo, settings: &Settings) -> Result<()> {
    let actor = mark.person.actor()?;
    let mut contract = Contract::open(&mark.which, settings, true)?;
    if !contract.store.withdraw_note(contract.case.id, &mark.node, mark.what, &actor)? {
        bail!("节点 {} 没有“{}”的记录可撤回", mark.node, mark.what.label());
    }
    told(&format!("已撤回节点 {} 的“{}”", mark.node, mark.what.label()))
}
