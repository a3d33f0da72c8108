//! The pages to tune on and the pages to measure on: `DIR/<variant>/<number>.{png,jpg}`, each with its truth.
//!
//! The two splits share no text, no typeface and no seed.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::leaf::{self, Leaf};
use super::print::{self, Fonts};
use super::stamp::{self, Extras};
use super::truth::Role;
use super::variant::Variant;
use crate::archive::vary;
use crate::error::{Error, Result};
use crate::font::{Family, FontBook};
use crate::golden::Golden;
use crate::layout::Style;
use crate::seed::Random;
use crate::source;

/// What the pages are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Split {
    /// To look at while reading is worked on.
    Tune,
    /// To measure, and nothing else.
    Measure,
}

impl Split {
    /// Its name in the truth of the written contracts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tune => "tune",
            Self::Measure => "measure",
        }
    }

    /// Which typefaces its sheets are printed in.
    pub fn families(self) -> &'static [Family] {
        match self {
            Self::Tune => &[Family::Song, Family::NotoSans, Family::Kai, Family::Hei],
            Self::Measure => {
                &[Family::Uming, Family::NotoSerif, Family::MicroHei, Family::Ukai, Family::WenKai]
            }
        }
    }

    /// Which typeface its seals are cut in.
    pub(super) fn seals(self) -> Family {
        match self {
            Self::Tune => Family::Song,
            Self::Measure => Family::Uming,
        }
    }

    pub(super) fn seed(self) -> u64 {
        match self {
            Self::Tune => 20_260_101,
            Self::Measure => 70_310_207,
        }
    }

    /// Its contracts among `goldens`: those with a truth say so; those without are of the folder's split.
    pub fn of(self, goldens: &[Golden]) -> Vec<&Golden> {
        goldens.iter().filter(|golden| golden.truth["split"] == self.name()).collect()
    }
}

/// Writes `count` pages of each variant below `out`; returns the paths of their truths, below `out`.
///
/// # Errors
///
/// If a font is missing or a file cannot be written.
pub fn write(
    split: Split,
    variants: &[Variant],
    count: usize,
    goldens: &[Golden],
    fonts: &FontBook,
    out: &Path,
) -> Result<Vec<String>> {
    let goldens = split.of(goldens);
    let mut paths = Vec::new();
    for &variant in variants {
        let folder = out.join(variant.letter());
        fs::create_dir_all(&folder).map_err(Error::io(&folder))?;
        for (number, choice) in choices(split, variant, count, &goldens, fonts)?.iter().enumerate() {
            let path = write_page(split, variant, number + 1, choice, fonts, out)?;
            paths.push(path);
        }
    }
    Ok(paths)
}

/// A page that is to be scanned.
struct Choice {
    source: String,
    family: Family,
    leaf: Leaf,
}

/// The pages of a variant: first each contract's most telling one, then more in an order of chance.
fn choices(
    split: Split,
    variant: Variant,
    count: usize,
    goldens: &[&Golden],
    fonts: &FontBook,
) -> Result<Vec<Choice>> {
    let mut ranked = Vec::new();
    for (index, golden) in goldens.iter().enumerate() {
        let mut random = Random::new(split.seed() + variant as u64, index as u64);
        let turn = index + variant as usize;
        let (family, leaves) = contract(split, variant, golden, turn, fonts, &mut random)?;
        for leaf in leaves.into_iter().filter(is_telling) {
            let signature = leaf.lines.iter().any(|line| line.role == Role::Signature);
            let rank = if variant == Variant::E && signature { 0 } else { 1 };
            let choice = Choice { source: golden.slug.clone(), family, leaf };
            ranked.push(((rank, random.next()), choice));
        }
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    Ok(ranked.into_iter().take(count).map(|(_, choice)| choice).collect())
}

/// Pages with little on them tell little.
fn is_telling(leaf: &Leaf) -> bool {
    let characters: usize = leaf.lines.iter().map(|line| line.text.chars().count()).sum();
    characters >= 450 || leaf.lines.iter().any(|line| line.role == Role::Signature) && characters >= 150
}

/// A contract with other names and sums, laid out in the first of the split's typefaces, from `turn` on, that
/// has all its characters.
fn contract(
    split: Split,
    variant: Variant,
    golden: &Golden,
    turn: usize,
    fonts: &FontBook,
    random: &mut Random,
) -> Result<(Family, Vec<Leaf>)> {
    let made = vary(golden, split.seed() ^ variant as u64, turn as u64);
    let document =
        source::parse(&made.text).map_err(|error| Error::Source { slug: golden.slug.clone(), error })?;
    let document = leaf::unsigned(&document);
    let family = covering(split, turn, &made.text, fonts)?;
    let font = fonts.font(family)?;
    let mut leaves = leaf::leaves(&document, &font.face()?, &style(random));
    let extras = if variant == Variant::E { Extras::OverText } else { Extras::None };
    stamp::stamp(&mut leaves, &document, &made.truth, extras, random);
    Ok((family, leaves))
}

/// The first typeface, from the `turn`-th on, that has all characters of a text.
pub(super) fn covering(split: Split, turn: usize, text: &str, fonts: &FontBook) -> Result<Family> {
    let families = split.families();
    let order = (0..families.len()).map(|step| families[(turn + step) % families.len()]);
    for family in order {
        if fonts.font(family)?.face()?.covers(text) {
            return Ok(family);
        }
    }
    Ok(families[1])
}

/// Sizes and margins as they differ between offices.
pub(super) fn style(random: &mut Random) -> Style {
    let body = *random.pick(&[12.0, 12.0, 10.5, 14.0]).unwrap_or(&12.0);
    Style {
        body,
        cell: *random.pick(&[10.5, 9.0]).unwrap_or(&10.5),
        leading: 1.55 + 0.4 * random.unit(),
        side_margin: 68.0 + 22.0 * random.unit(),
        ..Style::default()
    }
}

fn write_page(
    split: Split,
    variant: Variant,
    number: usize,
    choice: &Choice,
    fonts: &FontBook,
    out: &Path,
) -> Result<String> {
    let mut random = Random::new(split.seed() + 1000 + variant as u64, number as u64);
    let turn = if variant == Variant::T { [90, 180, 270, 0][number % 4] } else { 0 };
    let how = variant.wear();
    let (text, seals) = (fonts.font(choice.family)?, fonts.font(split.seals())?);
    let typefaces = Fonts { text: &text, seals: seal_font(&choice.leaf, &seals, &text)? };
    let mut scan = print::scan(&choice.leaf, &typefaces, &how, turn, &mut random)?;
    let stem = format!("{}/{number:03}", variant.letter());
    scan.truth.file = format!("{stem}.{}", how.format.extension());
    scan.truth.variant = variant.letter().to_owned();
    scan.truth.source = choice.source.clone();
    scan.truth.font = format!("{:?}", choice.family);
    let picture = out.join(&scan.truth.file);
    fs::write(&picture, print::encode(&scan.planes, how.format)?).map_err(Error::io(&picture))?;
    let path = format!("{stem}.json");
    write_truth(&out.join(&path), &serde_json::json!(scan.truth))?;
    Ok(path)
}

/// The split's seal typeface, or the text's if a name has a rarer character.
pub(super) fn seal_font<'f>(
    leaf: &Leaf,
    seals: &'f crate::font::Font,
    text: &'f crate::font::Font,
) -> Result<&'f crate::font::Font> {
    let face = seals.face()?;
    Ok(if leaf.seals.iter().all(|seal| face.covers(&seal.text())) { seals } else { text })
}

pub(super) fn write_truth(path: &Path, truth: &Value) -> Result<()> {
    fs::write(path, format!("{truth:#}\n")).map_err(Error::io(path))
}
