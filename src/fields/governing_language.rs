//! Governing language (文字效力): which version prevails.

mod wording;

use std::ops::Range;

use super::Extractor;
use super::draft::Draft;
use super::reading::Reading;
use crate::model::Value;
use crate::model::fields::GoverningLanguage;
use wording::Wording;

/// The language that prevails.
pub const EXTRACTOR: Extractor =
    Extractor {
        field: "governing_language", about: "文字效力：合同文字及不一致时以何种文字为准", run
    };

/// So many sentences that could speak of languages are looked at, from the beginning.
const MANY: usize = 1_000;

/// Can a sentence speak of a language? 文 is in the names of all but a few, and in 文本, 文字.
fn may_speak(sentence: &str) -> bool {
    ["文", "语", "中英", "中、英", "对照", "anguage", "ersion", "nglish", "hinese"]
        .iter()
        .any(|word| sentence.contains(word))
}

struct Sentence {
    range: Range<usize>,
    says: Wording,
}

fn run(reading: &Reading<'_>, draft: &mut Draft) {
    let start = |sentence: &str| sentence.as_ptr().addr() - reading.body.as_ptr().addr();
    let sentences: Vec<Sentence> = reading
        .body
        .split(['。', ';', '\n'])
        .filter(|sentence| may_speak(sentence))
        .take(MANY)
        .map(|sentence| Sentence {
            range: start(sentence)..start(sentence) + sentence.len(),
            says: wording::read(sentence, &reading.lexicon.jurisdictions),
        })
        .filter(|s| s.says.prevails.is_some() || s.says.languages.len() > 1)
        .collect();
    if sentences.is_empty() {
        draft.absent(reading, "governing_language", None);
        return;
    }
    let mut languages: Vec<String> = sentences.iter().flat_map(|s| s.says.languages.clone()).collect();
    let mut seen = std::collections::BTreeSet::new();
    languages.retain(|code| seen.insert(code.clone()));
    let chosen: Vec<&String> = sentences.iter().filter_map(|s| s.says.prevails.as_ref()).collect();
    let versions = |s: &&Sentence| s.says.versions && s.says.languages.len() > 1;
    let equal = sentences.iter().filter(versions).any(|s| s.says.equal);
    let (prevails, confidence) = match chosen.as_slice() {
        [first, rest @ ..] if rest.iter().all(|code| code == first) => ((*first).clone(), 0.95),
        [first, ..] => ((*first).clone(), 0.4),
        [] if equal => ("equal".to_owned(), 0.92),
        [] if reading.text.is_complete() && sentences.iter().any(|s| versions(&s)) => {
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
    fn the_end_of_a_long_contract_is_read() {
        let clauses = "乙方应当按时完成工作\n".repeat(2_000);
        let source = format!("{clauses}本合同以中英文书写，不一致的以中文为准。");
        assert_eq!(language(&source).map(|l| l.1).as_deref(), Some("zh"));
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
