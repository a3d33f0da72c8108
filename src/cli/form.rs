//! `hetong form`: a pre-filled form.

mod apply;

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use hetong::forms::{self, Forms};
use hetong::model::case::Case;
use hetong::store::{Store, StoreError};

use super::mask::Mask;
use super::settings::Settings;
use super::store_option::StoreOption;
use super::{Done, output, print_pretty};

/// 预填表单：每一栏注明在原文何处读得、把握多大；读不到或有矛盾的留空并说明原因。填好的 XLSX、JSON 用 form apply 导回
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,
    /// 记录编号（检索结果每份合同前的十六进制编号，可只写前几位）
    #[arg(value_name = "记录编号", required = true)]
    id: Option<String>,
    #[command(flatten)]
    store: StoreOption,
    /// 表单种类：filing 为政府合同备案登记表，opinion 为合法性审查意见表
    #[arg(long, value_name = "种类", default_value = "filing")]
    kind: String,
    /// 输出格式
    #[arg(long, value_enum, default_value = "text", value_name = "格式")]
    format: Format,
    #[command(flatten)]
    mask: Mask,
    /// 写到此文件（xlsx、docx 须指定，或用 > 转存）
    #[arg(long, value_name = "文件")]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// 便于阅读的文本
    Text,
    /// JSON
    Json,
    /// Excel 工作簿：核对清单（可填写后导回）和供打印的表格
    Xlsx,
    /// Word 文档：A4 打印
    Docx,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    Apply(apply::Arguments),
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<Done> {
    let definitions = Forms::new(&settings.dictionaries)?;
    if let Some(Action::Apply(apply)) = &arguments.action {
        return apply::run(apply, settings, &definitions);
    }
    let store = arguments.store.open(settings)?;
    let id = arguments.id.as_deref().unwrap_or_default();
    let Some(form) = filled(&definitions, &store, id, &arguments.kind)? else {
        bail!("没有名为 {} 的表单；词典目录 forms/ 下的每个文件是一种表单", arguments.kind);
    };
    let form = if arguments.mask.is_on() { form.to_masked().context("表单无法脱敏")? } else { form };
    let out = arguments.out.as_ref();
    match arguments.format {
        Format::Json if out.is_none() => print_pretty(&form)?,
        Format::Json => output::put(&serde_json::to_vec_pretty(&form)?, out)?,
        Format::Text if out.is_none() => writeln!(io::stdout().lock(), "{}", forms::render_text(&form))?,
        Format::Text => output::put(forms::render_text(&form).as_bytes(), out)?,
        Format::Xlsx => output::put(&forms::to_workbook(&form, output::now())?, out)?,
        Format::Docx => output::put(&forms::to_document(&form, output::now())?, out)?,
    }
    Ok(Done::Well)
}

/// The form of a case.
fn of_case(forms: &Forms, store: &Store, case: &Case, kind: &str) -> Result<Option<forms::Form>> {
    let main = store.main_effective(case.id)?;
    let main = main.as_ref().map(|main| main.record());
    Ok(forms.fill_case(kind, case, &store.effective(case.id)?, main))
}

/// The form of a record's case, or of the record alone where it is not taken for a contract.
fn filled(forms: &Forms, store: &Store, id: &str, kind: &str) -> Result<Option<forms::Form>> {
    match store.case_of(id) {
        Ok(case) => of_case(forms, store, &case, kind),
        Err(StoreError::NoCase(_)) => Ok(forms.fill(kind, &store.record(id)?.record)),
        Err(error) => Err(error.into()),
    }
}
