//! Integers: Arabic digits, 二十五, 二〇二四, 壹佰贰拾.

/// The value of one Chinese digit, small (小写) or capital (大写).
pub fn digit(c: char) -> Option<u64> {
    Some(match c {
        '零' | '〇' | '○' => 0,
        '一' | '壹' | '弌' => 1,
        '二' | '贰' | '貳' | '两' | '兩' => 2,
        '三' | '叁' | '叄' | '參' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// The value of a character that stands for so many tens: 廿, 卅, 卌.
pub fn tens(c: char) -> Option<u64> {
    Some(match c {
        '廿' => 20,
        '卅' => 30,
        '卌' => 40,
        _ => return None,
    })
}

/// The value of a unit inside a section of four digits.
pub fn small_unit(c: char) -> Option<u64> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        _ => return None,
    })
}

/// The value of a unit that closes a section: 万, 亿.
pub fn section_unit(c: char) -> Option<u64> {
    Some(match c {
        '万' | '萬' => 10_000,
        '亿' | '億' => 100_000_000,
        _ => return None,
    })
}

/// Reads a whole numeral: `25`, `二十五`, `二〇二四`, `壹佰贰拾`; `None` where it is none.
pub fn integer(text: &str) -> Option<u64> {
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok();
    }
    if text.chars().count() > 1 && text.chars().all(|c| digit(c).is_some()) {
        return positional(text);
    }
    chinese(text)
}

/// Digits written one after the other: 二〇二四.
fn positional(text: &str) -> Option<u64> {
    text.chars().try_fold(0u64, |value, c| value.checked_mul(10)?.checked_add(digit(c)?))
}

/// A numeral with units: 二十五, 一百二十万. Units must fall from left to right inside a section.
pub fn chinese(text: &str) -> Option<u64> {
    let mut total = 0u64;
    let mut section = Section::default();
    let mut last_unit = u64::MAX;
    for c in text.chars() {
        if let Some(unit) = section_unit(c) {
            // 一万亿: the greater unit takes all that is before it.
            let value =
                if section.is_empty() && total > 0 && unit > last_unit { 0 } else { section.close()? };
            if unit < last_unit {
                total = total.checked_add(value.checked_mul(unit)?)?;
            } else {
                total = total.checked_add(value)?.checked_mul(unit)?;
            }
            last_unit = unit;
        } else {
            section.push(c)?;
        }
    }
    if section.is_empty() {
        return (last_unit != u64::MAX).then_some(total);
    }
    total.checked_add(section.close()?)
}

/// Up to four digits with their units: 三千二百零五.
#[derive(Default)]
struct Section {
    value: u64,
    pending: Option<u64>,
    last_unit: Option<u64>,
    any: bool,
}

impl Section {
    fn is_empty(&self) -> bool {
        !self.any
    }

    fn push(&mut self, c: char) -> Option<()> {
        self.any = true;
        if let Some(tens) = tens(c) {
            let placed = self.pending.take().unwrap_or(0) == 0 && self.last_unit.is_none_or(|last| last > 10);
            self.value += tens;
            self.last_unit = Some(10);
            return placed.then_some(());
        }
        if let Some(unit) = small_unit(c) {
            if self.last_unit.is_some_and(|last| last <= unit) {
                return None;
            }
            // 十五 is 一十五, but nobody leaves the digit out before 百 or 千.
            let count = match self.pending.take() {
                None if unit != 10 => return None,
                // 零佰, 伍佰零拾: every place is printed, the empty ones too.
                Some(0) if unit != 10 || self.last_unit == Some(100) => 0,
                Some(0) | None => 1,
                Some(count) => count,
            };
            self.value += count * unit;
            self.last_unit = Some(unit);
            return Some(());
        }
        let value = digit(c)?;
        match self.pending {
            Some(0) | None => self.pending = Some(value),
            Some(_) => return None,
        }
        Some(())
    }

    fn close(&mut self) -> Option<u64> {
        if !self.any {
            return None;
        }
        let closed = self.value + self.pending.unwrap_or(0);
        *self = Self::default();
        Some(closed)
    }
}

/// Writes a number below 10¹² with small numerals: 一千二百零五.
pub fn render(value: u64) -> String {
    render_with(value, ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'], ['十', '百', '千'])
}

/// Writes a number below 10¹² with the given digits and units.
fn render_with(value: u64, digits: [char; 10], units: [char; 3]) -> String {
    let sections = [
        (value / 100_000_000 % 10_000, Some('亿')),
        (value / 10_000 % 10_000, Some('万')),
        (value % 10_000, None),
    ];
    let mut out = String::new();
    let mut skipped = false;
    for (section, unit) in sections {
        if section == 0 {
            skipped = true;
            continue;
        }
        if !out.is_empty() && (section < 1000 || skipped) {
            out.push(digits[0]);
        }
        push_section(&mut out, section, digits, units);
        out.extend(unit);
        skipped = false;
    }
    if out.is_empty() { digits[0].to_string() } else { out }
}

fn push_section(out: &mut String, section: u64, digits: [char; 10], units: [char; 3]) {
    let mut started = false;
    let mut gap = false;
    for (power, unit) in [(1000, Some(units[2])), (100, Some(units[1])), (10, Some(units[0])), (1, None)] {
        let digit = (section / power % 10) as usize;
        if digit == 0 {
            gap = started;
            continue;
        }
        if gap {
            out.push(digits[0]);
        }
        out.push(digits[digit]);
        out.extend(unit);
        started = true;
        gap = false;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numerals_are_read() {
        let cases = [
            ("25", 25),
            ("十", 10),
            ("十五", 15),
            ("二十", 20),
            ("一百零五", 105),
            ("两", 2),
            ("二〇二四", 2024),
            ("一百二十万", 1_200_000),
            ("三亿零五十万", 300_500_000),
            ("拾万", 100_000),
            ("一万亿", 1_000_000_000_000),
            ("廿五", 25),
            ("一百卅", 130),
            ("卅万", 300_000),
        ];
        for (text, value) in cases {
            assert_eq!(integer(text), Some(value), "{text}");
        }
    }

    #[test]
    fn what_is_no_numeral_is_refused() {
        for text in ["", "百", "十百", "五六十", "二十三十", "年", "3万", "万", "五廿", "十廿", "廿十"]
        {
            assert_eq!(integer(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_rendered_number_reads_back(value in 0u64..1_000_000_000_000) {
            prop_assert_eq!(chinese(&render(value)), Some(value));
        }

        #[test]
        fn nothing_panics(text in "[零一二两三十百千万亿壹拾0-9]{0,30}") {
            let _ = integer(&text);
        }
    }
}
