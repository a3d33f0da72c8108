//! `hetong party`: one counterparty in one look.

use anyhow::{Result, bail};
use hetong::counterparty::{Counterparty, Deal, Known, Names, Subject};
use hetong::duties::Deadlines;
use hetong::model::{Outcome, Severity};
use hetong::store::{CaseFilter, CaseOrder, Store, StoreError};
use jiff::civil::Date;
use std::io::{self, Write};

use super::mask::Mask;
use super::settings::Settings;
use super::store_option::StoreOption;
use super::{Done, output, print_pretty};

/// Contracts whose findings are told in words; of more, the figures have to do.
const TOLD: usize = 50;

/// 对方当事人一览：各种写法与信用代码、签订的合同、合计、已付未付、审查发现、将届满的期限
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// 名称、名称的一部分，或统一社会信用代码
    #[arg(value_name = "名称")]
    name: String,
    #[command(flatten)]
    store: StoreOption,
    /// 以哪一天为今天（默认系统日期）
    #[arg(long, value_name = "日期")]
    as_of: Option<Date>,
    #[command(flatten)]
    mask: Mask,
    /// 输出 JSON
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<Done> {
    let deadlines = Deadlines::new(&settings.dictionaries)?;
    let store = arguments.store.open(settings)?;
    let names = names(&store)?;
    let known = match names.find(&arguments.name) {
        Ok(known) => known,
        Err(fit) if fit.is_empty() => bail!("没有与“{}”签订的合同；可只写名称的一部分", arguments.name),
        Err(fit) => bail!("“{}”对应多个当事人，请写全名称：\n  {}", arguments.name, fit.join("\n  ")),
    };
    let mut deals = deals(&store, &known, &deadlines)?;
    for deal in deals.iter_mut().take(TOLD) {
        deal.told = told(&store, &deal.record)?;
    }
    let as_of = arguments.as_of.unwrap_or_else(|| output::now().date());
    let look = arguments.mask.over(Counterparty::new(&arguments.name, &names, &known, deals, as_of))?;
    match arguments.json {
        true => print_pretty(&look)?,
        false => io::stdout().lock().write_all(look.to_text().as_bytes())?,
    }
    Ok(Done::Well)
}

fn names(store: &Store) -> Result<Names, StoreError> {
    let mut names = Names::default();
    store.for_each_case::<StoreError>(&CaseFilter::default(), CaseOrder::Number, |entry| {
        entry.particulars.parties.iter().for_each(|party| names.see(party));
        Ok(())
    })?;
    Ok(names)
}

fn deals(store: &Store, known: &Known, deadlines: &Deadlines) -> Result<Vec<Deal>, StoreError> {
    let marks = store.all_node_marks()?;
    let mut deals = Vec::new();
    store.for_each_case::<StoreError>(&CaseFilter::default(), CaseOrder::Number, |entry| {
        if entry.particulars.parties.iter().any(|party| known.is(party)) {
            let marks = marks.get(&entry.case.id).map_or(&[][..], Vec::as_slice);
            let subject = Subject { case: &entry.case, particulars: &entry.particulars, marks };
            deals.push(Deal::of(subject, deadlines));
        }
        Ok(())
    })?;
    Ok(deals)
}

/// The violations and risks of a record in words.
fn told(store: &Store, record: &str) -> Result<Vec<String>, StoreError> {
    let record = store.record(record)?.record;
    let grave = record.findings.iter().filter(|finding| {
        finding.outcome == Outcome::Hit && matches!(finding.severity, Severity::Violation | Severity::Risk)
    });
    Ok(grave.map(|finding| format!("【{}】{}", finding.severity.label(), finding.message)).collect())
}
