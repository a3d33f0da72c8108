//! `hetong pages`: how each page came to its text, and which a person should look at.

use anyhow::Result;
use hetong::model::record::{PageSummary, short_id};
use hetong::model::{PageClass, PageOrigin, Record};
use serde::Serialize;
use std::io::{self, Write};

use super::Done;
use super::settings::Settings;
use super::store_option::StoreOption;

/// 列出各页文字的来源和可信度；--unsure 只列需要人工核对的页
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    store: StoreOption,
    /// 只列存疑的页：未读、可信度低、文字层与图像不一致
    #[arg(long)]
    unsure: bool,
    /// 每页输出一行 JSON
    #[arg(long)]
    json: bool,
}

/// One page, as `--json` prints it.
#[derive(Debug, Serialize)]
struct Row<'a> {
    path: &'a str,
    id: &'a str,
    #[serde(flatten)]
    page: &'a PageSummary,
    unsure: bool,
    issues: Vec<&'a str>,
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<Done> {
    let store = arguments.store.open(settings)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let (mut listed, mut unsure) = (0u64, 0u64);
    store.for_each_record(|path, record| {
        for page in &record.pages {
            let row = row(&path, &record, page);
            unsure += u64::from(row.unsure);
            if row.unsure || !arguments.unsure {
                listed += 1;
                if arguments.json { print_json(&mut out, &row)? } else { print(&mut out, &row)? }
            }
        }
        Ok(())
    })??;
    if !arguments.json {
        writeln!(out, "共列出 {listed} 页，其中 {unsure} 页需要人工核对")?;
        if unsure > 0 {
            writeln!(
                out,
                "可用 hetong process 归档目录 --store 库 --reocr unsure 以高精度模型重新识别这些页"
            )?;
        }
    }
    out.flush()?;
    Ok(Done::Well)
}

fn row<'a>(path: &'a str, record: &'a Record, page: &'a PageSummary) -> Row<'a> {
    let of_page = record.issues.iter().filter(|issue| issue.page == Some(page.number));
    Row {
        path,
        id: &record.id,
        page,
        unsure: record.is_unsure(page),
        issues: of_page.map(|issue| issue.message.as_str()).collect(),
    }
}

fn print_json(out: &mut impl Write, row: &Row<'_>) -> io::Result<()> {
    serde_json::to_writer(&mut *out, row).map_err(io::Error::from)?;
    writeln!(out)
}

fn print(out: &mut impl Write, row: &Row<'_>) -> io::Result<()> {
    let page = row.page;
    let mark = if row.unsure { '！' } else { '　' };
    let id = short_id(row.id, 8);
    let (origin, class) = (origin(page.origin), class(page.class));
    let confidence = page.confidence.get();
    writeln!(out, "{mark}{id} {} 第 {} 页  {origin}  {class}  {confidence:.2}", row.path, page.number)?;
    writeln!(out, "    {}", page.why)?;
    row.issues.iter().try_for_each(|issue| writeln!(out, "    {issue}"))
}

fn origin(origin: PageOrigin) -> &'static str {
    match origin {
        PageOrigin::TextLayer => "文字层",
        PageOrigin::Ocr => "图像识别",
        PageOrigin::Merged => "文字层与识别合并",
        PageOrigin::Unread => "未读",
    }
}

fn class(class: PageClass) -> &'static str {
    match class {
        PageClass::Text => "电子文本",
        PageClass::Scan => "扫描图像",
        PageClass::ScanWithLayer => "带文字层的扫描",
        PageClass::Outlined => "文字已转图形",
        PageClass::Garbled => "文字层乱码",
        PageClass::Empty => "空白",
    }
}
