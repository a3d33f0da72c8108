//! `hetong findings`: the findings of a whole store as a list.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::ValueEnum;
use hetong::model::Severity;
use hetong::office::Properties;
use hetong::report::list::{self, Reviewed, Row};
use hetong::report::workbook;

use super::mask::Mask;
use super::settings::Settings;
use super::store_option::StoreOption;
use super::stored::{Contract, Desk};
use super::{Done, output, print_pretty};

/// 列出库中合同的审查结论（一条一行），可按规则、等级筛选；已搁置的和基线内已知的默认不列
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// 记录编号；省略则为库中全部合同
    #[arg(value_name = "记录编号")]
    ids: Vec<String>,
    #[command(flatten)]
    store: StoreOption,
    /// 只列该规则，例如 dual-forum；可多次给出
    #[arg(long, value_name = "规则")]
    rule: Vec<String>,
    /// 只列该等级；可多次给出
    #[arg(long, value_name = "等级")]
    severity: Vec<Grave>,
    /// 连同已搁置的和基线内已知的一并列出
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    mask: Mask,
    /// 输出格式
    #[arg(long, value_enum, default_value = "table", value_name = "格式")]
    format: Format,
    /// 写入文件
    #[arg(long, value_name = "文件")]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// 便于阅读的清单
    Table,
    /// JSON
    Json,
    /// Excel 工作簿
    Xlsx,
}

/// How grave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Grave {
    /// 违规
    #[value(alias = "违规")]
    Violation,
    /// 风险
    #[value(alias = "风险")]
    Risk,
    /// 提示
    #[value(alias = "提示")]
    Notice,
    /// 归类
    #[value(alias = "归类")]
    Classification,
}

impl Grave {
    fn severity(self) -> Severity {
        match self {
            Self::Violation => Severity::Violation,
            Self::Risk => Severity::Risk,
            Self::Notice => Severity::Notice,
            Self::Classification => Severity::Classification,
        }
    }
}

/// What was gathered.
#[derive(Default)]
struct Gathered {
    rows: Vec<Row>,
    contracts: Vec<Reviewed>,
    /// Findings that were set aside, and that a baseline knows.
    hidden: [usize; 2],
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<Done> {
    let desk = Desk::open(&arguments.store.folder(settings)?, settings)?;
    let known =
        |rule: &String| desk.engine.packs().list().any(|known| known.slug == *rule || known.path() == *rule);
    if let Some(rule) =
        arguments.rule.iter().find(|rule| !known(rule) && *rule != hetong::checkup::filing::RULE)
    {
        bail!("没有规则 {rule}；可用 hetong rules list 查看全部规则");
    }
    let mut gathered = Gathered::default();
    if arguments.ids.is_empty() {
        desk.each(|contract| {
            gathered.add(&desk, arguments, &contract.masked(arguments.mask)?);
            Ok(())
        })?;
    }
    for id in &arguments.ids {
        gathered.add(&desk, arguments, &desk.contract(id)?.masked(arguments.mask)?);
    }
    gathered.write(arguments)?;
    Ok(Done::Well)
}

impl Gathered {
    fn add(&mut self, desk: &Desk, arguments: &Arguments, contract: &Contract) {
        let (record, marks) = (&contract.analysis.record, &contract.marks);
        let all =
            list::rows(record, &contract.analysis.text, desk.engine.packs(), |finding| marks.label(finding));
        for row in all.into_iter().filter(|row| arguments.wants(row)) {
            let hidden = match row.mark {
                Some(_) if marks.suppressions.contains_key(&row.fingerprint) => Some(0),
                Some(_) => Some(1),
                None => None,
            };
            if let Some(count) = hidden.and_then(|which| self.hidden.get_mut(which)) {
                *count += 1;
            }
            if arguments.all || hidden.is_none() {
                self.rows.push(row);
            }
        }
        self.contracts.push(Reviewed::of(record, |finding| marks.suppression(finding).is_some()));
    }

    fn write(&self, arguments: &Arguments) -> Result<()> {
        match arguments.format {
            Format::Json => match &arguments.out {
                Some(out) => output::put(&serde_json::to_vec_pretty(&self.rows)?, Some(out)),
                None => print_pretty(&self.rows),
            },
            Format::Xlsx => {
                let properties = Properties::new("合同审查结论清单", output::now());
                let bytes = workbook(&self.rows, &self.contracts, &properties, Some(&self.scope(arguments)))?;
                output::put(&bytes, arguments.out.as_ref())
            }
            Format::Table => {
                let table = format!("{}{}\n", list::table(&self.rows), self.scope(arguments));
                match &arguments.out {
                    Some(out) => output::put(table.as_bytes(), Some(out)),
                    None => Ok(write!(io::stdout().lock(), "{table}")?),
                }
            }
        }
    }

    /// What the list holds and leaves out.
    fn scope(&self, arguments: &Arguments) -> String {
        let [suppressed, known] = self.hidden;
        let hidden = match (arguments.all, suppressed + known) {
            (_, 0) => String::new(),
            (true, _) => format!("，含已搁置 {suppressed} 条、基线内已知 {known} 条"),
            (false, _) => {
                format!("；另有已搁置 {suppressed} 条、基线内已知 {known} 条未列（--all 一并列出）")
            }
        };
        let rules =
            if arguments.rule.is_empty() { "全部规则".to_owned() } else { arguments.rule.join("、") };
        let grades: Vec<_> = arguments.severity.iter().map(|grave| grave.severity().label()).collect();
        let grades = if grades.is_empty() { "全部等级".to_owned() } else { grades.join("、") };
        format!("合同 {} 份，{rules}，{grades}，结论 {} 条{hidden}", self.contracts.len(), self.rows.len())
    }
}

impl Arguments {
    fn wants(&self, row: &Row) -> bool {
        let slug = row.rule.rsplit('/').next().unwrap_or_default();
        let by_rule = self.rule.is_empty() || self.rule.iter().any(|rule| *rule == row.rule || rule == slug);
        let by_severity =
            self.severity.is_empty() || self.severity.iter().any(|grave| grave.severity() == row.severity);
        by_rule && by_severity
    }
}
