//! Question → tokens with their places.

use std::ops::Range;

use super::error::Fault;

/// A part of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// Words without white space.
    Words(String),
    /// Quoted text.
    Phrase(String),
    /// Quoted text whose words may have so many characters between them: `"逾期 违约金"~10`.
    Near(String, u32),
    /// A name before a colon, as typed: `amount`, `金额`. Its value is the next token.
    Name(String),
    And,
    Or,
    Not,
    Open,
    Close,
}

/// A part with its place, in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: Kind,
    pub at: Range<usize>,
}

/// Characters between words, where only `~` is written, and at most.
const USUAL_DISTANCE: u32 = 10;
const FARTHEST: u32 = 500;

/// A question longer than this is a text pasted by mistake.
const LONGEST: usize = 1000;

/// Cuts a question into its parts.
pub(super) fn lex(query: &str) -> Result<Vec<Token>, Fault> {
    let chars: Vec<char> = query.chars().collect();
    if chars.len() > LONGEST {
        let message = format!("检索式有 {} 个字，最多 {LONGEST} 个", chars.len());
        return Err(Fault::new(LONGEST..chars.len(), message, "请只保留关键词"));
    }
    Lexer { chars, at: 0, tokens: Vec::new() }.run()
}

struct Lexer {
    chars: Vec<char>,
    at: usize,
    tokens: Vec<Token>,
}

impl Lexer {
    fn run(mut self) -> Result<Vec<Token>, Fault> {
        while let Some(&c) = self.chars.get(self.at) {
            let next = self.chars.get(self.at + 1);
            match c {
                c if c.is_whitespace() => self.at += 1,
                '(' | '（' => self.single(Kind::Open),
                ')' | '）' => self.single(Kind::Close),
                '-' | '－' if next.is_some_and(|c| !c.is_whitespace()) => self.single(Kind::Not),
                c if closing(c).is_some() => self.phrase()?,
                _ => self.words(),
            }
        }
        Ok(self.tokens)
    }

    fn push(&mut self, kind: Kind, at: Range<usize>) {
        self.tokens.push(Token { kind, at });
    }

    fn single(&mut self, kind: Kind) {
        self.push(kind, self.at..self.at + 1);
        self.at += 1;
    }

    fn phrase(&mut self) -> Result<(), Fault> {
        let start = self.at;
        let closings = self.chars.get(start).copied().and_then(closing).unwrap_or_default();
        let rest = self.chars.get(start + 1..).unwrap_or_default();
        let Some(length) = rest.iter().position(|c| closings.contains(c)) else {
            return Err(Fault::new(
                start..start + 1,
                "引号没有配对",
                "请在短语末尾补上引号；如不需要逐字匹配，请去掉这个引号",
            ));
        };
        let text: String = rest.iter().take(length).collect();
        self.at = start + length + 2;
        let kind = match self.distance()? {
            Some(slop) => Kind::Near(text, slop),
            None => Kind::Phrase(text),
        };
        self.push(kind, start..self.at);
        Ok(())
    }

    /// The distance behind a phrase: `~10`; a bare `~` is ten.
    fn distance(&mut self) -> Result<Option<u32>, Fault> {
        let start = self.at;
        if !self.chars.get(start).is_some_and(|c| matches!(c, '~' | '～')) {
            return Ok(None);
        }
        let digits = self.chars.iter().skip(start + 1).take_while(|c| c.is_ascii_digit());
        let digits: String = digits.collect();
        self.at = start + 1 + digits.len();
        let slop = if digits.is_empty() { Some(USUAL_DISTANCE) } else { digits.parse().ok() };
        match slop.filter(|slop| *slop <= FARTHEST) {
            Some(slop) => Ok(Some(slop)),
            None => Err(Fault::new(
                start..self.at,
                format!("相隔的字数最多 {FARTHEST}"),
                "例如 \"逾期 违约金\"~10：两词相隔不超过 10 个字，先后不限",
            )),
        }
    }

    /// Words up to white space, a bracket or a quotation mark; a name up to a colon, or up to the sign that
    /// compares it: `金额>100万`.
    fn words(&mut self) {
        let start = self.at;
        let mut text = String::new();
        while let Some(&c) = self.chars.get(self.at).filter(|&&c| !ends_words(c)) {
            if matches!(c, ':' | '：') && super::filter::is_name(&text) {
                self.at += 1;
                return self.push(Kind::Name(text), start..self.at);
            }
            if compares(c) && super::names::is_compared(&text) {
                return self.push(Kind::Name(text), start..self.at);
            }
            text.push(c);
            self.at += 1;
        }
        let kind = match text.as_str() {
            "AND" | "且" => Kind::And,
            "OR" | "或" => Kind::Or,
            "NOT" | "非" => Kind::Not,
            _ => Kind::Words(text),
        };
        self.push(kind, start..self.at);
    }
}

/// A sign that a number or a day is compared by.
fn compares(c: char) -> bool {
    matches!(c, '>' | '<' | '=' | '＞' | '＜' | '＝' | '≥' | '≤')
}

fn ends_words(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '（' | '）') || closing(c).is_some()
}

/// What closes a quotation that this character opens. A full-width mark of either direction is taken, as
/// input methods often give two of the same.
fn closing(c: char) -> Option<&'static [char]> {
    match c {
        '"' | '＂' => Some(&['"', '＂']),
        '“' | '”' => Some(&['”', '“', '"']),
        '「' => Some(&['」']),
        '『' => Some(&['』']),
        _ => None,
    }
}
