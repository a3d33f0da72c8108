//! `attachment-missing`: an attachment (附件) is named as part of the contract and does not stand in the file.
//!
//! # What it does
//!
//! Takes the attachments that the text names and of which none was found below the signatures.
//!
//! # Why it matters
//!
//! Quantities, prices and standards often stand in the attachment alone; without it nobody can tell what was agreed.
//!
//! # What must not be flagged
//!
//! Attachments that stand in the file; those that are to be made later or exist apart (另册, 另附), where the rule cannot tell; files of which
//! pages were not read.

use crate::fields::scan::Regex;
use serde::Deserialize;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::Parameters;
use super::super::reading::{part_around, sure};
use super::Computed;
use crate::model::Span;
use crate::model::fields::Attachment;

/// The rule.
pub const RULE: Computed =
    Computed { slug: "attachment-missing", variants: &[("missing", &["count", "names"])], compile };

/// An attachment read less surely than this may not be one.
const CERTAIN: f64 = 0.8;

/// From this many characters behind its name on, an attachment stands in one line.
const CONTENT: usize = 6;

/// What the pack says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// Words by which an attachment is said to exist apart from the file.
    apart: Vec<String>,
    /// Words by which an attachment is said to be made later.
    later: Vec<String>,
    /// Words by which something without a number is said to be attached here.
    promised: Vec<String>,
}

#[derive(Debug)]
struct AttachmentMissing {
    apart: Regex,
    later: Regex,
    promised: Regex,
}

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let lexicon = &parameters.toolbox.lexicon;
    let settings: Settings = parameters.parse()?;
    Ok(Box::new(AttachmentMissing {
        apart: lexicon.compile(&settings.apart)?.ok_or("with.apart 为空")?,
        later: lexicon.compile(&settings.later)?.ok_or("with.later 为空")?,
        promised: lexicon.compile(&settings.promised)?.ok_or("with.promised 为空")?,
    }))
}

impl AttachmentMissing {
    /// 平面图作为附件附后, where nothing stands behind the clauses that could be it.
    fn promised(&self, contract: &Contract<'_>) -> Option<Span> {
        let body = contract.text.folded_body();
        let found = self.promised.find(body)?;
        let part = part_around(body, found.range());
        let titled = body.lines().any(|line| line.trim_start_matches(['《', '(']).starts_with("附"));
        (!titled && contract.unread().is_none()).then(|| contract.text.span_of_shadow(part))
    }

    /// The sentence in which it is named.
    fn said<'a>(&self, contract: &Contract<'a>, attachment: &Attachment) -> &'a str {
        let Some(span) = attachment.name.evidence.first() else { return "" };
        contract.text.folded_body().get(contract.reach_of(span)).unwrap_or_default()
    }
}

/// A title without what may stand between its words.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !" \t:、.《》".contains(*c)).collect()
}

/// The heads of the lines that hold something behind a colon, as written and without what may stand between their words.
fn heads(body: &str) -> Vec<(&str, String)> {
    let parted = body.lines().filter_map(|line| line.trim().rsplit_once(':'));
    let held = parted.filter(|(_, content)| content.chars().count() >= CONTENT);
    held.map(|(head, _)| (head, plain(head))).collect()
}

/// Does a line hold the attachment itself, behind its name: 附件二 平面图：门前两侧各三排?
fn stands_here(heads: &[(&str, String)], attachment: &Attachment) -> bool {
    let name = plain(&attachment.name.value.replace('：', ":"));
    heads.iter().any(|(written, head)| {
        // 附件A 服务清单：… is the attachment that a list calls 附件A; 附件十一 is not 附件十.
        let titled = head
            .strip_prefix(name.as_str())
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()));
        let runs_on = written
            .trim_start_matches(['《', '('])
            .strip_prefix(name.as_str())
            .is_some_and(|rest| rest.starts_with(|c| "一二三四五六七八九十百".contains(c)));
        *head == name || name.starts_with("附件") && titled && !runs_on
    })
}

impl Check for AttachmentMissing {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let attachments = &contract.fields().attachments;
        if attachments.is_empty() {
            if let Some(span) = self.promised(contract) {
                let names = span.quote.clone();
                return Verdict::hit(
                    Sighting::new("missing", vec![span]).with("count", 1).with("names", names),
                );
            }
            return Verdict::NotApplicable("文中未提及附件".to_owned());
        }
        let heads = heads(contract.text.folded());
        let missing: Vec<_> = attachments
            .iter()
            .filter(|attachment| {
                attachment.present == Some(false) && attachment.name.confidence.get() >= CERTAIN
            })
            .filter(|attachment| !self.later.is_match(self.said(contract, attachment)))
            .filter(|attachment| !stands_here(&heads, attachment))
            .collect();
        let evidence: Vec<_> =
            missing.iter().filter_map(|attachment| attachment.name.evidence.first()).cloned().collect();
        if missing.is_empty() {
            return Verdict::NothingFound;
        }
        if missing.iter().any(|attachment| self.apart.is_match(self.said(contract, attachment))) {
            return Verdict::cannot_tell("附件另册或另附，不在送审文件中", evidence);
        }
        if sure::is_read_off(contract.text, 0..contract.text.folded_body().len()) {
            return Verdict::cannot_tell("文件系图像识别，附件的标题可能未能辨认", evidence);
        }
        let names: Vec<_> = missing.iter().map(|attachment| attachment.name.value.clone()).collect();
        Verdict::hit(
            Sighting::new("missing", evidence).with("count", names.len()).with("names", names.join("、")),
        )
    }
}
