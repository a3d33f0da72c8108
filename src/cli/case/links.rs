//! Links between a main contract and what adds to it, changes or ends it.

use std::io::{self, Write};

use anyhow::Result;
use hetong::model::case::{Case, CaseId, LinkKind};
use hetong::store::Store;
use serde_json::json;

use super::{Changed, Settings, Which, list};
use crate::cli::print_pretty;

#[derive(Debug, clap::Args)]
pub(super) struct Link {
    #[command(flatten)]
    which: Changed,
    /// 主合同的记录编号
    #[arg(long, value_name = "记录编号")]
    main: String,
    /// 补充协议、变更协议或终止协议（缺省按名称判断）
    #[arg(long, value_name = "关系", value_parser = kind_of)]
    kind: Option<LinkKind>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Unlink {
    #[command(flatten)]
    which: Changed,
    /// 主合同的记录编号
    #[arg(long, value_name = "记录编号")]
    main: String,
    /// 理由
    #[arg(long, value_name = "文字")]
    reason: Option<String>,
}

fn kind_of(text: &str) -> Result<LinkKind, String> {
    LinkKind::parse(text).ok_or_else(|| "没有这种关系".to_owned())
}

/// The store, the agreement's case, and the main contract's.
fn open(which: &Changed, main: &str, settings: &Settings) -> Result<(Store, Case, Case)> {
    let store = which.store.open_to_decide(settings)?;
    let (dependent, main) = (store.case_of(&which.id)?, store.case_of(main)?);
    Ok((store, dependent, main))
}

pub(super) fn link(arguments: &Link, settings: &Settings) -> Result<()> {
    let actor = arguments.which.person.actor()?;
    let (mut store, dependent, main) = open(&arguments.which, &arguments.main, settings)?;
    let title = store.entry(dependent.id)?.particulars.title.unwrap_or_default();
    let kind = arguments.kind.unwrap_or_else(|| LinkKind::of_title(&title));
    store.link(main.id, dependent.id, kind, &actor)?;
    writeln!(
        io::stdout().lock(),
        "已关联为{}；主合同：{}",
        kind.label(),
        list::line(&store.entry(main.id)?)
    )?;
    Ok(())
}

pub(super) fn unlink(arguments: &Unlink, settings: &Settings) -> Result<()> {
    let actor = arguments.which.person.actor()?;
    let (mut store, dependent, main) = open(&arguments.which, &arguments.main, settings)?;
    store.unlink(main.id, dependent.id, &actor, arguments.reason.as_deref())?;
    writeln!(io::stdout().lock(), "已取消关联")?;
    Ok(())
}

/// Links that were confirmed, and candidates for a main contract.
pub(super) fn show(which: &Which, settings: &Settings) -> Result<()> {
    let (store, case) = which.open(settings)?;
    let candidates = store.link_candidates(case.id)?;
    if which.place.json {
        return print_pretty(&json!({"links": store.links(case.id)?, "candidates": candidates}));
    }
    let mut out = io::stdout().lock();
    for line in lines(&store, case.id)? {
        writeln!(out, "{line}")?;
    }
    for candidate in &candidates {
        let reasons = candidate.reasons.join("，");
        writeln!(out, "可能的主合同（待确认）：{}（{reasons}）", list::line(&candidate.main))?;
    }
    if candidates.is_empty() {
        writeln!(out, "没有找到可能的主合同")?;
    }
    Ok(())
}

/// Confirmed links of a case, as a person reads them.
pub(super) fn lines(store: &Store, case: CaseId) -> Result<Vec<String>> {
    let line = |link: &hetong::model::case::Link| {
        let (what, other) = match link.dependent == case {
            true => (format!("为下列主合同的{}", link.kind.label()), link.main),
            false => (link.kind.label().to_owned(), link.dependent),
        };
        Ok(format!("{what}：{}（{} 确认）", list::line(&store.entry(other)?), link.by))
    };
    store.links(case)?.iter().map(line).collect()
}
