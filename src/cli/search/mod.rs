//! `hetong search`: hits with the clause they stand in.

mod batch;
mod render;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::ValueEnum;
use hetong::dictionaries::Dictionaries;
use hetong::search::{Index, SearchAnswer, SearchOptions, Sort};
use hetong::store::{Found, Store};
use hetong::text::Composer;

use super::mask::Mask;
use super::settings::Settings;
use super::store_option::StoreOption;
use super::{Done, output, print_pretty};

/// 检索已处理的合同：显示命中条款、页码，并按类别计数、汇总金额
#[derive(Debug, clap::Args)]
#[command(after_help = SYNTAX)]
pub struct Arguments {
    /// 检索式
    #[arg(required_unless_present = "batch", value_name = "检索式")]
    query: Vec<String>,
    /// 批量检索：文件中每行一个检索式，可在前面写名称和制表符
    #[arg(long, value_name = "文件", conflicts_with_all = ["query", "json", "boxes", "explain"])]
    batch: Option<PathBuf>,
    /// 批量检索结果的格式
    #[arg(long, value_enum, value_name = "格式", default_value = "table", requires = "batch")]
    format: batch::Format,
    #[command(flatten)]
    mask: Mask,
    /// 批量检索结果写入文件
    #[arg(long, value_name = "文件", requires = "batch")]
    out: Option<PathBuf>,
    #[command(flatten)]
    store: StoreOption,
    /// 输出 JSON
    #[arg(long)]
    json: bool,
    /// 最多显示的合同数
    #[arg(long, value_name = "数", default_value_t = 10)]
    limit: usize,
    /// 跳过前若干份
    #[arg(long, value_name = "数", default_value_t = 0, conflicts_with_all = ["page", "after"])]
    offset: usize,
    /// 第几页，从 1 起
    #[arg(long, value_name = "页", conflicts_with = "after")]
    page: Option<usize>,
    /// 接在这份合同（记录编号，可只写开头）之后：期间新增合同也不会重复或遗漏
    #[arg(long, value_name = "记录编号")]
    after: Option<String>,
    /// 排序
    #[arg(long, value_enum, value_name = "方式", default_value = "relevance")]
    sort: Order,
    /// 说明每份合同为何排在此处
    #[arg(long)]
    explain: bool,
    /// 给出命中文字在页面上的位置（磅，左上角为原点）
    #[arg(long)]
    boxes: bool,
}

/// The order of hits, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Order {
    /// 相关程度
    #[value(alias = "相关")]
    Relevance,
    /// 签订日期，新的在前
    #[value(alias = "日期")]
    Date,
    /// 签订日期，旧的在前
    DateAsc,
    /// 人民币金额，大的在前
    #[value(alias = "金额")]
    Amount,
    /// 人民币金额，小的在前
    AmountAsc,
}

impl From<Order> for Sort {
    fn from(order: Order) -> Self {
        match order {
            Order::Relevance => Self::Relevance,
            Order::Date => Self::Newest,
            Order::DateAsc => Self::Oldest,
            Order::Amount => Self::Largest,
            Order::AmountAsc => Self::Smallest,
        }
    }
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
  '金额>100万 签订>=2023'    比较可省冒号；含 > 或 < 的检索式在命令行中须加引号，也可写 金额:100万以上
                             限定字段：标题 当事人 部门 相对方 编号 类型 管辖 法律 路径 正文 发现
                             规则 待核 级别 状态 阶段 类别 币种 金额 签订 到期（英文 title party dept
                             counterparty number type forum law path text finding rule undecided
                             severity status stage kind currency amount signed term-end）";

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<Done> {
    let folder = arguments.store.folder(settings)?;
    // Says more plainly than the index that there is no store.
    let store = Store::open(&folder)?;
    let index = Index::open(&folder, settings.lexicon()?)?;
    if let Some(file) = &arguments.batch {
        let done = run_batch(arguments, file, &index)?;
        store.not_indexed().map(|waiting| render::not_indexed(waiting).map(|told| eprintln!("{told}")))?;
        return Ok(done);
    }
    let mut answer = index.search(&arguments.query.join(" "), &arguments.options())?;
    answer.not_indexed = store.not_indexed()?;
    name_rules(&mut answer, &settings.dictionaries);
    let places = sources(&store, &mut answer)?;
    answer = arguments.mask.over(answer)?;
    if arguments.boxes {
        let composer = Composer::new(&settings.dictionaries)?;
        for hit in &mut answer.hits {
            let document = store.document(&store.record(&hit.id)?.record.document)?;
            hit.locate(&composer.compose(&document));
        }
    }
    if arguments.json {
        print_pretty(&answer)?;
    } else {
        let options = arguments.options();
        let next = options.offset / options.limit.max(1) + 2;
        let text = render::answer(&answer, &places, next, io::stdout().is_terminal());
        io::stdout().lock().write_all(text.as_bytes())?;
    }
    Ok(Done::Well)
}

/// Every question of a file, in one table.
fn run_batch(arguments: &Arguments, file: &Path, index: &Index) -> Result<Done> {
    let mut answers = batch::ask(index, batch::read(file)?, &arguments.options());
    for answer in answers.iter_mut().filter_map(|answered| answered.answer.as_mut()) {
        *answer = arguments.mask.over(answer.clone())?;
    }
    let bytes = batch::write(&answers, arguments.format, output::now())?;
    if arguments.out.is_none() && arguments.format != batch::Format::Xlsx {
        io::stdout().lock().write_all(&bytes)?;
    } else {
        output::put(&bytes, arguments.out.as_ref())?;
    }
    Ok(Done::failing(answers.iter().any(|answered| answered.error.is_some())))
}

impl Arguments {
    fn options(&self) -> SearchOptions {
        let pages = self.page.unwrap_or(1).saturating_sub(1);
        SearchOptions {
            limit: self.limit,
            offset: self.offset.max(pages.saturating_mul(self.limit)),
            after: self.after.clone(),
            sort: self.sort.into(),
            explain: self.explain,
            ..SearchOptions::default()
        }
    }
}

/// Gives counted rules the titles that a person knows them by.
fn name_rules(answer: &mut SearchAnswer, dictionaries: &Dictionaries) {
    #[derive(serde::Deserialize)]
    struct Titled {
        title: String,
    }
    let title = |rule: &str| {
        let (file, _) =
            dictionaries.folder("rules").find(|(name, _)| name.ends_with(&format!("/{rule}.toml")))?;
        Some(dictionaries.toml::<Titled>(file).ok()?.title)
    };
    let rules = answer.facets.iter_mut().filter(|facet| facet.name == "rule");
    rules.flat_map(|facet| &mut facet.counts).for_each(|count| count.label = title(&count.value));
}

/// The files of each hit; the first of them becomes its path.
fn sources(store: &Store, answer: &mut SearchAnswer) -> Result<Vec<Vec<Found>>> {
    let mut places = Vec::with_capacity(answer.hits.len());
    for hit in &mut answer.hits {
        let sources = store.sources(&hit.id)?;
        if let Some(first) = sources.first() {
            hit.path.clone_from(&first.path);
        }
        places.push(sources);
    }
    Ok(places)
}
