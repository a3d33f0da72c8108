//! Which format each contract of an archive gets.

use std::collections::BTreeSet;
use std::str::FromStr;

use crate::docx::{Extra, Extras};
use crate::font::{Family, FontBook};
use crate::pdf::{Finish, PdfKind, PredefinedCMap};
use crate::plain::Encoding;
use crate::rendering::Rendering;
use crate::seed::Random;

/// A file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Born-digital PDF.
    Pdf,
    /// Word.
    Docx,
    /// Plain text.
    Txt,
}

impl Format {
    /// Its name in a mix, which is the ending of its files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Txt => "txt",
        }
    }
}

/// Formats and how often each is taken, as in `pdf=6,docx=3,txt=1`; `pdf,docx` takes both alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mix(Vec<(Format, u8)>);

/// A mix that is not of the form `pdf=6,docx=3,txt=1`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no format with an optional share from 1 to 255, such as pdf=6, docx or txt=1")]
pub struct MixError(String);

impl Default for Mix {
    /// What a department's share looks like: mostly PDF, some Word, little text.
    fn default() -> Self {
        Self(vec![(Format::Pdf, 6), (Format::Docx, 3), (Format::Txt, 1)])
    }
}

impl FromStr for Mix {
    type Err = MixError;

    fn from_str(text: &str) -> Result<Self, MixError> {
        text.split(',').map(|part| share(part.trim())).collect::<Result<_, _>>().map(Self)
    }
}

fn share(text: &str) -> Result<(Format, u8), MixError> {
    let (name, share) = text.split_once('=').unwrap_or((text, "1"));
    let formats = [Format::Pdf, Format::Docx, Format::Txt];
    let format = formats.into_iter().find(|format| format.name() == name);
    let share = share.parse().ok().filter(|&share: &u8| share > 0);
    format.zip(share).ok_or_else(|| MixError(text.to_owned()))
}

impl Mix {
    /// A format by chance, each as often as its share says.
    pub(super) fn pick(&self, random: &mut Random) -> Format {
        let total = self.0.iter().map(|&(_, share)| usize::from(share)).sum();
        let mut left = random.below(total);
        for &(format, share) in &self.0 {
            match left.checked_sub(usize::from(share)) {
                Some(rest) => left = rest,
                None => return format,
            }
        }
        Format::Pdf
    }
}

/// The kinds of PDF that can be made here: predefined CMaps always, embedded fonts where there
/// are font files.
pub(super) fn pdf_kinds(fonts: &FontBook) -> Vec<PdfKind> {
    let mut kinds: Vec<PdfKind> = PredefinedCMap::ALL.map(PdfKind::Predefined).into();
    for family in [Family::Song, Family::Kai] {
        if fonts.has(family) {
            kinds.extend([PdfKind::Embedded(family); 3]);
            kinds.push(PdfKind::FontCmap(family));
        }
    }
    kinds
}

/// A rendering in a format by chance, followed by others for contracts that it cannot hold: GBK
/// and the fonts lack some characters; Word and UTF-8 lack none.
pub(super) fn renderings(format: Format, kinds: &[PdfKind], random: &mut Random) -> Vec<Rendering> {
    const ENCODINGS: [Encoding; 3] = [Encoding::Gb18030, Encoding::Utf8Bom, Encoding::Utf16le];
    let widest = PdfKind::Predefined(PredefinedCMap::UniGbUtf16);
    match format {
        Format::Pdf => {
            let kind = random.pick(kinds).copied().unwrap_or(widest);
            let finish = Finish { fake_bold: random.below(4) == 0, rotated: random.below(50) == 0 };
            let word = Rendering::Docx(Extras::default());
            vec![Rendering::Pdf(kind, finish), Rendering::Pdf(widest, finish), word]
        }
        Format::Docx => vec![Rendering::Docx(extras(random))],
        Format::Txt => {
            let encoding = random.pick(&ENCODINGS).copied().unwrap_or(Encoding::Utf8);
            vec![Rendering::Text(encoding), Rendering::Text(Encoding::Utf8)]
        }
    }
}

fn extras(random: &mut Random) -> Extras {
    let all: BTreeSet<Extra> = Extras::all().0;
    Extras(all.into_iter().filter(|_| random.below(3) == 0).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mixes() {
        assert_eq!("pdf=6,docx=3,txt=1".parse(), Ok(Mix::default()));
        assert_eq!("txt".parse(), Ok(Mix(vec![(Format::Txt, 1)])));
        for wrong in ["", "pdf=0", "pdf=x", "ofd"] {
            assert_eq!(wrong.parse::<Mix>(), Err(MixError(wrong.to_owned())));
        }
    }

    #[test]
    fn shares_are_kept() {
        let mix: Mix = "pdf=3,txt=1".parse().unwrap();
        let mut random = Random::new(5, 0);
        let texts = (0..4000).filter(|_| mix.pick(&mut random) == Format::Txt).count();
        assert!((900..1100).contains(&texts), "{texts}");
    }
}
