//! The element names that the reader knows, in both dialects of the format.
//!
//! ISO/IEC 29500 has two dialects, *transitional* (what Word and WPS write) and *strict*; they differ in the
//! namespaces only. Inside this reader an element is called by its customary prefix and its local name.

/// Namespace and customary prefix.
const SPACES: &[(&str, &str)] = &[
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w"),
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", "w"),
    ("http://schemas.microsoft.com/office/word/2010/wordml", "w14"),
    ("http://schemas.openxmlformats.org/markup-compatibility/2006", "mc"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/math", "m"),
    ("http://purl.oclc.org/ooxml/officeDocument/math", "m"),
    ("http://schemas.openxmlformats.org/drawingml/2006/picture", "pic"),
    ("http://purl.oclc.org/ooxml/drawingml/picture", "pic"),
    ("urn:schemas-microsoft-com:vml", "v"),
    ("http://schemas.openxmlformats.org/package/2006/relationships", "r"),
    ("http://schemas.openxmlformats.org/package/2006/content-types", "ct"),
];

/// Every element that some part of the reader asks for, sorted.
const NAMES: &[&str] = &[
    "m:num",
    "m:oMath",
    "m:oMathPara",
    "m:r",
    "m:sup",
    "m:t",
    "mc:AlternateContent",
    "mc:Choice",
    "mc:Fallback",
    "pic:pic",
    "r:Relationship",
    "v:imagedata",
    "v:textpath",
    "w14:checkbox",
    "w14:checked",
    "w:abstractNum",
    "w:abstractNumId",
    "w:altChunk",
    "w:basedOn",
    "w:br",
    "w:cellDel",
    "w:cellIns",
    "w:checkBox",
    "w:checked",
    "w:comboBox",
    "w:comment",
    "w:commentReference",
    "w:cr",
    "w:dataBinding",
    "w:date",
    "w:ddList",
    "w:default",
    "w:del",
    "w:delInstrText",
    "w:delText",
    "w:docDefaults",
    "w:dropDownList",
    "w:dstrike",
    "w:endnote",
    "w:endnoteReference",
    "w:evenAndOddHeaders",
    "w:ffData",
    "w:fldChar",
    "w:fldSimple",
    "w:footerReference",
    "w:footnote",
    "w:footnoteReference",
    "w:gridBefore",
    "w:gridSpan",
    "w:hMerge",
    "w:headerReference",
    "w:ilvl",
    "w:ins",
    "w:instrText",
    "w:isLgl",
    "w:jc",
    "w:listEntry",
    "w:lvl",
    "w:lvlOverride",
    "w:lvlPicBulletId",
    "w:lvlRestart",
    "w:lvlText",
    "w:moveFrom",
    "w:moveTo",
    "w:name",
    "w:noBreakHyphen",
    "w:num",
    "w:numFmt",
    "w:numId",
    "w:numStyleLink",
    "w:numberingChange",
    "w:outlineLvl",
    "w:p",
    "w:pPr",
    "w:pPrChange",
    "w:pStyle",
    "w:ptab",
    "w:r",
    "w:rFonts",
    "w:rPr",
    "w:rPrChange",
    "w:rStyle",
    "w:result",
    "w:rt",
    "w:sdt",
    "w:sdtPr",
    "w:sectPr",
    "w:sectPrChange",
    "w:showingPlcHdr",
    "w:start",
    "w:startOverride",
    "w:strike",
    "w:style",
    "w:suff",
    "w:sym",
    "w:sz",
    "w:t",
    "w:tab",
    "w:tbl",
    "w:tblPrChange",
    "w:tblStylePr",
    "w:tc",
    "w:tcPr",
    "w:tcPrChange",
    "w:text",
    "w:titlePg",
    "w:tr",
    "w:trPr",
    "w:trPrChange",
    "w:txbxContent",
    "w:u",
    "w:vMerge",
    "w:vanish",
];

/// The customary name of an element, or nothing when the reader has no use for it.
pub(super) fn name(space: &str, local: &str) -> &'static str {
    SPACES.iter().find(|(uri, _)| *uri == space).map_or("", |(_, prefix)| prefixed(prefix, local))
}

/// The same by prefix.
pub(super) fn prefixed(prefix: &str, local: &str) -> &'static str {
    let wanted = || prefix.bytes().chain(*b":").chain(local.bytes());
    let found = NAMES.binary_search_by(|name| name.bytes().cmp(wanted()));
    found.ok().and_then(|index| NAMES.get(index)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_so_that_they_can_be_found() {
        assert!(NAMES.is_sorted());
    }

    #[test]
    fn both_dialects_give_one_name() {
        assert_eq!(name("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "p"), "w:p");
        assert_eq!(name("http://purl.oclc.org/ooxml/wordprocessingml/main", "p"), "w:p");
        assert_eq!(name("urn:other", "p"), "");
    }
}
