//! The few shapes of XML that all parts share.

/// The declaration at the head of each part.
pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The namespaces that the text-bearing parts declare.
pub(super) const NAMESPACES: &str = concat!(
    r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
    r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" "#,
    r#"xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" "#,
    r#"xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" "#,
    r#"xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" "#,
    r#"xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" "#,
    r#"xmlns:v="urn:schemas-microsoft-com:vml" "#,
    r#"xmlns:o="urn:schemas-microsoft-com:office:office""#,
);

/// Text as XML content or attribute value. Characters that XML 1.0 forbids are dropped.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}

/// Runs of text. Word starts a new run where Latin and Chinese meet, so this does too.
pub(super) fn runs(text: &str) -> String {
    tagged_runs(text, "w:t")
}

/// Runs of deleted text.
pub(super) fn deleted_runs(text: &str) -> String {
    tagged_runs(text, "w:delText")
}

fn tagged_runs(text: &str, tag: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let other = |c: char| c.is_ascii() != first.is_ascii();
        let (run, tail) = rest.split_at(rest.find(other).unwrap_or(rest.len()));
        out.push_str(&format!("<w:r><{tag} xml:space=\"preserve\">{}</{tag}></w:r>", escape(run)));
        rest = tail;
    }
    out
}

/// A paragraph of properties and content, both XML.
pub(super) fn paragraph(properties: &str, content: &str) -> String {
    match properties {
        "" => format!("<w:p>{content}</w:p>"),
        _ => format!("<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"),
    }
}

/// A complex field: its instruction and the runs that show its result.
pub(super) fn complex_field(instruction: &str, result: &str) -> String {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    format!(
        "{}<w:r><w:instrText xml:space=\"preserve\"> {} </w:instrText></w:r>{}{result}{}",
        mark("begin"),
        escape(instruction),
        mark("separate"),
        mark("end"),
    )
}

/// A simple field.
pub(super) fn simple_field(instruction: &str, result: &str) -> String {
    format!("<w:fldSimple w:instr=\" {} \">{result}</w:fldSimple>", escape(instruction))
}
