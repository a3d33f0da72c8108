//! Is what begins here a contract of its own, or does it go with the one before? In doubt it goes with it, and a person
//! is told: a contract cut in two loses its attachments, two in one mix their sums.

use std::sync::LazyLock;

use crate::fields::scan::Regex;

use crate::fields::classify::is_supplement;
use crate::fields::draft::Draft;
use crate::fields::reading::{Part, Reading};
use crate::fields::scan::pattern;
use crate::fields::{Extractor, attachments, contract_number, parties, title};
use crate::text::part::{Cut, Share, part};

use super::beginning::Beginning;
use super::paragraphs_from;

/// Agreements that are signed beside a contract by its parties: the clerk files them with it.
static COMPANION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"廉政|廉洁|安全(?:生产|文明|施工|管理)*(?:协议|责任|合同)|保密(?:协议|承诺|责任)|保修书|质量保修|承诺书|授权委托书|阳光|诚信|环境保护|治安|消防|联合体|担保|保函|农民工",
    )
});
/// A line that heads an attachment, perhaps with its name.
static HEADING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[《(]?附(?:件|表|录)(?:[一二三四五六七八九十\d]{1,2}|[A-F])?[》)]?[:、.\s-]{0,2}(?P<name>[^。;]*)$",
    )
});

/// What a contract says of itself at its head, and what it lists as attached.
#[derive(Debug, Default)]
pub struct Head {
    title: String,
    parties: Vec<String>,
    number: Option<String>,
    attachments: Vec<String>,
    by_picture: bool,
}

/// Whether a beginning starts a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// A contract of its own.
    Own,
    /// It goes with the contract before it.
    Goes,
    /// It goes with the contract before it, as far as can be told.
    Doubtful,
}

impl Head {
    /// Reads the head of what stands from one beginning to the next.
    pub fn read(reading: &Reading<'_>, begins: &Beginning, end: Option<&Beginning>) -> Self {
        let from = paragraphs_from(reading, begins.title.start);
        let to = end.map_or(crate::text::part::body_count(reading.text), |next| {
            paragraphs_from(reading, next.title.start)
        });
        let cut = Cut { whole: from..to, body: from..to };
        let text = part(reading.text, &Share::of_body(cut));
        let part = Reading::new(&text, reading.lexicon);
        let mut draft = Draft::default();
        let needed: [Extractor; 4] =
            [title::EXTRACTOR, contract_number::EXTRACTOR, parties::EXTRACTOR, attachments::EXTRACTOR];
        needed.iter().for_each(|extractor| extractor.run_on(&part, &mut draft));
        let fields = draft.fields;
        Self {
            title: reading.slice(begins.title.clone()).to_owned(),
            parties: fields.parties.into_iter().filter_map(|party| Some(party.name?.value)).collect(),
            number: fields.contract_number.map(|number| number.value),
            attachments: fields.attachments.into_iter().map(|attachment| attachment.name.value).collect(),
            by_picture: reading.reading_confidence(&begins.title) < 1.0,
        }
    }

    /// Does what has this head begin a contract of its own after that one, whose parts are all of `before`?
    pub fn after(&self, before: &[Self], reading: &Reading<'_>, begins: &Beginning) -> Verdict {
        let Some(main) = before.first() else { return Verdict::Own };
        let listed = before.iter().any(|part| part.lists(&self.title));
        if listed || stands_under_heading(reading, begins) {
            return Verdict::Goes;
        }
        let named = self.parties.len() >= 2;
        let others = named && !main.has_parties_of(self);
        if COMPANION.is_match(&self.title) && !COMPANION.is_match(&main.title) {
            return if others { Verdict::Own } else { Verdict::Goes };
        }
        let numbered = self.number.is_some() && self.number != main.number;
        let attached = reading.rows.get(begins.row).is_some_and(|row| row.part == Part::Attachment);
        let supplement = is_supplement(&self.title) && !is_supplement(&main.title);
        let titled = supplement || !before.iter().any(|part| part.has_title_of(self));
        match () {
            () if !named && !titled => Verdict::Goes,
            () if !named => Verdict::Doubtful,
            () if others || numbered && main.number.is_some() => Verdict::Own,
            () if titled && (!attached || supplement || numbered) => Verdict::Own,
            () if titled => Verdict::Doubtful,
            () => Verdict::Goes,
        }
    }

    /// Is this title among the attachments? 附件二：廉洁协议 names 办公设备采购廉洁协议, too.
    fn lists(&self, title: &str) -> bool {
        let name = |listed: &str| listed.split_once('：').map_or("", |(_, name)| name).to_owned();
        let mut names = self.attachments.iter().map(|listed| name(listed));
        names.any(|name| name.chars().count() >= 4 && (name.contains(title) || title.contains(&name)))
    }

    /// Is it the same title printed again, or one that names no subject (协议书 inside a printed form)?
    fn has_title_of(&self, other: &Self) -> bool {
        let (a, b) = (self.title.as_str(), other.title.as_str());
        is_supplement(a) == is_supplement(b) && (a.contains(b) || b.contains(a) || is_bare(b))
    }

    fn has_parties_of(&self, other: &Self) -> bool {
        let (few, many) = match self.parties.len() <= other.parties.len() {
            true => (&self.parties, &other.parties),
            false => (&other.parties, &self.parties),
        };
        let loose = self.by_picture || other.by_picture;
        few.iter().all(|name| many.iter().any(|known| same_name(name, known, loose)))
    }
}

/// The same name; where names were read off pictures, one character of a long one may differ.
fn same_name(a: &str, b: &str, loose: bool) -> bool {
    let long = a.chars().count() >= 6 && a.chars().count() == b.chars().count();
    a == b || loose && long && a.chars().zip(b.chars()).filter(|(a, b)| a != b).count() <= 1
}

/// 协议书, 合同协议书: the agreement inside a printed form.
fn is_bare(title: &str) -> bool {
    title::is_bare(title)
        || matches!(title, "合同协议书" | "采购合同书" | "补充条款" | "专用合同" | "通用合同")
}

/// Does 附件二 stand in one of the lines above, with the name of what begins here or with none?
fn stands_under_heading(reading: &Reading<'_>, begins: &Beginning) -> bool {
    const LINES: usize = 3;
    let title = reading.slice(begins.title.clone());
    let above = reading.rows.get(begins.row.saturating_sub(LINES)..begins.row).unwrap_or_default();
    above.iter().filter_map(|row| HEADING.captures(reading.row(row))?.name("name")).any(|name| {
        let name = name.as_str();
        name.is_empty() || name.contains(title) || title.contains(name)
    })
}
