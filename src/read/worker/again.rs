//! Some pages of a document, read again.

use std::io;

use super::super::{Effort, Limits};
use super::parent::{End, Reader};
use crate::model::{Document, MediaType, Page, PageOrigin};

impl Reader {
    /// Reads pages of a document again with the strong models, and puts what is better in the place of what was.
    ///
    /// A page that was read before and cannot be read now stays as it was. `pages` are numbers from 1, in order.
    ///
    /// # Errors
    ///
    /// No child process can be started.
    pub fn read_again(&mut self, bytes: &[u8], document: &mut Document, pages: &[u32]) -> io::Result<()> {
        for run in pages.chunk_by(|a, b| a + 1 == *b) {
            let (Some(&first_page), Some(&last_page)) = (run.first(), run.last()) else { continue };
            let limits = Limits { first_page, last_page, effort: Effort::Strong, ..Limits::default() };
            let mut again = Document::empty(MediaType::Unknown);
            if let End::Died(_) = self.attempt(bytes, limits, &mut again)? {
                self.give_up_child();
            }
            replace(document, again);
        }
        Ok(())
    }
}

/// Puts pages in the place of those of the same numbers, with their seals and issues.
fn replace(document: &mut Document, again: Document) {
    let Document { pages, seals, issues, .. } = again;
    for page in pages {
        let number = page.number;
        let Some(place) = document.pages.iter_mut().find(|old| old.number == number) else { continue };
        if !is_worth_it(place, &page) {
            continue;
        }
        *place = page;
        document.seals.retain(|seal| seal.page != number);
        document.seals.extend(seals.iter().filter(|seal| seal.page == number).cloned());
        document.issues.retain(|issue| issue.page != Some(number));
        document.issues.extend(issues.iter().filter(|issue| issue.page == Some(number)).cloned());
    }
    document.seals.sort_by_key(|seal| seal.page);
}

fn is_worth_it(old: &Page, new: &Page) -> bool {
    new.origin != PageOrigin::Unread || old.origin == PageOrigin::Unread
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Issue, Level, PageClass, Stage};
    use crate::read::sheet::Sheet;

    fn page(number: u32, origin: PageOrigin) -> Page {
        Sheet::a4(number).page(origin, PageClass::Scan, String::new(), 0.5, Vec::new())
    }

    fn document(pages: Vec<Page>, code: &str) -> Document {
        let issue = Issue::new(Level::Error, Stage::Ocr, code, "").on_page(2);
        Document { pages, issues: vec![issue], ..Document::empty(MediaType::Pdf) }
    }

    #[test]
    fn a_page_that_is_read_now_loses_its_old_issue() {
        let mut old =
            document(vec![page(1, PageOrigin::Ocr), page(2, PageOrigin::Unread)], "page-unreadable");
        replace(&mut old, Document { issues: Vec::new(), ..document(vec![page(2, PageOrigin::Ocr)], "x") });
        assert_eq!(old.pages[1].origin, PageOrigin::Ocr);
        assert!(old.issues.is_empty());
    }

    #[test]
    fn a_page_that_was_read_is_not_lost() {
        let mut old = document(vec![page(1, PageOrigin::Ocr), page(2, PageOrigin::Ocr)], "low-confidence");
        replace(&mut old, document(vec![page(2, PageOrigin::Unread)], "page-unreadable"));
        assert_eq!(old.pages[1].origin, PageOrigin::Ocr);
        assert_eq!(old.issues[0].code, "low-confidence");
    }
}
