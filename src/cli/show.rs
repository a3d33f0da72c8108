//! `hetong show`: one record out of the store.

use anyhow::Result;
use hetong::model::case::{Case, Effective, Standing};
use hetong::store::{Store, StoreError};
use serde_json::{Value as Json, json};

use super::settings::Settings;
use super::store_option::StoreOption;
use super::{Done, print_pretty};

/// 显示存储库中的一份合同记录（JSON）：机器读取的结果，以及案卷中的人工核定（case）
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// 记录编号（检索结果每份合同前的十六进制编号，可只写前几位）
    #[arg(value_name = "记录编号")]
    id: String,
    #[command(flatten)]
    store: StoreOption,
    /// 同时显示全文
    #[arg(long)]
    text: bool,
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<Done> {
    let store = arguments.store.open(settings)?;
    let mut stored = store.record(&arguments.id)?;
    if arguments.text {
        stored.record.text = Some(stored.text);
    }
    let mut shown = serde_json::to_value(&stored.record)?;
    match store.case_of(&stored.record.id) {
        Ok(case) => shown["case"] = case_json(&store, &case, &store.effective(case.id)?)?,
        Err(StoreError::NoCase(_)) => {}
        Err(error) => return Err(error.into()),
    }
    print_pretty(&shown)?;
    Ok(Done::Well)
}

/// A case with its decisions: each with what the present reading says, and whether the two differ.
pub fn case_json(store: &Store, case: &Case, effective: &Effective) -> Result<Json> {
    let mut shown = serde_json::to_value(case)?;
    shown["records"] = json!(store.records_of(case.id)?);
    shown["links"] = json!(store.links(case.id)?);
    shown["path"] = serde_json::to_value(super::path::of_case(store, case.id)?)?;
    shown["attachments"] = json!(store.attachments(case.id)?);
    let decisions: Result<Vec<Json>> = effective.standings().iter().map(decision_json).collect();
    shown["decisions"] = Json::Array(decisions?);
    let marks = store.marks(case.id)?;
    let suppressions: Vec<_> = marks.suppressions.values().collect();
    shown["suppressions"] = json!(suppressions);
    shown["baseline"] = json!(marks.baseline);
    Ok(shown)
}

fn decision_json(standing: &Standing) -> Result<Json> {
    let mut shown = serde_json::to_value(&standing.decision)?;
    shown["place"] = json!(standing.place);
    shown["reading"] = standing.reading.clone();
    shown["differs"] = json!(standing.differs);
    Ok(shown)
}
