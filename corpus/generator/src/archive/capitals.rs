//! Sums in capital numerals (大写): reading and writing them.
//!
//! Source of the writing: 中国人民银行《支付结算办法》附一 (正确填写票据和结算凭证的基本规定).

const DIGITS: &str = "零壹贰叁肆伍陆柒捌玖";

/// A sum as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Capitals {
    /// The sum in fen (hundredths of a yuan).
    pub(crate) fen: u64,
    /// 元 or 圆.
    yuan: char,
    /// 整 or 正 at the end.
    end: Option<char>,
}

impl Capitals {
    /// A sum of whole or broken yuan, to be written with 元 or 圆 and with 整, 正 or nothing at its end.
    pub(crate) fn new(fen: u64, yuan: char, end: Option<char>) -> Self {
        Self { fen, yuan, end }
    }

    /// The sum at the start of `text` and its length in bytes.
    ///
    /// Only what this module itself would write is read: anything unusual is left to people.
    pub(crate) fn parse(text: &str) -> Option<(Self, usize)> {
        let whole = text.find(|c| !DIGITS.contains(c) && !"拾佰仟万亿".contains(c))?;
        let yuan = text[whole..].chars().next().filter(|c| matches!(c, '元' | '圆'))?;
        let mut fen = integer(&text[..whole])?.checked_mul(100)?;
        let mut at = whole + yuan.len_utf8();
        if let Some(length) = text[at..].starts_with('零').then_some('零'.len_utf8())
            && minor(&text[at + length..]).is_some()
        {
            at += length;
        }
        while let Some((value, length)) = minor(&text[at..]) {
            fen += value;
            at += length;
        }
        let end = text[at..].chars().next().filter(|c| matches!(c, '整' | '正'));
        at += end.map_or(0, char::len_utf8);
        let read = Self { fen, yuan, end };
        (read.to_string() == text[..at]).then_some((read, at))
    }

    /// The same way of writing, `factor` times the sum.
    pub(crate) fn times(self, factor: u64) -> Option<Self> {
        Some(Self { fen: self.fen.checked_mul(factor)?, ..self })
    }
}

/// 伍角 or 伍分 at the start of `text`: its fen and its length in bytes.
fn minor(text: &str) -> Option<(u64, usize)> {
    let mut chars = text.chars();
    let digit = chars.next().and_then(digit).filter(|&digit| digit > 0)?;
    let length = text.len() - chars.as_str().len() + '角'.len_utf8();
    match chars.next()? {
        '角' => Some((digit * 10, length)),
        '分' => Some((digit, length)),
        _ => None,
    }
}

fn digit(c: char) -> Option<u64> {
    DIGITS.chars().position(|digit| digit == c).map(|value| value as u64)
}

/// 壹佰贰拾万叁仟 as a number.
fn integer(text: &str) -> Option<u64> {
    let (mut total, mut section, mut last) = (0u64, 0u64, 0u64);
    for c in text.chars() {
        match c {
            '拾' | '佰' | '仟' => {
                let unit = [('拾', 10), ('佰', 100), ('仟', 1000)];
                let (_, unit) = unit.into_iter().find(|(name, _)| *name == c)?;
                section += std::mem::take(&mut last) * unit;
            }
            '万' => total += (std::mem::take(&mut section) + std::mem::take(&mut last)) * 10_000,
            '亿' => {
                let section = std::mem::take(&mut section) + std::mem::take(&mut last);
                total = total.checked_add(section)?.checked_mul(100_000_000)?;
            }
            c => last = digit(c)?,
        }
    }
    total.checked_add(section + last).filter(|&value| value > 0)
}

impl std::fmt::Display for Capitals {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (whole, jiao, fen) = (self.fen / 100, self.fen / 10 % 10, self.fen % 10);
        write!(f, "{}{}", written(whole), self.yuan)?;
        let name = |digit: u64| DIGITS.chars().nth(digit as usize).unwrap_or('零');
        if jiao > 0 {
            write!(f, "{}角", name(jiao))?;
        }
        if fen > 0 {
            let gap = if jiao == 0 { "零" } else { "" };
            write!(f, "{gap}{}分", name(fen))?;
        }
        match self.end {
            // 整 stands behind 元 and 角 only.
            Some(end) if fen == 0 => write!(f, "{end}"),
            _ => Ok(()),
        }
    }
}

/// A number as 壹佰贰拾万叁仟: groups of four digits, 零 for a gap before a lower digit.
fn written(value: u64) -> String {
    let mut text = String::new();
    let mut gap = false;
    for (group, name) in [(100_000_000, "亿"), (10_000, "万"), (1, "")] {
        let part = if group == 100_000_000 { value / group } else { value / group % 10_000 };
        for (unit, unit_name) in [(1000, "仟"), (100, "佰"), (10, "拾"), (1, "")] {
            let digit = part / unit % 10;
            if digit == 0 {
                gap = !text.is_empty();
                continue;
            }
            if std::mem::take(&mut gap) {
                text.push('零');
            }
            text.extend(DIGITS.chars().nth(digit as usize));
            text.push_str(unit_name);
        }
        if part > 0 {
            text.push_str(name);
            // 壹拾万伍仟: a group that is whole leaves no gap behind it.
            gap = false;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(u64, usize)> {
        Capitals::parse(text).map(|(sum, length)| (sum.fen, length / 3))
    }

    #[test]
    fn sums() {
        assert_eq!(read("捌拾捌万捌仟陆佰元整）"), Some((88_860_000, 10)));
        assert_eq!(read("壹佰捌拾玖万零伍佰捌拾壹元伍角贰分"), Some((189_058_152, 17)));
        assert_eq!(read("伍佰元分两次支付"), Some((50_000, 3)));
        assert_eq!(read("贰亿柒仟肆佰柒拾贰万捌仟元零捌分"), Some((27_472_800_008, 16)));
        assert_eq!(read("壹式陆份"), None);
        assert_eq!(read("元整"), None);
        // Not as the rules have it.
        assert_eq!(read("壹万伍拾元整"), None);
    }

    #[test]
    fn what_is_written_is_read_again() {
        for fen in [100, 1_005, 10_000_000, 1_005_000_000, 300_007_020, 12_000_000_000, 10_000_000_199] {
            let sum = Capitals { fen, yuan: '元', end: (fen % 10 == 0).then_some('整') };
            let text = sum.to_string();
            assert_eq!(Capitals::parse(&text), Some((sum, text.len())), "{text}");
        }
    }

    #[test]
    fn a_multiple_keeps_the_manner() {
        let (sum, _) = Capitals::parse("叁拾捌万圆正").unwrap();
        assert_eq!(sum.times(3).unwrap().to_string(), "壹佰壹拾肆万圆正");
    }
}
