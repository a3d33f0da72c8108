//! Days and figures as people write them, in a cell or on the command line.

use jiff::civil::Date;
use rust_decimal::Decimal;

/// Units of yuan by what they multiply, each before those that it ends with.
const UNITS: [(&str, u32); 5] =
    [("亿元", 100_000_000), ("百万元", 1_000_000), ("万元", 10_000), ("千元", 1_000), ("元", 1)];

/// A figure with the unit behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// As it is written.
    pub number: Decimal,
    /// What the unit multiplies it by: 1 for 元, 10,000 for 万元; `None` where none is written.
    pub unit: Option<Decimal>,
}

/// `2024-03-05`, `2024/3/5`, `2024.3.5`, `2024年3月5日`, `20240305`; blanks do not count.
pub fn date(text: &str) -> Option<Date> {
    let plain = compact(text);
    if plain.len() == 8 && plain.bytes().all(|b| b.is_ascii_digit()) {
        return Date::strptime("%Y%m%d", &plain).ok();
    }
    let plain = plain.strip_suffix(['日', '号']).unwrap_or(&plain);
    let parts: Vec<&str> = plain.split(['-', '/', '.', '年', '月']).collect();
    let [year, month, day] = parts.as_slice() else { return None };
    let year = year.parse().ok().filter(|year| (1900..=9999).contains(year))?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

/// `123,000.00`, `￥123000`, `123000元`, `12.3万元`, `1.23E5` (as spreadsheets write long figures).
pub fn figure(text: &str) -> Option<Figure> {
    let plain: String = compact(text).chars().filter(|c| !matches!(c, ',' | '，')).collect();
    let plain = plain.trim_start_matches(['¥', '￥']);
    let with = |(unit, factor): &(&str, u32)| Some((plain.strip_suffix(unit)?, Some(Decimal::from(*factor))));
    let (bare, unit) = UNITS.iter().find_map(with).unwrap_or((plain, None));
    let number = bare.parse().or_else(|_| Decimal::from_scientific(bare)).ok()?;
    Some(Figure { number, unit })
}

/// The unit that a heading names: 10,000 for `合同金额（万元）`; `None` where it names none.
pub fn unit_in(heading: &str) -> Option<Decimal> {
    let named = UNITS.iter().find(|(unit, _)| heading.contains(unit));
    named.map(|(_, factor)| Decimal::from(*factor))
}

/// Without its blanks.
pub fn compact(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_in_many_ways() {
        for text in ["2024-03-05", "2024/3/5", "2024.3.5", "2024年3月5日", "2024 年 3 月 5 号", "20240305"]
        {
            assert_eq!(date(text), Some(jiff::civil::date(2024, 3, 5)), "{text}");
        }
        for text in ["", "45356", "2024-13-05", "24-3-5", "2024年3月"] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn a_figure_keeps_the_unit_that_is_written_behind_it() {
        let told = |text| {
            figure(text).map(|figure| (figure.number.to_string(), figure.unit.map(|unit| unit.to_string())))
        };
        let plain = |number: &str, unit: Option<&str>| Some((number.to_owned(), unit.map(str::to_owned)));
        assert_eq!(told("123,000.00"), plain("123000.00", None));
        assert_eq!(told("￥ 123000 元"), plain("123000", Some("1")));
        assert_eq!(told("12.3万元"), plain("12.3", Some("10000")));
        assert_eq!(told("1.23E5"), plain("123000", None));
        assert_eq!(told("0.5 亿元"), plain("0.5", Some("100000000")));
        assert_eq!(told("十万元"), None);
        let units = ["合同金额（万元）", "金额(百万元)", "金额/千元", "合同额"].map(unit_in);
        assert_eq!(
            units,
            [Some(10_000), Some(1_000_000), Some(1_000), None].map(|unit| unit.map(Decimal::from))
        );
    }
}
