//! Copies of the contract (份数): 一式六份，甲方执四份，乙方执二份; 正本一式两份、副本四份; 双方各执两份.

mod kinds;

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::{Captures, Regex};

use super::Extractor;
use super::draft::Draft;
use super::phrase;
use super::reading::Reading;
use super::resolve::{Witness, resolve_by};
use super::scan::{numeral, pattern};
use crate::model::fields::{Copies, Holding, Party};
use kinds::{apart, in_short, kinds, shares};

/// The copies.
pub const EXTRACTOR: Extractor =
    Extractor {
        field: "copies", about: "合同份数：一式几份、各方执几份；正本、副本分列", run
    };

const NUMERAL: &str = r"[\d一二三四五六七八九十两壹贰貳叁肆伍陆柒捌玖拾]{1,4}";

/// A statement on copies begins so.
static TOTAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:(?P<kind>正本|副本)[^。;\n]{{0,6}})?(?:一|壹|1)式[_—\t -]*(?P<total>{NUMERAL})(?:\((?P<again>{NUMERAL})\))?[_—\t -]*[份联]|本(?:合同|协议|合约|约定书|意向书|备忘录)[^。;\n\d]{{0,24}}?(?:共|共计|合计|签署|订立|签订)_*(?P<also>{NUMERAL})_*份|(?:^|[\n。;,、:]|合同|协议|合约|[同议约]书|文本)正本_*(?P<originals>{NUMERAL})(?:\((?P<originals_again>{NUMERAL})\))?_*份|(?:^|[\n。;:、.\d) ])(?:本)?(?:合同|协议|文本)(?:书)?:?_*(?P<bare>{NUMERAL})_*份[,。:;]|(?:(?:合同|协议)(?:书|文本)?(?:正本|原件|文本)?(?:一共|共计|合计|总计|共|签订|签署|制作|缮制|打印|印制)(?:成|了)?|(?:合同|协议)?份数(?:为|共|:|\t|】))_*(?P<sum>{NUMERAL})(?:\((?P<sum_again>{NUMERAL})\))?_*份"
    ))
});
static BLANK: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:一|壹|1)式(?:_+|[(\[【][\s_]*[)\]】]|/|\s*[xX×]{1,3})份"));
/// 甲方执四份, 甲、乙双方各执贰份, 备案机关一份, 正本两份.
static HOLDING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:^|[,;、])(?:其中)?(?:各(?:自)?|分别)(?:执有?|持有?|保存|留存|留|存)?[_—\t -]*(?P<all>{NUMERAL})(?:\((?P<all_again>{NUMERAL})\))?[_—\t -]*份|(?:^|[,;、])(?:另|其余|剩余|余下)?(?P<first>{NUMERAL})份(?:报送?|送|交由?|由|给|留)(?P<to>[^,。;、:\n\d(){{}}]{{2,14}}?)(?:备案|存档|备查|归档|保存|留存|保管|存查|执存|[,。;]|$)|(?P<holder>[^,。;、:\n\d(){{}}]{{1,14}}?(?:、[^,。;、:\n\d(){{}}]{{1,8}}?){{0,3}})(?:\([^()\n]{{0,12}}\))?(?P<each>各(?:自)?|分别)?(?:各)?(?:执有?|持有?|保存|留存|留|存档|存查|存|备案|备查|归档|收执|保管|提交|送|报)?[_—\t -]*(?P<number>{NUMERAL})(?:\((?P<again>{NUMERAL})\))?[_—\t -]*份"
    ))
});

fn run(reading: &Reading<'_>, draft: &mut Draft) {
    let parties = &draft.fields.parties;
    let witnesses: Vec<Witness<Copies>> =
        reading.captures_all(&TOTAL).filter_map(|found| witness(reading, parties, &found)).collect();
    // A number of originals is the total only where nothing else is said to be it.
    let plain = |witness: &Witness<Copies>| witness.method != ORIGINALS;
    let stated = witnesses.iter().any(plain);
    let witnesses: Vec<Witness<Copies>> =
        witnesses.into_iter().filter(|witness| !stated || plain(witness)).collect();
    let by_kind = apart(reading, parties).or_else(|| kinds(reading, parties, stated));
    let witnesses = by_kind.map_or(witnesses, |kinds| vec![kinds]);
    draft.fields.copies = resolve_by(reading, witnesses, |a, b| a == b);
    if draft.fields.copies.is_none() {
        let blank = BLANK.find(reading.body).map(|found| reading.sentence(found.start()));
        draft.absent(reading, "copies", blank);
    }
}

/// How a total is found that only the number of originals tells.
const ORIGINALS: &str = "copies/originals";

/// Who holds the copies is told in no more bytes than these.
const HELD: usize = 400;

fn witness(reading: &Reading<'_>, parties: &[Party], found: &Captures<'_>) -> Option<Witness<Copies>> {
    let mut whole = found.get(0)?.range();
    let lead = reading.slice(whole.clone());
    whole.start += lead.len() - lead.trim_start_matches(['。', ';', ',', '、', ':', '\n']).len();
    let total = count(found, "total", "again")
        .or_else(|| count(found, "sum", "sum_again"))
        .or_else(|| count(found, "also", "again"))
        .or_else(|| count(found, "originals", "originals_again"))
        .or_else(|| count(found, "bare", "again"))?;
    let sentence = reading.sentence(whole.start);
    // 一式两份的发货清单
    let of_other = reading.slice(whole.end..sentence.end.max(whole.end)).starts_with('的');
    if !speaks_of_contract(reading.slice(sentence.start..whole.end)) || names_part(found) || of_other {
        return None;
    }
    // 甲方执　两　份: the gaps around a number end no sentence here.
    let behind = reading.slice(whole.end..reading.floor((whole.end + HELD).min(reading.body.len())));
    let stop = whole.end + behind.find(['。', ';', '\n']).unwrap_or(behind.len());
    let rest = whole.end..end_of_holdings(reading, stop).min(whole.end + HELD);
    let kind = found.name("kind").map(|kind| kind.as_str().to_owned());
    let (mut by, mut end) = holdings(reading, parties, rest.start..reading.floor(rest.end));
    // 一式六份，其中正本两份，副本四份，甲方执正本一份、副本两份
    let shares = shares(reading, parties, whole.end);
    if shares.iter().map(|held| held.number).sum::<u32>() == total {
        by = shares;
    }
    if by.is_empty() {
        let tail = reading.slice(rest.clone());
        by = in_short(tail, total, parties);
        end = if by.is_empty() { end } else { rest.start + tail.find(['。', ';']).unwrap_or(tail.len()) };
    }
    let mut total = Some(total);
    // 正本一式两份，副本四份: each is a kind of copy, and no sum is stated.
    if let Some(kind) = kind.filter(|_| by.iter().any(|held| held.holder == "副本")) {
        by.insert(0, Holding { holder: kind, number: total.take()? });
    }
    let sums = total.is_none_or(|total| {
        let held: u32 = by.iter().filter(|h| !is_kind(&h.holder)).map(|h| h.number).sum();
        by.is_empty() || held == total
    });
    if found.name("originals").is_some() && !of_originals(reading, &whole, !by.is_empty() && sums) {
        return None;
    }
    let confidence = if sums { 0.95 } else { 0.8 };
    let method = if found.name("originals").is_some() { ORIGINALS } else { "copies/sentence" };
    Some(Witness::new(Copies { total, by }, whole.start..end, confidence, method))
}

/// What is handed in, in originals and copies of its own: 提交竣工图，正本四份.
static TENDER: LazyLock<Regex> =
    LazyLock::new(|| pattern("文件|标书|报告|资料|图纸|竣工图|方案|成果|提交|递交|报送"));

/// Is a number of originals that of the contract, and all of it? The parties hold as many, or the sentence speaks of
/// the contract and of nothing that is handed in. Where copies (副本) follow, it is no total.
fn of_originals(reading: &Reading<'_>, originals: &Range<usize>, held: bool) -> bool {
    let before = reading.slice(reading.sentence(originals.start).start..originals.start);
    let own = reading.slice(originals.clone());
    let contract =
        ["合同", "协议", "合约", "约定书"].iter().any(|word| own.contains(word) || before.contains(word));
    let behind = reading.slice(originals.end..reading.floor((originals.end + HELD).min(reading.body.len())));
    let line = behind.split('\n').next().unwrap_or(behind);
    let copies = line.splitn(3, '。').take(2).any(|sentence| sentence.contains("副本"));
    !copies && !TENDER.is_match(before) && (held || contract)
}

/// 本合同附件共三份 counts something else.
fn names_part(found: &Captures<'_>) -> bool {
    let text = found.name("also").and_then(|_| found.get(0)).map_or("", |whole| whole.as_str());
    ["附件", "图纸", "报告", "资料", "清单", "页", "发票"].iter().any(|word| text.contains(word))
}

/// 一式六份，甲方执三份；乙方执三份: where the last holder behind a semicolon is told.
fn end_of_holdings(reading: &Reading<'_>, mut end: usize) -> usize {
    static FOLLOWS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"^[;。](?:[甲乙丙丁戊](?:、?[甲乙丙丁戊]){{0,3}}(?:双方|三方|方)?|双方|各方|[\p{{Han}}]{{1,6}}[方人])(?:各)?(?:执有?|持有?|留存?|保存)?[_—\t -]*{NUMERAL}份[^。;\n\t]{{0,60}}"
        ))
    });
    while let Some(next) = FOLLOWS.find(reading.slice(end..reading.body.len())) {
        end += next.end();
    }
    end
}

fn is_kind(holder: &str) -> bool {
    matches!(holder, "正本" | "副本")
}

/// Copies of the contract, not of a report or an invoice.
fn speaks_of_contract(sentence: &str) -> bool {
    static OTHER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:报告|发票|图纸|资料|手册|清单|方案|验收单|保函|成果|文件|样品|凭证|说明书|申请书|材料|专报|数据表|记录|餐|投标书|标书)[^,。;]{0,8}$",
        )
    });
    static CONTRACT: LazyLock<Regex> = LazyLock::new(|| pattern(r"合同|协议|正本|本文件"));
    let lead = sentence.rfind(['一', '壹', '1', '共']).map_or(sentence, |at| &sentence[..at]);
    let tail = phrase::tail(lead, 20);
    !OTHER.is_match(tail) || CONTRACT.is_match(phrase::tail(lead, 10))
}

/// A count; 六(6)份 must agree with itself.
fn count(found: &Captures<'_>, name: &str, again: &str) -> Option<u32> {
    let value = numeral::integer(found.name(name)?.as_str())?;
    let same = found.name(again).is_none_or(|again| numeral::integer(again.as_str()) == Some(value));
    (same && (1..=99).contains(&value)).then(|| u32::try_from(value).ok()).flatten()
}

/// Who holds how many, and where the last is said.
fn holdings(reading: &Reading<'_>, parties: &[Party], range: Range<usize>) -> (Vec<Holding>, usize) {
    let text = reading.slice(range.clone());
    let mut held = Vec::new();
    let mut end = range.start;
    for found in HOLDING.captures_iter(text) {
        let Some(whole) = found.get(0) else { continue };
        let number = count(&found, "number", "again")
            .or_else(|| count(&found, "all", "all_again"))
            .or_else(|| count(&found, "first", "all_again"));
        let Some(number) = number else { continue };
        let holders = match (found.name("holder"), found.name("to")) {
            (Some(holder), _) => holders(holder.as_str(), found.name("each").is_some(), parties),
            // 两份由双方各执一份 names no holder of two.
            (None, Some(to)) => receiver(to.as_str(), parties).into_iter().collect(),
            (None, None) if of_one_name_each(parties) && stands_alone(text) => holders("各方", true, parties),
            (None, None) => Vec::new(),
        };
        if !holders.is_empty() {
            end = range.start + whole.end();
        }
        held.extend(holders.into_iter().map(|holder| Holding { holder, number }));
    }
    (held, end)
}

/// Are there several parties, each of which goes by one name? Of two names nobody can tell which one is meant.
fn of_one_name_each(parties: &[Party]) -> bool {
    parties.len() >= 2 && parties.iter().all(|party| party.roles().count() == 1)
}

/// Is 各执两份 all that is said of who holds the copies?
fn stands_alone(text: &str) -> bool {
    text.matches('份').count() == 1 && !text.contains("本")
}

/// Whoever is given copies: a party, or a body by its name; 一份由双方各执 names nobody.
fn receiver(to: &str, parties: &[Party]) -> Option<String> {
    let party = parties.iter().flat_map(Party::roles).find(|role| to.starts_with(*role));
    let body = to.ends_with(['局', '门', '关', '构', '位', '心', '办', '处', '委', '库']);
    let named = body && !to.contains(['各', '执', '持', '份']);
    party.map(str::to_owned).or_else(|| named.then(|| to.to_owned()))
}

/// 甲、乙双方各 are two holders; 双方各 are the parties, by the first name of each.
fn holders(written: &str, each: bool, parties: &[Party]) -> Vec<String> {
    static AFTER: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?:共同)?(?:签字|盖章|签章|签署|签订|生效|确认)[\p{Han}]{0,6}(?:后|时)$"));
    static LETTERS: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[甲乙丙丁戊]{2,5}(?:双|三|四|各)?方?$"));
    let name = written
        .trim_start_matches(['由', '其', '中', '另', ',', '.', '及', '和', '以', '交', '送', '报'])
        .trim_start_matches("其中")
        .trim_end_matches(['各', '自', '执', '持', '分', '别', '均', '应', '须', '收', '存', '保']);
    let name = AFTER.find(name).map_or(name, |after| &name[..after.start()]);
    let all = ["双方", "各方", "三方", "四方", "当事人", "签约方", "缔约方"];
    if LETTERS.is_match(name) || all.iter().any(|word| name.ends_with(word)) {
        let letters: Vec<String> =
            name.chars().filter(|c| "甲乙丙丁戊".contains(*c)).map(|c| format!("{c}方")).collect();
        if letters.len() >= 2 {
            return letters;
        }
        let first = |party: &Party| party.roles().next().unwrap_or_default().to_owned();
        return if each { parties.iter().map(first).collect() } else { Vec::new() };
    }
    let parts: Vec<String> = name.split(['、', '和', '及', '与']).flat_map(spelled).collect();
    if each && parts.len() > 1 {
        return parts;
    }
    let whole = spell(name);
    let prose = ["合同", "同等", "同样", "共同"].iter().any(|word| whole.contains(word));
    let sane = !whole.is_empty() && !prose && !whole.contains(['式', '效', '具', '份']);
    if sane { vec![whole] } else { Vec::new() }
}

/// 甲乙双方 are 甲方 and 乙方, of 甲乙双方、见证人各一份.
fn spelled(name: &str) -> Vec<String> {
    let letters: Vec<String> =
        name.chars().take_while(|c| "甲乙丙丁戊".contains(*c)).map(|c| format!("{c}方")).collect();
    if letters.len() >= 2 { letters } else { vec![spell(name)] }
}

/// 甲 is 甲方.
fn spell(name: &str) -> String {
    // 乙双方 of 甲、乙双方及见证方.
    let bare = ["双方", "三方", "各方"].iter().find_map(|word| name.strip_suffix(word)).unwrap_or(name);
    let lone = bare.chars().count() == 1 && bare.chars().all(|c| "甲乙丙丁戊".contains(c));
    if lone { format!("{bare}方") } else { name.to_owned() }
}

#[cfg(test)]
mod tests;
