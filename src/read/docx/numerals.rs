//! Number formats of automatic numbering (ECMA-376 part 1, ST_NumberFormat).

/// How a level writes its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::read) enum NumberFormat {
    /// 1, 2, 3; also what a format that is not known is shown as.
    #[default]
    Decimal,
    /// 01, 002: at least so many digits.
    DecimalPadded(usize),
    /// １２
    DecimalFullWidth,
    /// ①; ⑵; ⒊: the first of a run of characters, and how many there are. Plain digits past the last.
    Enclosed(char, u32),
    /// A, B … Z, AA, BB
    UpperLetter,
    /// a, b … z, aa, bb
    LowerLetter,
    /// I, II, III
    UpperRoman,
    /// i, ii, iii
    LowerRoman,
    /// 一、十、十一、二十, from 100 on digit by digit (一〇〇).
    ChineseCounting,
    /// 一、十、一百零一
    ChineseCountingThousand,
    /// 壹、壹拾、壹佰零壹
    ChineseLegal,
    /// 一、一〇、一一: digit by digit.
    ChineseDigits,
    /// 一、十、百一: a hundred is 百 without 一, and nothing stands for a zero.
    JapaneseCounting,
    /// 甲、乙、丙 … 癸
    HeavenlyStems,
    /// 子、丑、寅 … 亥
    EarthlyBranches,
    /// 1st, 2nd
    Ordinal,
    /// - 1 -
    InDash,
    /// No number: the level's text is all there is.
    Bullet,
    /// Nothing.
    None,
}

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const LEGAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

impl NumberFormat {
    /// The format that a `w:numFmt` names; `custom` is its `w:format`, a pattern such as `001, 002, 003`.
    pub fn named(name: &str, custom: Option<&str>) -> Self {
        match name {
            "decimalZero" => Self::DecimalPadded(2),
            "decimalFullWidth" | "decimalFullWidth2" => Self::DecimalFullWidth,
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Self::Enclosed('①', 20),
            "decimalEnclosedParen" => Self::Enclosed('⑴', 20),
            "decimalEnclosedFullstop" => Self::Enclosed('⒈', 20),
            "ideographEnclosedCircle" => Self::Enclosed('㊀', 10),
            "upperLetter" => Self::UpperLetter,
            "lowerLetter" => Self::LowerLetter,
            "upperRoman" => Self::UpperRoman,
            "lowerRoman" => Self::LowerRoman,
            "chineseCounting" | "taiwaneseCounting" => Self::ChineseCounting,
            "chineseCountingThousand" | "taiwaneseCountingThousand" => Self::ChineseCountingThousand,
            "chineseLegalSimplified" | "ideographLegalTraditional" => Self::ChineseLegal,
            "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" => Self::ChineseDigits,
            "japaneseCounting" => Self::JapaneseCounting,
            "ideographTraditional" => Self::HeavenlyStems,
            "ideographZodiac" => Self::EarthlyBranches,
            "ordinal" => Self::Ordinal,
            "numberInDash" => Self::InDash,
            "bullet" => Self::Bullet,
            "none" => Self::None,
            "custom" => Self::custom(custom.unwrap_or_default()),
            _ => Self::Decimal,
        }
    }

    fn custom(pattern: &str) -> Self {
        let first = pattern.split(',').next().unwrap_or_default().trim();
        let padded = first.len() > 1 && first.len() < 10 && first.bytes().all(|b| b.is_ascii_digit());
        if padded { Self::DecimalPadded(first.len()) } else { Self::Decimal }
    }

    /// A number in this format.
    pub fn write(self, number: u32) -> String {
        match self {
            Self::Decimal => number.to_string(),
            Self::DecimalPadded(width) => format!("{number:0width$}"),
            Self::DecimalFullWidth => digits(number, |d| char::from_u32(0xFF10 + d).unwrap_or('０')),
            Self::Enclosed(first, count) => enclosed(number, first, count),
            Self::UpperLetter => letters(number, 'A'),
            Self::LowerLetter => letters(number, 'a'),
            Self::UpperRoman => roman(number),
            Self::LowerRoman => roman(number).to_lowercase(),
            Self::ChineseCounting if number < 100 => counting(number, &DIGITS, false),
            Self::ChineseCounting | Self::ChineseDigits => digits(number, |d| DIGITS[d as usize % 10]),
            Self::ChineseCountingThousand => counting(number, &DIGITS, false),
            Self::ChineseLegal => counting(number, &LEGAL, true),
            Self::JapaneseCounting => japanese(number),
            Self::HeavenlyStems => listed(number, "甲乙丙丁戊己庚辛壬癸"),
            Self::EarthlyBranches => listed(number, "子丑寅卯辰巳午未申酉戌亥"),
            Self::Ordinal => ordinal(number),
            Self::InDash => format!("- {number} -"),
            Self::Bullet | Self::None => String::new(),
        }
    }
}

fn digits(number: u32, digit: impl Fn(u32) -> char) -> String {
    number.to_string().chars().filter_map(|c| c.to_digit(10)).map(digit).collect()
}

fn enclosed(number: u32, first: char, count: u32) -> String {
    let found = number.checked_sub(1).filter(|offset| *offset < count);
    let character = found.and_then(|offset| char::from_u32(u32::from(first) + offset));
    character.map_or_else(|| number.to_string(), String::from)
}

fn listed(number: u32, characters: &str) -> String {
    let found = number.checked_sub(1).and_then(|index| characters.chars().nth(index as usize));
    found.map_or_else(|| number.to_string(), String::from)
}

/// Word repeats the letter: Z, AA, BB. Past thirty letters, where nobody reads it, digits.
fn letters(number: u32, first: char) -> String {
    match number.checked_sub(1) {
        Some(offset) if offset < 26 * 30 => {
            let letter = char::from_u32(u32::from(first) + offset % 26).unwrap_or(first);
            std::iter::repeat_n(letter, (offset / 26 + 1) as usize).collect()
        }
        _ => number.to_string(),
    }
}

fn roman(mut number: u32) -> String {
    const VALUES: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let mut text = String::new();
    for (value, letters) in VALUES {
        while number >= value {
            text.push_str(letters);
            number -= value;
        }
    }
    text
}

/// 一百二十三; the financial capitals (大写) keep 壹 before 拾, the common ones say 十一.
fn counting(number: u32, names: &[char; 10], legal: bool) -> String {
    let units = if legal { ["仟", "佰", "拾", ""] } else { ["千", "百", "十", ""] };
    if number == 0 || number > 9999 {
        return digits(number, |d| names[d as usize % 10]);
    }
    let (mut text, mut zero) = (String::new(), false);
    for (unit, value) in units.into_iter().zip([1000, 100, 10, 1]) {
        let digit = number / value % 10;
        zero |= digit == 0 && !text.is_empty();
        if digit == 0 {
            continue;
        }
        if std::mem::take(&mut zero) {
            text.push('零');
        }
        if legal || digit > 1 || value != 10 || !text.is_empty() {
            text.push(names[digit as usize % 10]);
        }
        text.push_str(unit);
    }
    text
}

fn japanese(number: u32) -> String {
    if number == 0 || number > 9999 {
        return digits(number, |d| DIGITS[d as usize % 10]);
    }
    let mut text = String::new();
    for (unit, value) in [("千", 1000), ("百", 100), ("十", 10), ("", 1)] {
        let digit = number / value % 10;
        if digit > 1 || (digit == 1 && value == 1) {
            text.push(DIGITS[digit as usize % 10]);
        }
        if digit > 0 {
            text.push_str(unit);
        }
    }
    text
}

fn ordinal(number: u32) -> String {
    let suffix = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{suffix}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(name: &str, numbers: &[u32]) -> Vec<String> {
        numbers.iter().map(|n| NumberFormat::named(name, None).write(*n)).collect()
    }

    #[test]
    fn chinese_formats_differ_past_ten() {
        assert_eq!(
            written("chineseCounting", &[1, 10, 11, 20, 21, 100]),
            ["一", "十", "十一", "二十", "二十一", "一〇〇"]
        );
        assert_eq!(
            written("chineseCountingThousand", &[10, 19, 100, 101, 110, 111, 1001]),
            ["十", "十九", "一百", "一百零一", "一百一十", "一百一十一", "一千零一"]
        );
        assert_eq!(
            written("chineseLegalSimplified", &[1, 10, 11, 101]),
            ["壹", "壹拾", "壹拾壹", "壹佰零壹"]
        );
        assert_eq!(written("ideographDigital", &[9, 10, 21]), ["九", "一〇", "二一"]);
        assert_eq!(
            written("japaneseCounting", &[1, 10, 11, 20, 100, 101]),
            ["一", "十", "十一", "二十", "百", "百一"]
        );
    }

    #[test]
    fn letters_repeat_and_romans_subtract() {
        assert_eq!(written("upperLetter", &[1, 26, 27, 28]), ["A", "Z", "AA", "BB"]);
        assert_eq!(written("lowerRoman", &[4, 9, 14, 40]), ["iv", "ix", "xiv", "xl"]);
    }

    #[test]
    fn enclosed_numbers_end_where_unicode_does() {
        assert_eq!(written("decimalEnclosedCircle", &[1, 20, 21]), ["①", "⑳", "21"]);
        assert_eq!(written("decimalFullWidth", &[10]), ["１０"]);
        assert_eq!(written("decimalZero", &[3, 12]), ["03", "12"]);
        assert_eq!(NumberFormat::named("custom", Some("001, 002, 003")).write(7), "007");
    }

    #[test]
    fn no_number_is_too_large() {
        for name in
            ["upperLetter", "upperRoman", "chineseCountingThousand", "japaneseCounting", "ideographZodiac"]
        {
            for number in [0, u32::MAX] {
                assert!(NumberFormat::named(name, None).write(number).chars().count() <= 10, "{name}");
            }
        }
    }
}
