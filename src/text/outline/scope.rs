//! Where counting stops: attachments, the signature block, tables of contents.

use crate::model::text::Paragraph;

/// Do all open clauses end before this paragraph?
pub fn ends_clauses(folded: &str, paragraph: &Paragraph) -> bool {
    paragraph.table.is_none() && (is_attachment_heading(folded) || begins_signatures(folded))
}

/// 附件一：货物清单 as a heading — not 附件一所列货物.
fn is_attachment_heading(folded: &str) -> bool {
    let Some(rest) = ["附件", "附录", "附表"].iter().find_map(|word| folded.strip_prefix(word)) else {
        return false;
    };
    let number = rest.trim_start_matches(|c: char| c.is_ascii_digit() || crate::text::script::is_numeral(c));
    let sentence = folded.contains(['。', ',', ';']) || folded.ends_with(':');
    let set_off = number.is_empty()
        || number.starts_with([':', '\t', '.', '、', '《', '(', '-'])
        || number.len() < rest.len();
    !sentence
        && set_off
        && folded.chars().count() <= 30
        && !number.starts_with(['为', '所', '是', '中', '的', '系'])
}

/// （以下无正文）, or the row in which the parties sign.
fn begins_signatures(folded: &str) -> bool {
    const WORDS: &[&str] = &["以下无正文", "此页无正文", "本页无正文", "以下为签署页", "本页为签署页"];
    let opening: String = folded.trim_start_matches(['(', '【', '[']).chars().take(8).collect();
    WORDS.iter().any(|word| opening.starts_with(word)) || is_signature_row(folded)
}

/// 甲方（盖章）： or 甲方：　　乙方： in two columns.
fn is_signature_row(folded: &str) -> bool {
    const PARTIES: &[&str] = &[
        "甲方",
        "采购人",
        "发包人",
        "发包方",
        "委托人",
        "委托方",
        "买方",
        "需方",
        "出租方",
        "出租人",
        "供应商",
        "用人单位",
    ];
    const ACTS: &[&str] =
        &["(盖章", "(公章", "(签章", "(签字", "(签名", "(盖公章", "(加盖", "盖章", "签字", "签章"];
    let Some(rest) = PARTIES.iter().find_map(|party| folded.strip_prefix(party)) else { return false };
    let paired = PARTIES
        .iter()
        .chain(&["乙方", "承包人", "卖方", "供方", "承租"])
        .any(|other| rest.split('\t').skip(1).any(|column| column.starts_with(other)));
    if paired {
        return true;
    }
    let rest = rest.trim_start_matches('\t');
    ACTS.iter().any(|act| rest.starts_with(act)) && !folded.contains(['。', ';'])
}

/// 第一条 定义……3: a line of a table of contents.
pub fn is_contents_line(folded: &str) -> bool {
    let before = folded.trim_end_matches(|c: char| c.is_ascii_digit());
    let numbered = before.len() < folded.len();
    let before = before.trim_end_matches(['\t', ' ']);
    let dots = before.chars().rev().take_while(|c| matches!(c, '.' | '…' | '·' | '-' | '_')).count();
    let ellipsis = before.ends_with('…');
    numbered && (dots >= 4 || (ellipsis && dots >= 1))
}
