//! The answer as a person reads it.

use std::fmt::Write as _;

use hetong::model::record::short_id;
use hetong::model::{Place, Severity, Status};
use hetong::report::money;
use hetong::search::{FacetCount, Hit, Passage, SearchAnswer, Total};
use hetong::store::Found;

/// The answer for a person; `places` are the files of each hit, `next` is the number of the page that follows.
pub fn answer(answer: &SearchAnswer, places: &[Vec<Found>], next: usize, colour: bool) -> String {
    let mut out = format!("{}：{} 份合同\n", answer.understood, answer.total);
    if let Some(relaxed) = &answer.relaxed {
        let _ = writeln!(out, "{}", relaxed.message);
    }
    if let Some(told) = not_indexed(answer.not_indexed) {
        let _ = writeln!(out, "{told}");
    }
    for (hit, places) in answer.hits.iter().zip(places) {
        render_hit(&mut out, hit, places, colour);
    }
    // With --limit 0 the counts alone are asked for.
    if answer.hits.is_empty() && answer.total > 0 && next > 2 {
        out.push_str("\n这一页之前已全部显示；请用较小的 --page 或 --offset\n");
    }
    if let Some(last) = answer.hits.last().filter(|_| answer.more) {
        let last = short_id(&last.id, 12);
        let _ = writeln!(out, "\n还有更多合同：用 --page {next} 或 --after {last} 继续");
    }
    out.push('\n');
    if !answer.totals.is_empty() {
        let _ = writeln!(out, "金额合计（只计总价和上限价）：{}", totals(&answer.totals));
    }
    for facet in answer.facets.iter().filter(|facet| facet.name != "month" && facet.name != "party") {
        let shown = facet.counts.iter().take(FACET_VALUES);
        let counts: Vec<_> = shown.map(|count| counted(count, facet.name == "rule")).collect();
        let more = if facet.counts.len() > FACET_VALUES { " …" } else { "" };
        let _ = writeln!(out, "{}：{}{more}", facet.label, counts.join("，"));
    }
    out
}

/// What to tell where records wait for the index.
pub fn not_indexed(waiting: u64) -> Option<String> {
    (waiting > 0).then(|| {
        format!("注意：另有 {waiting} 份记录尚未编入索引，本次检索不含其最新内容；请待处理结束，或再运行 hetong process")
    })
}

/// A value, how many contracts, and what they add up to; with the code that a condition is written by where that is
/// another.
fn counted(count: &FacetCount, coded: bool) -> String {
    let label = count.label.as_deref().unwrap_or(facet_value(&count.value));
    let value =
        if coded && label != count.value { format!("{label} {}", count.value) } else { label.to_owned() };
    match totals(&count.totals) {
        sums if sums.is_empty() => format!("{value} {} 份", count.count),
        sums => format!("{value} {} 份（{sums}）", count.count),
    }
}

fn totals(totals: &[Total]) -> String {
    let one = |total: &Total| match total.currency.as_str() {
        "CNY" => format!("{} 元", total.amount),
        other => format!("{other} {}", total.amount),
    };
    totals.iter().map(one).collect::<Vec<_>>().join("，")
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
        "draft" => "草稿",
        "signed" => "已签",
        "unknown" => "不明",
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
    let particulars = particulars(hit);
    if !particulars.is_empty() {
        let _ = writeln!(out, "  {particulars}");
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
        for place in passage.places.iter().flatten() {
            if let Place::Page { page, bbox } = place {
                let _ = writeln!(
                    out,
                    "      第 {page} 页 [{:.1}, {:.1}, {:.1}, {:.1}]",
                    bbox.x0, bbox.y0, bbox.x1, bbox.y1
                );
            }
        }
    }
    render_beside(out, hit);
}

/// Who, how much, when: as far as it was read.
fn particulars(hit: &Hit) -> String {
    let parties = Some(hit.parties.join("；")).filter(|parties| !parties.is_empty());
    let amount = hit.amount.as_ref().map(money);
    let signed = hit.sign_date.map(|day| format!("{day} 签订"));
    [parties, amount, signed].into_iter().flatten().collect::<Vec<_>>().join("  ")
}

/// What is said of a hit beside its passages.
fn render_beside(out: &mut String, hit: &Hit) {
    if !hit.missing_words.is_empty() {
        let _ = writeln!(out, "  不含：{}", hit.missing_words.join("、"));
    }
    for version in &hit.versions {
        let what = if version.same_text { "内容相同" } else { "编号、名称和当事人相同" };
        let id = short_id(&version.id, 12);
        let _ = writeln!(out, "  另有（{what}）：{id}  {}", version.path);
    }
    for reason in &hit.why {
        let fields: Vec<&str> = reason.fields.iter().map(|field| field_label(field)).collect();
        let fields = if fields.is_empty() { String::new() } else { format!("（{}）", fields.join("、")) };
        let _ = writeln!(out, "  得分 {:.2}：{}{fields}", reason.score, reason.word);
    }
}

fn field_label(name: &str) -> &str {
    match name {
        "title" => "标题",
        "number" => "编号",
        "party" => "当事人",
        "text" => "正文",
        "path" => "路径",
        "year" => "签订年份",
        other => other,
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
