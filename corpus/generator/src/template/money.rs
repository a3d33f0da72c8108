//! Sums of money and the ways in which contracts write them.

use crate::archive::capitals::Capitals;
use crate::seed::Random;

/// A sum in fen (hundredths of a yuan).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sum(pub(super) i64);

impl Sum {
    /// Every `step` yuan from `low` to `high`.
    pub(super) fn draw(low: i64, high: i64, step: i64, random: &mut Random) -> Self {
        let steps = usize::try_from((high - low) / step.max(1) + 1).unwrap_or(1);
        Self((low + random.below(steps) as i64 * step) * 100)
    }

    /// As a contract writes it. Without a manner: complete with currency or unit, in any way.
    pub(super) fn written(self, manner: &str, random: &mut Random) -> Option<String> {
        Some(match manner {
            "" => self.complete(random),
            // With two decimals, with none where there are none, without commas.
            "fig" => grouped(self.0, true),
            "whole" => grouped(self.0, self.0 % 100 != 0),
            "plain" => plain(self.0),
            // 万元 and 亿元, the figure alone.
            "wan" => scaled(self.0, 1_000_000),
            "yi" => scaled(self.0, 10_000_000_000),
            "wide" => widened(&grouped(self.0, true)),
            "caps" => self.capitals(random),
            _ => return None,
        })
    }

    fn complete(self, random: &mut Random) -> String {
        let (fig, whole, plain) = (grouped(self.0, true), grouped(self.0, self.0 % 100 != 0), plain(self.0));
        match random.below(12) {
            0 | 1 => format!("￥{fig}"),
            2 => format!("¥{whole}元"),
            3 => format!("人民币{fig}元"),
            4 => format!("人民币{plain}元"),
            5 => format!("{whole}元"),
            6 => format!("{plain}元"),
            7 => format!("￥ {fig} 元"),
            8 => format!("RMB{fig}"),
            9 if self.0 % 1_000_000 == 0 || self.0 > 100_000_000 => {
                format!("{}万元", scaled(self.0, 1_000_000))
            }
            10 => format!("￥{}", widened(&fig)),
            _ => format!("￥{fig}元"),
        }
    }

    fn capitals(self, random: &mut Random) -> String {
        let fen = u64::try_from(self.0).unwrap_or(0);
        let yuan = if random.below(4) == 0 { '圆' } else { '元' };
        let end = random.pick(&[Some('整'), Some('整'), Some('整'), Some('正'), None]).copied().flatten();
        Capitals::new(fen, yuan, end).to_string()
    }
}

/// `1,234,567.00`, with or without the decimals.
fn grouped(fen: i64, decimals: bool) -> String {
    let whole = (fen / 100).to_string();
    let mut text = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if decimals { format!("{text}.{:02}", fen % 100) } else { text }
}

/// `1234567` or `1234567.50`.
fn plain(fen: i64) -> String {
    if fen % 100 == 0 { (fen / 100).to_string() } else { format!("{}.{:02}", fen / 100, fen % 100) }
}

/// The sum in a larger unit of that many fen, exactly: `123.4567`.
fn scaled(fen: i64, unit: i64) -> String {
    let digits = unit.ilog10() as usize;
    let text = format!("{}.{:0digits$}", fen / unit, fen % unit);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Figures as full-width forms.
fn widened(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_ascii() { char::from_u32(c as u32 + 0xfee0).unwrap_or(c) } else { c })
        .collect()
}

/// As a record writes it: `1234567.00`.
impl std::fmt::Display for Sum {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manners() {
        let written = |yuan: i64, manner| Sum(yuan * 100).written(manner, &mut Random::new(1, 1)).unwrap();
        assert_eq!(written(1_234_567, "fig"), "1,234,567.00");
        assert_eq!(written(1_234_567, "wan"), "123.4567");
        assert_eq!(written(274_000_000, "yi"), "2.74");
        assert_eq!(written(12_000, "wide"), "１２，０００．００");
        assert!(written(120_300, "caps").starts_with("壹拾贰万零叁佰"));
        assert_eq!(Sum(105).to_string(), "1.05");
    }
}
