//! Governing law (适用法律). 不含港澳台法律 excludes laws and chooses none.

use std::sync::LazyLock;

use crate::fields::scan::{Captures, Regex};

use super::Extractor;
use super::draft::Draft;
use super::reading::Reading;
use super::resolve::{Witness, resolve_by};
use super::scan::pattern;
use crate::model::fields::GoverningLaw;

/// The law that governs the contract.
pub const EXTRACTOR: Extractor =
    Extractor {
        field: "governing_law", about: "适用法律：明确选择的法域；排除港澳台法律不算选择", run
    };

static CHOICE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:准据法(?:为|是|:)|适用(?:的)?法律(?:法规)?(?:为|是|:)|适用于?|概依|(?m:^[\d.、 ]{0,8})(?:适用)?法律:|遵循|依照|依据|按照?|受|根据)(?P<law>[^,。;\n]{1,40}?(?:法律|法例|法规|法(?:[,。;\n管解]|$)))(?P<after>[^。;\n]{0,12})",
    )
});
/// 以中华人民共和国法律为准据法
static MEASURE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"以(?P<law>[^,。;\n以]{1,30}?(?:法律|法))(?P<after>(?:作)?为[^。;\n]{0,12}(?:准据法|依据|准(?:[,。;\n]|$)))",
    )
});
/// What the sentence must speak of: the contract or its disputes, not a job to be done under the law.
static SUBJECT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:本合同|本协议|合同|协议|争议|订立|效力|解释|履行)[^。;\n]{0,50}$|^[^。;\n]{0,8}$|适用法律|法律适用|准据法",
    )
});
static EXCLUSION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\([^()]*(?:不含|不包括|除外|排除)[^()]*\)|(?:但)?(?:不含|不包括|排除)[^。;\n]*")
});
static EACH: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:双方|各自|当事人|甲方|乙方|卖方|买方)[^。;]{0,4}所在(?:地|国)"));

fn run(reading: &Reading<'_>, draft: &mut Draft) {
    let witnesses: Vec<Witness<GoverningLaw>> = reading
        .captures_all(&CHOICE)
        .chain(reading.captures_all(&MEASURE))
        .filter_map(|found| witness(reading, &found))
        .collect();
    draft.fields.governing_law = resolve_by(reading, witnesses, |a, b| a.territory == b.territory);
    if draft.fields.governing_law.is_none() {
        draft.absent(reading, "governing_law", None);
    }
}

fn witness(reading: &Reading<'_>, found: &Captures<'_>) -> Option<Witness<GoverningLaw>> {
    let (whole, law) = (found.get(0)?, found.name("law")?);
    let sentence = reading.sentence(whole.start());
    let before = reading.slice(sentence.start..whole.start());
    let after = found.name("after").map_or("", |m| m.as_str());
    let applies = ["适用", "准据法", "概依"].iter().any(|word| whole.as_str().starts_with(word))
        || whole.as_str().contains("法律:");
    let governed = ["管辖", "解释", "约束", "调整", "解决", "准据"].iter().any(|word| after.contains(word))
        || after.starts_with('为') && ["效力", "解释", "争议"].iter().any(|word| before.contains(word));
    if !applies && !governed
        || !SUBJECT.is_match(before)
        || before.ends_with('不')
        || before.ends_with("优先")
    {
        return None;
    }
    let chosen = EXCLUSION.replace_all(law.as_str(), "");
    let territory = territory(reading, &chosen)?;
    let end = whole.start() + whole.as_str().find(law.as_str()).unwrap_or(0) + law.len();
    let end = end
        - law.as_str().chars().next_back().filter(|c| ",。;\n管解".contains(*c)).map_or(0, char::len_utf8);
    let text = reading.written(law.start()..end);
    let confidence = if territory == "XX" { 0.7 } else { 0.94 };
    Some(Witness::new(
        GoverningLaw { territory, text },
        sentence.start..end,
        confidence,
        "governing-law/sentence",
    ))
}

fn territory(reading: &Reading<'_>, law: &str) -> Option<String> {
    if EACH.is_match(law) {
        return Some("XX".to_owned());
    }
    let mut codes: Vec<&str> = reading
        .lexicon
        .jurisdictions
        .law
        .find_iter(law)
        .filter_map(|name| reading.lexicon.jurisdictions.territory(name.as_str()))
        .collect();
    codes.dedup();
    match codes.as_slice() {
        [] => None,
        [code] => Some((*code).to_owned()),
        _ => Some("XX".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::reading::tests::with_reading;
    use super::*;

    fn law(source: &str) -> Option<String> {
        with_reading(source, |reading| {
            let mut draft = Draft::default();
            run(reading, &mut draft);
            draft.fields.governing_law.map(|v| v.value.territory)
        })
    }

    #[test]
    fn choices_are_read() {
        let cases = [
            ("本合同适用中华人民共和国法律。", "CN"),
            ("本合同的订立、履行及争议处理适用中华人民共和国法律（不含港澳台地区法律）。", "CN"),
            ("本合同的订立、效力、解释、履行及争议解决均适用香港特别行政区法律。", "HK"),
            ("本合同受中国法律管辖并按其解释。", "CN"),
            ("本协议适用英国法。", "GB"),
            (
                "1.本合同的订立、效力、解释，以及争议的解决，均应适用中华人民共和国现行的法律和相关地方法规。",
                "CN",
            ),
            ("本合同适用双方所在地法律。", "XX"),
            ("本合约以台湾地区法律为准据法。", "TW"),
            ("本合同的准据法为中华人民共和国法律。", "CN"),
        ];
        for (source, expected) in cases {
            assert_eq!(law(source).as_deref(), Some(expected), "{source}");
        }
    }

    #[test]
    fn mentions_are_no_choice() {
        for source in [
            "根据《中华人民共和国民法典》及有关法律法规，订立本合同。",
            "乙方应遵守中华人民共和国法律。",
            "未尽事宜，按照国家有关法律、法规执行。",
            "本合同适用范围为全区。",
        ] {
            assert_eq!(law(source), None, "{source}");
        }
    }
}
