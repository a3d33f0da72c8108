//! `hetong search`: hits with the clause they stand in.

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use anyhow::Result;
use hetong::model::record::short_id;
use hetong::model::{Severity, Status};
use hetong::search::{Hit, Index, Passage, SearchAnswer, SearchOptions};
use hetong::store::{Found, Store};

use super::settings::Settings;
use super::{Done, print_pretty};

/// 检索已处理的合同：显示命中条款、页码，并按类别计数
#[derive(Debug, clap::Args)]
#[command(after_help = SYNTAX)]
pub struct Arguments {
    /// 检索式
    #[arg(required = true, value_name = "检索式")]
    query: Vec<String>,
    /// 存储目录
    #[arg(long, value_name = "目录", env = "HETONG_STORE")]
    store: Option<PathBuf>,
    /// 输出 JSON
    #[arg(long)]
    json: bool,
    /// 最多显示的合同数
    #[arg(long, value_name = "数", default_value_t = 10)]
    limit: usize,
    /// 跳过前若干份
    #[arg(long, value_name = "数", default_value_t = 0)]
    offset: usize,
}

const SYNTAX: &str = "\
检索式：
  履约保证金 罗湖            各词都出现
  \"逾期交货违约金\"           引号内连续出现
  \"逾期 违约金\"~10          两词相隔不超过 10 个字，先后不限
  违约全~                   近似：至多差一字（识别有误的扫描件）
  仲裁 OR 诉讼               任一出现；可用括号
  仲裁 NOT 深圳              排除（也可写作 '仲裁 -深圳'，整个检索式加引号）
  当事人:教育局 金额:50万..100万 签订:2023..2024 到期:<2025-06 规则:dual-forum 标题:(保洁 OR 保安)
                             限定字段：标题 当事人 部门 相对方 编号 类型 管辖 法律 路径 正文 发现
                             规则 待核 级别 状态 阶段 类别 币种 金额 签订 到期（英文 title party dept
                             counterparty number type forum law path text finding rule undecided
                             severity status stage kind currency amount signed term-end）";

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<Done> {
    let folder = settings.store(arguments.store.as_ref())?;
    // Says more plainly than the index that there is no store.
    let store = Store::open(&folder)?;
    let index = Index::open(&folder, settings.lexicon()?)?;
    let options =
        SearchOptions { limit: arguments.limit, offset: arguments.offset, ..SearchOptions::default() };
    let mut answer = index.search(&arguments.query.join(" "), &options)?;
    let mut places = Vec::with_capacity(answer.hits.len());
    for hit in &mut answer.hits {
        let sources = store.sources(&hit.id)?;
        if let Some(first) = sources.first() {
            hit.path.clone_from(&first.path);
        }
        places.push(sources);
    }
    if arguments.json {
        print_pretty(&answer)?;
    } else {
        io::stdout().lock().write_all(render(&answer, &places, io::stdout().is_terminal()).as_bytes())?;
    }
    Ok(Done::Well)
}

/// The answer for a person; `places` are the files of each hit.
fn render(answer: &SearchAnswer, places: &[Vec<Found>], colour: bool) -> String {
    let mut out = format!("{}：{} 份合同\n", answer.understood, answer.total);
    if let Some(relaxed) = &answer.relaxed {
        let _ = writeln!(out, "{}", relaxed.message);
    }
    for (hit, places) in answer.hits.iter().zip(places) {
        render_hit(&mut out, hit, places, colour);
    }
    out.push('\n');
    for facet in &answer.facets {
        let shown = facet.counts.iter().take(FACET_VALUES);
        let counts: Vec<_> =
            shown.map(|count| format!("{} {}", facet_value(&count.value), count.count)).collect();
        let more = if facet.counts.len() > FACET_VALUES { " …" } else { "" };
        let _ = writeln!(out, "{}：{}{more}", facet.label, counts.join("，"));
    }
    out
}

/// Values of a facet shown on a terminal; JSON has them all.
const FACET_VALUES: usize = 5;

/// A value as a clerk reads it, where it is a code of the record.
fn facet_value(value: &str) -> &str {
    let code = || serde_json::Value::from(value);
    if let Ok(status) = serde_json::from_value::<Status>(code()) {
        return status.label();
    }
    if let Ok(severity) = serde_json::from_value::<Severity>(code()) {
        return severity.label();
    }
    match value {
        "contract" => "合同",
        "supplement" => "补充协议",
        "not-a-contract" => "非合同",
        other => other,
    }
}

fn render_hit(out: &mut String, hit: &Hit, places: &[Found], colour: bool) {
    let title = hit.title.as_deref().unwrap_or("（未读得名称）");
    let number = hit.contract_number.as_deref().unwrap_or("");
    let _ = writeln!(out, "\n{}  {title}  {number}", short_id(&hit.id, 12));
    for found in places {
        let gone = if found.gone { "（原文件已不在）" } else { "" };
        let _ = writeln!(out, "  {}{gone}", found.path);
    }
    if hit.withheld {
        let _ = writeln!(out, "  有密级标志，正文未编入索引");
    }
    for passage in &hit.passages {
        let page = passage.page.map(|page| format!("第 {page} 页 ")).unwrap_or_default();
        let clause = passage.clause.as_deref().unwrap_or("");
        let place = format!("{page}{clause}");
        if !place.trim().is_empty() {
            let _ = writeln!(out, "  {}", place.trim());
        }
        let _ = writeln!(out, "    {}", marked(passage, colour));
    }
}

/// The passage with what matched between 【】, or bold on a terminal.
fn marked(passage: &Passage, colour: bool) -> String {
    let [open, close] = if colour { ["\u{1b}[1;33m", "\u{1b}[0m"] } else { ["【", "】"] };
    let mut out = String::new();
    for (i, c) in passage.text.chars().enumerate() {
        if passage.highlights.iter().any(|[start, _]| *start == i) {
            out.push_str(open);
        }
        out.push(if c.is_control() { ' ' } else { c });
        if passage.highlights.iter().any(|[_, end]| *end == i + 1) {
            out.push_str(close);
        }
    }
    out
}
