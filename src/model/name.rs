//! Names and numbers folded to what two spellings of the same have in common.

use unicode_normalization::UnicodeNormalization;

/// A name without differences of width, blanks, brackets, dots and case: `Ａ公司（深圳）` is `A公司(深圳)`.
pub fn folded(name: &str) -> String {
    let one = |c: char| match c {
        '〔' | '[' | '【' => '(',
        '〕' | ']' | '】' => ')',
        '•' | '・' => '·',
        c => c,
    };
    name.nfkc().filter(|c| !c.is_whitespace()).map(one).flat_map(char::to_uppercase).collect()
}

/// Its letters, digits and characters alone: what a rescan leaves of a number whose hyphen became a dash.
pub fn letters(name: &str) -> String {
    folded(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_one() {
        assert_eq!(folded("Ａ公司（深圳） "), "A公司(深圳)");
        assert_eq!(folded("深财规[2024] 3号"), folded("深财规〔2024〕3号"));
        assert_eq!(letters("ＬＨ—2024—017"), letters("lh-2024-017"));
        assert_ne!(folded("LH-2024-017"), folded("LH-20240-17"));
    }
}
