//! How cells look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// How a cell looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// Title of a sheet, over all columns, without border.
    Title,
    /// A line of explanation, over all columns, without border.
    Note,
    /// Heading of a column.
    Heading,
    /// Name of a section, over several cells.
    Section,
    /// Name of the cell beside it.
    Label,
    /// Text.
    Text,
    /// Text to be looked at: missing, doubtful.
    Alert,
    /// Sources and hints.
    Faint,
    /// What a person may fill in; the only cells that are not locked.
    Slot,
    /// A number of things.
    Count,
    /// A sum.
    Sum,
    /// A day.
    Date,
}

const SONG: &str = "宋体";
const HEI: &str = "黑体";

/// The formats, made once for each workbook.
pub(super) struct Faces(Vec<Format>);

impl Faces {
    const ALL: [Face; 12] = [
        Face::Title,
        Face::Note,
        Face::Heading,
        Face::Section,
        Face::Label,
        Face::Text,
        Face::Alert,
        Face::Faint,
        Face::Slot,
        Face::Count,
        Face::Sum,
        Face::Date,
    ];

    pub fn new() -> Self {
        Self(Self::ALL.iter().map(|face| face.format()).collect())
    }

    /// The format of a face: the list holds one for each, in their order.
    pub fn of(&self, face: Face) -> &Format {
        self.0.get(face as usize).unwrap_or_else(|| unreachable!("a format for each face"))
    }
}

impl Face {
    fn format(self) -> Format {
        let plain =
            Format::new().set_font_name(SONG).set_font_size(10).set_align(FormatAlign::VerticalCenter);
        let boxed = plain.clone().set_border(FormatBorder::Thin).set_text_wrap();
        let grey = Color::RGB(0x59_59_59);
        let label = boxed.clone().set_font_name(HEI).set_background_color(Color::RGB(0xF2_F2_F2));
        match self {
            Self::Title => plain.set_font_name(HEI).set_font_size(18).set_align(FormatAlign::Center),
            Self::Note => plain.set_text_wrap(),
            Self::Heading => label.set_align(FormatAlign::Center),
            Self::Section => boxed.set_font_name(HEI).set_font_size(11).set_align(FormatAlign::Left),
            Self::Label => label.set_align(FormatAlign::Center),
            Self::Text => boxed,
            Self::Alert => boxed.set_font_color(Color::RGB(0xC0_00_00)),
            Self::Faint => boxed.set_font_size(9).set_font_color(grey),
            // As text: a long account number typed in must not become a number that loses its last digits.
            Self::Slot => {
                boxed.set_background_color(Color::RGB(0xFF_F9_E5)).set_num_format("@").set_unlocked()
            }
            Self::Count => boxed.set_num_format("0").set_align(FormatAlign::Right),
            Self::Sum => boxed.set_num_format("#,##0.00######").set_align(FormatAlign::Right),
            Self::Date => boxed.set_num_format("yyyy-mm-dd").set_align(FormatAlign::Center),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_face_has_its_own_format() {
        assert!(Faces::ALL.iter().enumerate().all(|(at, face)| at == *face as usize));
    }
}
