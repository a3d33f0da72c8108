//! Line breaking for Chinese text with Latin words and figures in it.
//!
//! A line may end between any two hanzi, but not inside a word or figure, not before closing
//! punctuation and not behind opening punctuation (避头尾).

use std::ops::Range;

use super::Metrics;

/// May not start a line.
const NO_START: &str = "，。、；：？！）》〉」』】〕”’％℃·…—～,.;:?!)]}%";
/// May not end a line.
const NO_END: &str = "（《〈「『【〔“‘￥¥([{";
/// What a line may be too wide by, in em: the rounding of sums of widths.
const SLACK: f32 = 0.001;

/// Cuts `text` into lines.
///
/// `first` and `rest` are the widths of the first and of all other lines, in em. A piece that
/// may not be broken but is wider than a line is cut where the line ends. Spaces at a line's end
/// are dropped.
pub fn wrap<'t>(text: &'t str, metrics: &dyn Metrics, first: f32, rest: f32) -> Vec<&'t str> {
    let mut lines = Vec::new();
    let mut line = 0..0;
    let mut used = 0.0;
    let room = |done: usize| SLACK + if done == 0 { first } else { rest };
    for piece in pieces(text) {
        let width = metrics.width(text[piece.clone()].trim_end());
        if used + width <= room(lines.len()) {
            used += metrics.width(&text[piece.clone()]);
            line.end = piece.end;
            continue;
        }
        if !line.is_empty() {
            lines.push(text[line].trim_end());
        }
        line = piece;
        used = metrics.width(&text[line.clone()]);
        while used > room(lines.len()) {
            let Some(cut) = cut(&text[line.clone()], metrics, room(lines.len())) else { break };
            lines.push(&text[line.start..line.start + cut]);
            line.start += cut;
            used = metrics.width(&text[line.clone()]);
        }
    }
    lines.push(text[line].trim_end());
    lines
}

/// The widest piece of `text` that may not be broken, in em.
pub(super) fn widest_piece(text: &str, metrics: &dyn Metrics) -> f32 {
    pieces(text).map(|piece| metrics.width(text[piece].trim_end())).fold(0.0, f32::max)
}

/// Where to cut a piece that is too wide: behind the last character that fits, at least one.
fn cut(piece: &str, metrics: &dyn Metrics, room: f32) -> Option<usize> {
    let mut used = 0.0;
    let mut ends = piece.char_indices().map(|(start, c)| {
        used += metrics.advance(c);
        (start + c.len_utf8(), used)
    });
    let (one, _) = ends.next()?;
    let cut = ends.take_while(|&(_, used)| used <= room).last().map_or(one, |(end, _)| end);
    (cut < piece.len()).then_some(cut)
}

/// The pieces of `text` between which a line may end.
fn pieces(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        while let Some((at, c)) = chars.next() {
            let end = at + c.len_utf8();
            if chars.peek().is_none_or(|&(_, next)| may_break(c, next)) {
                let piece = start..end;
                start = end;
                return Some(piece);
            }
        }
        None
    })
}

fn may_break(before: char, after: char) -> bool {
    let word = |c: char| c.is_ascii_graphic();
    let space = |c: char| c == ' ' || c == '\u{3000}';
    !(word(before) && word(after) || space(after) || NO_START.contains(after) || NO_END.contains(before))
}

#[cfg(test)]
mod tests {
    use super::super::HalfWidth;
    use super::*;

    fn lines(text: &str, em: f32) -> Vec<&str> {
        wrap(text, &HalfWidth, em, em)
    }

    #[test]
    fn no_line_starts_with_closing_or_ends_with_opening_punctuation() {
        assert_eq!(lines("甲方应当付款，乙方开票。", 6.0), ["甲方应当付", "款，乙方开", "票。"]);
        for em in 3..12 {
            for line in lines("根据《民法典》（下称“法典”）等规定，甲、乙双方……协商一致。", em as f32)
            {
                assert!(!line.starts_with(|c| NO_START.contains(c)), "{em}: {line}");
                assert!(!line.ends_with(|c| NO_END.contains(c)), "{em}: {line}");
            }
        }
    }

    #[test]
    fn figures_stay_whole() {
        assert_eq!(lines("总价为1,234,567.89元整", 8.0), ["总价为", "1,234,567.89元整"]);
    }

    #[test]
    fn what_cannot_fit_is_cut() {
        assert_eq!(lines("abcdefgh", 2.0), ["abcd", "efgh"]);
        assert_eq!(lines("甲", 0.1), ["甲"]);
        assert_eq!(lines("", 5.0), [""]);
    }

    #[test]
    fn nothing_is_lost() {
        let text = "第一条 合同标的：信息化运维服务（2024-2025），详见https://example.com/a/b/c。";
        for em in 1..40 {
            assert_eq!(lines(text, em as f32).concat().replace(' ', ""), text.replace(' ', ""));
        }
    }
}
