//! Price (合同价款) in figures and in words (大写): two witnesses. When they contradict each other both are
//! kept, the figures with little confidence; nobody chooses in silence.

mod cells;
mod kind;
mod names;
mod open;
mod tax;
mod weigh;

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;
use rust_decimal::Decimal;

use super::Extractor;
use super::draft::Draft;
use super::explain::{Considered, Verdict};
use super::reading::Reading;
use super::resolve::{Witness, resolve_by};
use super::scan::capital::{self, Words};
use super::scan::money::Figure;
use super::scan::{blank, pattern};
use crate::model::fields::{Money, Sum, Tax};
use crate::model::{Confidence, Value};
use cells::cells;
use kind::kind;
use open::open_price;
use tax::tax;
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

    fn end(&self) -> usize {
        let figure = self.figure.as_ref().map(|f| f.range.end);
        let words = self.words.as_ref().map(|w| w.range.end);
        figure.into_iter().chain(words).max().unwrap_or(0)
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
    let best = candidates.first().filter(|best| trusted(reading, best, blank.as_ref()));
    let Some(best) = best.or_else(|| sole_rate(reading, &candidates).filter(|_| blank.is_none())) else {
        match open_price(reading) {
            Some(value) if blank.is_none() => draft.fields.amount = Some(value),
            _ => draft.absent(reading, "amount", blank.clone()),
        }
        draft.absent(reading, "amount_in_words", blank);
        return;
    };
    draft.fields.amount = amount(reading, &candidates, best);
    let price = draft.fields.amount.as_ref().and_then(|price| price.value.amount);
    let winner = candidates.iter().find(|c| price.is_some() && c.amount() == price).unwrap_or(best);
    draft.fields.amount_in_words = words(reading, &candidates, winner);
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

/// Words of a total: beside them no rate is the price.
static TOTAL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"合同总?(?:价款?|金额)|总价|总金额|总费用|总额|合计|总计|共计|包干价"));

/// A rate (每课时440元) is the price where the contract names no total and no other rate.
fn sole_rate<'c>(reading: &Reading<'_>, candidates: &'c [Candidate]) -> Option<&'c Candidate> {
    let best = candidates.iter().find(|candidate| candidate.weight.unit)?;
    let other = |c: &Candidate| c.amount() != best.amount();
    // 地形图每公顷300元,管线每公里500元
    let line = reading.slice(reading.line(best.start()));
    let beside = reading.lexicon.figures.scan(line).iter().any(|figure| Some(figure.amount) != best.amount());
    // Beside wages that are paid as they come, a fee by the head is a part of what is paid.
    let part = line.contains("公积金") || line.contains("社会保险");
    let alone = !part && !beside && !candidates.iter().any(other) && !states_total(reading);
    (alone && best.weight.score > -1.5).then_some(best)
}

/// Does a sentence speak of a total and leave room for its sum, or give one? A heading (第二条 合同价款), and what only says
/// how it is settled, do neither.
fn states_total(reading: &Reading<'_>) -> bool {
    static SUM: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"_{2,}|【[_ ]*】|\d{3,}|[壹贰叁肆伍陆柒捌玖拾佰仟]{2,}"));
    reading.find_all(&TOTAL).any(|total| {
        let sentence = reading.sentence(total.start());
        SUM.is_match(reading.slice(total.start()..sentence.end.max(total.end())))
    })
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
        if let Some(weight) = weighed {
            let mut weight = by_piece(weight, figure.per.as_deref());
            // Prices are written twice; what is written twice is more likely the price.
            let agreed = partner.as_ref().is_some_and(|w| w.amount == Some(figure.amount));
            weight.score += if agreed { 2.0 } else { 0.0 };
            // 履约金 0 万元: a nought fills a slot more often than it is a price.
            weight.score -= if figure.amount.is_zero() { 4.0 } else { 0.0 };
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

/// 150元/㎡ is a rate, whatever the words before it say.
fn by_piece(weight: Weight, per: Option<&str>) -> Weight {
    let piece = per.is_some_and(|per| !kind::PERIODS.contains(&per)) && !weight.unit;
    if piece { Weight { score: weight.score - 4.0, unit: true, periodic: false } } else { weight }
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
        && gap.chars().all(|c| "(),:;、/\t\n[]大小写人民币金额为即计整元含税成交¥￥\"“”_ ".contains(c))
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
        value.value.tax = said.unwrap_or_else(|| tax::at_large(reading));
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

#[cfg(test)]
mod tests;
