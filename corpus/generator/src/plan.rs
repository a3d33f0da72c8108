//! The plan of an archive: which contract becomes which file.
//!
//! A plan is TOML with a list for each format; `path` is the file to make, below the
//! archive's folder, and `source` the slug of a contract:
//!
//! ```toml
//! [[pdf]]
//! path = "2023/采购/办公家具采购合同.pdf"
//! source = "office-furniture-purchase"
//! kind = { predefined = "GBK-EUC-H" }   # or { embedded = "song" }, { font-cmap = "kai" }, …
//! fake-bold = true                      # optional, as is `rotated`
//!
//! [[docx]]
//! path = "2023/采购/补充协议.docx"
//! source = "supplement"
//! with = ["numbering", "tracked-change"]
//!
//! [[ofd]]
//! path = "2024/服务/物业服务合同.ofd"
//! source = "property-service"
//!
//! [[text]]
//! path = "2023/其他/备忘.txt"
//! source = "memo"
//! encoding = "gb18030"
//!
//! [[scan]]
//! path = "2023/租赁/扫描件.pdf"
//! source = "lease"
//! font = "kai"
//! dpi = 150
//! seed = 7
//! container = "tiff"                    # optional: sealed, signed, and in this kind of file
//! ```

use std::collections::BTreeSet;
use std::path::{Component, Path};

use serde::Deserialize;

use crate::docx::Extras;
use crate::font::Family;
use crate::pdf::{Finish, PdfKind};
use crate::plain::Encoding;
use crate::rendering::{Container, Rendering, ScanSpec};

/// A file to make.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedFile {
    /// Where, below the archive's folder, with `/` between folders.
    pub path: String,
    /// The slug of the contract.
    pub source: String,
    /// How.
    pub rendering: Rendering,
}

/// Why a plan cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// No TOML, or keys and values that a plan does not know.
    #[error("the plan cannot be read: {0}")]
    Syntax(#[from] toml::de::Error),
    /// A path that is absolute, empty or leaves the archive's folder.
    #[error("the path {0:?} must lie below the archive's folder")]
    Path(String),
    /// The path's ending belongs to another format.
    #[error("the path {path:?} must end with .{extension}")]
    Extension {
        /// The path.
        path: String,
        /// What it should end with.
        extension: &'static str,
    },
    /// Two files at one place.
    #[error("the path {0:?} is planned twice")]
    Repeated(String),
    /// A resolution at which no page can be read, or fits.
    #[error("{path:?}: {dpi} dpi is outside of 50 to 600")]
    Resolution {
        /// The path.
        path: String,
        /// The resolution.
        dpi: u16,
    },
}

/// Reads a plan; the files come in the order of their paths.
///
/// # Errors
///
/// If the plan is no TOML of the form above, or asks for something that cannot be.
pub fn parse(toml: &str) -> Result<Vec<PlannedFile>, PlanError> {
    let plan: RawPlan = toml::from_str(toml)?;
    let pdf = plan.pdf.into_iter().map(RawPdf::check);
    let docx = plan.docx.into_iter().map(RawDocx::check);
    let ofd = plan.ofd.into_iter().map(RawOfd::check);
    let text = plan.text.into_iter().map(RawText::check);
    let scan = plan.scan.into_iter().map(RawScan::check);
    let mut files = pdf.chain(docx).chain(ofd).chain(text).chain(scan).collect::<Result<Vec<_>, _>>()?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    match files.windows(2).find(|pair| pair[0].path == pair[1].path) {
        Some(pair) => Err(PlanError::Repeated(pair[0].path.clone())),
        None => Ok(files),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPlan {
    #[serde(default)]
    pdf: Vec<RawPdf>,
    #[serde(default)]
    docx: Vec<RawDocx>,
    #[serde(default)]
    ofd: Vec<RawOfd>,
    #[serde(default)]
    text: Vec<RawText>,
    #[serde(default)]
    scan: Vec<RawScan>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct RawPdf {
    path: String,
    source: String,
    kind: PdfKind,
    #[serde(default)]
    fake_bold: bool,
    #[serde(default)]
    rotated: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDocx {
    path: String,
    source: String,
    #[serde(default)]
    with: BTreeSet<crate::docx::Extra>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOfd {
    path: String,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawText {
    path: String,
    source: String,
    encoding: Encoding,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawScan {
    path: String,
    source: String,
    font: Family,
    dpi: u16,
    seed: u64,
    container: Option<Container>,
}

impl RawPdf {
    fn check(self) -> Result<PlannedFile, PlanError> {
        let finish = Finish { fake_bold: self.fake_bold, rotated: self.rotated };
        file(self.path, self.source, Rendering::Pdf(self.kind, finish))
    }
}

impl RawDocx {
    fn check(self) -> Result<PlannedFile, PlanError> {
        file(self.path, self.source, Rendering::Docx(Extras(self.with)))
    }
}

impl RawOfd {
    fn check(self) -> Result<PlannedFile, PlanError> {
        file(self.path, self.source, Rendering::Ofd)
    }
}

impl RawText {
    fn check(self) -> Result<PlannedFile, PlanError> {
        file(self.path, self.source, Rendering::Text(self.encoding))
    }
}

impl RawScan {
    fn check(self) -> Result<PlannedFile, PlanError> {
        if !(50..=600).contains(&self.dpi) {
            return Err(PlanError::Resolution { path: self.path, dpi: self.dpi });
        }
        let spec = ScanSpec { font: self.font, dpi: self.dpi, seed: self.seed, container: self.container };
        file(self.path, self.source, Rendering::Scan(spec))
    }
}

fn file(path: String, source: String, rendering: Rendering) -> Result<PlannedFile, PlanError> {
    let inside = Path::new(&path).components().all(|part| matches!(part, Component::Normal(_)));
    if path.is_empty() || !inside {
        return Err(PlanError::Path(path));
    }
    let extension = rendering.extension();
    if Path::new(&path).extension().is_none_or(|found| found != extension) {
        return Err(PlanError::Extension { path, extension });
    }
    Ok(PlannedFile { path, source, rendering })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::docx::Extra;
    use crate::pdf::PredefinedCMap;

    #[test]
    fn all_lists() {
        let plan = r#"
            [[text]]
            path = "b.txt"
            source = "s"
            encoding = "utf-16le"
            [[pdf]]
            path = "2023/采购/a b.pdf"
            source = "s"
            kind = { predefined = "GBK2K-H" }
            rotated = true
            [[ofd]]
            path = "e.ofd"
            source = "s"
            [[docx]]
            path = "c.docx"
            source = "s"
            with = ["numbering", "text-box"]
            [[scan]]
            path = "d.pdf"
            source = "s"
            font = "kai"
            dpi = 150
            seed = 1
        "#;
        let renderings: Vec<_> = parse(plan).unwrap().into_iter().map(|file| file.rendering).collect();
        let finish = Finish { fake_bold: false, rotated: true };
        assert_eq!(
            renderings,
            [
                Rendering::Pdf(PdfKind::Predefined(PredefinedCMap::Gbk2k), finish),
                Rendering::Text(Encoding::Utf16le),
                Rendering::Docx(Extras([Extra::Numbering, Extra::TextBox].into())),
                Rendering::Scan(ScanSpec { font: Family::Kai, dpi: 150, seed: 1, container: None }),
                Rendering::Ofd,
            ]
        );
    }

    fn text(path: &str) -> String {
        format!("[[text]]\npath = {path:?}\nsource = \"s\"\nencoding = \"utf-8\"\n")
    }

    #[test]
    fn what_cannot_be_is_refused() {
        for path in ["../a.txt", "/a.txt", "", "a/../b.txt"] {
            assert_eq!(parse(&text(path)), Err(PlanError::Path(path.to_owned())));
        }
        let pdf = PlanError::Extension { path: "a.pdf".to_owned(), extension: "txt" };
        assert_eq!(parse(&text("a.pdf")), Err(pdf));
        let twice = text("a.txt") + &text("a.txt");
        assert_eq!(parse(&twice), Err(PlanError::Repeated("a.txt".to_owned())));
    }

    #[test]
    fn a_mistyped_key_or_value_is_named_with_its_line() {
        let error = parse(&text("a.txt").replace("utf-8", "utf-9")).unwrap_err().to_string();
        assert!(error.contains("line 4") && error.contains("utf-9"), "{error}");
        let error = parse("[[pdf]]\npath = \"a\"\ncolour = 1\n").unwrap_err().to_string();
        assert!(error.contains("line 3") && error.contains("colour"), "{error}");
    }
}
