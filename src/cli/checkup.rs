//! `hetong checkup`: every contract of the store by the present packs.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Result;
use hetong::duties::Deadlines;
use hetong::office::Properties;
use hetong::pipeline::CheckupOptions;
use hetong::report;
use hetong::store::Store;
use jiff::civil::Date;

use super::mask::Mask;
use super::settings::Settings;
use super::store_option::StoreOption;
use super::{Done, output, print_pretty};

/// 体检：按现行规则包重新审查库中全部合同（不重新读取文件），给出等级、与上次相比的变化和预警清单
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    store: StoreOption,
    /// 输出 JSON
    #[arg(long)]
    json: bool,
    /// 另写 Excel 工作簿：预警清单、合同等级、变化
    #[arg(long, value_name = "文件")]
    xlsx: Option<PathBuf>,
    /// 规则包未变的合同也重新运行规则
    #[arg(long)]
    rerun: bool,
    #[command(flatten)]
    mask: Mask,
    /// 以哪一天为今天（默认系统日期），用于判断备案是否逾期
    #[arg(long, value_name = "日期")]
    as_of: Option<Date>,
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<Done> {
    let folder = arguments.store.folder(settings)?;
    // Says what is missing before a store would be made.
    drop(Store::open(&folder)?);
    let engine = settings.engine()?;
    let deadlines = Deadlines::new(&settings.dictionaries)?;
    let mut store = Store::create_or_open(&folder)?;
    let today = arguments.as_of.unwrap_or_else(|| output::now().date());
    let options = CheckupOptions { at: output::moment(), today, rerun: arguments.rerun };
    let checkup = hetong::pipeline::checkup(&mut store, &engine, &deadlines, &options, |_, _| {})?;
    let checkup = arguments.mask.over(checkup)?;
    if let Some(out) = &arguments.xlsx {
        let properties = Properties::new("合同体检", output::now());
        output::put(&report::checkup_workbook(&checkup, &properties)?, Some(out))?;
    }
    match arguments.json {
        true => print_pretty(&checkup)?,
        false => write!(io::stdout().lock(), "{}", report::checkup(&checkup))?,
    }
    Ok(Done::Well)
}
