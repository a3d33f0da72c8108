//! The few styles of an office document, as Word knows them: who edits the file changes a style, not each line.

use docx_rs::{AlignmentType, LineSpacing, LineSpacingType, RunFonts, StyleType};

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// The document's title (表名), centred.
    Title,
    /// A line below the title or above a table: number, unit, day.
    Subtitle,
    /// Heading of a section (一、…).
    Heading,
    /// Running text, first line set in by two characters.
    Body,
    /// What stands in a cell.
    Cell,
    /// What names a cell (栏目名), centred.
    Label,
    /// Sources and hints, small and grey.
    Small,
}

/// Fonts as government offices have them; another machine replaces them by its own.
const FANG_SONG: &str = "仿宋_GB2312";
const SONG: &str = "宋体";
const HEI: &str = "黑体";

/// How a style looks. Sizes in half points, spacing in twentieths of a point.
struct Look {
    id: &'static str,
    name: &'static str,
    font: &'static str,
    size: usize,
    align: AlignmentType,
    before: u32,
    after: u32,
    line: i32,
    color: Option<&'static str>,
}

impl Style {
    pub(super) const ALL: [Self; 7] =
        [Self::Title, Self::Subtitle, Self::Heading, Self::Body, Self::Cell, Self::Label, Self::Small];

    /// Its id in the file.
    pub(super) fn id(self) -> &'static str {
        self.look().id
    }

    fn look(self) -> Look {
        let plain = |id, name, font, size| Look {
            id,
            name,
            font,
            size,
            align: AlignmentType::Left,
            before: 0,
            after: 0,
            line: 260,
            color: None,
        };
        match self {
            Self::Title => Look {
                align: AlignmentType::Center,
                after: 160,
                line: 400,
                ..plain("Title", "Title", HEI, 36)
            },
            Self::Subtitle => Look { before: 80, after: 60, ..plain("Subtitle", "Subtitle", SONG, 21) },
            Self::Heading => {
                Look { before: 200, after: 100, line: 340, ..plain("Heading1", "heading 1", HEI, 28) }
            }
            Self::Body => Look {
                align: AlignmentType::Both,
                line: 400,
                ..plain("BodyText", "Body Text", FANG_SONG, 24)
            },
            Self::Cell => plain("TableText", "Table Text", SONG, 21),
            Self::Label => {
                Look { align: AlignmentType::Center, ..plain("TableLabel", "Table Label", HEI, 21) }
            }
            Self::Small => Look { line: 220, color: Some("595959"), ..plain("Note", "Note", SONG, 17) },
        }
    }

    /// The style's definition.
    pub(super) fn definition(self) -> docx_rs::Style {
        let look = self.look();
        let spacing = LineSpacing::new().before(look.before).after(look.after).line(look.line);
        let spacing = spacing.line_rule(LineSpacingType::AtLeast);
        let style = docx_rs::Style::new(look.id, StyleType::Paragraph)
            .name(look.name)
            .fonts(fonts(look.font))
            .size(look.size)
            .align(look.align)
            .line_spacing(spacing);
        let style = look.color.map_or_else(|| style.clone(), |color| style.clone().color(color));
        match self {
            Self::Heading => style.outline_lvl(0),
            Self::Body => style.first_line_chars(200),
            _ => style,
        }
    }
}

/// The font for all scripts.
pub(super) fn fonts(name: &str) -> RunFonts {
    RunFonts::new().ascii(name).hi_ansi(name).east_asia(name).cs(name)
}

/// What text outside any style is set in.
pub(super) fn default_fonts() -> RunFonts {
    fonts(SONG)
}
