//! Courts and arbitral bodies by what people call them (深国仲, 贸仲, CIETAC): names that do not end as those of bodies do.

use std::ops::Range;

use super::super::reading::Reading;
use crate::model::fields::DisputeKind;
use crate::text::script::is_hanzi;

/// So many places of one name are looked at.
const MOST: usize = 20;

/// The places of such names in a stretch, with the kind of body, in order.
pub fn find(reading: &Reading<'_>, text: &str) -> Vec<(Range<usize>, DisputeKind)> {
    let speaks = ["仲裁", "裁决", "法院", "诉讼", "起诉"].iter().any(|word| text.contains(word));
    if !speaks {
        return Vec::new();
    }
    let mut found: Vec<(Range<usize>, DisputeKind)> = Vec::new();
    for body in &reading.lexicon.institutions.body {
        for name in body.names().filter(|name| !["仲裁", "法院"].iter().any(|word| name.contains(word))) {
            let places = text.match_indices(name).take(MOST).map(|(at, _)| at..at + name.len());
            let places = places.filter(|at| is_whole(text, at) && !names_rules(&text[at.end..]));
            found.extend(places.map(|at| (at, body.kind)));
        }
    }
    // 贸仲 is a part of 中国贸仲 and 贸仲委.
    let all = found.clone();
    let inside = |a: &Range<usize>, b: &Range<usize>| a != b && b.start <= a.start && a.end <= b.end;
    found.retain(|(at, _)| !all.iter().any(|(other, _)| inside(at, other)));
    found.sort_by_key(|(at, _)| at.start);
    found.dedup_by_key(|(at, _)| at.start);
    found
}

/// CIETAC, but not within a longer word; 北仲, but not in 湖北仲裁 or 深仲大厦, and not asked to mediate.
fn is_whole(text: &str, at: &Range<usize>) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let (before, behind) = (text[..at.start].chars().next_back(), &text[at.end..]);
    if text[at.clone()].is_ascii() {
        return !letter(before) && !letter(behind.chars().next()) && !behind.starts_with(['型', '牌']);
    }
    let goes_on = ["大厦", "大楼", "路", "调解", "裁委", "裁院"].iter().any(|word| behind.starts_with(word));
    let begins = before.is_none_or(|c| !is_hanzi(c) || BEFORE.contains(c));
    begins && !goes_on
}

/// What may stand before the short name of a body: 提交贸仲, 由北仲裁决, 深圳市的深国仲.
const BEFORE: &str = "向交至到由请在以为与和或及是的将经诉选择";

/// The rules of a body choose no body: 国际商会仲裁规则.
fn names_rules(behind: &str) -> bool {
    ["规则", "仲裁规则", "的仲裁规则", "现行", "国际贸易", "示范", " Rules", "仲裁院", "仲裁中心", "国际仲裁"]
        .iter()
        .any(|word| behind.starts_with(word))
}
