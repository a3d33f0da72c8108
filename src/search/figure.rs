//! Figures: numbers with what makes them a quantity or a day. A figure is sought whole or not at all.
//!
//! Half a figure is another figure: 0.5 of `0.5%` is also that of `0.5‰`, ten times less, and 日 of a date
//! stands in every contract.

/// Signs that make a number a share.
const SIGNS: [char; 3] = ['%', '‰', '‱'];

/// Chinese numerals (中文小写、大写数字).
const NUMERALS: &str = "〇零一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟万亿";

/// What is counted: a figure goes on through these.
const MEASURES: &str = "年月日元圆角分个天";

/// Is it a sign that makes a number a share?
pub(super) fn is_sign(c: char) -> bool {
    SIGNS.contains(&c)
}

/// A number or code without the sign behind it: `3-5` of `3-5%`.
pub(super) fn without_sign(code: &str) -> &str {
    code.strip_suffix(SIGNS).unwrap_or(code)
}

/// Does a text go on with a sign?
pub(super) fn sign_length(rest: &str) -> usize {
    rest.chars().next().filter(|c| SIGNS.contains(c)).map_or(0, char::len_utf8)
}

/// First byte of the last number of a code without sign: 2 in `3-10.5`, 0 in `²0`.
pub(super) fn last_number(code: &str) -> usize {
    code.trim_end_matches(|c: char| c.is_numeric() || c == '.').len()
}

/// `3.5` is one number, not two.
pub(super) fn is_decimal(text: &str) -> bool {
    text.split_once('.').is_some_and(|(whole, fraction)| is_digits(whole) && is_digits(fraction))
}

/// `2024`, `3.5`.
pub(super) fn is_number(text: &str) -> bool {
    is_digits(text) || is_decimal(text)
}

/// `2024`.
pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// May a word go on with the figure before it: 万元 of 50万元, 月 of 9月, 号 of 9月8号?
pub(super) fn goes_on(figure: &str, word: &str) -> bool {
    word.chars().all(|c| is_figure_char(c) || (c == '号' && figure.contains('月')))
}

/// Is a folded text one figure: `0.5%`, `2023年9月8日`, `二十一万元`, `伍仟圆整`?
pub(super) fn is_figure(text: &str) -> bool {
    let mut chars = text.trim_end_matches(['整', '正']).chars().peekable();
    let starts = |c: &char| c.is_ascii_digit() || NUMERALS.contains(*c);
    let long = text.chars().nth(1).is_some() || text.bytes().all(|b| b.is_ascii_digit());
    long && chars.peek().is_some_and(starts)
        && chars
            .all(|c| c.is_ascii_digit() || c == '.' || c == '号' || SIGNS.contains(&c) || is_figure_char(c))
}

/// Is a text so made that it may be part of a figure in Chinese numerals?
pub(super) fn is_figure_part(text: &str) -> bool {
    text.chars().all(is_figure_char)
}

/// Does a text begin with a Chinese numeral?
pub(super) fn begins_figure(text: &str) -> bool {
    text.starts_with(|c| NUMERALS.contains(c))
}

fn is_figure_char(c: char) -> bool {
    NUMERALS.contains(c) || MEASURES.contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_what_is_none() {
        for figure in
            ["0.5%", "3‰", "2023年9月8日", "9月8号", "二十一万", "五年", "50万元", "壹万圆整", "2024"]
        {
            assert!(is_figure(figure), "{figure}");
        }
        for other in ["", "年", "元", "ht-2024", "2024-015", "物业", "三方", "整"] {
            assert!(!is_figure(other), "{other}");
        }
    }

    #[test]
    fn a_code_ends_in_a_number_with_its_sign() {
        assert_eq!(without_sign("3-10.5%"), "3-10.5");
        assert_eq!(last_number("3-10.5"), 2);
        assert_eq!(last_number("²0"), 0);
        assert_eq!(sign_length("‰)"), '‰'.len_utf8());
    }
}
