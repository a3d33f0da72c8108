//! `hetong rules`: the rule packs.

mod pairs;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::Subcommand;
use hetong::model::record::Stage;
use hetong::rules::examples::Bench;
use hetong::rules::{Article, Example, Pack, Packs, Rule};

use super::Done;
use super::settings::Settings;

/// 查看规则包
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 列出全部规则
    List,
    /// 说明一条规则：查什么、不查什么、依据、理由、建议和例子
    Explain {
        /// 规则代码，例如 dual-forum
        #[arg(value_name = "规则")]
        rule: String,
    },
    /// 运行一个规则包（缺省为全部）的例子，列出结论不符的
    Test {
        /// 规则包代码，例如 consistency
        #[arg(value_name = "规则包")]
        pack: Option<String>,
        /// 改用成对条款（一份有问题，一份貌似而无），列出各规则的比率；目录如 corpus/pairs
        #[arg(long, value_name = "目录")]
        pairs: Option<PathBuf>,
    },
    /// 逐条列出规则包所依据的办法：哪些由规则核对，哪些须人工，哪些与合同文本无关
    Coverage {
        /// 规则包代码，例如 luohu-2018
        #[arg(value_name = "规则包")]
        pack: String,
    },
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<Done> {
    if let Command::Test { pack, pairs } = &arguments.command {
        return test(pack.as_deref(), pairs.as_deref(), settings);
    }
    let engine = settings.engine()?;
    let mut out = io::stdout().lock();
    match &arguments.command {
        Command::List => {
            for pack in engine.packs().packs() {
                writeln!(out, "{}@{}  {}", pack.id, pack.version, pack.title)?;
                for rule in &pack.rules {
                    writeln!(
                        out,
                        "  {:<32} {}  {}  {}",
                        rule.slug,
                        severity(rule),
                        rule.title,
                        rule.citation
                    )?;
                }
            }
        }
        Command::Explain { rule: slug } => {
            let slug = slug.rsplit('/').next().unwrap_or(slug);
            let mut rules = engine.packs().explain(slug).peekable();
            if rules.peek().is_none() {
                bail!("没有规则 {slug}；可用 hetong rules list 查看全部规则");
            }
            for rule in rules {
                explain(&mut out, rule)?;
            }
        }
        Command::Test { .. } => {}
        Command::Coverage { pack: id } => {
            let Some(pack) = engine.packs().packs().iter().find(|pack| pack.id == *id) else {
                bail!("没有规则包 {id}；可用 hetong rules list 查看全部规则包");
            };
            let Some(covered) = &pack.coverage else { bail!("规则包 {id} 没有逐条对照表") };
            writeln!(out, "{}@{}  {}", pack.id, pack.version, pack.title)?;
            for article in &covered.article {
                coverage(&mut out, article)?;
            }
        }
    }
    Ok(Done::Well)
}

/// Runs the examples of one pack, or of all, and prints those that do not get their answer; or the pairs of a folder.
fn test(pack: Option<&str>, pairs: Option<&Path>, settings: &Settings) -> Result<Done> {
    let (packs, bench) = (Packs::new(&settings.dictionaries)?, Bench::new(&settings.dictionaries)?);
    let chosen: Vec<&Pack> = packs.packs().iter().filter(|p| pack.is_none_or(|id| p.id == id)).collect();
    if let Some(id) = pack.filter(|_| chosen.is_empty()) {
        let known: Vec<_> = packs.packs().iter().map(|pack| pack.id.as_str()).collect();
        bail!("没有规则包 {id}；现有：{}", known.join("、"));
    }
    if let Some(folder) = pairs {
        return Ok(Done::failing(!self::pairs::run(folder, &bench, &packs, &chosen)?));
    }
    let mut out = io::stdout().lock();
    let mut failed = false;
    for pack in chosen {
        let failures = bench.failures(&packs, pack);
        for failure in &failures {
            let (line, column) = failure.place;
            write!(out, "✗ {} {} 第{}例", failure.rule, failure.set, failure.number)?;
            writeln!(out, "（{} 第{line}行第{column}列）：{}", failure.file, failure.answer)?;
        }
        let examples =
            pack.rules.iter().map(|r| r.hit.len() + r.miss.len() + r.cannot_tell.len()).sum::<usize>();
        let wrong = failures.len();
        writeln!(out, "{}：{}条规则，{examples}个例子，{wrong}个不符", pack.id, pack.rules.len())?;
        failed |= wrong > 0;
    }
    Ok(Done::failing(failed))
}

fn coverage(out: &mut impl Write, article: &Article) -> io::Result<()> {
    writeln!(out, "第{}条  {}", article.number, article.about)?;
    if !article.rules.is_empty() {
        writeln!(out, "    规则核对：{}", article.rules.join("、"))?;
    }
    if !article.store.is_empty() {
        writeln!(out, "    按备案记录核对（hetong checkup、findings）：{}", article.store.join("、"))?;
    }
    let notes = [("人工核对", &article.person), ("与文本无关", &article.not_applicable)];
    for (label, note) in notes.into_iter().filter_map(|(label, note)| Some((label, note.as_ref()?))) {
        writeln!(out, "    {label}：{note}")?;
    }
    Ok(())
}

fn severity(rule: &Rule) -> String {
    let (draft, signed) = (rule.severity.at(Stage::Draft).label(), rule.severity.at(Stage::Signed).label());
    if draft == signed { signed.to_owned() } else { format!("{signed}（拟稿{draft}）") }
}

fn explain(out: &mut impl Write, rule: &Rule) -> io::Result<()> {
    writeln!(out, "{}  {}【{}】", rule.path(), rule.title, severity(rule))?;
    writeln!(out, "依据：{}", rule.citation)?;
    writeln!(out, "查什么：{}", rule.flags)?;
    writeln!(out, "不查什么：{}", rule.spares)?;
    writeln!(out, "为何要紧：{}", rule.why)?;
    writeln!(out, "建议：{}", rule.suggestion)?;
    let groups = [("会指出", &rule.hit), ("不会指出", &rule.miss), ("无法判断", &rule.cannot_tell)];
    for (label, examples) in groups.into_iter().filter(|(_, examples)| !examples.is_empty()) {
        writeln!(out, "{label}：")?;
        for example in examples {
            writeln!(out, "  · {}", one_line(example))?;
        }
    }
    writeln!(out)
}

fn one_line(example: &Example) -> String {
    example.text.trim().lines().map(str::trim).collect::<Vec<_>>().join(" / ")
}
