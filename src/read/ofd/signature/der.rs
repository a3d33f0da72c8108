//! As much of DER as it takes to walk into a seal (ITU-T X.690).

/// INTEGER.
pub(super) const INTEGER: u8 = 0x02;
/// BIT STRING.
pub(super) const BIT_STRING: u8 = 0x03;
/// UTF8String.
pub(super) const UTF8_STRING: u8 = 0x0C;
/// BMPString: UTF-16, high byte first.
pub(super) const BMP_STRING: u8 = 0x1E;
/// SEQUENCE.
pub(super) const SEQUENCE: u8 = 0x30;

/// Values that are looked at in one sequence.
const MOST: usize = 64;

/// A value with its tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Value<'b> {
    /// The tag's byte.
    pub tag: u8,
    /// What is inside.
    pub content: &'b [u8],
}

impl<'b> Value<'b> {
    /// The first value of some bytes.
    pub fn first(bytes: &'b [u8]) -> Option<Self> {
        take(bytes).map(|(value, _)| value)
    }

    /// The values inside a sequence, up to the first that cannot be read; none where it is no sequence.
    pub fn inside(&self) -> Vec<Self> {
        let mut found = Vec::new();
        let mut rest = if self.tag == SEQUENCE { self.content } else { &[] };
        while let Some((value, after)) = take(rest).filter(|_| found.len() < MOST) {
            found.push(value);
            rest = after;
        }
        found
    }

    /// The `index`-th value inside a sequence, when it has that tag.
    pub fn at(&self, index: usize, tag: u8) -> Option<Self> {
        self.inside().get(index).copied().filter(|value| value.tag == tag)
    }

    /// The text of a string.
    pub fn text(&self) -> Option<String> {
        match self.tag {
            UTF8_STRING => match std::str::from_utf8(self.content) {
                Ok(text) => Some(text.to_owned()),
                // Some programs put the bytes of their Windows code page there.
                Err(_) => Some(encoding_rs::GB18030.decode(self.content).0.into_owned()),
            },
            BMP_STRING => Some(encoding_rs::UTF_16BE.decode(self.content).0.into_owned()),
            _ => None,
        }
    }
}

/// The first value and what follows it. Lengths are definite in DER.
fn take(bytes: &[u8]) -> Option<(Value<'_>, &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0..=0x7F => (usize::from(first), rest),
        0x81..=0x84 => {
            let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7F))?;
            (digits.iter().fold(0, |length, &digit| length << 8 | usize::from(digit)), rest)
        }
        _ => return None,
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((Value { tag, content }, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_follow_each_other() {
        let bytes = [0x30, 0x08, 0x02, 0x01, 0x05, 0x0C, 0x03, 0xE7, 0xAB, 0xA0];
        let value = Value::first(&bytes).expect("a sequence");
        assert_eq!(value.at(0, INTEGER).map(|v| v.content), Some(&[5][..]));
        assert_eq!(value.at(1, UTF8_STRING).and_then(|v| v.text()).as_deref(), Some("章"));
        assert_eq!(value.at(1, INTEGER), None);
    }

    #[test]
    fn lengths_beyond_the_end_give_nothing() {
        assert_eq!(Value::first(&[0x30, 0x05, 0x01]), None);
        assert_eq!(Value::first(&[0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF]), None);
        assert_eq!(Value::first(&[0x30, 0x80]), None);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_walked(bytes: Vec<u8>) {
            let bytes = [&[SEQUENCE, 0x81, bytes.len().min(127) as u8][..], &bytes].concat();
            if let Some(value) = Value::first(&bytes) {
                value.inside().iter().for_each(|inner| drop(inner.text()));
            }
        }
    }
}
