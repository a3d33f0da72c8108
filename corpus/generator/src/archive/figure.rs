//! Numbers in figures as written: commas and decimals are kept.

/// A decimal number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Figure {
    /// All digits as one number.
    digits: u64,
    /// How many of them are decimals.
    decimals: usize,
    /// Commas between groups of three.
    commas: bool,
}

impl Figure {
    /// The number at the start of `text` and its length in bytes.
    pub(super) fn parse(text: &str) -> Option<(Self, usize)> {
        let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let mut length = digits(text);
        let mut commas = false;
        if (1..=3).contains(&length) {
            while text[length..].starts_with(',') && digits(&text[length + 1..]) == 3 {
                length += 4;
                commas = true;
            }
        }
        let decimals = text[length..].strip_prefix('.').map_or(0, digits);
        let end = if decimals > 0 { length + 1 + decimals } else { length };
        let value = text[..end].replace([',', '.'], "").parse().ok()?;
        Some((Self { digits: value, decimals, commas }, end))
    }

    /// The same way of writing, `factor` times the number.
    pub(super) fn times(self, factor: u64) -> Option<Self> {
        Some(Self { digits: self.digits.checked_mul(factor)?, ..self })
    }
}

impl std::fmt::Display for Figure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = format!("{:0>width$}", self.digits, width = self.decimals + 1);
        let (whole, decimals) = text.split_at(text.len() - self.decimals);
        for (i, digit) in whole.chars().enumerate() {
            if self.commas && i > 0 && (whole.len() - i).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        match decimals {
            "" => Ok(()),
            decimals => write!(f, ".{decimals}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(text: &str, factor: u64) -> (String, usize) {
        let (figure, length) = Figure::parse(text).unwrap();
        (figure.times(factor).unwrap().to_string(), length)
    }

    #[test]
    fn the_manner_of_writing_is_kept() {
        assert_eq!(times("1,234,567.89元", 1), ("1,234,567.89".to_owned(), 12));
        assert_eq!(times("44,430.00", 3), ("133,290.00".to_owned(), 9));
        assert_eq!(times("38.5万元", 4), ("154.0".to_owned(), 4));
        assert_eq!(times("0.05元", 1), ("0.05".to_owned(), 4));
        assert_eq!(times("380000", 2), ("760000".to_owned(), 6));
        assert_eq!(times("1,2", 2), ("2".to_owned(), 1));
    }
}
