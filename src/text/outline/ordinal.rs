//! Small numbers as clauses are counted: 12, 十二, 二十, 一百零三, 一二, 拾贰.

use crate::text::script::is_capital_numeral;

/// The value of a run of figures or of a Chinese numeral below ten thousand; `None` where it is neither.
pub fn parse(text: &str) -> Option<u32> {
    if text.is_empty() || text.chars().count() > 7 {
        return None;
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok();
    }
    if text.starts_with(is_capital_numeral) {
        return chinese(&text.chars().map(plain).collect::<String>());
    }
    chinese(text)
}

/// The value of a numeral in everyday characters.
fn chinese(text: &str) -> Option<u32> {
    if text.chars().all(|c| digit(c).is_some()) {
        return text.chars().try_fold(0_u32, |value, c| value.checked_mul(10)?.checked_add(digit(c)?));
    }
    with_units(text)
}

/// 二十三: digits with units after them, which must fall.
fn with_units(text: &str) -> Option<u32> {
    let (mut total, mut pending, mut last_unit) = (0_u32, None, u32::MAX);
    for c in text.chars() {
        match (digit(c), unit(c)) {
            (Some(0), _) => {}
            (Some(value), _) if pending.is_none() => pending = Some(value),
            (_, Some(unit)) if unit < last_unit => {
                let times = pending.take().unwrap_or(if c == '廿' { 2 } else { 1 });
                total += times * unit;
                last_unit = unit;
            }
            _ => return None,
        }
    }
    Some(total + pending.unwrap_or(0))
}

/// The everyday form of a capital numeral; any other character as a mark that no numeral has.
fn plain(c: char) -> char {
    let everyday = "零壹贰叁肆伍陆柒捌玖拾佰".chars().zip("零一二三四五六七八九十百".chars());
    everyday.into_iter().find_map(|(capital, plain)| (capital == c).then_some(plain)).unwrap_or('-')
}

fn digit(c: char) -> Option<u32> {
    "〇一二三四五六七八九".chars().position(|d| d == c).map(|value| value as u32).or((c == '零').then_some(0))
}

fn unit(c: char) -> Option<u32> {
    match c {
        '十' | '廿' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn numerals_have_their_value() {
        let cases = [
            ("1", 1),
            ("12", 12),
            ("一", 1),
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("二十三", 23),
            ("一百零三", 103),
            ("一二", 12),
            ("廿一", 21),
            ("一百一十", 110),
            ("拾贰", 12),
            ("零", 0),
            ("零肆", 4),
        ];
        for (text, value) in cases {
            assert_eq!(parse(text), Some(value), "{text}");
        }
        for text in ["", "甲", "十百", "1十", "一二十三四", "壹二", "壹元"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
