//! What is said about signatures, in Chinese.

use super::check::Checked;
use crate::model::issue::Folded;
use crate::model::{Issue, Level, Stage};
use crate::read::ofd::package::Fault;
use crate::read::ofd::report::shortened;

/// Said of every signature.
const UNVERIFIED: &str = "签名未经密码学验证（证书和签名值未核验）";
/// Characters of a seal's name, a time or a method that are told.
const QUOTED: usize = 60;
/// Parts that are named.
const NAMED: usize = 3;

fn issue(level: Level, code: &str, message: String) -> Issue {
    Issue::new(level, Stage::Read, code, message)
}

/// What the check of signature `index` (from 1) found.
pub(super) fn signature(index: usize, checked: &Checked) -> Issue {
    let mut faults = Vec::new();
    if !checked.wrong.is_empty() {
        faults.push(format!(
            "{} 个受保护部件的摘要不符（{}），文件可能在签名后被改动",
            checked.wrong.len(),
            names(&checked.wrong)
        ));
    }
    if !checked.missing.is_empty() {
        faults.push(format!("{} 个受保护部件缺失（{}）", checked.missing.len(), names(&checked.missing)));
    }
    if checked.description == Some(false) {
        faults.push("签名值中的摘要与签名描述文件不符".to_owned());
    }
    if !faults.is_empty() {
        return issue(Level::Warning, "signature-mismatch", message(index, checked, &faults.join("；")));
    }
    if checked.unknown > 0 || checked.parts.is_empty() {
        return issue(Level::Warning, "signature-unchecked", message(index, checked, &unchecked(checked)));
    }
    let right = format!("{} 个受保护部件的摘要全部相符", checked.right);
    issue(Level::Info, "signature-digests-match", message(index, checked, &right))
}

fn unchecked(checked: &Checked) -> String {
    match &checked.method {
        _ if checked.parts.is_empty() => "没有列出受保护的部件".to_owned(),
        Some(method) => format!("摘要算法 {} 不支持，摘要未核对", shortened(method, QUOTED)),
        None => format!("{} 个受保护部件的摘要无法核对（算法不明）", checked.unknown),
    }
}

fn message(index: usize, checked: &Checked, what: &str) -> String {
    let seal = checked.name.as_deref().map(|name| format!("印章“{}”", shortened(name, QUOTED)));
    let time = checked.time.as_deref().map(|time| format!("时间 {}", shortened(time, QUOTED)));
    let of: Vec<String> = seal.into_iter().chain(time).collect();
    let of = if of.is_empty() { String::new() } else { format!("（{}）", of.join("，")) };
    format!("电子签名 {index}{of}：{what}；{UNVERIFIED}")
}

fn names(parts: &[String]) -> String {
    let more = if parts.len() > NAMED { " 等" } else { "" };
    let shown: Vec<String> = parts.iter().take(NAMED).map(|part| shortened(part, QUOTED)).collect();
    format!("{}{more}", shown.join("、"))
}

/// Pages that no signature protects.
pub(super) fn uncovered(pages: &[u32]) -> Option<Issue> {
    let issues: Vec<Issue> = pages
        .iter()
        .map(|&page| issue(Level::Warning, "signature-partial", String::new()).on_page(page))
        .collect();
    let list = Folded::all(&issues).first()?.page_list();
    let message = format!("第 {list} 页不在任何电子签名的保护范围内，签名后可能被增改；{UNVERIFIED}");
    Some(issue(Level::Warning, "signature-partial", message))
}

/// The list of signatures cannot be had.
pub(super) fn list_lost(fault: &Fault) -> Issue {
    issue(Level::Warning, "signature-unchecked", format!("电子签名列表无法读取：{fault}；{UNVERIFIED}"))
}

/// A signature's description cannot be had.
pub(super) fn signature_lost(index: usize, fault: &Fault) -> Issue {
    let message = format!("电子签名 {index} 无法读取：{fault}；{UNVERIFIED}");
    issue(Level::Warning, "signature-unchecked", message)
}

/// A seal that stands on no page of the document.
pub(super) fn stamp_lost(index: usize) -> Issue {
    let message = format!("电子签名 {index} 的印章位置有误，找不到所在页面；请与原件核对");
    issue(Level::Warning, "seal-misplaced", message)
}
