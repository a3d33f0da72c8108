//! Sums in figures: 人民币888,600.00元, ¥1,280,000, 128万元, 港币50万元, 3,600元/月.

use std::ops::Range;

use super::super::phrase;
use crate::fields::scan::{Captures, Match, Regex};
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::dictionaries::{Dictionaries, DictionaryError};

/// Name of the dictionary of currencies.
pub const CURRENCIES: &str = "currencies.toml";

/// What a price may be per, as it is written behind a stroke.
const PER: &str = "平方米|㎡|m2|建筑平方米|个月|月|年度|年|季度|季|半年|天|日|小时|课时|学时|工时|人次|人天|人日|人月|人年|人|户|次|台|套|件|个|辆|吨|千瓦时|度|立方米|项|份|亩|车次|场|点位|界址点|间|延米|米|公里|公顷|盒|箱|瓶|袋|桶|本|册|张|页|株|棵|机柜|车位|床|学期|期|人·天|座|栋|工日|台班|班次|篇|千字|字|条|处|根|块|盆|束|套次|车|班|节|餐|餐次|片|枚|只|扇|樘|棵次|艘|架次|架|例|样品|样|宗|幅|部|筐|斤|公斤|千克|克|升|立方|平方|米²|m²|m3|GB|TB|端口|用户|账号|节点|工位|铺位|泊位|间夜|晚|周|星期";

/// A sum in figures with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Shadow bytes, with currency and unit.
    pub range: Range<usize>,
    /// In units of the currency.
    pub amount: Decimal,
    /// ISO 4217 code.
    pub currency: String,
    /// What it is for, where that is written behind it: 元/月, 元/平方米.
    pub per: Option<String>,
}

#[derive(Deserialize)]
struct File {
    currency: Vec<Currency>,
}

#[derive(Debug, Deserialize)]
struct Currency {
    code: String,
    prefix: Vec<String>,
    unit: Vec<String>,
}

/// Finds sums in figures. Knows the currencies of the dictionary.
#[derive(Debug)]
pub struct Figures {
    pattern: Regex,
    currencies: Vec<Currency>,
}

impl Figures {
    /// Parses the dictionary of currencies.
    pub fn new(dictionaries: &Dictionaries) -> Result<Self, DictionaryError> {
        let currencies = dictionaries.toml::<File>(CURRENCIES)?.currency;
        let prefixes = alternatives(currencies.iter().flat_map(|c| &c.prefix).map(String::as_str));
        let units = alternatives(currencies.iter().flat_map(|c| &c.unit).map(String::as_str));
        let per = alternatives(PER.split('|'));
        let source = format!(
            r"(?i)(?P<before>(?:{prefixes})[: ]?(?:{prefixes})? ?)?(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d{{1,6}})?|\d{{1,15}}(?:\.\d{{1,6}})?)_*(?P<scale>千万|百万|万|亿|仟|千)?(?P<more>(?:\d{{1,4}}(?:亿|万|千|仟|百)?){{1,3}})?(?P<unit>{units})?(?P<whole>整)?(?:\((?:含税|不含税|(?P<said>人民币|CNY|RMB))\))?(?:(?:/每?|每)(?P<per>{per}))?"
        );
        let pattern = Regex::new(&source).map_err(|error| DictionaryError::malformed(CURRENCIES, error))?;
        Ok(Self { pattern, currencies })
    }

    /// All sums in order. A bare number counts only with a currency before or a unit behind it.
    pub fn scan(&self, text: &str) -> Vec<Figure> {
        // Most numbers of a contract are bare, and to see that they are no sum needs no groups.
        let bare =
            |found: &Match<'_>| found.as_str().bytes().all(|b| matches!(b, b'0'..=b'9' | b',' | b'.' | b'_'));
        let told = self.pattern.find_iter(text).filter(|found| !bare(found));
        let read = told.filter_map(|found| self.pattern.captures_at(text, found.start()));
        read.filter_map(|found| self.figure(text, &found)).collect()
    }

    /// The number that makes up a whole table cell (`1,280,000.00`), where the column or row says that it is money.
    pub fn bare(&self, cell: &str) -> Option<Decimal> {
        let found = self.pattern.captures(cell)?;
        (found.get(0)?.range() == (0..cell.len())).then(|| amount(&found)).flatten()
    }

    fn figure(&self, text: &str, found: &Captures<'_>) -> Option<Figure> {
        let whole = found.get(0)?;
        let before = found.name("before").map(|m| m.as_str());
        let unit = found.name("unit").map(|m| m.as_str());
        // 11万（人民币）: the currency may stand behind the scale.
        let said = found.name("said").filter(|_| found.name("scale").is_some()).map(|m| m.as_str());
        if before.is_none() && (unit.or(said).is_none() || continues_word(text, whole.start())) {
            return None;
        }
        // 人民币100万2024年: without a unit behind them the figures are something else.
        if unit.is_none() && found.name("more").is_some() {
            return None;
        }
        if unit.is_none() && (text[whole.end()..].starts_with(['%', '‰']) || is_cut(&text[whole.end()..])) {
            return None;
        }
        let currency =
            before.or(said).and_then(|b| self.by_prefix(b)).or_else(|| unit.and_then(|u| self.by_unit(u)))?;
        let (range, per) = recurring(text, found, whole.range());
        Some(Figure { range, amount: amount(found)?, currency: self.sharper(currency, unit).to_owned(), per })
    }

    fn by_prefix(&self, written: &str) -> Option<&str> {
        let written = written.trim_end_matches(':').to_lowercase();
        let hit = |c: &&Currency| c.prefix.iter().any(|p| written.starts_with(&p.to_lowercase()));
        self.currencies.iter().find(hit).map(|c| c.code.as_str())
    }

    fn by_unit(&self, written: &str) -> Option<&str> {
        let hit = |c: &&Currency| c.unit.iter().any(|u| u.eq_ignore_ascii_case(written));
        self.currencies.iter().find(hit).map(|c| c.code.as_str())
    }

    /// `$50万港元` is in Hong Kong dollars: a unit that names a currency beats a sign before the number.
    fn sharper<'a>(&'a self, currency: &'a str, unit: Option<&str>) -> &'a str {
        unit.filter(|u| !matches!(*u, "元" | "圆")).and_then(|u| self.by_unit(u)).unwrap_or(currency)
    }
}

/// ￥1,764, over 000.00: the line ends within the number.
fn is_cut(behind: &str) -> bool {
    let rest = behind.strip_prefix(',').and_then(|rest| rest.strip_prefix('\n'));
    rest.is_some_and(|rest| rest.len() >= 3 && rest.bytes().take(3).all(|b| b.is_ascii_digit()))
}

/// Beyond any sum of money; what is no smaller is a number of something else, and would overflow where it is reckoned with.
const BEYOND: Decimal = Decimal::from_parts(2_808_348_672, 232_830_643, 0, false, 0);

/// The sum, unless it is beyond any money.
pub fn believable(sum: Decimal) -> Option<Decimal> {
    (sum < BEYOND).then_some(sum)
}

/// What a sum is for, and its place with that: 80元每平方米. In 住宿费200元每人100元 the word belongs to what follows, as
/// it does behind a sum of all: 总价为12000元每月月底支付1000元.
fn recurring(text: &str, found: &Captures<'_>, whole: Range<usize>) -> (Range<usize>, Option<String>) {
    let Some(per) = found.name("per") else { return (whole, None) };
    let stroke = text[..per.start()].trim_end_matches('每').ends_with('/');
    let behind = &text[per.end()..];
    let ends = behind.is_empty()
        || behind.starts_with(|c: char| c.is_whitespace() || ",。;:、()".contains(c))
        || ["计", "的", "标准", "包干", "一次", "/"].iter().any(|word| behind.starts_with(word));
    let lead = phrase::tail(&text[..whole.start], 10);
    let of_all = ["总价", "总额", "共计", "合计", "总计"].iter().any(|word| lead.contains(word));
    if stroke || ends && !of_all {
        return (whole, Some(per.as_str().to_owned()));
    }
    (whole.start..per.start() - '每'.len_utf8(), None)
}

fn amount(found: &Captures<'_>) -> Option<Decimal> {
    let number: Decimal = found.name("number")?.as_str().replace(',', "").parse().ok()?;
    let scale: u32 = match found.name("scale").map(|m| m.as_str()) {
        None => 1,
        Some("仟" | "千") => 1_000,
        Some("万") => 10_000,
        Some("百万") => 1_000_000,
        Some("千万") => 10_000_000,
        Some(_) => 100_000_000,
    };
    let value = number.checked_mul(Decimal::from(scale))?;
    let value = match found.name("more") {
        Some(more) => value.checked_add(smaller(more.as_str(), scale)?)?,
        None => value,
    };
    let value = believable(value)?;
    // 128万元 is 1280000, while 888,600.00元 keeps its cents.
    Some(if scale > 1 { value.normalize() } else { value })
}

/// What goes on behind a scale: the 3千4百 of 12万3千4百元. Each part must be smaller than the one before it.
fn smaller(text: &str, above: u32) -> Option<Decimal> {
    let (mut rest, mut above, mut sum) = (text, above, 0u32);
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let count: u32 = rest.get(..digits)?.parse().ok()?;
        rest = rest.get(digits..)?;
        let (unit, scale) = match rest.chars().next() {
            None => (0, 1),
            Some('百') => (3, 100),
            Some('千' | '仟') => (3, 1_000),
            Some('万') => (3, 10_000),
            Some(_) => return None,
        };
        rest = rest.get(unit..)?;
        let part = count.checked_mul(scale)?;
        if scale >= above || part >= above {
            return None;
        }
        sum = sum.checked_add(part)?;
        above = scale;
    }
    Some(Decimal::from(sum))
}

/// Does the number continue a word or code (A4, 1.5, B20)?
fn continues_word(text: &str, start: usize) -> bool {
    text[..start]
        .bytes()
        .next_back()
        .is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b','))
}

/// An alternation of literals, longest first.
pub(crate) fn alternatives<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut words: Vec<&str> = words.collect();
    words.sort_by_key(|w| std::cmp::Reverse(w.len()));
    words.dedup();
    words.iter().map(|w| regex::escape(w)).collect::<Vec<_>>().join("|")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn figures() -> Figures {
        Figures::new(&Dictionaries::embedded()).expect("the dictionary is valid")
    }

    fn read(text: &str) -> Vec<(String, String)> {
        figures().scan(text).into_iter().map(|f| (f.amount.to_string(), f.currency)).collect()
    }

    #[test]
    fn figures_are_read_with_their_currency() {
        let cases = [
            ("人民币888,600.00元", "888600.00", "CNY"),
            ("¥1,280,000", "1280000", "CNY"),
            ("￥500000.00)", "500000.00", "CNY"),
            ("合同总价2000000元", "2000000", "CNY"),
            ("128.5万元", "1285000", "CNY"),
            ("1.2亿元", "120000000", "CNY"),
            ("港币50万元", "500000", "HKD"),
            ("USD 1,000.50".replace(' ', "").as_str(), "1000.50", "USD"),
            ("3000美元", "3000", "USD"),
            ("人民币:¥300元整", "300", "CNY"),
            ("12万3千4百元", "123400", "CNY"),
            ("人民币3亿2000万元", "320000000", "CNY"),
            ("12万3456元", "123456", "CNY"),
        ]
        .map(|(t, a, c)| (t.to_owned(), a, c));
        for (text, amount, currency) in cases {
            assert_eq!(read(&text), [(amount.to_owned(), currency.to_owned())], "{text}");
        }
    }

    #[test]
    fn what_is_no_sum_is_left_alone() {
        for text in [
            "数量1000台",
            "960,000千瓦时",
            "2024年",
            "30%",
            "第3条",
            "1,280平方米",
            "A4元",
            "三万元",
            "12万34万元",
        ] {
            assert!(read(text).is_empty(), "{text}: {:?}", read(text));
        }
    }

    #[test]
    fn what_a_sum_is_for_is_kept() {
        let found = figures().scan("租金3,600元/月,物业费5元/平方米");
        assert_eq!(found[0].per.as_deref(), Some("月"));
        assert_eq!(found[1].per.as_deref(), Some("平方米"));
    }

    proptest! {
        #[test]
        fn a_written_sum_reads_back(cents in 0i64..10_000_000_000_000) {
            let value = Decimal::new(cents, 2);
            let plain = value.to_string();
            let (units, fraction) = plain.split_once('.').unwrap_or((&plain, "00"));
            let grouped: String = units.bytes().rev().enumerate()
                .flat_map(|(i, b)| (i > 0 && i % 3 == 0).then_some(',').into_iter().chain([b as char]))
                .collect::<Vec<_>>().into_iter().rev().collect();
            for text in [format!("¥{plain}"), format!("人民币{grouped}.{fraction}元")] {
                let found = figures().scan(&text);
                prop_assert_eq!(found.len(), 1);
                prop_assert_eq!(found[0].amount, value);
                prop_assert_eq!(found[0].range.clone(), 0..text.len());
            }
        }
    }
}
