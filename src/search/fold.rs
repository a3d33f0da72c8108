//! Content → the characters that are compared, each with the place it came from.

use std::collections::HashMap;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::dictionaries::{Dictionaries, DictionaryError};
use crate::text::script::{is_hanzi, is_invisible};

/// A text as it is compared: half-width, lower case, simplified, without white space between Chinese
/// characters, thousands separators and invisible marks.
///
/// The number of a glyph is its position in the index: phrases and their slop count glyphs. What stays
/// between glyphs is punctuation (one glyph each), one space between two Latin words or numbers, and one
/// `\n` for each end of a paragraph or table cell.
#[derive(Debug, Clone, Default)]
pub(super) struct Folded {
    /// The folded characters.
    pub text: String,
    /// One for each character of `text`.
    pub glyphs: Vec<Glyph>,
}

/// One folded character.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    /// Byte of the folded text at which it begins.
    pub at: u32,
    /// Byte of the text as written at which it begins.
    pub from: u32,
    /// Byte of the text as written at which it ends.
    pub to: u32,
}

impl Folded {
    /// The glyph that begins at or before a byte of the folded text.
    pub fn glyph_at(&self, byte: usize) -> usize {
        self.glyphs.partition_point(|glyph| glyph.at as usize <= byte).saturating_sub(1)
    }

    /// The stretch of the text as written behind a non-empty stretch of folded bytes.
    pub fn origin(&self, bytes: Range<usize>) -> Range<usize> {
        let first = self.glyphs.get(self.glyph_at(bytes.start));
        let last = self.glyphs.get(self.glyph_at(bytes.end.saturating_sub(1)));
        match (first, last) {
            (Some(first), Some(last)) => first.from as usize..last.to as usize,
            _ => 0..0,
        }
    }
}

/// Part of a Latin word, a number or a code.
pub(super) fn is_latin(c: char) -> bool {
    c.is_alphanumeric() && !is_hanzi(c)
}

/// What a character counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// This character.
    One(char),
    /// A comma, which may part thousands.
    Comma,
    /// White space of this kind.
    White(Gap),
    /// Nothing.
    Nothing,
}

/// One form for each character.
#[derive(Debug)]
pub(super) struct Fold {
    /// The forms of the characters of the basic plane: every character of every text is looked up.
    basic: Vec<Form>,
    variants: HashMap<char, char>,
}

/// Characters of the basic plane.
const BASIC: u32 = 0x1_0000;

impl Default for Fold {
    fn default() -> Self {
        Self::with(HashMap::new())
    }
}

impl Fold {
    /// Takes traditional and variant characters from `variants.txt`: on each line the variants, white space,
    /// and the character that they fold to.
    pub fn new(dictionaries: &Dictionaries) -> Result<Self, DictionaryError> {
        let mut variants = HashMap::new();
        for line in dictionaries.get("variants.txt")?.lines() {
            let mut parts = line.split('#').next().unwrap_or_default().split_whitespace();
            let target = parts.next().zip(parts.next().and_then(|to| to.chars().next()));
            if let Some((from, to)) = target {
                variants.extend(from.chars().map(|c| (c, to)));
            }
        }
        Ok(Self::with(variants))
    }

    fn with(variants: HashMap<char, char>) -> Self {
        let mut fold = Self { basic: Vec::new(), variants };
        let form = |c| char::from_u32(c).map_or(Form::Nothing, |c| fold.reckoned(c));
        fold.basic = (0..BASIC).map(form).collect();
        fold
    }

    fn form(&self, c: char) -> Form {
        self.basic.get(c as usize).copied().unwrap_or_else(|| self.reckoned(c))
    }

    fn reckoned(&self, c: char) -> Form {
        match c {
            '\n' | '\t' | '\r' => Form::White(Gap::Break),
            c if c.is_whitespace() => Form::White(Gap::Space),
            c if c.is_control() || is_invisible(c) => Form::Nothing,
            ',' | '，' => Form::Comma,
            c => Form::One(self.visible(c)),
        }
    }

    /// One form for a visible character: width, then variants, then case.
    fn visible(&self, c: char) -> char {
        let c = match c {
            '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            '—' | '–' | '―' | '‐' | '‑' | '−' | '─' => '-',
            // Radicals and compatibility ideographs, which PDF files give for the plain ones.
            '\u{2E80}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}' => {
                std::iter::once(c).nfkc().next().unwrap_or(c)
            }
            c => c,
        };
        let c = self.variants.get(&c).copied().unwrap_or(c);
        let mut lower = c.to_lowercase();
        lower.next().filter(|_| lower.next().is_none()).unwrap_or(c)
    }

    /// Folds a text.
    pub fn fold(&self, text: &str) -> Folded {
        let mut pen = Pen::over(text);
        for (at, c) in text.char_indices() {
            match self.form(c) {
                Form::One(form) if form == c => pen.copy(c, at),
                Form::One(form) => pen.write(form, at, at + c.len_utf8()),
                Form::White(gap) => pen.gap = pen.gap.max(gap),
                Form::Comma if pen.after_digit() && begins_thousands(&text[at + c.len_utf8()..]) => {}
                Form::Comma => pen.write(',', at, at + c.len_utf8()),
                Form::Nothing => {}
            }
        }
        pen.finish()
    }
}

/// Do three digits of any width and no fourth follow?
fn begins_thousands(rest: &str) -> bool {
    let is_digit = |c: &char| matches!(c, '0'..='9' | '０'..='９');
    rest.chars().take(4).take_while(is_digit).count() == 3
}

/// White space not yet written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    Break,
}

struct Pen<'a> {
    source: &'a str,
    folded: Folded,
    /// Bytes of the source that are as they are, and not yet in the folded text: most of a text is copied in
    /// long stretches.
    copied: Range<usize>,
    gap: Gap,
    last: char,
}

impl<'a> Pen<'a> {
    fn over(source: &'a str) -> Self {
        let bytes = source.len();
        let folded = Folded { text: String::with_capacity(bytes), glyphs: Vec::with_capacity(bytes / 3 + 1) };
        Self { source, folded, copied: 0..0, gap: Gap::None, last: '\n' }
    }

    /// Writes a character of the source as it is.
    fn copy(&mut self, c: char, from: usize) {
        if self.gap != Gap::None {
            self.close_gap(c, from);
        }
        if self.copied.end != from {
            self.put_copied();
            self.copied = from..from;
        }
        let at = (self.folded.text.len() + self.copied.len()) as u32;
        self.copied.end = from + c.len_utf8();
        self.folded.glyphs.push(Glyph { at, from: from as u32, to: self.copied.end as u32 });
        self.last = c;
    }

    fn put_copied(&mut self) {
        self.folded.text.push_str(self.source.get(self.copied.clone()).unwrap_or_default());
        self.copied = self.copied.end..self.copied.end;
    }

    fn finish(mut self) -> Folded {
        self.put_copied();
        self.folded
    }

    fn after_digit(&self) -> bool {
        self.gap == Gap::None && self.last.is_ascii_digit()
    }

    fn write(&mut self, c: char, from: usize, to: usize) {
        if self.gap != Gap::None {
            self.close_gap(c, from);
        }
        self.push(c, from, to);
    }

    /// Writes what stands for white space before a character.
    fn close_gap(&mut self, c: char, from: usize) {
        match std::mem::replace(&mut self.gap, Gap::None) {
            Gap::Break if !self.folded.glyphs.is_empty() => self.push('\n', from, from),
            Gap::Space if is_latin(self.last) && is_latin(c) => self.push(' ', from, from),
            _ => {}
        }
    }

    fn push(&mut self, c: char, from: usize, to: usize) {
        self.put_copied();
        // A contract of four gigabytes is none: reading bounds sizes far below.
        let at = self.folded.text.len() as u32;
        self.folded.glyphs.push(Glyph { at, from: from as u32, to: to as u32 });
        self.folded.text.push(c);
        self.last = c;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        Fold::default().fold(text).text
    }

    #[test]
    fn width_case_and_spaces_do_not_count() {
        assert_eq!(folded("甲　方：ＡＢｃ１２３"), "甲方:abc123");
        assert_eq!(folded("2024 年 3 月"), "2024年3月");
        assert_eq!(folded("Hong  Kong\u{200B}"), "hong kong");
    }

    #[test]
    fn a_compatibility_ideograph_is_the_variant_that_it_stands_for() {
        let fold = Fold::new(&Dictionaries::embedded()).expect("the built-in dictionary is valid");
        assert_eq!(fold.fold("\u{F93D}").text, "绿");
    }

    #[test]
    fn paragraphs_stay_apart_and_thousands_together() {
        assert_eq!(folded("一\n\n二\t三"), "一\n二\n三");
        assert_eq!(folded("1,234,567.80元"), "1234567.80元");
        assert_eq!(folded("１，２３４，５６７元"), "1234567元");
        assert_eq!(folded("第1,2条"), "第1,2条");
    }

    #[test]
    fn every_glyph_knows_where_it_stood() {
        let text = "𠀀甲　方（Ａ）";
        let folded = Fold::default().fold(text);
        let at = folded.text.find("甲方").expect("found");
        assert_eq!(&text[folded.origin(at..at + "甲方".len())], "甲　方");
        let at = folded.text.find("(a)").expect("found");
        assert_eq!(&text[folded.origin(at..at + 3)], "（Ａ）");
    }

    proptest::proptest! {
        #[test]
        fn any_text_folds_to_places_inside_it(text in "\\PC{0,40}") {
            let folded = Fold::default().fold(&text);
            proptest::prop_assert_eq!(folded.text.chars().count(), folded.glyphs.len());
            for glyph in &folded.glyphs {
                proptest::prop_assert!(text.get(glyph.from as usize..glyph.to as usize).is_some());
            }
        }
    }
}
