//! Clause labels at the start of a paragraph: 第一条, 一、, （一）, 1., 1.1 and their kin.

/// A label and what follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Label<'t> {
    /// How it is written.
    pub(crate) form: Form,
    /// Its number; for a dotted label all its numbers, so at least two.
    pub(crate) numbers: Vec<u32>,
    /// What sets the label apart from the text.
    pub(crate) gap: Gap,
    /// The paragraph without label and gap.
    pub(crate) rest: &'t str,
}

/// How a label is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// One number between two marks.
    Single(Single),
    /// 1.1 or 1.1.1: the place in an outline.
    Dotted,
}

/// One number between two marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Single {
    /// The mark before the number.
    pub(crate) before: &'static str,
    /// The number's script.
    pub(crate) numerals: Numerals,
    /// The mark behind the number.
    pub(crate) after: &'static str,
}

/// The script of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Numerals {
    /// 一, 十二, 一百零三.
    Han,
    /// 1, 12, 103.
    Arabic,
}

/// What stands between label and text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// Nothing.
    None,
    /// A space.
    Space,
    /// An ideographic space, U+3000.
    Wide,
}

const SINGLES: [(&str, Numerals, &str); 13] = [
    ("第", Numerals::Han, "条"),
    ("第", Numerals::Arabic, "条"),
    ("第", Numerals::Han, "章"),
    ("", Numerals::Han, "、"),
    ("（", Numerals::Han, "）"),
    ("(", Numerals::Han, ")"),
    ("", Numerals::Arabic, "、"),
    ("", Numerals::Arabic, "."),
    ("", Numerals::Arabic, "．"),
    ("（", Numerals::Arabic, "）"),
    ("(", Numerals::Arabic, ")"),
    ("", Numerals::Arabic, "）"),
    ("", Numerals::Arabic, ")"),
];

impl<'t> Label<'t> {
    /// The label at the start of `text`, if there is one with text behind it.
    pub(crate) fn parse(text: &'t str) -> Option<Self> {
        let (form, numbers, rest) = dotted(text).or_else(|| {
            SINGLES
                .iter()
                .find_map(|&(before, numerals, after)| single(text, Single { before, numerals, after }))
        })?;
        let (gap, rest) = match rest.chars().next()? {
            ' ' => (Gap::Space, &rest[1..]),
            '\u{3000}' => (Gap::Wide, &rest['\u{3000}'.len_utf8()..]),
            _ => (Gap::None, rest),
        };
        // Two gaps in a row are more than an automatic label makes.
        (!rest.is_empty() && !rest.starts_with([' ', '\u{3000}'])).then_some(Self {
            form,
            numbers,
            gap,
            rest,
        })
    }
}

fn single(text: &str, single: Single) -> Option<(Form, Vec<u32>, &str)> {
    let inner = text.strip_prefix(single.before)?;
    let length = inner.find(|c| !single.numerals.contains(c)).filter(|&length| length > 0)?;
    let (digits, rest) = inner.split_at(length);
    let rest = rest.strip_prefix(single.after)?;
    // 1.5 is no label 1., and a numeral that a counter would not write stays text.
    let decimal = single.after == "." && rest.starts_with(|c: char| c.is_ascii_digit());
    let number = single.numerals.read(digits)?;
    (!decimal).then_some((Form::Single(single), vec![number], rest))
}

fn dotted(text: &str) -> Option<(Form, Vec<u32>, &str)> {
    let length = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (label, rest) = text.split_at(length);
    let numbers: Vec<u32> = label.split('.').map(|n| Numerals::Arabic.read(n)).collect::<Option<_>>()?;
    (numbers.len() > 1).then_some((Form::Dotted, numbers, rest))
}

impl Numerals {
    fn contains(self, c: char) -> bool {
        match self {
            Self::Han => "一二三四五六七八九十百千零".contains(c),
            Self::Arabic => c.is_ascii_digit(),
        }
    }

    /// The number that a counter writes as `digits`.
    fn read(self, digits: &str) -> Option<u32> {
        match self {
            Self::Arabic => digits.parse().ok().filter(|n: &u32| n.to_string() == digits),
            Self::Han => (1..=999).find(|&n| han(n) == digits),
        }
    }
}

/// A number below 10,000 as 一百零三; what office software calls `chineseCountingThousand`.
pub(crate) fn han(n: u32) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let mut text = String::new();
    let mut gap = false;
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = n / unit % 10;
        if digit == 0 {
            gap = !text.is_empty();
            continue;
        }
        if gap {
            text.push('零');
        }
        gap = false;
        // 十二, not 一十二; but 一百一十二.
        if digit != 1 || unit != 10 || !text.is_empty() {
            text.push_str(DIGITS[digit as usize]);
        }
        text.push_str(name);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_counting() {
        let written = [1, 10, 11, 20, 99, 100, 103, 112, 120, 1003].map(han);
        let expected =
            ["一", "十", "十一", "二十", "九十九", "一百", "一百零三", "一百一十二", "一百二十", "一千零三"];
        assert_eq!(written, expected);
    }

    fn parts(text: &str) -> Option<(Vec<u32>, Gap, &str)> {
        Label::parse(text).map(|label| (label.numbers, label.gap, label.rest))
    }

    #[test]
    fn labels() {
        assert_eq!(parts("第十二条　采购标的"), Some((vec![12], Gap::Wide, "采购标的")));
        assert_eq!(parts("一、服务内容"), Some((vec![1], Gap::None, "服务内容")));
        assert_eq!(parts("（三）保证"), Some((vec![3], Gap::None, "保证")));
        assert_eq!(parts("1. 预付款"), Some((vec![1], Gap::Space, "预付款")));
        assert_eq!(parts("2）数据库"), Some((vec![2], Gap::None, "数据库")));
        assert_eq!(parts("3.1 价款"), Some((vec![3, 1], Gap::Space, "价款")));
        assert_eq!(parts("3.1.2价款"), Some((vec![3, 1, 2], Gap::None, "价款")));
    }

    #[test]
    fn not_labels() {
        for text in ["第一部分", "第一一条 甲", "1.", "2024年", "一", "01. 甲", "十日内", ""] {
            assert_eq!(parts(text), None, "{text}");
        }
    }
}
