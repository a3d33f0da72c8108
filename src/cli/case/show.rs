//! One case: what it holds, and how it came to that.

use std::io::{self, Write};

use anyhow::Result;
use hetong::model::case::Standing;
use hetong::model::moment::{in_words, office_day};
use hetong::store::StoreError;
use hetong::store::audit::Event;
use serde_json::json;

use super::{Settings, Which, list};
use crate::cli::print_pretty;

pub(super) fn show(which: &Which, settings: &Settings) -> Result<()> {
    let (store, case) = which.open(settings)?;
    let effective = store.effective(case.id)?;
    if which.place.json {
        return print_pretty(&crate::cli::show::case_json(&store, &case, &effective)?);
    }
    let entry = store.entry(case.id)?;
    let mut out = io::stdout().lock();
    writeln!(out, "{}", list::line(&entry))?;
    let optional = [
        ("承办人", case.undertaker.clone()),
        ("备案编号", case.filing_number.clone()),
        ("备案登记日", case.registered.map(|day| day.to_string())),
        ("纸质原件送交日", case.paper_received.map(|day| day.to_string())),
    ];
    for (label, value) in optional {
        value.map_or(Ok(()), |value| writeln!(out, "{label}：{value}"))?;
    }
    for line in crate::cli::path::of_case(&store, case.id)?.lines() {
        writeln!(out, "{line}")?;
    }
    for record in store.records_of(case.id)?.iter().skip(1) {
        writeln!(out, "另有记录：{record}")?;
    }
    for duplicate in store.duplicates(case.id)?.iter().filter(|found| found.is_likely(false)) {
        writeln!(out, "{}", super::duplicates::line(duplicate, None))?;
    }
    for line in super::links::lines(&store, case.id)? {
        writeln!(out, "{line}")?;
    }
    for incident in store.incidents(case.id)? {
        writeln!(out, "履行异常或争议：{}", crate::cli::incident::line(&incident))?;
    }
    for file in store.attachments(case.id)? {
        writeln!(out, "附件 {}：{}（{}，SHA-256 {}）", file.id, file.name, file.by, file.sha256)?;
    }
    for standing in effective.standings() {
        writeln!(out, "{}", decided(standing))?;
    }
    Ok(())
}

/// `合同名称：设备采购合同（已更正，王小明 2024-05-06；现读取为“…”，请核对）`.
fn decided(standing: &Standing) -> String {
    let decision = &standing.decision;
    let path = standing.place.as_ref().unwrap_or(&decision.path);
    let remark = match (&standing.place, standing.differs) {
        (None, _) => "；重新读取后找不到对应的项，请核对".to_owned(),
        (_, true) => format!("；现读取为“{}”，请核对", path.shown(&standing.reading)),
        _ => String::new(),
    };
    let day = office_day(decision.at);
    format!(
        "{}：{}（{}，{} {day}{remark}）",
        path.label(),
        path.shown(&decision.value),
        decision.kind.label(),
        decision.by
    )
}

pub(super) fn history(which: &Which, settings: &Settings) -> Result<()> {
    let (store, case) = which.open(settings)?;
    let mut events = Vec::new();
    store.for_each_event::<StoreError>(Some(case.id), |event| {
        events.push(event);
        Ok(())
    })?;
    let versions = store.versions(&case.record)?;
    if which.place.json {
        let versions: Vec<_> = versions
            .iter()
            .map(|version| json!({"number": version.number, "replaced": version.replaced, "record": version.record}))
            .collect();
        return print_pretty(&json!({"events": events, "versions": versions}));
    }
    let mut out = io::stdout().lock();
    for event in &events {
        writeln!(out, "{}", event_line(event))?;
    }
    for version in &versions {
        let title = version.record.fields.title.as_ref().map_or("—", |title| title.value.as_str());
        writeln!(out, "记录第 {} 版，{} 被新的读取替换：{title}", version.number, version.replaced)?;
    }
    if events.is_empty() && versions.is_empty() {
        writeln!(out, "尚无人工更改，记录也未变更过")?;
    }
    Ok(())
}

/// `12  2024-05-06 15:08:09  王小明  更正  {"path":"title",…}`.
pub fn event_line(event: &Event) -> String {
    let case = event.case.map_or_else(String::new, |case| format!("案卷{case}  "));
    format!(
        "{}  {}  {}  {case}{}  {}",
        event.seq,
        in_words(&event.at),
        event.by,
        action(&event.action),
        event.details
    )
}

fn action(action: &str) -> &str {
    match action {
        "confirm" => "确认",
        "correct" => "更正",
        "withdraw" => "撤回核定",
        "state" => "更改状态",
        "assign" => "指定承办",
        "filing" => "登记备案",
        "open" => "建立案卷",
        "link" => "关联",
        "unlink" => "取消关联",
        "attach" => "添加附件",
        "detach" => "移除附件",
        "join" => "并入案卷",
        "split" => "分出案卷",
        "number" => "分配编号",
        "ledger" => "台账补入",
        "node" => "节点记录",
        "node-withdraw" => "撤回节点记录",
        "incident" => "登记异常或争议",
        "incident-develop" => "补记异常或争议",
        "incident-withdraw" => "撤回异常或争议",
        "suppress" => "搁置结论",
        "unsuppress" => "撤回搁置",
        "baseline" => "设定基线",
        "clear-baseline" => "取消基线",
        other => other,
    }
}
