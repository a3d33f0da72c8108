//! The sample contracts, rendered as OFD and as PDF on the same pages, read alike.

use std::path::Path;

use hetong_corpus::golden::Golden;
use hetong_corpus::ofd;
use hetong_corpus::pdf::{Finish, PredefinedCMap, render_pages};

use super::support::read;
use crate::model::{Document, Joint, MediaType};
use crate::read::read_here;

/// Text and joint of each line of each page.
fn lines(document: &Document) -> Vec<Vec<(&str, Joint)>> {
    let pages = document.pages.iter();
    pages.map(|page| page.lines.iter().map(|line| (line.text.as_str(), line.joint)).collect()).collect()
}

#[test]
fn every_sample_reads_like_its_pdf() {
    use hetong_corpus::layout::{HalfWidth, Style, lay_out};
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/golden");
    let samples = Golden::load_all(&folder).expect("the samples");
    assert!(!samples.is_empty());
    for golden in samples {
        let pages = lay_out(&golden.document().expect("a source"), &HalfWidth, &Style::default());
        let (from_ofd, result) = read(&ofd::render_pages(&pages).expect("an OFD"));
        assert!(result.is_ok(), "{}: {result:?}", golden.slug);
        let pdf = render_pages(&pages, PredefinedCMap::UniGbUtf16, Finish::default()).expect("a PDF");
        assert_eq!(lines(&from_ofd), lines(&read_here(&pdf)), "{}", golden.slug);
        assert_eq!((from_ofd.media_type, from_ofd.issues.len()), (MediaType::Ofd, 0), "{}", golden.slug);
    }
}
