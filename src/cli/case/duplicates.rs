//! Cases that may be one contract, and a person's word on it.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anyhow::Result;
use hetong::model::case::Case;
use hetong::search::{Index, Relation};
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
    let mut out = io::stdout().lock();
    let Some(id) = &arguments.id else {
        let groups = store.duplicate_groups()?;
        if arguments.place.json {
            return print_pretty(&groups);
        }
        for (first, alike) in &groups {
            writeln!(out, "{}", list::line(first))?;
            for duplicate in alike {
                writeln!(out, "  {}", line(duplicate, None))?;
            }
        }
        return Ok(writeln!(
            out,
            "疑似重复 {} 组（按编号、名称、当事人、日期和价款）；逐份比对文字用 hetong case duplicates 记录编号",
            groups.len()
        )?);
    };
    let case = store.case_of(id)?;
    let found = proposed(&store, &case, settings)?;
    if arguments.place.json {
        let told = |p: &Proposed| json!({"duplicate": p.duplicate, "text": p.text});
        return print_pretty(&found.iter().map(told).collect::<Vec<_>>());
    }
    for Proposed { duplicate, text } in &found {
        writeln!(out, "{}", line(duplicate, text.as_deref()))?;
    }
    match found.is_empty() {
        true => writeln!(out, "没有找到疑似同一份合同的其他案卷")?,
        false => {
            writeln!(out, "确属同一份合同的，用 hetong case join 记录编号 --into 记录编号 并为一个案卷")?
        }
    }
    Ok(())
}

/// Likely duplicates, by what the store knows and, where there is an index, by the text.
fn proposed(store: &Store, case: &Case, settings: &Settings) -> Result<Vec<Proposed>> {
    let own = store.entry(case.id)?;
    let texts = texts(store, case, settings);
    let mut found: BTreeMap<_, Duplicate> = store
        .duplicates(case.id)?
        .into_iter()
        .map(|duplicate| (duplicate.entry.case.record.clone(), duplicate))
        .collect();
    for record in texts.keys().filter(|record| **record != case.record) {
        let Ok(other) = store.case_of(record) else { continue };
        if other.id != case.id && own.particulars.kind == store.entry(other.id)?.particulars.kind {
            let entry = store.entry(other.id)?;
            found.entry(other.record).or_insert_with(|| Duplicate::of(&own.particulars, entry));
        }
    }
    let proposed = found.into_iter().map(|(record, duplicate)| {
        let text = texts.get(&record).cloned();
        Proposed { duplicate, text }
    });
    Ok(proposed.filter(|proposed| proposed.duplicate.is_likely(proposed.text.is_some())).collect())
}

/// Records of nearly the same text, with how much of it; none without an index.
fn texts(store: &Store, case: &Case, settings: &Settings) -> BTreeMap<String, String> {
    const COMPARED: usize = 100;
    let lexicon = settings.lexicon().ok();
    let index = lexicon.and_then(|lexicon| Index::open(store.folder(), lexicon).ok());
    let answer = index.and_then(|index| index.similar(&case.record, COMPARED).ok());
    let similar = answer.into_iter().flat_map(|answer| answer.similar);
    let alike =
        similar.filter(|similar| matches!(similar.relation, Relation::SameText | Relation::NearlySame));
    alike
        .map(|similar| {
            let share = (similar.likeness * 100.0).round();
            (similar.id, format!("{}（约 {share}%）", similar.relation.label()))
        })
        .collect()
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
