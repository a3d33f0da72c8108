//! The heading of a clause: 第九条【违约责任】, 第九条　违约责任, 九、违约责任：…

use super::numbering::Label;
use crate::model::Text;
use crate::model::text::{Numbering, Paragraph};
use crate::text::script::is_hanzi;

/// Longest heading, in characters.
const LONGEST: usize = 30;
/// Longest heading that a sentence follows in the same paragraph.
const LONGEST_RUN_IN: usize = 15;

/// The heading that follows a clause's number, folded, where there is one.
pub fn heading(text: &Text, paragraph: &Paragraph, label: &Label) -> Option<String> {
    let folded = text.folded_paragraph(paragraph);
    let rest = folded.get(label.length..)?;
    let lead = rest.trim_start_matches(['\t', ' ', ':', '、', '.']);
    let at = folded.len() - lead.len();
    let found = bracketed(lead)
        .or_else(|| whole(lead.split_once('\t').map_or(lead, |(first, _)| first)))
        .or_else(|| before_mark(lead, label.is_worded()))
        .or_else(|| before_gap(text, paragraph.shadow.start + at, lead, label));
    found.map(|heading| heading.trim_end_matches(':').replace('\t', "")).filter(|heading| is_heading(heading))
}

fn is_heading(text: &str) -> bool {
    text.chars().any(|c| is_hanzi(c) || c.is_alphabetic()) && !text.starts_with(['_', '/'])
}

/// 【争议解决】 at the start.
fn bracketed(lead: &str) -> Option<&str> {
    let inner =
        lead.strip_prefix('【').or_else(|| lead.strip_prefix('〔')).or_else(|| lead.strip_prefix('['))?;
    let end = inner.find(['】', '〕', ']'])?;
    inner.get(..end).filter(|heading| (1..=LONGEST).contains(&heading.chars().count()))
}

/// The whole paragraph, when it is short and no sentence.
fn whole(lead: &str) -> Option<&str> {
    let short = lead.chars().count() <= LONGEST;
    let heading = lead.trim_end_matches(':');
    let sentence = heading.contains(['。', ';', '!', '?', ':', ',', '_']);
    (short && !heading.is_empty() && !sentence).then_some(heading)
}

/// 争议解决：因本合同…, or 违约责任。甲方…; after 第X条 also 违约责任。 with the text in the next paragraph.
fn before_mark(lead: &str, worded: bool) -> Option<&str> {
    let end = lead.find([':', '。', '、', ',', ';', '\t'])?;
    let heading = lead.get(..end)?;
    let mark = lead.get(end..)?.chars().next()?;
    let limit = match mark {
        ':' if !heading.contains('(') => LONGEST_RUN_IN,
        '。' if lead.len() > end + mark.len_utf8() => 8,
        '。' if worded => LONGEST_RUN_IN,
        _ => return None,
    };
    ((2..=limit).contains(&heading.chars().count())).then_some(heading)
}

/// 第五条 违约责任 甲方…: up to a gap. A narrow gap counts only after 第X条 and the like.
fn before_gap<'a>(text: &Text, start: usize, lead: &'a str, label: &Label) -> Option<&'a str> {
    for (count, (at, c)) in lead.char_indices().enumerate().take(LONGEST_RUN_IN) {
        if c == '\t' {
            return lead.get(..at).filter(|_| count >= 2);
        }
        if matches!(c, '。' | ':' | ',' | ';' | '、' | '_') {
            return None;
        }
        let next = at + c.len_utf8();
        let hanzi = is_hanzi(c) && lead.get(next..)?.starts_with(is_hanzi);
        if hanzi
            && count >= 1
            && label.numbering <= Numbering::Article
            && has_gap(text, start + at, start + next)
        {
            return lead.get(..next);
        }
    }
    None
}

/// Does white space stand in the content between two neighbours of the shadow?
fn has_gap(text: &Text, here: usize, next: usize) -> bool {
    let at = |byte: usize| text.shadow.origin.get(byte).map(|&origin| origin as usize);
    let (Some(here), Some(next)) = (at(here), at(next)) else { return false };
    text.content.get(here..next).is_some_and(|between| between.chars().skip(1).any(char::is_whitespace))
}
