//! The text that somebody's OCR laid below a scan, with the errors that such layers have.

use pdf_writer::types::TextRenderingMode;
use pdf_writer::{Content, Name, Str};

use super::leaf::Leaf;
use crate::error::Result;
use crate::layout::A4_HEIGHT;
use crate::pdf::{FONT_NAME, Typeface};
use crate::seed::Random;

/// What is taken for what.
const CONFUSIONS: [(char, char); 21] = [
    ('0', 'O'),
    ('1', 'l'),
    ('5', 'S'),
    ('8', 'B'),
    (',', '.'),
    ('元', '无'),
    ('人', '入'),
    ('日', '曰'),
    ('未', '末'),
    ('土', '士'),
    ('己', '已'),
    ('办', '力'),
    ('账', '帐'),
    ('伍', '任'),
    ('拾', '恰'),
    ('仟', '什'),
    ('本', '木'),
    ('天', '夭'),
    ('千', '干'),
    ('治', '冶'),
    ('方', '万'),
];
/// One in so many characters that can be confused is.
const RATE: usize = 6;

/// The layer of a page: invisible text where its lines stand.
pub(super) fn layer(leaf: &Leaf, typeface: &mut dyn Typeface, random: &mut Random) -> Result<Vec<u8>> {
    let mut content = Content::new();
    content.begin_text().set_text_rendering_mode(TextRenderingMode::Invisible);
    for line in &leaf.lines {
        let [left, top, _, bottom] = line.bounds;
        let size = bottom - top;
        let codes = typeface.encode(&misread(&line.text, random))?;
        let baseline = A4_HEIGHT - (bottom - 0.12 * size);
        content
            .set_font(Name(FONT_NAME), size)
            .set_text_matrix([1.0, 0.0, 0.0, 1.0, left, baseline])
            .show(Str(&codes));
    }
    content.end_text();
    Ok(content.finish().into_vec())
}

fn misread(text: &str, random: &mut Random) -> String {
    let confused = |c: char| CONFUSIONS.iter().find(|(from, _)| *from == c).map(|(_, to)| *to);
    text.chars()
        .map(|c| match confused(c) {
            Some(other) if random.below(RATE) == 0 => other,
            _ => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layer_is_wrong_here_and_there() {
        let text = "合同总价为人民币1,580,000.00元，由甲方在收到发票后付款。".repeat(20);
        let misread = misread(&text, &mut Random::new(1, 1));
        let wrong = text.chars().zip(misread.chars()).filter(|(a, b)| a != b).count();
        assert!((20..120).contains(&wrong), "{wrong}");
    }
}
