//! How much room a text takes.

use unicode_width::UnicodeWidthStr;

/// Columns of half-width characters that a text takes: two for a Chinese character or sign.
pub fn display_width(text: &str) -> usize {
    text.lines().map(UnicodeWidthStr::width_cjk).max().unwrap_or(0)
}

/// Lines that a text takes in a column of so many half-width characters; at least one.
pub fn lines_in(text: &str, columns: usize) -> usize {
    let columns = columns.max(1);
    text.lines().map(|line| UnicodeWidthStr::width_cjk(line).div_ceil(columns).max(1)).sum::<usize>().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_takes_two_columns() {
        assert_eq!(display_width("合同（A1）"), 10);
        assert_eq!(display_width("甲\n乙丙"), 4);
        assert_eq!(display_width(""), 0);
    }

    #[test]
    fn a_long_text_takes_several_lines() {
        assert_eq!(lines_in("", 10), 1);
        assert_eq!(lines_in("一二三四五六", 10), 2);
        assert_eq!(lines_in("一\n\n二", 10), 3);
        assert_eq!(lines_in("一", 0), 2);
    }
}
