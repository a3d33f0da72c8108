//! Cases that may be one contract, and a person's word on it.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anyhow::Result;
use hetong::model::case::{Case, CaseId};
use hetong::search::{Index, Relation, SearchError, Similar};
use hetong::store::{Duplicate, Store};
use serde_json::json;

use super::{Changed, Place, Settings, list};
use crate::cli::print_pretty;

#[derive(Debug, clap::Args)]
pub(super) struct Find {
    /// 记录编号（可只写前几位）；缺省在全库中查找
    #[arg(value_name = "记录编号")]
    id: Option<String>,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, clap::Args)]
pub(super) struct Join {
    #[command(flatten)]
    which: Changed,
    /// 并入哪一份合同的案卷（记录编号）
    #[arg(long, value_name = "记录编号")]
    into: String,
    /// 理由
    #[arg(long, value_name = "文字")]
    reason: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Split {
    #[command(flatten)]
    which: Changed,
    /// 理由
    #[arg(long, value_name = "文字")]
    reason: String,
}

/// A case proposed, with what its text has in common with the other's.
struct Proposed {
    duplicate: Duplicate,
    text: Option<String>,
}

pub(super) fn find(arguments: &Find, settings: &Settings) -> Result<()> {
    let store = arguments.place.store.open(settings)?;
    match &arguments.id {
        Some(id) => of_one(&store, &store.case_of(id)?, arguments.place.json, settings),
        None => of_all(&store, arguments.place.json),
    }
}

/// All groups, by what the store knows.
fn of_all(store: &Store, json: bool) -> Result<()> {
    let groups = store.duplicate_groups()?;
    if json {
        return print_pretty(&groups);
    }
    let mut out = io::stdout().lock();
    for (first, alike) in &groups {
        writeln!(out, "{}", list::line(first))?;
        for duplicate in alike {
            writeln!(out, "  {}", line(duplicate, None))?;
        }
    }
    let count = groups.len();
    let told = "（按编号、名称、当事人、日期和价款）；逐份比对文字用 hetong case duplicates 记录编号";
    Ok(writeln!(out, "疑似重复 {count} 组{told}")?)
}

/// Those of one case, by what the store knows and by the text.
fn of_one(store: &Store, case: &Case, json: bool, settings: &Settings) -> Result<()> {
    let texts = texts(store, case, settings)?;
    let found = proposed(store, case, texts.as_ref().unwrap_or(&BTreeMap::new()))?;
    if json {
        let told = |p: &Proposed| json!({"duplicate": p.duplicate, "text": p.text});
        return print_pretty(&found.iter().map(told).collect::<Vec<_>>());
    }
    let mut out = io::stdout().lock();
    for Proposed { duplicate, text } in &found {
        writeln!(out, "{}", line(duplicate, text.as_deref()))?;
    }
    if texts.is_none() {
        writeln!(out, "※ 没有检索索引，未比对文字；运行 hetong process 即建立索引")?;
    }
    let told = match found.is_empty() {
        true => "没有找到疑似同一份合同的其他案卷",
        false => "确属同一份合同的，用 hetong case join 记录编号 --into 记录编号 并为一个案卷",
    };
    Ok(writeln!(out, "{told}")?)
}

/// Likely duplicates of a case: those that agree with it in what the store knows, and those whose text is nearly the same.
fn proposed(store: &Store, case: &Case, texts: &BTreeMap<CaseId, String>) -> Result<Vec<Proposed>> {
    let own = store.entry(case.id)?;
    let mut found: BTreeMap<CaseId, Duplicate> =
        store.duplicates(case.id)?.into_iter().map(|found| (found.entry.case.id, found)).collect();
    for id in texts.keys().filter(|id| **id != case.id) {
        let other = store.entry(*id)?;
        if other.particulars.kind == own.particulars.kind {
            found.entry(*id).or_insert_with(|| Duplicate::of(&own.particulars, other));
        }
    }
    let proposed =
        found.into_iter().map(|(id, duplicate)| Proposed { duplicate, text: texts.get(&id).cloned() });
    Ok(proposed.filter(|proposed| proposed.duplicate.is_likely(proposed.text.is_some())).collect())
}

/// Cases with a record of nearly the same text, with how much of it; `None` without an index.
fn texts(store: &Store, case: &Case, settings: &Settings) -> Result<Option<BTreeMap<CaseId, String>>> {
    const COMPARED: usize = 100;
    let index = match Index::open(store.folder(), settings.lexicon()?) {
        Err(SearchError::Missing(_)) => return Ok(None),
        index => index?,
    };
    let similar = match index.similar(&case.record, COMPARED) {
        // The record came after the index was made.
        Err(SearchError::Unknown(_)) => return Ok(None),
        answer => answer?.similar,
    };
    let mut texts = BTreeMap::new();
    for similar in similar.iter().filter(|similar| is_alike(similar)) {
        // What is no contract has no case; what the index still has and the store no longer is none either.
        if let Some(other) = store.case_number(&similar.id)? {
            let share = (similar.likeness * 100.0).round();
            texts.entry(other).or_insert_with(|| format!("{}（约 {share}%）", similar.relation.label()));
        }
    }
    Ok(Some(texts))
}

fn is_alike(similar: &Similar) -> bool {
    matches!(similar.relation, Relation::SameText | Relation::NearlySame)
}

/// `疑似同一份合同：3f9a01c2 …（合同编号、当事人相同；文字内容相同）`.
pub(super) fn line(duplicate: &Duplicate, text: Option<&str>) -> String {
    let same = format!("{}相同", duplicate.same.join("、"));
    let told: Vec<String> =
        [Some(same), text.map(|text| format!("文字{text}"))].into_iter().flatten().collect();
    format!("疑似同一份合同：{}（{}）", list::line(&duplicate.entry), told.join("；"))
}

pub(super) fn join(arguments: &Join, settings: &Settings) -> Result<()> {
    let actor = arguments.which.person.actor()?;
    let mut store = arguments.which.store.open_to_decide(settings)?;
    let (joined, kept) = (store.case_of(&arguments.which.id)?, store.case_of(&arguments.into)?);
    store.join(kept.id, joined.id, &actor, arguments.reason.as_deref())?;
    Ok(writeln!(io::stdout().lock(), "已并入：{}", list::line(&store.entry(kept.id)?))?)
}

pub(super) fn split(arguments: &Split, settings: &Settings) -> Result<()> {
    let actor = arguments.which.person.actor()?;
    let mut store = arguments.which.store.open_to_decide(settings)?;
    let own = store.split(&arguments.which.id, &actor, &arguments.reason)?;
    Ok(writeln!(io::stdout().lock(), "已分出为单独的案卷：{}", list::line(&store.entry(own)?))?)
}
