//! Over the written contracts: every string within a clause is found, quoted and as words.

use std::path::Path;

use proptest::sample::Index as Pick;
use proptest::{prop_assert, prop_assert_eq};

use super::*;
use crate::text::script::is_hanzi;

/// The written contracts and the templates for tuning, under their numbers.
struct Written {
    shelf: Shelf,
    texts: Vec<Text>,
    /// The same, folded as the index folds them.
    folded: Vec<String>,
}

fn written() -> &'static Written {
    static WRITTEN: OnceLock<Written> = OnceLock::new();
    WRITTEN.get_or_init(|| {
        let texts: Vec<Text> = sources().iter().map(|source| text(source)).collect();
        let shelf = Shelf::of(&[]);
        let mut writer = shelf.index.writer().expect("a writer");
        for (n, text) in texts.iter().enumerate() {
            let mut record = record(&format!("{n:03}"));
            // Only the text is looked at.
            record.source.path = String::new();
            writer.put(&record, text).expect("put");
        }
        writer.finish().expect("finished");
        shelf.index.refresh().expect("refreshed");
        let folded = texts.iter().map(|text| lexicon().fold(&text.content).text).collect();
        Written { shelf, texts, folded }
    })
}

fn sources() -> Vec<String> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut paths: Vec<_> = ["golden", "tuning/templates"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(corpus.join(folder)).expect("the corpus").flatten())
        .map(|file| file.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read_to_string(path).expect("a contract")).collect()
}

impl Written {
    /// A stretch of a clause of a contract, and the contract's number.
    fn stretch(&self, contract: Pick, clause: Pick, start: Pick, length: usize) -> Option<(usize, String)> {
        let number = contract.index(self.texts.len());
        let text = self.texts.get(number)?;
        let clause = text.clauses.get(clause.index(text.clauses.len().max(1)))?;
        let clause = text.content.get(clause.range.clone())?;
        let start = start.index(clause.chars().count().max(1));
        // Quotation marks would end the quoted text; they are punctuation like others.
        let plain = |c: char| if "“”\"＂".contains(c) { '、' } else { c };
        Some((number, clause.chars().skip(start).take(length).map(plain).collect()))
    }

    fn ask(&self, question: &str) -> SearchAnswer {
        let options = SearchOptions { limit: 1_000, ..SearchOptions::default() };
        self.shelf.index.search(question, &options).unwrap_or_else(|error| panic!("{question}: {error}"))
    }

    /// The numbers of the contracts that hold a text.
    fn holding(&self, part: &str) -> Vec<usize> {
        let part = lexicon().fold(part).text;
        (0..self.folded.len()).filter(|&n| self.folded[n].contains(&part)).collect()
    }
}

/// The numbers of the contracts found, versions of one among them.
fn numbers(answer: &SearchAnswer) -> Vec<usize> {
    let of = |hit: &Hit| {
        let versions = hit.versions.iter().map(|version| version.id.clone());
        std::iter::once(hit.id.clone()).chain(versions).collect::<Vec<_>>()
    };
    let mut found: Vec<usize> = answer.hits.iter().flat_map(of).filter_map(|id| id.parse().ok()).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Does an answer tell of one contract, strictly or as part of a longer number?
fn tells_of(answer: &SearchAnswer, number: usize) -> bool {
    let strict = answer.relaxed.as_ref().is_none_or(|relaxed| relaxed.step == "inside");
    strict && numbers(answer).contains(&number)
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(400))]

    /// Exactly the contracts that hold the characters, and the stretch shown and marked.
    #[test]
    fn every_stretch_of_characters_is_found_exactly(
        contract: Pick, clause: Pick, start: Pick, length in 1_usize..24,
    ) {
        let written = written();
        let Some((number, part)) = written.stretch(contract, clause, start, length) else { return Ok(()) };
        let part: String = part.chars().take_while(|c| is_hanzi(*c)).collect();
        if part.is_empty() {
            return Ok(());
        }
        let answer = written.ask(&format!("“{part}”"));
        prop_assert!(answer.relaxed.is_none(), "{}: {:?}", part, answer.relaxed);
        let found = numbers(&answer);
        prop_assert!(found.contains(&number), "{} in {}", part, number);
        prop_assert_eq!(found, written.holding(&part), "{}", part);
        let folded = lexicon().fold(&part).text;
        for hit in &answer.hits {
            let marks = hit.passages.iter().flat_map(marked).map(|mark| lexicon().fold(&mark).text);
            prop_assert!(marks.collect::<Vec<_>>().iter().any(|mark| mark.contains(&folded)), "{}", part);
        }
    }

    /// The same characters typed as words find the contract too, without relaxing.
    #[test]
    fn every_stretch_of_characters_is_found_as_words(
        contract: Pick, clause: Pick, start: Pick, length in 1_usize..12,
    ) {
        let written = written();
        let Some((number, part)) = written.stretch(contract, clause, start, length) else { return Ok(()) };
        let part: String = part.chars().take_while(|c| is_hanzi(*c)).collect();
        if !part.is_empty() && !["且", "或", "非"].contains(&part.as_str()) {
            let answer = written.ask(&part);
            prop_assert!(answer.relaxed.is_none(), "{}: {:?}", part, answer.relaxed);
            prop_assert!(numbers(&answer).contains(&number), "{} in {}", part, number);
        }
    }

    /// With figures, codes, punctuation and line breaks in it, too. What begins or ends inside a number is found as
    /// part of it, and only where no contract has it as a number of its own.
    #[test]
    fn every_string_within_a_clause_is_found(
        contract: Pick, clause: Pick, start: Pick, length in 1_usize..40,
    ) {
        let written = written();
        let Some((number, part)) = written.stretch(contract, clause, start, length) else { return Ok(()) };
        if part.chars().any(char::is_alphanumeric) {
            let answer = written.ask(&format!("“{part}”"));
            let part_of_a_number = answer.relaxed.is_none() && is_cut(&part, &written.texts[number].content);
            prop_assert!(part_of_a_number || tells_of(&answer, number), "{} in {}: {:?}", part, number, answer.relaxed);
        }
    }
}

/// Does a stretch begin or end inside a number or code, wherever it stands in a text?
fn is_cut(part: &str, content: &str) -> bool {
    let code = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_hanzi(c));
    let joins = |a: Option<char>, b: Option<char>| {
        (code(a) || a.is_some_and(|c| "-/._,，%‰ ".contains(c)))
            && (code(b) || b.is_some_and(|c| "-/._,，%‰ ".contains(c)))
    };
    let plain: String = content.chars().map(|c| if "“”\"＂".contains(c) { '、' } else { c }).collect();
    plain.match_indices(part).any(|(at, _)| {
        let (before, after) = (plain[..at].chars().next_back(), plain[at + part.len()..].chars().next());
        joins(before, part.chars().next()) || joins(part.chars().next_back(), after)
    })
}
