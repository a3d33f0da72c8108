//! Several contracts bound in one file: each gets the record that it would have alone.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use hetong::dictionaries::Dictionaries;
use hetong::engine::{Analysis, Engine, Identity, Options};
use hetong::model::Record;
use hetong::read::read_here;
use hetong_corpus::docx::Extras;
use hetong_corpus::font::FontBook;
use hetong_corpus::golden::Golden;
use hetong_corpus::pdf::{Finish, PdfKind, PredefinedCMap};
use hetong_corpus::plain::Encoding;
use hetong_corpus::source::{self, Document};
use hetong_corpus::{Rendering, render};
use serde_json::Value;

use crate::program::{answer, complaints, json_lines, process, run, summary, text};

static ENGINE: LazyLock<Engine> =
    LazyLock::new(|| Engine::new(&Dictionaries::embedded()).expect("the dictionaries"));

/// Whole contracts that were worked on, as written, without running headers and footers.
fn contracts() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/golden");
    let goldens = Golden::load_all(&folder).expect("the written contracts");
    let own = goldens.into_iter().filter(|golden| golden.truth["split"] == "tune");
    let plain = |text: &str| {
        text.lines()
            .filter(|line| !line.starts_with('%'))
            .fold(String::new(), |text, line| text + line + "\n")
    };
    own.map(|golden| (golden.slug, plain(&golden.text))).collect()
}

fn renderings() -> [Rendering; 3] {
    [
        Rendering::Text(Encoding::Utf8),
        Rendering::Docx(Extras::default()),
        Rendering::Pdf(PdfKind::Predefined(PredefinedCMap::UniGbUcs2), Finish::default()),
    ]
}

fn analyse(source: &str, rendering: &Rendering) -> Vec<Analysis> {
    let document: Document = source::parse(source).expect("the source format");
    let bytes = render(&document, rendering, &FontBook::system()).expect("a file");
    ENGINE.analyse(&read_here(&bytes), &Identity::of(&bytes, "a"), Options::default())
}

/// The values of a record's fields, without confidence and evidence.
fn values(record: &Record) -> Value {
    let mut fields = serde_json::to_value(&record.fields).expect("JSON");
    strip(&mut fields);
    fields
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(map) => {
            for key in ["evidence", "witnesses", "confidence", "raw"] {
                map.remove(key);
            }
            map.values_mut().for_each(strip);
        }
        Value::Array(list) => list.iter_mut().for_each(strip),
        _ => {}
    }
}

/// Quotes stand where the spans say, and places are those of the file.
fn check_spans(analysis: &Analysis) {
    let characters: Vec<char> = analysis.text.content.chars().collect();
    let record = serde_json::to_value(&analysis.record).expect("JSON");
    let mut spans = 0;
    each_span(&record, &mut |span| {
        let at = |key: &str| usize::try_from(span[key].as_u64().expect("a number")).expect("small");
        let quote: String = characters[at("start")..at("end")].iter().collect();
        assert_eq!(span["quote"], quote);
        let pages = analysis.record.part.pages;
        for place in span["places"].as_array().expect("places") {
            if let (Some(page), Some([first, last])) = (place["page"].as_u64(), pages) {
                assert!((u64::from(first)..=u64::from(last)).contains(&page), "{span}");
            }
        }
        spans += 1;
    });
    assert!(spans > 10);
}

fn each_span(value: &Value, see: &mut impl FnMut(&Value)) {
    match value {
        Value::Object(map) if map.contains_key("quote") => see(value),
        Value::Object(map) => map.values().for_each(|value| each_span(value, see)),
        Value::Array(list) => list.iter().for_each(|value| each_span(value, see)),
        _ => {}
    }
}

#[test]
fn bound_contracts_are_read_as_alone() {
    let contracts = contracts();
    for rendering in renderings() {
        let alone: Vec<Vec<Analysis>> =
            contracts.iter().map(|(_, source)| analyse(source, &rendering)).collect();
        for (slug, records) in contracts.iter().map(|(slug, _)| slug).zip(&alone) {
            assert_eq!(records.len(), 1, "{slug} is one contract");
        }
        for (index, pair) in contracts.windows(2).enumerate() {
            let [(first, a), (second, b)] = pair else { unreachable!() };
            // Plain text has no pages: a table's last row and the title below it look like one paragraph.
            if rendering.extension() == "txt" && a.trim_end().ends_with('|') {
                continue;
            }
            let bound = analyse(&format!("{a}=== page ===\n{b}"), &rendering);
            let name = format!("{first} + {second} as {}", rendering.extension());
            assert_eq!(bound.len(), 2, "{name}");
            for (part, analysis) in bound.iter().enumerate() {
                let (record, own) = (&analysis.record, &alone[index + part][0].record);
                assert_eq!(values(record), values(own), "{name}, part {part}");
                assert_eq!((record.kind, record.stage), (own.kind, own.stage), "{name}, part {part}");
                let rules = |record: &Record| {
                    record.findings.iter().map(|finding| finding.fingerprint.clone()).collect::<Vec<_>>()
                };
                assert_eq!(rules(record), rules(own), "{name}, part {part}");
                check_spans(analysis);
            }
        }
    }
}

#[test]
fn parts_have_numbers_pages_and_their_own_text() {
    let contracts = contracts();
    let source = contracts.iter().take(3).map(|(_, source)| source.as_str()).collect::<Vec<_>>();
    let bound = analyse(&source.join("=== page ===\n"), &renderings()[2]);
    assert_eq!(bound.len(), 3);
    let mut next = 1;
    for (index, analysis) in bound.iter().enumerate() {
        let record = &analysis.record;
        let suffix = if index == 0 { String::new() } else { format!("#{}", index + 1) };
        assert_eq!(record.id, format!("{}{suffix}", record.document));
        assert_eq!((record.part.index as usize, record.part.of), (index + 1, 3));
        let [first, last] = record.part.pages.expect("pages");
        assert_eq!(first, next);
        next = last + 1;
        let numbers: Vec<u32> = record.pages.iter().map(|page| page.number).collect();
        assert_eq!(numbers, (first..=last).collect::<Vec<_>>());
        assert!(record.issues.iter().any(|issue| issue.code == "one-of-several"));
    }
    assert_eq!(bound[0].record.source.pages, Some(next - 1));
    let again = ENGINE.compose(&read_here_pdf(&source.join("=== page ===\n")), 2);
    assert_eq!(again.content, bound[1].text.content);
}

fn read_here_pdf(source: &str) -> hetong::model::Document {
    let document = source::parse(source).expect("the source format");
    read_here(&render(&document, &renderings()[2], &FontBook::system()).expect("a file"))
}

fn short(title: &str, second: &str) -> String {
    format!(
        "{title}\n甲方：深圳市罗湖区教育局\n乙方：{second}\n第一条 标的\n乙方按约定履行。\n第二条 价款\n合同总价为人民币500元。\n甲方（盖章）：深圳市罗湖区教育局\n乙方（盖章）：{second}\n签订日期：2024年3月5日\n"
    )
}

/// From the file to each command: two records, two hits, two forms; and one again when the file holds one.
#[test]
fn every_command_knows_the_parts() {
    let (archive, store) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let path = archive.path().join("合订.txt");
    let one = short("办公设备采购合同", "深圳市启明科技有限公司");
    let other = short("保洁服务合同", "深圳市洁净物业有限公司");
    fs::write(&path, format!("{one}{other}")).expect("written");
    let extracted = json_lines(&run(&["extract", "--json", text(&path)]));
    let titles: Vec<&Value> = extracted.iter().map(|record| &record["fields"]["title"]["value"]).collect();
    assert_eq!(titles, ["办公设备采购合同", "保洁服务合同"]);
    let first = process(archive.path(), store.path(), &["--json"]);
    assert_eq!(summary(&first)["read"], 1, "{}", complaints(&first));
    let id = extracted[1]["id"].as_str().expect("an id");
    assert!(id.ends_with("#2"));
    let short_id = format!("{}#2", &id[..12]);
    let show = |id: &str| json_lines_of(&run(&["show", id, "--store", text(store.path())]));
    assert_eq!(show(&short_id)["fields"]["title"]["value"], "保洁服务合同");
    assert_eq!(show(&id[..12])["fields"]["title"]["value"], "办公设备采购合同");
    let found = answer(&run(&["search", "保洁服务", "--store", text(store.path())]));
    assert!(found.contains(&short_id) && found.contains("合订.txt"), "{found}");
    let form = answer(&run(&["form", &short_id, "--store", text(store.path())]));
    assert!(form.contains("保洁服务合同") && !form.contains("办公设备"), "{form}");

    let draft = archive.path().join("合订.docx");
    let document = source::parse(&format!("{one}=== page ===\n{other}")).expect("the source format");
    let docx = render(&document, &Rendering::Docx(Extras::default()), &FontBook::system()).expect("a file");
    fs::write(&draft, docx).expect("written");
    let copy = store.path().join("批注.docx");
    let output = run(&["review", text(&draft), "--docx", text(&copy)]);
    assert_eq!(output.status.code(), Some(0), "{}", complaints(&output));
    let comments = json_lines(&run(&["extract", "--json", "--text", text(&copy)]));
    let content = comments[0]["text"].as_str().expect("a text");
    assert_eq!(content.matches("审查").count().min(2), 2, "{content}");
    fs::remove_file(&draft).expect("removed");

    // Nothing changed, nothing is done; then the file holds one contract only.
    assert_eq!(summary(&process(archive.path(), store.path(), &["--json"]))["unchanged"], 1);
    fs::write(&path, &one).expect("written");
    process(archive.path(), store.path(), &[]);
    assert_eq!(records_of(store.path(), &path), 1);
}

/// What the newest version of the analysis no longer finds goes out of the store and the index.
#[test]
fn a_part_that_is_no_longer_found_goes() {
    let (archive, store) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let path = archive.path().join("合同.txt");
    fs::write(&path, short("保洁服务合同", "深圳市洁净物业有限公司")).expect("written");
    process(archive.path(), store.path(), &[]);
    let database = rusqlite::Connection::open(store.path().join("hetong.sqlite")).expect("a store");
    // As an older version left it: a second contract, and a fingerprint that is no longer this one.
    database
        .execute_batch(
            "INSERT INTO record (id, document, status, title, json, text, analysed_by, ruled_by)
               SELECT id || '#2', document, status, title, json, text, 'old', ruled_by FROM record;
             UPDATE record SET analysed_by = 'old';",
        )
        .expect("changed");
    assert_eq!(summary(&process(archive.path(), store.path(), &["--json"]))["reanalysed"], 1);
    let count: i64 =
        database.query_row("SELECT count(*) FROM record", [], |row| row.get(0)).expect("a count");
    assert_eq!(count, 1);
}

fn json_lines_of(output: &std::process::Output) -> Value {
    serde_json::from_str(&answer(output)).unwrap_or_else(|_| panic!("{}", complaints(output)))
}

/// Records of the content that a file holds now.
fn records_of(store: &Path, path: &Path) -> i64 {
    let sha = Identity::of(&fs::read(path).expect("read"), "").sha256;
    let database = rusqlite::Connection::open(store.join("hetong.sqlite")).expect("a store");
    let sql = "SELECT count(*) FROM record WHERE document = ?1";
    database.query_row(sql, [sha], |row| row.get(0)).expect("a count")
}
