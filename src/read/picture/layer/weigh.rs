//! Our reading and the layer, weighed against each other.

use hetong_ocr::Turn;

use super::align::Step;
use super::laid::Laid;
use super::{Layer, LayerCharacter, same};
use crate::read::picture::line::{PlacedCharacter, PlacedLine};
use crate::read::picture::place::Frame;
use crate::read::sheet::Sheet;

/// From this confidence on our own reading may judge the layer.
const SURE: f32 = 0.9;
/// With fewer sure characters than this the layer's worth is not known, and taken for this.
const ENOUGH: usize = 20;
const UNKNOWN_WORTH: f32 = 0.7;
/// A layer that has fewer of the sure characters right is not asked.
const USELESS: f32 = 0.3;
/// No witness is worth more.
const MOST: f32 = 0.98;
/// From this worth on characters stand that only the layer has.
const TRUSTED: f32 = 0.8;
/// What is left of the layer's worth for a character that we did not see.
const UNSEEN: f32 = 0.6;
/// How much likelier than usual the layer is right where it has a digit.
const DIGIT_ODDS: f32 = 2.0;
/// A character that was decided on with less than this is doubtful.
const DOUBTFUL: f32 = 0.9;
/// No character is surer.
const CEILING: f32 = 0.995;

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::read::picture) struct Weighed {
    /// Share of the sure characters that the layer has right too, 0 to 1.
    pub(in crate::read::picture) worth: f32,
    /// Were there enough sure characters to tell that share?
    pub(in crate::read::picture) compared: bool,
    /// Was the layer asked?
    pub(in crate::read::picture) asked: bool,
    /// Characters that both have.
    pub(in crate::read::picture) same: usize,
    /// Characters that differ, where our own reading stands.
    pub(in crate::read::picture) ours: usize,
    /// Characters that differ, where the layer's stands, and those that only the layer has.
    pub(in crate::read::picture) theirs: usize,
    /// Letters, digits and ideographs among those that differ and are decided without much certainty.
    pub(in crate::read::picture) doubtful: usize,
}

impl Weighed {
    /// In Chinese, with the figures.
    pub(in crate::read::picture) fn why(&self) -> String {
        if !self.asked {
            return format!("文字层与图像不符（相符率 {:.2}），未采用", self.worth);
        }
        format!(
            "与文字层比对：相符率 {:.2}，一致 {} 字，采用识别 {} 字，采用文字层 {} 字",
            self.worth, self.same, self.ours, self.theirs
        )
    }
}

/// Weighs the lines of the straight page against the layer.
pub(in crate::read::picture) fn weigh(
    lines: &mut Vec<PlacedLine>,
    layer: &Layer,
    (sheet, turn, frame): (Sheet, Turn, &Frame),
) -> Weighed {
    let laid = better_laid(lines, layer, (sheet, turn, frame));
    let worth = worth(lines, &laid);
    let mut weighed =
        Weighed { worth: worth.unwrap_or(UNKNOWN_WORTH), compared: worth.is_some(), ..Weighed::default() };
    weighed.asked = weighed.worth >= USELESS;
    if !weighed.asked {
        return weighed;
    }
    let Laid { layer, homes, homeless, steps } = laid;
    for ((line, home), steps) in lines.iter_mut().zip(&homes).zip(steps) {
        if let Some(steps) = steps {
            let mut merging = Merging { line, home, weighed: &mut weighed, merged: Vec::new() };
            steps.into_iter().for_each(|step| merging.step(step));
            let merged = merging.merged;
            line.characters = merged;
        }
    }
    if weighed.worth >= TRUSTED {
        let unseen = unseen(&homeless, &layer, weighed.worth * UNSEEN);
        weighed.theirs += unseen.iter().map(|line| line.characters.len()).sum::<usize>();
        lines.extend(unseen);
    }
    weighed
}

/// The layer as it fits the lines better: slanted like the picture, or level on a picture that is not.
fn better_laid(lines: &[PlacedLine], layer: &Layer, (sheet, turn, frame): (Sheet, Turn, &Frame)) -> Laid {
    let slanted = Laid::over(lines, layer.straight(sheet, turn, frame));
    if frame.is_level() {
        return slanted;
    }
    let level = Laid::over(lines, layer.level(sheet, turn));
    if level.agreeing(lines) > slanted.agreeing(lines) { level } else { slanted }
}

/// Share of our sure characters that the layer has too; `None` where they are too few to tell.
fn worth(lines: &[PlacedLine], laid: &Laid) -> Option<f32> {
    let (mut right, mut all) = (0usize, 0usize);
    for ((line, home), steps) in lines.iter().zip(&laid.homes).zip(&laid.steps) {
        for step in steps.iter().flatten() {
            let (first, second) = match *step {
                Step::Both(i, j) => (line.characters.get(i), home.get(j)),
                Step::First(i) => (line.characters.get(i), None),
                Step::Second(_) => (None, None),
            };
            let Some(first) = first.filter(|first| first.confidence >= SURE && !first.c.is_whitespace())
            else {
                continue;
            };
            all += 1;
            right += usize::from(second.is_some_and(|second| same(first.c, second.c)));
        }
    }
    (all >= ENOUGH).then(|| right as f32 / all as f32)
}

/// One line on its way to what both witnesses make of it.
struct Merging<'a> {
    line: &'a PlacedLine,
    home: &'a [LayerCharacter],
    weighed: &'a mut Weighed,
    merged: Vec<PlacedCharacter>,
}

impl Merging<'_> {
    fn step(&mut self, step: Step) {
        match step {
            Step::Both(i, j) => {
                if let (Some(&ours), Some(theirs)) = (self.line.characters.get(i), self.home.get(j)) {
                    self.both(ours, theirs.c);
                }
            }
            Step::First(i) => self.merged.extend(self.line.characters.get(i)),
            Step::Second(j) => {
                if let Some(&theirs) = self.home.get(j) {
                    self.only_theirs(theirs);
                }
            }
        }
    }

    fn both(&mut self, ours: PlacedCharacter, theirs: char) {
        let worth = self.weighed.worth.min(MOST);
        if same(ours.c, theirs) {
            self.weighed.same += 1;
            let confidence = (ours.confidence + (1.0 - ours.confidence) * worth).min(CEILING);
            self.merged.push(PlacedCharacter { confidence: confidence.max(ours.confidence), ..ours });
            return;
        }
        let ours_is_right = likelihood(ours.confidence.min(MOST), worth, theirs.is_ascii_digit());
        let (c, confidence) = if ours_is_right >= 0.5 {
            self.weighed.ours += 1;
            (ours.c, ours_is_right)
        } else {
            self.weighed.theirs += 1;
            (theirs, 1.0 - ours_is_right)
        };
        let counts = ours.c.is_alphanumeric() || theirs.is_alphanumeric();
        self.weighed.doubtful += usize::from(counts && confidence < DOUBTFUL);
        self.merged.push(PlacedCharacter { c, confidence: confidence.min(CEILING), ..ours });
    }

    /// A character that we did not see is taken from a trusted layer, with reserve.
    fn only_theirs(&mut self, theirs: LayerCharacter) {
        if self.weighed.worth < TRUSTED {
            return;
        }
        self.weighed.theirs += 1;
        self.weighed.doubtful += usize::from(theirs.c.is_alphanumeric());
        let from = self.merged.last().map_or(theirs.place.0 - self.line.em / 4.0, |last| last.to);
        let to = (theirs.place.0 + self.line.em / 4.0).max(from);
        self.merged.push(PlacedCharacter { c: theirs.c, from, to, confidence: self.weighed.worth * UNSEEN });
    }
}

/// Of two witnesses that contradict each other, how likely the first is right.
fn likelihood(ours: f32, theirs: f32, theirs_is_digit: bool) -> f32 {
    let odds = if theirs_is_digit { DIGIT_ODDS } else { 1.0 };
    let (for_us, for_them) = (ours * (1.0 - theirs), theirs * (1.0 - ours) * odds);
    if for_us + for_them > 0.0 { for_us / (for_us + for_them) } else { 0.5 }
}

/// Lines that only the layer has, two characters at least.
fn unseen(homeless: &[usize], layer: &[LayerCharacter], confidence: f32) -> Vec<PlacedLine> {
    let characters: Vec<LayerCharacter> =
        homeless.iter().filter_map(|&index| layer.get(index)).copied().collect();
    let runs = characters.chunk_by(|a, b| {
        let (dx, dy) = (b.place.0 - a.place.0, b.place.1 - a.place.1);
        dy.abs() < 0.5 * a.size && dx > 0.0 && dx < 3.0 * a.size
    });
    runs.filter(|run| run.len() > 1).filter_map(|run| unseen_line(run, confidence)).collect()
}

fn unseen_line(run: &[LayerCharacter], confidence: f32) -> Option<PlacedLine> {
    let first = run.first()?;
    let half = |c: char| if c >= '\u{2E80}' { first.size / 2.0 } else { first.size / 4.0 };
    let characters = run.iter().map(|character| PlacedCharacter {
        c: character.c,
        from: character.place.0 - half(character.c),
        to: character.place.0 + half(character.c),
        confidence,
    });
    Some(PlacedLine {
        vertical: false,
        middle: first.place.1,
        em: first.size,
        characters: characters.collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const EM: f32 = 10.0;

    fn line(text: &str, confidence: f32) -> PlacedLine {
        let place = |(index, c): (usize, char)| {
            let from = index as f32 * EM;
            PlacedCharacter { c, from, to: from + EM, confidence }
        };
        PlacedLine {
            vertical: false,
            middle: 50.0,
            em: EM,
            characters: text.chars().enumerate().map(place).collect(),
        }
    }

    fn layer(text: &str) -> Layer {
        let place = |(index, c): (usize, char)| LayerCharacter {
            c,
            place: ((index as f32 + 0.5) * EM, 50.0),
            size: EM,
        };
        Layer(text.chars().enumerate().map(place).collect())
    }

    fn merged(ours: &str, confidence: f32, theirs: &str) -> (String, Weighed, Vec<f32>) {
        let sheet = Sheet { number: 1, width: 600.0, height: 800.0, rotation: 0 };
        let reading = hetong_ocr::PageReading { width: 600, height: 800, ..Default::default() };
        let frame = Frame::new(sheet, sheet.bounds(), &reading, true);
        let mut lines = vec![line(ours, confidence)];
        let weighed = weigh(&mut lines, &layer(theirs), (sheet, Turn::None, &frame));
        let characters = &lines[0].characters;
        (
            characters.iter().map(|character| character.c).collect(),
            weighed,
            characters.iter().map(|character| character.confidence).collect(),
        )
    }

    #[test]
    fn agreement_makes_surer() {
        let (text, weighed, confidences) = merged(
            "合同总价为人民币壹拾贰万叁仟元整一二三四五六",
            0.92,
            "合同总价为人民币壹拾贰万叁仟元整一二三四五六",
        );
        assert_eq!(text, "合同总价为人民币壹拾贰万叁仟元整一二三四五六");
        assert!(confidences.iter().all(|&confidence| confidence > 0.98), "{confidences:?}");
        assert_eq!((weighed.ours, weighed.theirs, weighed.doubtful), (0, 0, 0));
    }

    #[test]
    fn a_good_layer_keeps_its_digits() {
        let (text, weighed, _) = merged(
            "合同总价为人民币壹拾贰万叁仟元整计723000.00元",
            0.95,
            "合同总价为人民币壹拾贰万叁仟元整计123000.00元",
        );
        assert!(text.contains("123000.00"), "{text}");
        assert_eq!((weighed.ours, weighed.theirs), (0, 1));
    }

    #[test]
    fn a_digit_that_only_a_good_layer_has_is_kept_with_reserve() {
        let (text, weighed, confidences) = merged(
            "合同总价为人民币壹拾贰万叁仟元整计12300.00元",
            0.95,
            "合同总价为人民币壹拾贰万叁仟元整计123000.00元",
        );
        assert!(text.contains("123000.00"), "{text}");
        assert_eq!(weighed.doubtful, 1);
        assert!(confidences.iter().any(|&confidence| confidence < 0.7));
    }

    #[test]
    fn a_level_layer_fits_a_slanted_picture() {
        let sheet = Sheet { number: 1, width: 600.0, height: 800.0, rotation: 0 };
        let reading = hetong_ocr::PageReading { width: 600, height: 800, skew: -3.0, ..Default::default() };
        let frame = Frame::new(sheet, sheet.bounds(), &reading, true);
        let texts = [
            "甲方应当在合同签订之日起三十日内向乙方支付合同总价的百分之三十作为预付款并且应当在验收合格",
            "之后十五日内支付其余百分之七十的款项乙方收款前应当开具等额增值税专用发票否则甲方有权顺延付款",
        ];
        let mut lines = texts.map(|text| line(text, 0.95));
        let mut characters = layer(texts[0]).0;
        lines[1].middle += 1.6 * EM;
        characters.extend(layer(texts[1]).0.into_iter().map(|character| LayerCharacter {
            place: (character.place.0, character.place.1 + 1.6 * EM),
            ..character
        }));
        let mut lines = lines.to_vec();
        weigh(&mut lines, &Layer(characters), (sheet, Turn::None, &frame));
        let told: Vec<String> =
            lines.iter().map(|line| line.characters.iter().map(|character| character.c).collect()).collect();
        assert_eq!(told, texts);
    }

    #[test]
    fn a_bad_layer_is_not_asked() {
        let ours = "合同总价为人民币壹拾贰万叁仟元整一二三四五六";
        let (text, weighed, _) = merged(ours, 0.95, "舍问怎伶力入氏巾壶抬贷力参什无贮儿口曰目田由");
        assert_eq!(text, ours);
        assert!(!weighed.asked && weighed.why().contains("未采用"), "{}", weighed.why());
    }
}
