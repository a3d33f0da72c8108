//! Originals and copies (正本、副本) counted apart, and whose they are where it is told in short (甲三乙一, 双方平分).

use std::sync::LazyLock;

use crate::fields::scan::{Captures, Regex};

use super::super::reading::Reading;
use super::super::resolve::Witness;
use super::super::scan::{numeral, pattern};
use super::{HELD, NUMERAL, TENDER, count, holders, holdings};
use crate::model::fields::{Copies, Holding, Party};

/// 四份，甲三乙一; 四份，双方平分: whose they are, told in short; nobody where the parts do not make up the whole.
pub(super) fn in_short(behind: &str, total: u32, parties: &[Party]) -> Vec<Holding> {
    static LETTERS: LazyLock<Regex> =
        LazyLock::new(|| pattern(&format!(r"^[,:]?(?:[甲乙丙丁]{NUMERAL}[、,]?){{2,4}}(?:$|[,。;])")));
    static EACH: LazyLock<Regex> =
        LazyLock::new(|| pattern(&format!(r"(?P<letter>[甲乙丙丁])(?P<n>{NUMERAL})")));
    static HALVES: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^[,:]?(?:甲乙)?(?:双方)?(?:平分|各半|对半|均分|对等)(?:$|[,。;])"));
    let held: Vec<Holding> = if let Some(all) = LETTERS.find(behind) {
        let one = |found: Captures<'_>| {
            let number = u32::try_from(numeral::integer(found.name("n")?.as_str())?).ok()?;
            Some(Holding { holder: format!("{}方", found.name("letter")?.as_str()), number })
        };
        EACH.captures_iter(all.as_str()).filter_map(one).collect()
    } else if HALVES.is_match(behind) && parties.len() == 2 && total.is_multiple_of(2) {
        let both = holders("双方", true, parties).into_iter();
        both.map(|holder| Holding { holder, number: total / 2 }).collect()
    } else {
        Vec::new()
    };
    let sum: u32 = held.iter().map(|held| held.number).sum();
    if sum == total { held } else { Vec::new() }
}

/// 正本两份，双方各执一份；副本六份，甲方四份，乙方两份: eight in all, and each has what it holds of both kinds.
pub(super) fn apart(reading: &Reading<'_>, parties: &[Party]) -> Option<Witness<Copies>> {
    static APART: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"正本(?:[^。;\n\d]{{0,6}}[一壹1]式)?_*(?P<originals>{NUMERAL})_*份,(?P<first>[^。;\n副]{{4,60}})[;,。]副本(?:[^。;\n\d]{{0,6}}[一壹1]式)?_*(?P<copies>{NUMERAL})_*份,(?P<second>[^。;\n]{{4,90}})"
        ))
    });
    reading.captures_all(&APART).find_map(|found| {
        let (first, second) = (found.name("first")?, found.name("second")?);
        let (own, _) = holdings(reading, parties, first.range());
        let (more, end) = holdings(reading, parties, second.range());
        let numbers = [count(&found, "originals", "again")?, count(&found, "copies", "again")?];
        let sum = |held: &[Holding]| held.iter().map(|held| held.number).sum::<u32>();
        if [sum(&own), sum(&more)] != numbers {
            return None;
        }
        let mut by = own;
        for held in more {
            match by.iter_mut().find(|known| known.holder == held.holder) {
                Some(known) => known.number += held.number,
                None => by.push(held),
            }
        }
        let total = Some(numbers.iter().sum());
        Some(Witness::new(Copies { total, by }, found.get(0)?.start()..end, 0.92, "copies/kinds"))
    })
}

/// 正本一式二份，副本一式八份: each is a kind of copy, and no sum is stated.
pub(super) fn kinds(reading: &Reading<'_>, parties: &[Party], stated: bool) -> Option<Witness<Copies>> {
    static BOTH: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?P<held>[执持各存留])?(?:有)?正本(?:[^。;\n]{{0,6}}[一壹1]式)?[_—\t -]*(?P<originals>{NUMERAL})(?:\((?P<originals_again>{NUMERAL})\))?[_—\t -]*份[,、]?(?:和|及)?副本(?:[^。;\n]{{0,6}}[一壹1]式)?[_—\t -]*(?P<copies>{NUMERAL})(?:\((?P<copies_again>{NUMERAL})\))?[_—\t -]*份(?:[,、;](?:正副本)?(?:合计|总计|共计|共|一共)(?P<sum>{NUMERAL})份)?"
        ))
    });
    let found = BOTH.captures_iter(reading.body).find(|found| {
        let before = |at: usize| reading.slice(reading.sentence(at).start..at);
        let whole = found.get(0);
        // 正本二份，副本四份 beside 一式六份 says how the six are made.
        let own = !stated || whole.is_some_and(|whole| whole.as_str().matches('式').count() == 2);
        own && found.name("held").is_none()
            && whole.is_some_and(|whole| !TENDER.is_match(before(whole.start())))
    })?;
    let held = |holder: &str, name, again| {
        count(&found, name, again).map(|number| Holding { holder: holder.to_owned(), number })
    };
    let by = vec![held("正本", "originals", "originals_again")?, held("副本", "copies", "copies_again")?];
    let whole = found.get(0)?;
    if whole.as_str().contains('式') {
        let total = count(&found, "sum", "again");
        return Some(Witness::new(Copies { total, by }, whole.range(), 0.93, "copies/kinds"));
    }
    // 正本二份，副本四份，甲方执正本一份、副本三份: six in all, and each has what it holds of both.
    let total: u32 = by.iter().map(|held| held.number).sum();
    let sum = count(&found, "sum", "again").unwrap_or(total);
    let shares = shares(reading, parties, whole.end());
    let whose = if shares.iter().map(|held| held.number).sum::<u32>() == sum { shares } else { Vec::new() };
    Some(Witness::new(Copies { total: Some(sum), by: whose }, whole.range(), 0.9, "copies/kinds"))
}

/// Who holds how many of originals and copies together, behind a place.
pub(super) fn shares(reading: &Reading<'_>, parties: &[Party], from: usize) -> Vec<Holding> {
    static SHARE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?P<holder>[^,。;:\n\d()]{{1,14}}?)(?P<each>各(?:自)?)?(?:执有?|持有?|存有?|保存|留存)?正本(?P<originals>{NUMERAL})份[,、]?(?:和|及)?副本(?P<copies>{NUMERAL})份"
        ))
    });
    let text = reading.slice(from..reading.floor((from + HELD).min(reading.body.len())));
    let text = text.split('\n').next().unwrap_or(text);
    let mut held = Vec::new();
    for found in SHARE.captures_iter(text) {
        let Some(holder) = found.name("holder") else { continue };
        let numbers = [count(&found, "originals", "again"), count(&found, "copies", "again")];
        let [Some(originals), Some(copies)] = numbers else { continue };
        let holders = holders(holder.as_str(), found.name("each").is_some(), parties);
        held.extend(holders.into_iter().map(|holder| Holding { holder, number: originals + copies }));
    }
    held
}
