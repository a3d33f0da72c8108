//! What the pictures of a page lack, although they can be shown.

/// A fault in a page's images that its picture does not show by itself: decoders fill what is missing with paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flaw {
    /// The data of an image ends before the image does: its lower part was never seen.
    CutOff,
    /// An image on the page cannot be decoded at all.
    Undecodable,
}

impl Flaw {
    /// For people.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::CutOff => "图像数据不完整，缺失部分的文字没有读到",
            Self::Undecodable => "页面上有图像无法解码，其中的文字没有读到",
        }
    }
}
