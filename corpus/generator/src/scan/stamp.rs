//! Which seals go where on a leaf.

use serde_json::Value;

use super::leaf::{self, Leaf, Line};
use super::seal::{MM, Seal};
use super::truth::{Role, Shape};
use crate::layout::{A4_HEIGHT, A4_WIDTH};
use crate::seed::Random;
use crate::source::Document;

/// Bright ink of a fresh pad, the usual one, and the dark one of an old pad.
const INKS: [[f32; 3]; 3] = [[0.86, 0.12, 0.16], [0.78, 0.08, 0.14], [0.58, 0.06, 0.12]];
const PURPOSES: [&str; 3] = ["合同专用章", "", "合同专用章"];
const CLERKS: [&str; 6] = ["陈文海之印", "王建国印", "林晓丽印", "周怀知印", "张伟之印", "何静之印"];

/// What is stamped besides the signature block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extras {
    /// Nothing.
    None,
    /// Seals over the text, and straddle seals (骑缝章) at the right edge.
    OverText,
}

/// Stamps the pages of a contract, and signs some of the places to sign.
pub(super) fn stamp(
    leaves: &mut [Leaf],
    document: &Document,
    truth: &Value,
    extras: Extras,
    random: &mut Random,
) {
    let parties = parties(document, truth);
    let straddle = random.below(2) == 0;
    let height = 180.0 + 400.0 * random.unit();
    let mut next = 0;
    for leaf in leaves.iter_mut() {
        let asking: Vec<Line> = leaf
            .lines
            .iter()
            .filter(|line| line.role == Role::Signature && asks(&line.text))
            .cloned()
            .collect();
        for line in &asking {
            leaf.seals.extend(parties.get(next).map(|name| at_line(name, line, random)));
            next += 1;
        }
        if extras == Extras::OverText {
            if straddle || leaf.seals.is_empty() {
                leaf.seals.extend(parties.last().map(|name| at_edge(name, height, random)));
            }
            if let Some(name) = random.pick(&parties).cloned() {
                leaf.seals.push(over_text(&name, random));
            }
        }
        sign(leaf, random);
    }
}

/// Two of three places to sign are signed.
fn sign(leaf: &mut Leaf, random: &mut Random) {
    for slot in &mut leaf.slots {
        slot.signed = random.below(3) > 0;
    }
}

/// The parties' names in the order in which the signature block asks for their seals: as it has them, else as the
/// truth has them.
fn parties(document: &Document, truth: &Value) -> Vec<String> {
    let listed = truth["fields"]["parties"].as_array().into_iter().flatten();
    let known: Vec<Option<&str>> = listed.map(|party| party["name"].as_str()).collect();
    let signatures = leaf::signature_texts(document);
    let asking: Vec<usize> = (0..signatures.len()).filter(|&at| asks(signatures[at])).collect();
    // 甲方（盖章） may have its name behind a colon or in the next cell.
    let beside = |at: usize| signatures.get(at + 1).filter(|text| hanzi(text) && text.chars().count() > 3);
    let party = |index: usize| {
        let at = asking.get(index).copied();
        let written =
            at.and_then(|at| name(signatures[at]).or_else(|| beside(at).map(|text| text.to_string())));
        written.or_else(|| known.get(index).copied().flatten().map(str::to_owned))
    };
    (0..known.len().max(asking.len())).filter_map(party).filter(|name| hanzi(name)).collect()
}

/// Only hanzi can be set around a rim by the fonts of seals.
fn hanzi(name: &str) -> bool {
    !asks(name) && name.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) || "（）".contains(c))
}

/// Whether a text of the signature block asks for a seal.
fn asks(text: &str) -> bool {
    ["盖章", "公章"].iter().any(|word| text.contains(word))
}

/// 甲方：某局（盖章） and 甲方（盖章）：某局 → 某局.
fn name(line: &str) -> Option<String> {
    let (_, behind) = line.split_once('：')?;
    let name = ["（盖章）", "（公章）"].iter().fold(behind.trim(), |name, note| name.trim_end_matches(note));
    Some(name.to_owned()).filter(|name| name.chars().count() > 1 && hanzi(name))
}

/// The seal of the signature block, half over the line that asks for it.
fn at_line(name: &str, line: &Line, random: &mut Random) -> Seal {
    let [left, _, right, bottom] = line.bounds;
    let x = left + (right - left).clamp(70.0, 150.0) * (0.45 + 0.3 * random.unit());
    let y = bottom + 4.0 + 22.0 * random.unit();
    if name.chars().count() <= 4 {
        return square(&format!("{name}印"), (x, y), random);
    }
    round(name, (x, y), random)
}

/// A straddle seal (骑缝章): the right part of it fell on the next sheet.
fn at_edge(name: &str, y: f32, random: &mut Random) -> Seal {
    let mut seal = round(name, (A4_WIDTH + (random.unit() - 0.6) * 12.0, y), random);
    seal.tilt = (random.unit() - 0.5) * 0.15;
    seal
}

/// A seal somewhere in the text: round, oval or square in turn of chance.
fn over_text(name: &str, random: &mut Random) -> Seal {
    let x = 130.0 + random.unit() * (A4_WIDTH - 260.0);
    let y = 130.0 + random.unit() * (A4_HEIGHT - 260.0);
    match random.below(4) {
        0 | 1 => round(name, (x, y), random),
        2 => oval(name, (x, y), random),
        _ => square(random.pick(&CLERKS).unwrap_or(&""), (x, y), random),
    }
}

/// 42 mm for authorities, 40 mm with a number for companies.
fn round(name: &str, centre: (f32, f32), random: &mut Random) -> Seal {
    let company = name.ends_with("公司") || name.ends_with("所");
    let half = if company { 20.0 } else { 21.0 } * MM;
    let purpose = if company { random.pick(&PURPOSES).copied().unwrap_or("") } else { "" };
    let serial = if company && random.below(2) == 0 { serial(random) } else { String::new() };
    Seal {
        shape: Shape::Round,
        centre,
        half: (half, half),
        tilt: tilt(random),
        name: name.to_owned(),
        purpose: purpose.to_owned(),
        serial,
        ink: ink(random),
    }
}

/// 45 × 30 mm (国家税务总局公告2011年第7号: 发票专用章 40 × 30 mm).
fn oval(name: &str, centre: (f32, f32), random: &mut Random) -> Seal {
    Seal {
        shape: Shape::Oval,
        centre,
        half: (20.0 * MM, 15.0 * MM),
        tilt: tilt(random),
        name: name.to_owned(),
        purpose: "发票专用章".to_owned(),
        serial: String::new(),
        ink: ink(random),
    }
}

/// 20 mm.
fn square(says: &str, centre: (f32, f32), random: &mut Random) -> Seal {
    let says: String = match says.chars().count() {
        // Four characters fill a square: 张伟之印, 王建国印.
        3 => says.replace('印', "之印"),
        5 if says.contains("之印") => says.replace("之印", "印"),
        // 岭海大学: no room for 印.
        5 => says.trim_end_matches('印').to_owned(),
        _ => says.to_owned(),
    };
    Seal {
        shape: Shape::Square,
        centre,
        half: (10.0 * MM, 10.0 * MM),
        tilt: tilt(random) / 3.0,
        name: says,
        purpose: String::new(),
        serial: String::new(),
        ink: ink(random),
    }
}

/// The thirteen digits that the police gives a company's seal.
fn serial(random: &mut Random) -> String {
    format!("4403{:09}", random.below(1_000_000_000))
}

fn tilt(random: &mut Random) -> f32 {
    (random.unit() - 0.5) * 0.7
}

fn ink(random: &mut Random) -> [f32; 3] {
    random.pick(&INKS).copied().unwrap_or([0.8, 0.1, 0.1])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{HalfWidth, Style};
    use crate::scan::leaf::leaves;
    use crate::source::parse;

    #[test]
    fn names_come_from_either_side_of_the_note() {
        assert_eq!(name("甲方：罗湖区某局（盖章）").as_deref(), Some("罗湖区某局"));
        assert_eq!(name("乙方（公章）：某某公司").as_deref(), Some("某某公司"));
        assert_eq!(name("乙方（盖章）："), None);
    }

    #[test]
    fn each_party_is_sealed_once() {
        let text = "# 合同\n甲方乙方。\n<< 甲方（盖章）：深圳市某某局 || 乙方（盖章）：深圳市某某有限公司 >>";
        let document = parse(text).unwrap();
        let mut leaves = leaves(&document, &HalfWidth, &Style::default());
        stamp(&mut leaves, &document, &Value::Null, Extras::None, &mut Random::new(1, 1));
        let names: Vec<&str> = leaves[0].seals.iter().map(|seal| seal.name.as_str()).collect();
        assert_eq!(names, ["深圳市某某局", "深圳市某某有限公司"]);
    }

    #[test]
    fn a_name_seal_has_four_characters() {
        for says in ["陈文海之印", "张伟印", "张伟之印", "王建国印"] {
            assert_eq!(square(says, (0.0, 0.0), &mut Random::new(1, 1)).name.chars().count(), 4, "{says}");
        }
    }
}
