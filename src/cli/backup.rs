//! `hetong backup` and `hetong restore`.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Result;
use hetong::store::{Backup as Copied, Store};

use super::output;

use super::settings::Settings;
use super::store_option::StoreOption;
use super::{Done, print_pretty};

/// 备份存储库（可在处理归档时进行）：数据库、留存的原件和留痕末条哈希；再次备份到同一目录只补新的原件
#[derive(Debug, clap::Args)]
pub struct Backup {
    /// 备份目录
    #[arg(value_name = "备份目录")]
    target: PathBuf,
    #[command(flatten)]
    store: StoreOption,
    /// 输出 JSON
    #[arg(long)]
    json: bool,
}

/// 从备份恢复到一个没有存储库的目录；备份经核验无误才恢复，检索索引由下次 hetong process 重建
#[derive(Debug, clap::Args)]
pub struct Restore {
    /// 备份目录
    #[arg(value_name = "备份目录")]
    backup: PathBuf,
    /// 恢复到的目录（其中不能已有存储库）
    #[arg(long, value_name = "目录", env = "HETONG_STORE")]
    store: Option<PathBuf>,
    /// 输出 JSON
    #[arg(long)]
    json: bool,
}

pub fn backup(arguments: &Backup, settings: &Settings) -> Result<Done> {
    let store = Store::open_to_copy(&arguments.store.folder(settings)?)?;
    let copied = store.backup(&arguments.target, &output::moment().to_string())?;
    tell("已备份", &copied, arguments.json)
}

pub fn restore(arguments: &Restore, settings: &Settings) -> Result<Done> {
    let copied = Store::restore(&arguments.backup, &settings.store(arguments.store.as_ref())?)?;
    tell("已恢复", &copied, arguments.json)
}

fn tell(what: &str, copied: &Copied, json: bool) -> Result<Done> {
    if json {
        print_pretty(copied)?;
        return Ok(Done::Well);
    }
    let mut out = io::stdout().lock();
    writeln!(out, "{what}：留痕 {} 条，原件 {} 份", copied.events, copied.originals)?;
    writeln!(out, "末条哈希：{}", copied.head)?;
    Ok(Done::Well)
}
