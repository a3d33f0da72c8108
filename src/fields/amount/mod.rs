//! Price (合同价款) in figures and in words (大写): two witnesses. When they contradict each other both are
//! kept, the figures with little confidence; nobody chooses in silence.

mod weigh;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::Extractor;
use super::draft::Draft;
use super::explain::{Considered, Verdict};
use super::reading::Reading;
use super::resolve::{Witness, resolve_by};
use super::scan::capital::{self, Words};
use super::scan::money::Figure;
use super::scan::{blank, pattern};
use crate::model::fields::{Money, MoneyKind, Sum, Tax};
use crate::model::{Confidence, Value};
use weigh::{Weight, weigh};

/// Price in figures and in words.
pub const EXTRACTOR: Extractor =
    Extractor {
        field: "amount", about: "合同价款：小写与大写互证，保证金、违约金、预算等不计", run
    };

/// A sum that may be the price, in figures, in words, or both side by side.
struct Candidate {
    figure: Option<Figure>,
    words: Option<Words>,
    weight: Weight,
}

impl Candidate {
    fn start(&self) -> usize {
        let figure = self.figure.as_ref().map(|f| f.range.start);
        let words = self.words.as_ref().map(|w| w.range.start);
        figure.into_iter().chain(words).min().unwrap_or(0)
    }

    fn amount(&self) -> Option<Decimal> {
        self.figure.as_ref().map(|f| f.amount).or(self.words.as_ref().and_then(|w| w.amount))
    }

    fn agrees_with_itself(&self) -> bool {
        let words = self.words.as_ref().and_then(|w| w.amount);
        words.is_some() && words == self.figure.as_ref().map(|f| f.amount)
    }

    fn contradicts_itself(&self) -> bool {
        match (&self.figure, self.words.as_ref().and_then(|w| w.amount)) {
            (Some(figure), Some(words)) => figure.amount != words,
            _ => false,
        }
    }
}

static BLANK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:合同总价款?|合同总金额|合同金额|合同价款|签约合同价|总金额|总价款?|总计|共计|租金|服务费用?)[^,。;\n\d_]{0,16}(?:人民币)?[(:大小写)¥￥]{0,8}(?:_{2,}|【[_ ]*】|X{2,}|-{2,})",
    )
});

fn run(reading: &Reading<'_>, draft: &mut Draft) {
    let title = draft.fields.title.as_ref().map_or("", |title| title.value.as_str()).to_owned();
    let mut candidates = candidates(reading, &title);
    candidates.sort_by(|a, b| b.weight.score.total_cmp(&a.weight.score).then(a.start().cmp(&b.start())));
    note_weaker(reading, &candidates);
    let blank = reading.find_all(&BLANK).map(|m| m.range()).find(|slot| !is_filled(reading, slot.end));
    let Some(best) = candidates.first().filter(|best| trusted(reading, best, blank.as_ref())) else {
        match open_price(reading) {
            Some(value) if blank.is_none() => draft.fields.amount = Some(value),
            _ => draft.absent(reading, "amount", blank.clone()),
        }
        draft.absent(reading, "amount_in_words", blank);
        return;
    };
    draft.fields.amount = amount(reading, &candidates, best);
    draft.fields.amount_in_words = words(reading, &candidates, best);
    if draft.fields.amount_in_words.is_none() {
        draft.absent(reading, "amount_in_words", None);
    }
}

/// An underlined slot with a sum on the line: 共计__110,000.00__元.
fn is_filled(reading: &Reading<'_>, at: usize) -> bool {
    let rest = reading.slice(at..reading.body.len()).trim_start_matches(['_', ' ', '¥', '￥']);
    rest.starts_with(|c: char| c.is_ascii_digit() || "零壹贰叁肆伍陆柒捌玖拾".contains(c))
}

/// Sums that are weighed and come after the first by more than a point are told to whoever asks.
fn note_weaker(reading: &Reading<'_>, candidates: &[Candidate]) {
    let best = candidates.first().map_or(0.0, |best| best.weight.score);
    for weaker in candidates.iter().filter(|candidate| candidate.weight.score < best - 1.0) {
        let range = weaker.figure.as_ref().map(|f| f.range.clone());
        let Some(range) = range.or(weaker.words.as_ref().map(|w| w.range.clone())) else { continue };
        reading.journal.note(|| Considered {
            span: reading.span(range),
            score: weaker.weight.score,
            source: "amount/weigh".to_owned(),
            verdict: Verdict::Rejected,
            why: format!("上下文得分低于首位的 {best:.1} 分，较不像合同价款"),
        });
    }
}

/// A blank slot for the price makes any weaker sum doubtful.
fn trusted(reading: &Reading<'_>, best: &Candidate, blank: Option<&Range<usize>>) -> bool {
    let slot = blank.filter(|range| blank::has_placeholder(reading.slice((*range).clone())));
    best.weight.score > if slot.is_some() { 7.0 } else { 2.5 }
}

/// So many sums are weighed, from the beginning.
const MOST: usize = 1_000;
/// Figures and words beside each other are no further apart, in bytes: 16 characters.
const BESIDE: usize = 16 * 4;

/// All sums that could be the price: figures paired with the words beside them, then words alone.
fn candidates(reading: &Reading<'_>, title: &str) -> Vec<Candidate> {
    let figures = reading.lexicon.figures.scan(reading.body);
    let mut words = capital::scan(reading.body);
    words.truncate(MOST);
    let mut found = Vec::new();
    for figure in figures.into_iter().take(MOST) {
        // Words stand in order: only those near the figure can be beside it.
        let near = words.partition_point(|w| w.range.end + BESIDE < figure.range.start);
        let close = words.iter().skip(near).take_while(|w| w.range.start <= figure.range.end + BESIDE);
        let partner = close
            .enumerate()
            .find(|(_, w)| beside(reading, &figure.range, &w.range))
            .map(|(i, _)| near + i)
            .map(|i| words.remove(i));
        let start = partner.as_ref().map_or(figure.range.start, |w| w.whole.start.min(figure.range.start));
        let weighed = weigh(reading, &(start..figure.range.end), title);
        if weighed.is_none() {
            reading.journal.note(|| Considered {
                span: reading.span(figure.range.clone()),
                score: 0.0,
                source: "currencies.toml".to_owned(),
                verdict: Verdict::Rejected,
                why: "前后没有指明合同价款的词，或系保证金、违约金、预付款等".to_owned(),
            });
        }
        if let Some(mut weight) = weighed {
            // Prices are written twice; what is written twice is more likely the price.
            let agreed = partner.as_ref().is_some_and(|w| w.amount == Some(figure.amount));
            weight.score += if agreed { 2.0 } else { 0.0 };
            found.push(Candidate { figure: Some(figure), words: partner, weight });
        }
    }
    for words in words {
        if let Some(weight) = weigh(reading, &words.whole, title) {
            found.push(Candidate { figure: None, words: Some(words), weight });
        }
    }
    found.extend(cells(reading));
    found
}

/// Do figures and words stand side by side: 888,600.00元（大写：…）, or in neighbouring cells?
fn beside(reading: &Reading<'_>, a: &Range<usize>, b: &Range<usize>) -> bool {
    let between = if a.end <= b.start {
        a.end..b.start
    } else if b.end <= a.start {
        b.end..a.start
    } else {
        return false;
    };
    let gap = reading.slice(between);
    gap.chars().count() <= 16
        && gap.chars().all(|c| "(),:;、/\t\n[]大小写人民币金额为即计整元含税¥￥\"“”_ ".contains(c))
}

static CELL_LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:签约合同价|合同(?:总价款|总价|总金额|金额|价款|价)|总(?:价|金额|价款)|成交(?:价|金额)|中标(?:价|金额))(?:\((?P<unit>万元|元|人民币元|人民币)\))?:?$",
    )
});

/// 合同金额（元） | 1,280,000.00 in neighbouring cells of a table.
fn cells(reading: &Reading<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    for row in reading.rows.iter().filter(|row| row.segments.len() >= 2) {
        for pair in row.segments.windows(2) {
            let Some(label) = CELL_LABEL.captures(reading.segment(&pair[0])) else { continue };
            let Some(number) = reading.lexicon.figures.bare(reading.segment(&pair[1])) else { continue };
            let scale = if label.name("unit").is_some_and(|u| u.as_str() == "万元") { 10_000 } else { 1 };
            let figure = Figure {
                range: pair[1].range.clone(),
                amount: number * Decimal::from(scale),
                currency: "CNY".to_owned(),
                per: None,
            };
            let weight = Weight { score: 9.0, unit: false, periodic: false };
            found.push(Candidate { figure: Some(figure), words: None, weight });
        }
    }
    found
}

fn amount(reading: &Reading<'_>, candidates: &[Candidate], best: &Candidate) -> Option<Value<Money>> {
    let same_price =
        |c: &&Candidate| c.amount() == best.amount() || c.weight.score >= best.weight.score - 1.0;
    let witnesses: Vec<Witness<Money>> =
        candidates.iter().filter(same_price).filter_map(|c| money_witness(reading, c, best)).collect();
    let mut value = resolve_by(reading, witnesses, |a, b| a.amount == b.amount && a.currency == b.currency)?;
    if value.value.tax == Tax::Unknown {
        let same = candidates.iter().filter(|c| c.amount() == best.amount());
        let said = same.map(|c| tax(reading, c.start())).find(|tax| *tax != Tax::Unknown);
        value.value.tax = said.unwrap_or(Tax::Unknown);
    }
    if best.contradicts_itself() {
        value.confidence = Confidence::new(value.confidence.get().min(0.3));
        value.method = "amount/figures-against-words".to_owned();
    }
    Some(value)
}

fn money_witness(reading: &Reading<'_>, candidate: &Candidate, best: &Candidate) -> Option<Witness<Money>> {
    let range = candidate
        .figure
        .as_ref()
        .map(|f| f.range.clone())
        .or(candidate.words.as_ref().map(|w| w.range.clone()))?;
    let sure = (0.55 + candidate.weight.score / 28.0).clamp(0.3, 0.93);
    let sure = if candidate.agrees_with_itself() { sure + (1.0 - sure) * 0.6 } else { sure };
    let confidence = if candidate.start() == best.start() { sure } else { (sure - 0.05).min(0.85) };
    let method = if candidate.figure.is_some() { "amount/figures" } else { "amount/words" };
    Some(Witness::new(money(reading, candidate)?, range, confidence, method))
}

fn money(reading: &Reading<'_>, candidate: &Candidate) -> Option<Money> {
    let amount = candidate.amount()?;
    let currency = candidate.figure.as_ref().map_or_else(|| "CNY".to_owned(), |f| f.currency.clone());
    let (kind, per) = kind(reading, candidate);
    Some(Money { amount: Some(amount), currency, kind, per, tax: tax(reading, candidate.start()) })
}

static PER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:每个?|按)(月|年度|年|季度|季|半年|日|天)|(月|年|季|日)(?:租金?|薪|工资|费用|服务费|管理费|租)",
    )
});
static PIECE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"每(平方米|台|套|件|个|人次|人|名|位|次|辆|张|把|本|册|份|组|间|场|天|千瓦时|吨|小时|课时|学时|米|亩|株|棵)",
    )
});
static CEILING: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"不超过|上限|最高(?:不超过|额|支付|限)?|封顶|暂定|以内|不高于|限额"));
static ESTIMATE: LazyLock<Regex> = LazyLock::new(|| pattern(r"预计|预估|估算|暂估|约为|暂计"));
static SETTLED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:据实|按实|实际)[^。;]{0,12}(?:结算|计算)|以[^。;]{0,24}(?:结算|审定|审核|实际)[^。;]{0,16}为准|结算为准",
    )
});

fn kind(reading: &Reading<'_>, candidate: &Candidate) -> (MoneyKind, Option<String>) {
    let start = candidate.start();
    let before = reading.slice(reading.before(start, &['。', ';', '\n']));
    let near = tail(before, 60);
    let behind = candidate.figure.as_ref().and_then(|f| f.per.clone());
    let periodic = ["月", "个月", "年", "年度", "季", "季度", "半年", "日", "天"];
    if let Some(per) = behind {
        let kind = if periodic.contains(&per.as_str()) { MoneyKind::Periodic } else { MoneyKind::Unit };
        return (kind, Some(per.trim_start_matches('个').to_owned()));
    }
    let last = |regex: &Regex| {
        let found = regex.captures_iter(near).last()?;
        found.get(1).or(found.get(2)).map(|m| m.as_str().to_owned())
    };
    if candidate.weight.unit {
        return (MoneyKind::Unit, last(&PIECE));
    }
    if candidate.weight.periodic {
        return (MoneyKind::Periodic, last(&PER));
    }
    let paragraph = reading.slice(reading.line(start));
    if ESTIMATE.is_match(near) && SETTLED.is_match(paragraph) {
        return (MoneyKind::Open, None);
    }
    let ceiling = CEILING.is_match(tail(before, 16)) || ESTIMATE.is_match(tail(before, 24));
    (if ceiling { MoneyKind::Ceiling } else { MoneyKind::Total }, None)
}

/// The last so many characters.
fn tail(text: &str, count: usize) -> &str {
    text.char_indices().rev().nth(count.saturating_sub(1)).map_or(text, |(i, _)| &text[i..])
}

static EXCLUDED: LazyLock<Regex> = LazyLock::new(|| pattern(r"不含(?:增值)?税|未税|税前|不包括(?:增值)?税"));
static INCLUDED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[^不])含(?:增值)?税|(?:^|[^不])(?:包括|包含|含)[^。;不]{0,80}(?:税费|税金|税款|增值税|各种税|各项税|一切税|全部税|、税)|价税合计|税(?:费|金|款)?在内",
    )
});

fn tax(reading: &Reading<'_>, at: usize) -> Tax {
    let sentence = reading.sentence(at);
    let said = |text: &str, nearest_last: bool| {
        let included = INCLUDED.find_iter(text).map(|found| (found.start(), Tax::Included));
        let excluded = EXCLUDED.find_iter(text).map(|found| (found.start(), Tax::Excluded));
        let order = |(place, _): &(usize, Tax)| *place;
        if nearest_last {
            included.chain(excluded).max_by_key(order)
        } else {
            included.chain(excluded).min_by_key(order)
        }
    };
    let article = reading.text.article_at(at).map_or("", |article| reading.slice(article.shadow.clone()));
    // What stands before the sum says it of this sum; what stands behind may go on to others. A whole clause speaks for
    // its sum where it says one thing only.
    let before = said(reading.slice(sentence.start.min(at)..at), true);
    let (_, tax) = before
        .or_else(|| said(reading.slice(at..sentence.end.max(at)), false))
        .or_else(|| said(reading.slice(reading.line(at)), false))
        .or_else(|| said(article, true).filter(|_| !EXCLUDED.is_match(article)))
        .unwrap_or((0, Tax::Unknown));
    tax
}

fn words(reading: &Reading<'_>, candidates: &[Candidate], best: &Candidate) -> Option<Value<Sum>> {
    let own = best.words.as_ref();
    let same = |c: &&Candidate| {
        c.words.as_ref().is_some_and(|w| w.amount.is_some() && w.amount == best.amount())
            || c.start() == best.start()
    };
    let witnesses = candidates
        .iter()
        .filter(same)
        .filter_map(|c| c.words.as_ref().map(|w| (w, own.is_some_and(|o| o.range == w.range))))
        .map(|(w, is_own)| {
            let sum = Sum { amount: w.amount, currency: currency_of(best) };
            let sure = if w.amount.is_some() { 0.94 } else { 0.6 };
            Witness::new(sum, w.range.clone(), if is_own { sure } else { sure - 0.1 }, "amount/words")
        })
        .collect();
    resolve_by(reading, witnesses, |a, b| a.amount == b.amount)
}

fn currency_of(candidate: &Candidate) -> String {
    candidate.figure.as_ref().map_or_else(|| "CNY".to_owned(), |f| f.currency.clone())
}

static OPEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:合同(?:总)?(?:价款|价|金额)|[\p{Han}]{0,4}费用?|收费|价款)[^。;\n]{0,30}(?:据实结算|按实结算|按实际[^。;\n]{0,14}结算|以[^。;\n]{0,24}结算[^。;\n]{0,12}为准)",
    )
});

/// A price without a figure, to be reckoned later.
fn open_price(reading: &Reading<'_>) -> Option<Value<Money>> {
    let settles_end = |at: usize| {
        let sentence = reading.slice(reading.sentence(at));
        ["解除", "终止", "提前"].iter().any(|word| sentence.contains(word))
    };
    let found = reading.find_all(&OPEN).find(|found| !settles_end(found.start()))?;
    let money = Money {
        amount: None,
        currency: "CNY".to_owned(),
        kind: MoneyKind::Open,
        per: None,
        tax: tax(reading, found.start()),
    };
    Some(Witness::new(money, found.range(), 0.75, "amount/open").into_value(reading))
}

#[cfg(test)]
mod tests;
