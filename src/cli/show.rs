//! `hetong show`: one record out of the store.

use std::path::PathBuf;

use anyhow::Result;
use hetong::store::Store;

use super::settings::Settings;
use super::{Done, print_pretty};

/// 显示存储库中的一份合同记录（JSON）
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// 记录编号（检索结果每份合同前的十六进制编号，可只写前几位）
    #[arg(value_name = "记录编号")]
    id: String,
    /// 存储目录
    #[arg(long, value_name = "目录", env = "HETONG_STORE")]
    store: Option<PathBuf>,
    /// 同时显示全文
    #[arg(long)]
    text: bool,
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<Done> {
    let store = Store::open(&settings.store(arguments.store.as_ref())?)?;
    let mut stored = store.record(&arguments.id)?;
    if arguments.text {
        stored.record.text = Some(stored.text);
    }
    print_pretty(&stored.record)?;
    Ok(Done::Well)
}
