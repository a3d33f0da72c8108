//! Governing language (文字效力): which version prevails.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Extractor;
use super::draft::Draft;
use super::reading::Reading;
use super::scan::pattern;
use crate::model::Value;
use crate::model::fields::GoverningLanguage;

/// The language that prevails.
pub const EXTRACTOR: Extractor =
    Extractor {
        field: "governing_language", about: "文字效力：合同文字及不一致时以何种文字为准", run
    };

static SENTENCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"[^。;\n]*(?:文本|版本|文字|书就|写成|签署|签订|语言|文为准|version|Version)[^。;\n]*")
});
static PREVAILS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"以(?P<a>[\p{Han}]{2,6}?)(?:书写|撰写|书就|写成)?(?:的)?(?:合同)?(?:文本|版本|版|本|文字|内容|语言|表述|合同)?(?:的)?(?:内容|解释|表述)?为准|(?P<b>[\p{Han}]{2,4}?)(?:文本|版本|版)(?:具有)?(?:优先|效力优先)|(?P<c>Chinese|English)(?:version|text|versionofthisAgreement)?shallprevail|the ?(?P<d>Chinese|English) ?(?:version|text) ?shall ?prevail",
    )
});
/// An agreement that the contract denies: 以英文文本为准的约定无效.
static DENIED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:的)?(?:任何|一切|所有)?(?:约定|条款|规定|内容|解释|主张|表述|做法)?[^,。;\n]{0,8}(?:无效|不生效|不具有?(?:法律)?(?:效力|约束力)|不予(?:认可|采纳|适用)|不成立|不适用)",
    )
});
/// The same, said before it: 不得约定以英文文本为准.
static FORBIDDEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:不得|不应|不能|不可|不再|禁止|不)(?:另行|再)?(?:约定|主张|规定|适用)?(?:其他)?(?:为)?$")
});
static EQUAL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:同等|同样|相同|同等的)(?:的)?(?:法律)?效力|equally ?(?:authentic|valid)"));

struct Sentence {
    range: Range<usize>,
    languages: Vec<String>,
    prevails: Option<String>,
    equal: bool,
}

fn run(reading: &Reading<'_>, draft: &mut Draft) {
    let sentences: Vec<Sentence> = reading
        .find_all(&SENTENCE)
        .map(|m| look(reading, m.range()))
        .filter(|s| s.prevails.is_some() || s.languages.len() > 1)
        .collect();
    if sentences.is_empty() {
        draft.absent(reading, "governing_language", None);
        return;
    }
    let mut languages: Vec<String> = sentences.iter().flat_map(|s| s.languages.clone()).collect();
    let mut seen = std::collections::BTreeSet::new();
    languages.retain(|code| seen.insert(code.clone()));
    let chosen: Vec<&String> = sentences.iter().filter_map(|s| s.prevails.as_ref()).collect();
    let equal = sentences.iter().any(|s| s.equal && s.languages.len() > 1);
    let (prevails, confidence) = match chosen.as_slice() {
        [first, rest @ ..] if rest.iter().all(|code| code == first) => ((*first).clone(), 0.95),
        [first, ..] => ((*first).clone(), 0.4),
        [] if equal => ("equal".to_owned(), 0.92),
        [] if reading.text.is_complete()
            && sentences.iter().any(|s| versions(reading.slice(s.range.clone()))) =>
        {
            ("unstated".to_owned(), 0.75)
        }
        [] => {
            draft.absent(reading, "governing_language", None);
            return;
        }
    };
    let evidence = sentences.iter().map(|s| reading.span(s.range.clone())).collect();
    let language = GoverningLanguage { languages, prevails };
    draft.fields.governing_language =
        Some(Value::new(language, confidence, "governing-language/sentence", evidence));
}

/// Does the sentence speak of versions of the contract rather than of a language of work?
fn versions(text: &str) -> bool {
    let contract = ["本合同", "本协议", "合同", "协议"].iter().any(|word| text.contains(word));
    contract
        && ["书就", "写成", "文本", "版本", "两种文字", "书写", "签署"].iter().any(|word| text.contains(word))
}

fn look(reading: &Reading<'_>, range: Range<usize>) -> Sentence {
    let text = reading.slice(range.clone());
    let jurisdictions = &reading.lexicon.jurisdictions;
    let mut languages: Vec<String> = Vec::new();
    let expanded = text
        .replace("中英文", "中文英文")
        .replace("中、英文", "中文英文")
        .replace("中外文", "中文外文")
        .replace("中英双语", "中文英文")
        .replace("中英两种", "中文英文");
    for word in jurisdictions.language.find_iter(&expanded) {
        let code = jurisdictions.language_code(word.as_str()).unwrap_or("xx").to_owned();
        if !languages.contains(&code) {
            languages.push(code);
        }
    }
    let prevails = PREVAILS.captures_iter(text).find_map(|found| {
        let whole = found.get(0)?;
        if DENIED.is_match(&text[whole.end()..]) || FORBIDDEN.is_match(&text[..whole.start()]) {
            return None;
        }
        let word = ["a", "b", "c", "d"].iter().find_map(|name| found.name(name))?;
        let hit = jurisdictions.language.find(word.as_str())?;
        jurisdictions.language_code(hit.as_str()).map(str::to_owned)
    });
    Sentence { range, languages, prevails, equal: EQUAL.is_match(text) }
}

#[cfg(test)]
mod tests {
    use super::super::reading::tests::with_reading;
    use super::*;

    fn language(source: &str) -> Option<(Vec<String>, String)> {
        with_reading(source, |reading| {
            let mut draft = Draft::default();
            run(reading, &mut draft);
            draft.fields.governing_language.map(|v| (v.value.languages, v.value.prevails))
        })
    }

    #[test]
    fn the_prevailing_language_is_read() {
        let cases = [
            ("本合同以中文和英文书就，两种文本的内容有不一致的，以英文文本为准。", "en"),
            ("本合同中英文两种文本具有同等法律效力。", "equal"),
            ("本合同中、英文文本具有同等效力，发生歧义时以中文文本为准。", "zh"),
            ("本合同以中文、英文书写。两种文字的内容不一致时，以中文为准。", "zh"),
            ("本协议用中文和英文写成，一式四份。", "unstated"),
        ];
        for (source, expected) in cases {
            assert_eq!(language(source).map(|l| l.1).as_deref(), Some(expected), "{source}");
        }
        assert_eq!(language(cases[0].0).map(|l| l.0), Some(vec!["zh".to_owned(), "en".to_owned()]));
    }

    #[test]
    fn what_is_denied_does_not_prevail() {
        let cases = [
            ("本合同以中文和英文书就。任何关于以英文文本为准的约定无效，一律以中文文本为准。", "zh"),
            ("本合同中英文两种文本不得约定以英文文本为准，以中文文本为准。", "zh"),
            ("两种文本不一致的，以英文文本为准。无效条款不影响其他条款。", "en"),
        ];
        for (source, expected) in cases {
            assert_eq!(language(source).map(|l| l.1).as_deref(), Some(expected), "{source}");
        }
        assert_eq!(language("以英文文本为准的约定无效。"), None);
    }

    #[test]
    fn other_sentences_are_left_alone() {
        for source in [
            "本合同一式六份，具有同等法律效力。",
            "以本合同正文为准。",
            "授课语言为普通话和英语。",
            "仲裁语言为英文。",
            "两种文本不一致的，以签署文本为准。",
        ] {
            assert_eq!(language(source), None, "{source}");
        }
    }
}
