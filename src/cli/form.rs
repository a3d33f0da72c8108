//! `hetong form`: a pre-filled form.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::ValueEnum;
use hetong::forms::Forms;
use hetong::store::Store;

use super::settings::Settings;
use super::{Done, print_pretty};

/// 预填表单：每一栏注明在原文何处读得、把握多大；读不到或有矛盾的留空并说明原因
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// 记录编号（检索结果每份合同前的十六进制编号，可只写前几位）
    #[arg(value_name = "记录编号")]
    id: String,
    /// 存储目录
    #[arg(long, value_name = "目录", env = "HETONG_STORE")]
    store: Option<PathBuf>,
    /// 表单种类：filing 为政府合同备案登记表
    #[arg(long, value_name = "种类", default_value = "filing")]
    kind: String,
    /// 输出格式
    #[arg(long, value_enum, default_value = "text", value_name = "格式")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// 便于阅读的文本
    Text,
    /// JSON
    Json,
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<Done> {
    let forms = Forms::new(&settings.dictionaries)?;
    let store = Store::open(&settings.store(arguments.store.as_ref())?)?;
    let stored = store.record(&arguments.id)?;
    let Some(form) = forms.fill(&arguments.kind, &stored.record) else {
        bail!("没有名为 {} 的表单；词典目录 forms/ 下的每个文件是一种表单", arguments.kind);
    };
    match arguments.format {
        Format::Json => print_pretty(&form)?,
        Format::Text => writeln!(io::stdout().lock(), "{}", hetong::forms::render_text(&form))?,
    }
    Ok(Done::Well)
}
