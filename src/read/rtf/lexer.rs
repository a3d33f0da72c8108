//! What an RTF file consists of (RTF 1.9.1): groups, control words, bytes of text.

/// One piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'b> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\word12`: its name and number.
    Word(&'b str, Option<i32>),
    /// `\~` and other signs.
    Sign(u8),
    /// A byte of text, as it is or as `\'xx`.
    Byte(u8),
}

/// Reads pieces one after the other.
#[derive(Debug, Clone)]
pub(super) struct Lexer<'b> {
    bytes: &'b [u8],
    /// Place of the next piece.
    pub at: usize,
}

impl<'b> Lexer<'b> {
    /// Reads from the beginning.
    pub fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Passes over the rest of the group that is open; gives the place of its end.
    pub fn skip_group(&mut self) -> usize {
        let mut depth = 1_usize;
        loop {
            let end = self.at;
            match self.next() {
                Some(Token::Open) => depth += 1,
                Some(Token::Close) if depth == 1 => return end,
                Some(Token::Close) => depth -= 1,
                Some(_) => {}
                None => return end,
            }
        }
    }

    fn control(&mut self) -> Option<Token<'b>> {
        let first = self.peek()?;
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            return match first {
                b'\'' => self.hexadecimal(),
                sign => Some(Token::Sign(sign)),
            };
        }
        let name = self.take_while(|byte| byte.is_ascii_alphabetic());
        let from = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        self.take_while(|byte| byte.is_ascii_digit());
        let number =
            self.bytes.get(from..self.at).and_then(|digits| std::str::from_utf8(digits).ok()?.parse().ok());
        if self.peek() == Some(b' ') {
            self.at += 1;
        }
        if let ("bin", Some(length)) = (name, number) {
            // So many bytes that are no RTF.
            self.at = self.at.saturating_add(usize::try_from(length).unwrap_or(0)).min(self.bytes.len());
        }
        Some(Token::Word(name, number))
    }

    fn hexadecimal(&mut self) -> Option<Token<'b>> {
        let digits = self.bytes.get(self.at..self.at + 2).and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        self.at += if byte.is_some() { 2 } else { 0 };
        Some(Token::Byte(byte.unwrap_or(b'?')))
    }

    fn take_while(&mut self, is_wanted: impl Fn(u8) -> bool) -> &'b str {
        let from = self.at;
        while self.peek().is_some_and(&is_wanted) {
            self.at += 1;
        }
        self.bytes.get(from..self.at).and_then(|name| std::str::from_utf8(name).ok()).unwrap_or_default()
    }
}

impl<'b> Iterator for Lexer<'b> {
    type Item = Token<'b>;

    fn next(&mut self) -> Option<Token<'b>> {
        loop {
            let byte = self.peek()?;
            self.at += 1;
            return match byte {
                b'{' => Some(Token::Open),
                b'}' => Some(Token::Close),
                b'\\' => self.control(),
                b'\r' | b'\n' => continue,
                byte => Some(Token::Byte(byte)),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_every_kind() {
        let found: Vec<_> = Lexer::new(b"{\\b0 a\\'d6\\~\\bin3 {}{\\par}").collect();
        let word = |name, number| Token::Word(name, number);
        assert_eq!(
            found,
            [
                Token::Open,
                word("b", Some(0)),
                Token::Byte(b'a'),
                Token::Byte(0xD6),
                Token::Sign(b'~'),
                word("bin", Some(3)),
                word("par", None),
                Token::Close
            ]
        );
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_end(bytes: Vec<u8>) {
            proptest::prop_assert!(Lexer::new(&bytes).count() <= bytes.len());
        }
    }
}
