//! A contract as it is found in a document.

use std::borrow::Cow;

use crate::model::record::Part;
use crate::model::{Document, Issue, Level, Stage, Text};
use crate::text::part::{self, Share};

/// The part that a document is which holds one contract.
pub(super) fn only_part(document: &Document) -> Part {
    let ends = document.pages.first().zip(document.pages.last());
    Part { index: 1, of: 1, pages: ends.map(|(first, last)| [first.number, last.number]) }
}

/// A contract of a document: its pages, its text, and what was said while it was told from the others.
pub(super) struct Found<'d> {
    pub document: Cow<'d, Document>,
    pub text: Text,
    pub part: Part,
    pub issues: Vec<Issue>,
}

impl<'d> Found<'d> {
    pub fn whole(document: &'d Document, text: Text, issues: Vec<Issue>) -> Self {
        Self { part: only_part(document), document: Cow::Borrowed(document), text, issues }
    }

    pub fn share(
        document: &Document,
        text: &Text,
        share: &Share,
        (index, of): (u32, u32),
        issues: &[Issue],
    ) -> Self {
        let pages = share.pages.clone().map(|pages| [*pages.start(), *pages.end()]);
        let mut text = part::part(text, share);
        let document = share.of_document(document);
        text.parts_unread = document.is_damaged();
        let mut issues = issues.to_vec();
        if of > 1 {
            issues.insert(0, one_of_several(index, of, pages));
        }
        Self { document: Cow::Owned(document), text, part: Part { index, of, pages }, issues }
    }
}

/// Says that the file holds other contracts, too.
fn one_of_several(index: u32, of: u32, pages: Option<[u32; 2]>) -> Issue {
    let pages = pages.map_or_else(String::new, |[first, last]| format!("，第 {first}–{last} 页"));
    let message =
        format!("文件中有 {of} 份合同，本记录是其中第 {index} 份{pages}；如划分有误，请拆分文件后重新放入");
    Issue::new(Level::Info, Stage::Fields, "one-of-several", message)
}
