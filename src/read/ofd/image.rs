//! The picture that a page consists of.

use super::canvas::Placed;
use super::package::{Fault, Package};
use super::resources::Resources;
use crate::model::BBox;

/// A picture as the file holds it, and where it lies on the page.
#[derive(Debug, Clone)]
pub(in crate::read) struct PageImage {
    /// The encoded picture: JPEG, PNG, BMP, TIFF, JBIG2 …
    pub bytes: Vec<u8>,
    /// Where, in points, cut to the page.
    pub bbox: BBox,
}

impl PageImage {
    /// Format, length and size on the page, in Chinese.
    pub fn describe(&self) -> String {
        format!(
            "图像格式 {}，{} 字节，占 {:.0}×{:.0} 点",
            self.format(),
            self.bytes.len(),
            self.bbox.width(),
            self.bbox.height()
        )
    }

    /// The format by the first bytes: what the file calls it is often wrong.
    fn format(&self) -> &'static str {
        const FORMATS: [(&[u8], &str); 8] = [
            (b"\xFF\xD8\xFF", "JPEG"),
            (b"\x89PNG", "PNG"),
            (b"BM", "BMP"),
            (b"II*\0", "TIFF"),
            (b"MM\0*", "TIFF"),
            (b"GIF8", "GIF"),
            (b"\x97JB2", "JBIG2"),
            (b"\0\0\0\x0CjP", "JPEG 2000"),
        ];
        let found = FORMATS.iter().find(|(magic, _)| self.bytes.starts_with(magic));
        found.map_or("未知", |(_, name)| name)
    }
}

/// The picture that takes most of the page; of equals the one that lies on top.
pub(super) fn largest(pictures: &[Placed]) -> Option<&Placed> {
    pictures.iter().max_by(|a, b| a.share.total_cmp(&b.share))
}

/// Takes a picture of the page out of the package.
///
/// # Errors
///
/// The page names a picture that is not there or does not unpack.
pub(super) fn page_image(
    package: &mut Package<'_>,
    resources: &Resources,
    placed: &Placed,
) -> Result<PageImage, Fault> {
    let part = placed.resource.and_then(|id| resources.images.get(&id));
    let part = part.ok_or_else(|| Fault::Missing("图像资源".to_owned()))?;
    Ok(PageImage { bytes: package.read(part)?, bbox: placed.bbox() })
}
