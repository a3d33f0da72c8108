//! Search over thousands of generated contracts: how fast, how large, and what it finds, beside SQLite FTS5
//! (trigrams) and Xapian (CJK n-grams) on the same contracts in the same run.
//!
//! Measured: milliseconds for the ranked ten best with highlighted passages and all facets; bytes of the index over
//! bytes of text (stored text apart); CPU seconds of indexing over those of jieba's segmentation of the same text, and
//! those of an index of these words alone;
//! recall of quoted strings against a search through all texts. The peers answer without facets. Milliseconds are
//! CPU time of the one thread that answers; wall time stands beside them.
//!
//! Run: `taskset -c 0 cargo bench --bench search [-- COUNT PAGES [peers] [in=FOLDER]]`, for example
//! `-- 10000 10 peers`. In a folder that is named the index stays, and is not made again.

mod generate;
mod peers;
mod time;
mod words;

use std::path::{Path, PathBuf};

use generate::{Seed, Vocabulary};
use hetong::dictionaries::Dictionaries;
use hetong::search::{Index, Lexicon, SearchOptions};
use hetong::text::{Composer, Segmenter, from_lines};
use peers::Answers;
use std::sync::Arc;
use time::{Time, cpu};
use words::Words;

/// Contracts put between two commits.
const BATCH: usize = 500;
/// Questions of each kind.
const EACH: usize = 60;

fn main() {
    let numbers: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let (count, pages) = (numbers.first().copied().unwrap_or(1_000), numbers.get(1).copied().unwrap_or(10));
    let peers = std::env::args().any(|argument| argument == "peers");
    let dictionaries = Dictionaries::embedded();
    let segmenter = Segmenter::new(&dictionaries).expect("words");
    let lexicon = Arc::new(Lexicon::new(&dictionaries, segmenter.clone()).expect("a lexicon"));
    let vocabulary = Vocabulary::load(Path::new(env!("CARGO_MANIFEST_DIR")), &segmenter);
    let kept = std::env::args().find_map(|argument| argument.strip_prefix("in=").map(PathBuf::from));
    let made = tempfile::Builder::new().prefix("search-bench").tempdir().expect("a folder");
    let folder = kept.as_deref().unwrap_or(made.path());
    std::fs::create_dir_all(folder).expect("a folder");
    println!("{count} contracts of {pages} pages, {} words, seed fixed", vocabulary.len());
    let index = Index::create_or_open(folder, lexicon).expect("an index");
    if index.len() != count as u64 {
        fill(&index, &vocabulary, &segmenter, count, pages);
    }
    let bytes: usize = (0..count).map(|n| vocabulary.contract(n, pages).text.len()).sum();
    let (terms, stored) = sizes(&Index::folder(folder));
    println!(
        "text {} MB; index {:.2} × text, stored text and cards {:.2} ×",
        bytes >> 20,
        ratio(terms, bytes),
        ratio(stored, bytes)
    );
    let begun = cpu();
    ask(&index, "合同");
    println!("first question {:.0} ms", (cpu() - begun) * 1e3);

    let kinds = questions(&vocabulary, count, pages);
    let mut all = Vec::new();
    for (kind, questions) in &kinds {
        let times: Vec<Time> = questions.iter().map(|question| ask(&index, question).1).collect();
        print_times(kind, &times);
        print_slowest(questions, &times);
        all.extend(times);
    }
    print_times("all", &all);
    // Out of hand, and so in no sum: as long as a question may be.
    for (kind, questions) in longest(&vocabulary, count, pages) {
        let times: Vec<Time> = questions.iter().map(|question| ask(&index, question).1).collect();
        print_times(kind, &times);
    }
    if peers {
        compare(&vocabulary, folder, &index, count, pages);
    }
}

/// Puts the contracts into an index, and tells what that takes.
fn fill(index: &Index, vocabulary: &Vocabulary, segmenter: &Segmenter, count: usize, pages: usize) {
    let composer = Composer::new(&Dictionaries::embedded()).expect("a composer");
    let (mut indexing, mut cutting) = (0.0, 0.0);
    let mut writer = index.writer().expect("a writer");
    let mut words = Words::new(segmenter);
    for first in (0..count).step_by(BATCH) {
        let batch: Vec<_> = (first..count.min(first + BATCH))
            .map(|n| vocabulary.contract(n, pages))
            .map(|contract| (contract.record(), from_lines(&composer, &contract.text)))
            .collect();
        let begun = cpu();
        batch.iter().for_each(|(_, text)| segmenter.segment(&text.content, |_, _, _| {}));
        cutting += cpu() - begun;
        words.put(batch.iter().map(|(_, text)| text.content.as_str()));
        let begun = cpu();
        batch.iter().for_each(|(record, text)| writer.put(record, text).expect("put"));
        writer.commit().expect("committed");
        indexing += cpu() - begun;
    }
    let begun = cpu();
    writer.finish().expect("finished");
    indexing += cpu() - begun;
    index.refresh().expect("refreshed");
    println!(
        "indexing {indexing:.1} s CPU, {:.1} × jieba's segmentation ({cutting:.1} s); its words alone {:.1} ×",
        indexing / cutting,
        words.finish() / cutting
    );
}

fn ratio(part: u64, whole: usize) -> f64 {
    part as f64 / whole as f64
}

/// Bytes of terms, positions and columns; bytes of stored text.
fn sizes(folder: &Path) -> (u64, u64) {
    let files = std::fs::read_dir(folder).expect("an index").flatten();
    files.fold((0, 0), |(terms, stored), file| {
        let bytes = file.metadata().map_or(0, |file| file.len());
        match file.path().extension().is_some_and(|ending| ending == "store") {
            true => (terms, stored + bytes),
            false => (terms + bytes, stored),
        }
    })
}

fn ask(index: &Index, question: &str) -> (u64, Time, bool) {
    let begun = Time::now();
    let answer = index.search(question, &SearchOptions::default());
    let time = begun.passed();
    // A question of too many words is refused.
    answer.map_or((0, time, true), |answer| (answer.total, time, answer.relaxed.is_some()))
}

fn print_times(kind: &str, times: &[Time]) {
    let sorted = |of: fn(&Time) -> f64| {
        let mut times: Vec<f64> = times.iter().map(of).collect();
        times.sort_by(f64::total_cmp);
        times
    };
    let (cpu, wall) = (sorted(|time| time.cpu), sorted(|time| time.wall));
    let at =
        |times: &[f64], share: f64| times.get((times.len() as f64 * share) as usize).copied().unwrap_or(0.0);
    println!(
        "{kind:32} CPU p50 {:7.2} ms  p95 {:7.2} ms  max {:7.2} ms, wall p50 {:7.2} ms  p95 {:7.2} ms  ({})",
        at(&cpu, 0.5),
        at(&cpu, 0.95),
        at(&cpu, 0.999),
        at(&wall, 0.5),
        at(&wall, 0.95),
        times.len()
    );
}

/// The questions that took longest.
fn print_slowest(questions: &[String], times: &[Time]) {
    let mut slowest: Vec<(&Time, &String)> = times.iter().zip(questions).collect();
    slowest.sort_by(|a, b| b.0.cpu.total_cmp(&a.0.cpu));
    let slowest: Vec<String> =
        slowest.iter().take(4).map(|(time, question)| format!("{question} {:.0} ms", time.cpu)).collect();
    println!("    slowest: {}", slowest.join(", "));
}

/// Questions as people ask them, drawn from the contracts themselves.
fn questions(vocabulary: &Vocabulary, count: usize, pages: usize) -> Vec<(&'static str, Vec<String>)> {
    let mut seed = Seed(99);
    let contracts: Vec<_> = (0..EACH).map(|_| vocabulary.contract(seed.below(count), pages)).collect();
    let mut stretch = |n: usize, length: usize| substring(&contracts[n].text, length, &mut seed);
    let quoted = |text: String| format!("“{text}”");
    vec![
        // Quoted, for one of them may be 或 or 非.
        ("one character, quoted", (0..EACH).map(|n| quoted(stretch(n, 1))).collect()),
        ("two characters", (0..EACH).map(|n| stretch(n, 2)).collect()),
        ("four characters, as words", (0..EACH).map(|n| stretch(n, 4)).collect()),
        ("two words", (0..EACH).map(|n| format!("{} {}", stretch(n, 2), stretch(n, 2))).collect()),
        ("quoted, eight characters", (0..EACH).map(|n| quoted(stretch(n, 8))).collect()),
        (
            "a name of no dictionary",
            contracts.iter().map(|c| c.counterparty.chars().skip(3).take(3).collect()).collect(),
        ),
        ("a number", contracts.iter().map(|c| format!("LH-{:06}", c.number)).collect()),
        (
            "words and conditions",
            contracts
                .iter()
                .map(|c| format!("{} 部门:{} 签订:2018.. 金额:>100万", &c.title[..6], &c.department[18..]))
                .collect(),
        ),
    ]
}

/// Questions as long as they may be: words of which one is enough, words that all have to be there, a pasted text.
fn longest(vocabulary: &Vocabulary, count: usize, pages: usize) -> Vec<(&'static str, Vec<String>)> {
    let mut seed = Seed(5);
    let text = vocabulary.contract(seed.below(count), pages).text;
    let mut words = |many: usize, between: &str| {
        (0..many).map(|_| substring(&text, 2, &mut seed)).collect::<Vec<_>>().join(between)
    };
    let (any, all) = ((0..5).map(|_| words(64, " OR ")).collect(), (0..5).map(|_| words(64, " ")).collect());
    let pasted =
        (1..6).map(|n| text.chars().skip(n * 50).take(990).filter(|c| is_hanzi(*c)).collect()).collect();
    let wild = (0..5).map(|_| words(64, "~ OR ")).collect();
    let quoted: Vec<String> = (0..5).map(|_| format!("“{}”", words(110, "” OR “"))).collect();
    let refused = vec![words(1_000, " OR "), words(50_000, "")];
    vec![
        ("64 words, one enough", any),
        ("64 words, all", all),
        ("64 words, one may differ", wild),
        ("110 quoted, one enough", quoted),
        ("a pasted text", pasted),
        ("1,000 words; 100 KB and more", refused),
    ]
}

/// A stretch of Chinese characters.
fn substring(text: &str, length: usize, seed: &mut Seed) -> String {
    let chars: Vec<char> = text.chars().collect();
    loop {
        let at = seed.below(chars.len());
        let part = chars.iter().skip(at).take(length);
        if part.clone().count() == length && part.clone().all(|c| is_hanzi(*c)) {
            return part.collect();
        }
    }
}

fn is_hanzi(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// Quoted strings of one, two, three and six characters: what is found of what is there, and how fast.
fn compare(vocabulary: &Vocabulary, folder: &Path, index: &Index, count: usize, pages: usize) {
    let texts: Vec<String> = (0..count).map(|n| vocabulary.contract(n, pages).text).collect();
    let mut seed = Seed(7);
    let lengths = [1, 2, 3, 6];
    let questions: Vec<String> = lengths
        .iter()
        .flat_map(|&length| (0..20).map(move |_| length))
        .map(|length| substring(&texts[seed.below(count)], length, &mut seed))
        .collect();
    let truth: Vec<u64> = questions
        .iter()
        .map(|q| texts.iter().filter(|text| text.contains(q.as_str())).count() as u64)
        .collect();
    let ours = questions.iter().map(|question| ask(index, &format!("“{question}”")));
    let ours: Answers = ours.map(|(found, time, relaxed)| (if relaxed { 0 } else { found }, time)).collect();
    let (bytes, fts5) = peers::fts5(folder, &texts, &questions);
    println!(
        "FTS5 trigram takes {:.2} × text",
        bytes as f64 / texts.iter().map(String::len).sum::<usize>() as f64
    );
    let xapian = peers::xapian(folder, &texts, &questions);
    for (n, length) in lengths.iter().enumerate() {
        let range = n * 20..(n + 1) * 20;
        for (name, answers) in [
            ("hetong", Some(&ours)),
            ("FTS5 trigram", Some(&fts5)),
            ("Xapian", xapian.as_ref().map(|x| &x.1)),
        ] {
            let Some(answers) = answers else { continue };
            let found: u64 = range.clone().map(|n| answers[n].0.min(truth[n])).sum();
            let there: u64 = truth[range.clone()].iter().sum();
            let times: Vec<Time> = answers[range.clone()].iter().map(|answer| answer.1).collect();
            print_times(&format!("{name}, {length}: recall {:.3}", found as f64 / there as f64), &times);
        }
    }
    if let Some((bytes, _)) = xapian {
        println!(
            "Xapian takes {:.2} × text",
            bytes as f64 / texts.iter().map(String::len).sum::<usize>() as f64
        );
    }
}
