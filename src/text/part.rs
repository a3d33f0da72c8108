//! One file, several contracts: each gets a text of its own. What of the file is no contract (招标文件、中标通知书 bound
//! with it) stays with it, in a region behind the body where nothing is mined.

use std::ops::{Range, RangeInclusive};

use super::outline;
use crate::model::text::{Origin, Paragraph, Piece, Sights};
use crate::model::{Document, Place, Region, Text};

/// A contract's stretch of a text, in indices of [`Text::paragraphs`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// The paragraphs that go to this contract's record.
    pub whole: Range<usize>,
    /// Those of them that are the contract.
    pub body: Range<usize>,
}

/// A place on a page: its number, and points from the top.
type Height = (u32, f32);

/// What one contract is given of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// Its paragraphs.
    pub cut: Cut,
    /// First and last page, from 1; a page that two contracts stand on belongs to both. `None` without pages.
    pub pages: Option<RangeInclusive<u32>>,
    /// From where to where seals and signatures are its own.
    heights: Range<Height>,
    /// Is it the first? What stands on no page (comments, headers of DOCX) is said of this one.
    first: bool,
}

/// How many body paragraphs a text has: they come first.
pub fn body_count(text: &Text) -> usize {
    text.paragraphs.partition_point(|paragraph| paragraph.range.start < text.body_end)
}

/// What each contract is given. An unread page before a contract may be its cover, or the end of the one before: both get it.
pub fn shares(text: &Text, document: &Document, cuts: Vec<Cut>) -> Vec<Share> {
    let tops: Vec<Option<Height>> = cuts.iter().map(|cut| top(text, &cut.whole)).collect();
    let first = document.pages.first().map_or(0, |page| page.number);
    let last = document.pages.last().map_or(0, |page| page.number);
    let mut shares = Vec::new();
    for (index, cut) in cuts.into_iter().enumerate() {
        let begin = tops.get(index).copied().flatten().filter(|_| index > 0);
        let end = tops.get(index + 1).copied().flatten();
        let from = begin.map_or(first, |(page, _)| before_unread(text, page).max(first));
        let to = end.map_or(last, |(page, _)| end_page(text, &cut, page));
        shares.push(Share {
            pages: (!document.pages.is_empty()).then_some(from..=to.max(from)),
            heights: begin.unwrap_or((0, 0.0))..end.unwrap_or((u32::MAX, 0.0)),
            first: index == 0,
            cut,
        });
    }
    shares
}

/// The first of the unread pages right before a page, or that page.
fn before_unread(text: &Text, page: u32) -> u32 {
    let mut page = page;
    while page > 1 && text.unread_pages.contains(&(page - 1)) {
        page -= 1;
    }
    page
}

/// The last page of a contract, where the next begins on page `next`.
fn end_page(text: &Text, cut: &Cut, next: u32) -> u32 {
    let last = text.paragraphs.get(cut.whole.clone()).and_then(<[Paragraph]>::last);
    let last = last.and_then(|paragraph| place(text, paragraph.range.end.saturating_sub(1)));
    match last {
        Some((page, _)) if page == next => page,
        _ => next.saturating_sub(1),
    }
}

/// Where the first of some paragraphs stands.
fn top(text: &Text, paragraphs: &Range<usize>) -> Option<Height> {
    place(text, text.paragraphs.get(paragraphs.start)?.range.start)
}

/// Page and top of the line that holds a content byte.
fn place(text: &Text, at: usize) -> Option<Height> {
    let index = text.pieces.partition_point(|piece| piece.range.end <= at);
    match &text.pieces.get(index)?.origin {
        Origin::Line { page, bbox, .. } => Some((*page, bbox.y0)),
        Origin::Block { .. } => None,
    }
}

/// The text of one contract.
pub fn part(text: &Text, share: &Share) -> Text {
    let mut writer = Writer { from: text, into: Text::default(), chars: 0 };
    writer.take(share.cut.body.clone(), None);
    writer.into.body_end = writer.into.content.len();
    let apart = body_count(text)..text.paragraphs.len();
    for index in apart.filter(|index| text.paragraphs.get(*index).is_some_and(|p| share.has(p))) {
        writer.take(index..index + 1, None);
    }
    let Cut { whole, body } = &share.cut;
    writer.take(whole.start..body.start, Some(Region::Accompanying));
    writer.take(body.end..whole.end, Some(Region::Accompanying));
    let mut part = writer.into;
    part.shadow.origin.push(part.content.len() as u32);
    part.unread_pages = text.unread_pages.iter().copied().filter(|page| share.has_page(*page)).collect();
    part.parts_unread = text.parts_unread;
    part.sights = share.sights(&text.sights);
    part.clauses = outline::outline(&part);
    part
}

impl Share {
    /// A stretch of the body alone, for a look at it.
    pub fn of_body(cut: Cut) -> Self {
        Self { cut, pages: Some(u32::MAX..=u32::MAX), heights: (0, 0.0)..(0, 0.0), first: false }
    }

    /// Does a page belong to this contract?
    pub fn has_page(&self, page: u32) -> bool {
        self.pages.as_ref().is_none_or(|pages| pages.contains(&page))
    }

    /// Does a paragraph that is set apart?
    fn has(&self, paragraph: &Paragraph) -> bool {
        paragraph.page.map_or(self.first, |page| self.has_page(page))
    }

    /// Does what stands on a page in the middle of this box: a seal, a signature?
    pub fn has_place(&self, place: &Place) -> bool {
        let Place::Page { page, bbox } = place else { return self.first };
        let height = (*page, bbox.y0.midpoint(bbox.y1));
        self.heights.start <= height && height < self.heights.end && self.has_page(*page)
    }

    fn sights(&self, all: &Sights) -> Sights {
        let has = |page: u32, bbox| self.has_place(&Place::Page { page, bbox });
        Sights {
            seals: all.seals.iter().filter(|seal| has(seal.page, seal.bbox)).cloned().collect(),
            marks: all.marks.iter().filter(|(page, mark)| has(*page, mark.bbox)).copied().collect(),
            looked_at: all.looked_at.iter().copied().filter(|page| self.has_page(*page)).collect(),
        }
    }

    /// The document with this contract's pages, seals and issues only. Blocks stay: the text has been composed.
    pub fn of_document(&self, document: &Document) -> Document {
        let on_page = |page: Option<u32>| page.is_none_or(|page| self.has_page(page));
        let has_seal = |page, bbox| self.has_place(&Place::Page { page, bbox });
        Document {
            media_type: document.media_type,
            page_count: document.page_count,
            pages: document.pages.iter().filter(|page| self.has_page(page.number)).cloned().collect(),
            blocks: Vec::new(),
            seals: document.seals.iter().filter(|seal| has_seal(seal.page, seal.bbox)).cloned().collect(),
            issues: document.issues.iter().filter(|issue| on_page(issue.page)).cloned().collect(),
        }
    }
}

/// The text of a contract under construction.
struct Writer<'a> {
    from: &'a Text,
    into: Text,
    chars: usize,
}

impl Writer<'_> {
    /// Appends neighbouring paragraphs as they are, on a new line; `region` where they change it.
    fn take(&mut self, indices: Range<usize>, region: Option<Region>) {
        let paragraphs = self.from.paragraphs.get(indices).unwrap_or_default();
        let (Some(first), Some(last)) = (paragraphs.first(), paragraphs.last()) else { return };
        let (content, shadow) = (first.range.start..last.range.end, first.shadow.start..last.shadow.end);
        self.begin_line();
        let moved = |at: usize, from: usize, to: usize| at - from + to;
        let (to, to_shadow) = (self.into.content.len(), self.into.shadow.text.len());
        let content_at =
            |range: &Range<usize>| moved(range.start, content.start, to)..moved(range.end, content.start, to);
        self.into.paragraphs.extend(paragraphs.iter().map(|paragraph| Paragraph {
            range: content_at(&paragraph.range),
            shadow: moved(paragraph.shadow.start, shadow.start, to_shadow)
                ..moved(paragraph.shadow.end, shadow.start, to_shadow),
            region: region.unwrap_or(paragraph.region),
            ..paragraph.clone()
        }));
        let pieces = &self.from.pieces;
        let begin = pieces.partition_point(|piece| piece.range.start < content.start);
        let end = pieces.partition_point(|piece| piece.range.start < content.end);
        let pieces = pieces.get(begin..end).unwrap_or_default();
        let chars_before = pieces.first().map_or(0, |piece| {
            let lead = self.from.content.get(content.start..piece.range.start).unwrap_or_default();
            piece.char_start - lead.chars().count()
        });
        let chars = self.chars;
        self.into.pieces.extend(pieces.iter().map(|piece| Piece {
            range: content_at(&piece.range),
            char_start: moved(piece.char_start, chars_before, chars),
            origin: piece.origin.clone(),
        }));
        let origin = self.from.shadow.origin.get(shadow.clone()).unwrap_or_default();
        self.into.shadow.origin.extend(origin.iter().map(|at| moved(*at as usize, content.start, to) as u32));
        self.into.shadow.text.push_str(self.from.shadow.text.get(shadow).unwrap_or_default());
        let written = self.from.content.get(content).unwrap_or_default();
        self.into.content.push_str(written);
        self.chars += written.chars().count();
    }

    fn begin_line(&mut self) {
        if !self.into.content.is_empty() {
            self.into.shadow.origin.push(self.into.content.len() as u32);
            self.into.shadow.text.push('\n');
            self.into.content.push('\n');
            self.chars += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionaries::Dictionaries;
    use crate::text::{Composer, from_lines};

    fn text(source: &str) -> Text {
        from_lines(&Composer::new(&Dictionaries::embedded()).expect("valid"), source)
    }

    /// A part must hold together as a composed text does.
    fn check(text: &Text) {
        assert_eq!(text.shadow.origin.len(), text.shadow.text.len() + 1);
        assert_eq!(text.shadow.origin.last().copied(), Some(text.content.len() as u32));
        assert!(text.shadow.origin.is_sorted());
        for piece in &text.pieces {
            assert_eq!(piece.char_start, text.content[..piece.range.start].chars().count());
        }
        for paragraph in &text.paragraphs {
            let folded = text.shadow.to_content(&text.content, paragraph.shadow.clone());
            assert!(paragraph.shadow.is_empty() || paragraph.range.start <= folded.start);
            assert!(folded.end <= paragraph.range.end);
        }
    }

    #[test]
    fn a_part_is_a_text_of_its_own() {
        let whole = text("通知\n采 购 合 同\n第一条 标的\n电脑 １０台。\n第五章 附录\n其他");
        let count = body_count(&whole);
        let document = Document::empty(crate::model::MediaType::Plain);
        let cut = Cut { whole: 0..count, body: 1..4 };
        let share = shares(&whole, &document, vec![cut]).remove(0);
        let part = part(&whole, &share);
        check(&part);
        assert_eq!(part.content, "采 购 合 同\n第一条 标的\n电脑 １０台。\n通知\n第五章 附录\n其他");
        assert_eq!(part.folded_body(), "采购合同\n第一条标的\n电脑10台。");
        assert_eq!(part.folded_own(), part.folded_body());
        assert_eq!(part.clauses.len(), 1);
        let at = part.folded().find("10台").expect("there");
        let span = part.span_of_shadow(at..at + "10台".len());
        assert_eq!(span.quote, "１０台");
        assert_eq!(span.places, [Place::Block { block: 3, cell: None }]);
    }

    proptest::proptest! {
        #[test]
        fn parts_hold_together(lines in proptest::collection::vec("[甲乙 　\t合同一二。１2a:：]{0,12}", 1..12), a in 0usize..12, b in 0usize..12) {
            let whole = text(&lines.join("\n"));
            let count = body_count(&whole);
            let (a, b) = (a.min(count), b.min(count));
            let document = Document::empty(crate::model::MediaType::Plain);
            let cuts = vec![
                Cut { whole: 0..a.max(b), body: a.min(b)..a.max(b) },
                Cut { whole: a.max(b)..count, body: a.max(b)..count },
            ];
            for share in shares(&whole, &document, cuts) {
                check(&part(&whole, &share));
            }
        }
    }
}
