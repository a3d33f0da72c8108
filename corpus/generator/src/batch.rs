//! Born-digital PDFs in memory, for benchmarks.

use crate::archive::vary;
use crate::error::Result;
use crate::golden::sample;
use crate::layout::{HalfWidth, Page, Style, lay_out};
use crate::pdf::{Finish, PredefinedCMap, render_pages};
use crate::source;

/// PDFs with `pages` pages in all, each a different contract of a few pages.
///
/// The files need no fonts, so they are the same on every machine: SimSun under the predefined
/// CMaps in turn. They come as a name and the file's bytes.
///
/// # Errors
///
/// None that the sample contract could cause; it is a result because rendering is.
pub fn pages_batch(pages: usize, seed: u64) -> Result<Vec<(String, Vec<u8>)>> {
    let golden = sample();
    let mut files = Vec::new();
    let mut left = pages;
    for (index, cmap) in PredefinedCMap::ALL.into_iter().cycle().enumerate() {
        if left == 0 {
            break;
        }
        let contract = vary(&golden, seed, index as u64);
        let sheets = sheets(&contract.text)?;
        let count = sheets.len().min(left);
        let bytes = render_pages(&sheets[..count], cmap, Finish::default())?;
        files.push((format!("{index:06}-{}.pdf", cmap.name()), bytes));
        left -= count;
    }
    Ok(files)
}

fn sheets(text: &str) -> Result<Vec<Page>> {
    let document =
        source::parse(text).map_err(|error| crate::Error::Source { slug: "sample".to_owned(), error })?;
    Ok(lay_out(&document, &HalfWidth, &Style::default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_pages_as_asked_for() {
        let files = pages_batch(7, 1).unwrap();
        let pages = |bytes: &[u8]| bytes.windows(11).filter(|w| w == b"/Type /Page").count();
        // `/Type /Pages` matches too, once a file.
        let total: usize = files.iter().map(|(_, bytes)| pages(bytes) - 1).sum();
        assert_eq!(total, 7);
        assert_eq!(files, pages_batch(7, 1).unwrap());
        assert!(pages_batch(0, 1).unwrap().is_empty());
    }
}
