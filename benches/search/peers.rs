//! What search is measured against: SQLite FTS5 with trigrams, and Xapian with its CJK n-grams (Recoll's way).

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use rusqlite::{Connection, params};

use super::time::{Time, cpu};

/// What a peer answered: how many documents it found, and the time for the ranked ten best with excerpts.
pub type Answers = Vec<(u64, Time)>;

/// Fills a table of FTS5, unless it is there, and asks it each question as a phrase. Gives bytes on disk, and the
/// answers.
pub fn fts5(folder: &Path, texts: &[String], questions: &[String]) -> (u64, Answers) {
    let path = folder.join("fts5.sqlite");
    let mut connection = Connection::open(&path).expect("a database");
    fill(&mut connection, texts);
    let ask = |question: &String| {
        let phrase = format!("\"{}\"", question.replace('"', "\"\""));
        let begun = Time::now();
        let best =
            "SELECT rowid, snippet(t, 0, '[', ']', '…', 40) FROM t WHERE t MATCH ?1 ORDER BY rank LIMIT 10";
        let mut statement = connection.prepare_cached(best).expect("a query");
        let rows = statement.query_map([&phrase], |row| row.get::<_, String>(1)).expect("asked");
        let shown = rows.flatten().count();
        let count: i64 = connection
            .prepare_cached("SELECT count(*) FROM t WHERE t MATCH ?1")
            .and_then(|mut count| count.query_row([&phrase], |row| row.get(0)))
            .expect("counted");
        assert!(shown as i64 <= count.min(10));
        (count as u64, begun.passed())
    };
    let answers = questions.iter().map(ask).collect();
    (std::fs::metadata(&path).map_or(0, |file| file.len()), answers)
}

fn fill(connection: &mut Connection, texts: &[String]) {
    let rows = connection.query_row("SELECT max(rowid) FROM t", [], |row| row.get::<_, Option<i64>>(0));
    if rows.is_ok_and(|last| last.is_some_and(|last| last + 1 == texts.len() as i64)) {
        return;
    }
    connection
        .execute_batch(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; DROP TABLE IF EXISTS t;
             CREATE VIRTUAL TABLE t USING fts5(x, tokenize = 'trigram');",
        )
        .expect("FTS5");
    let begun = cpu();
    let transaction = connection.transaction().expect("a transaction");
    for (n, text) in texts.iter().enumerate() {
        transaction
            .prepare_cached("INSERT INTO t (rowid, x) VALUES (?1, ?2)")
            .and_then(|mut insert| insert.execute(params![n as i64, text]))
            .expect("inserted");
    }
    transaction.commit().expect("stored");
    println!("FTS5 indexing {:.1} s CPU", cpu() - begun);
}

/// The same with Xapian, by a script in Python, where it is installed.
pub fn xapian(folder: &Path, texts: &[String], questions: &[String]) -> Option<(u64, Answers)> {
    let database = folder.join("xapian");
    let mut child = Command::new("/usr/bin/python3")
        .arg("-c")
        .arg(SCRIPT)
        .arg(&database)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut input = child.stdin.take()?;
    let body = serde_json::json!({"questions": questions, "count": texts.len()}).to_string();
    let texts: Vec<String> = texts.iter().map(|text| serde_json::to_string(text).expect("text")).collect();
    let feeder = std::thread::spawn(move || {
        let _ = writeln!(input, "{body}");
        for text in texts {
            let _ = writeln!(input, "{text}");
        }
    });
    let output = child.wait_with_output().ok()?;
    let _ = feeder.join();
    let (spent, answers): (f64, Vec<(u64, f64, f64)>) = serde_json::from_slice(&output.stdout).ok()?;
    println!("Xapian indexing {spent:.1} s CPU");
    let answers = answers.into_iter().map(|(found, cpu, wall)| (found, Time { cpu, wall })).collect();
    let bytes =
        std::fs::read_dir(&database).ok()?.flatten().filter_map(|file| Some(file.metadata().ok()?.len()));
    Some((bytes.sum(), answers))
}

const SCRIPT: &str = r#"
import json, sys, time
import xapian
task = json.loads(sys.stdin.readline())
questions = task["questions"]
try:
    missing = xapian.Database(sys.argv[1]).get_doccount() != task["count"]
except xapian.DatabaseError:
    missing = True
how = xapian.DB_CREATE_OR_OVERWRITE if missing else xapian.DB_OPEN
database = xapian.WritableDatabase(sys.argv[1], how)
begun = time.process_time()
generator = xapian.TermGenerator()
generator.set_flags(xapian.TermGenerator.FLAG_CJK_NGRAM)
for line in sys.stdin:
    if not missing:
        continue
    text = json.loads(line)
    document = xapian.Document()
    document.set_data(text)
    generator.set_document(document)
    generator.index_text(text)
    database.add_document(document)
database.commit()
indexing = time.process_time() - begun if missing else 0.0
parser = xapian.QueryParser()
parser.set_database(database)
flags = xapian.QueryParser.FLAG_CJK_NGRAM | xapian.QueryParser.FLAG_PHRASE
answers = []
for question in questions:
    begun, spent = time.perf_counter(), time.process_time()
    enquire = xapian.Enquire(database)
    enquire.set_query(parser.parse_query('"%s"' % question.replace('"', ' '), flags))
    found = enquire.get_mset(0, 10, database.get_doccount())
    for match in found:
        found.snippet(match.document.get_data().decode(), 120)
    answers.append((found.get_matches_estimated(), (time.process_time() - spent) * 1000, (time.perf_counter() - begun) * 1000))
print(json.dumps([indexing, answers]))
"#;
