//! Whole runs: what is done, what is done again, and what is not.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;

use rusqlite::Connection;

use crate::program::{answer, complaints, hetong, json_lines, process, run, summary, text};

fn contract(number: usize) -> String {
    format!(
        "设备采购合同\n合同编号：LH-2024-{number:04}\n甲方：深圳市罗湖区教育局\n乙方：深圳市样例{number}科技有限公司\n\
         第一条 合同价款\n合同总价为人民币 {number}00 元。\n第二条 争议解决\n\
         因本合同发生的争议，向深圳市罗湖区人民法院起诉。\n"
    )
}

/// How many records a store holds, in the index or not.
fn stored(store: &Path) -> i64 {
    let connection = Connection::open(store.join("hetong.sqlite")).expect("a store");
    connection.query_row("SELECT count(*) FROM record", [], |row| row.get(0)).expect("a count")
}

fn archive_of(count: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for number in 1..=count {
        let path = folder.path().join(format!("2024/采购 {}/合同{number}.txt", number % 3));
        fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        fs::write(path, contract(number)).expect("written");
    }
    folder
}

/// Every record of a store, by number, without what a run may differ in.
fn records(store: &Path) -> Vec<(String, String)> {
    let connection = Connection::open(store.join("hetong.sqlite")).expect("a store");
    let mut statement = connection
        .prepare("SELECT id, json FROM record WHERE indexed_by IS NOT NULL ORDER BY id")
        .expect("sql");
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("rows");
    rows.collect::<Result<_, _>>().expect("rows")
}

#[test]
fn a_second_run_does_nothing() {
    let (archive, store) = (archive_of(5), tempfile::tempdir().expect("a folder"));
    let first = process(archive.path(), store.path(), &["--json"]);
    assert_eq!(first.status.code(), Some(0), "{}", complaints(&first));
    assert_eq!(summary(&first)["read"], 5);
    let second = summary(&process(archive.path(), store.path(), &["--json"]));
    assert_eq!((&second["read"], &second["unchanged"]), (&0.into(), &5.into()));
}

#[test]
fn only_what_changed_is_done_again() {
    let (archive, store) = (archive_of(4), tempfile::tempdir().expect("a folder"));
    process(archive.path(), store.path(), &[]);
    fs::write(archive.path().join("2024/采购 1/合同1.txt"), contract(77)).expect("written");
    fs::remove_file(archive.path().join("2024/采购 2/合同2.txt")).expect("removed");
    let again = summary(&process(archive.path(), store.path(), &["--json"]));
    assert_eq!((&again["read"], &again["unchanged"], &again["gone"]), (&1.into(), &2.into(), &1.into()));
    let connection = Connection::open(store.path().join("hetong.sqlite")).expect("a store");
    let gone: String = connection
        .query_row("SELECT shown FROM source WHERE gone IS NOT NULL", [], |row| row.get(0))
        .expect("one");
    assert_eq!(gone, "2024/采购 2/合同2.txt");
    // Forgotten would be worse: its record is still there.
    assert_eq!(records(store.path()).len(), 5);
}

#[test]
fn the_same_content_under_two_paths_is_one_contract() {
    let (archive, store) = (archive_of(2), tempfile::tempdir().expect("a folder"));
    fs::write(archive.path().join("副本.txt"), contract(1)).expect("written");
    let figures = summary(&process(archive.path(), store.path(), &["--json"]));
    assert_eq!((&figures["read"], &figures["duplicates"]), (&2.into(), &1.into()));
    assert_eq!(records(store.path()).len(), 2);
    let found = answer(&run(&["search", "--store", text(store.path()), "样例1科技"]));
    assert!(found.contains("副本.txt") && found.contains("2024/采购 1/合同1.txt"), "{found}");
}

#[test]
fn a_file_that_was_only_touched_is_no_duplicate() {
    let (archive, store) = (archive_of(1), tempfile::tempdir().expect("a folder"));
    process(archive.path(), store.path(), &[]);
    fs::write(archive.path().join("2024/采购 1/合同1.txt"), contract(1)).expect("written");
    let figures = summary(&process(archive.path(), store.path(), &["--json"]));
    assert_eq!((&figures["unchanged"], &figures["duplicates"]), (&1.into(), &0.into()));
}

#[test]
fn a_number_of_threads_that_no_machine_has_does_no_harm() {
    let (archive, store) = (archive_of(1), tempfile::tempdir().expect("a folder"));
    let output = process(archive.path(), store.path(), &["--jobs", "100000"]);
    assert_eq!(output.status.code(), Some(0), "{}", complaints(&output));
}

#[test]
fn a_changed_rule_pack_means_no_reading() {
    let (archive, store) = (archive_of(3), tempfile::tempdir().expect("a folder"));
    process(archive.path(), store.path(), &[]);
    let dictionaries = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(dictionaries.path().join("rules/consistency")).expect("made");
    let pack = include_str!("../../dictionaries/rules/consistency/pack.toml");
    fs::write(dictionaries.path().join("rules/consistency/pack.toml"), format!("{pack}\n# changed\n"))
        .expect("written");
    let changed = ["--json", "--dictionaries", text(dictionaries.path())];
    let again = summary(&process(archive.path(), store.path(), &changed));
    assert_eq!((&again["read"], &again["reviewed"]), (&0.into(), &3.into()));
    fs::write(dictionaries.path().join("words.txt"), "样例科技\n").expect("written");
    let events = json_lines(&process(archive.path(), store.path(), &changed));
    assert!(events.iter().any(|event| event["event"] == "indexing" && event["records"] == 3), "{events:?}");
}

/// A run whose events can be read while it goes on.
fn started(archive: &Path, store: &Path) -> std::process::Child {
    hetong(&["process", text(archive), "--store", text(store), "--json"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("the program starts")
}

#[test]
fn a_run_that_is_killed_goes_on_where_it_was() {
    let archive = archive_of(400);
    let (whole, broken) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    process(archive.path(), whole.path(), &[]);
    // Before anything is stored, between two batches, and while the last is under way.
    for files in [3, 180, 330] {
        let mut child = started(archive.path(), broken.path());
        let events = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let seen = events.map_while(Result::ok).filter(|line| line.contains("\"file\"")).take(files).count();
        child.kill().expect("killed");
        child.wait().expect("ended");
        assert_eq!(seen, files, "the run ended before it was killed");
    }
    let stored = stored(broken.path());
    assert!((1..400).contains(&stored), "{stored} records: nothing is left to resume, or nothing was kept");
    let last = process(archive.path(), broken.path(), &[]);
    assert_eq!(last.status.code(), Some(0), "{}", complaints(&last));
    assert_eq!(records(broken.path()), records(whole.path()));
    let found = run(&["search", "--store", text(broken.path()), "--json", "样例7科技"]);
    assert!(answer(&found).contains("LH-2024-0007"), "{}{}", answer(&found), complaints(&found));
}

#[test]
fn a_deleted_index_is_built_anew() {
    let (archive, store) = (archive_of(3), tempfile::tempdir().expect("a folder"));
    process(archive.path(), store.path(), &[]);
    let index = fs::read_dir(store.path())
        .expect("a store")
        .map(|entry| entry.expect("an entry").path())
        .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("index-")))
        .expect("an index");
    fs::remove_dir_all(index).expect("removed");
    let again = summary(&process(archive.path(), store.path(), &["--json"]));
    assert_eq!(again["read"], 0);
    let found = run(&["search", "--store", text(store.path()), "--json", "样例2科技"]);
    assert!(answer(&found).contains("LH-2024-0002"), "{}{}", answer(&found), complaints(&found));
}

#[test]
fn a_folder_that_disappears_takes_only_its_own_files_along() {
    let (archive, store) = (archive_of(300), tempfile::tempdir().expect("a folder"));
    let mut child = started(archive.path(), store.path());
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    while !lines.next().expect("an event").expect("text").contains("\"file\"") {}
    // Its files come last in the order of names; some are read before it is gone, some are not.
    fs::remove_dir_all(archive.path().join("2024/采购 2")).expect("removed");
    lines.for_each(drop);
    assert!(matches!(child.wait().expect("ended").code(), Some(0 | 1)));
    assert!(records(store.path()).len() >= 200, "{}", records(store.path()).len());
    // The next run knows that they are gone, and still has everything else.
    let again = process(archive.path(), store.path(), &["--json"]);
    assert_eq!(summary(&again)["files"], 200, "{}", complaints(&again));
    assert_eq!(again.status.code(), Some(0));
}

#[test]
fn two_runs_on_one_store_do_not_meet() {
    let (archive, store) = (archive_of(1), tempfile::tempdir().expect("a folder"));
    process(archive.path(), store.path(), &[]);
    let lock = fs::File::options().write(true).open(store.path().join("lock")).expect("a lock file");
    lock.lock().expect("locked");
    let second = process(archive.path(), store.path(), &[]);
    assert_eq!(second.status.code(), Some(2));
    assert!(complaints(&second).contains("另一个 hetong 进程"), "{}", complaints(&second));
}

#[test]
fn an_empty_folder_is_not_taken_for_a_cleared_archive() {
    let (archive, store) = (archive_of(2), tempfile::tempdir().expect("a folder"));
    process(archive.path(), store.path(), &[]);
    fs::remove_dir_all(archive.path().join("2024")).expect("removed");
    let output = process(archive.path(), store.path(), &[]);
    assert!(complaints(&output).contains("挂载"), "{}", complaints(&output));
    let figures = summary(&process(archive.path(), store.path(), &["--json"]));
    assert_eq!(figures["gone"], 0);
}

#[test]
fn an_archive_that_is_not_there_harms_nothing() {
    let (archive, store) = (archive_of(1), tempfile::tempdir().expect("a folder"));
    process(archive.path(), store.path(), &[]);
    let missing = archive.path().join("没有");
    let output = process(&missing, store.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(complaints(&output).contains("没有"), "{}", complaints(&output));
    assert_eq!(records(store.path()).len(), 1);
}

/// A disk that is full, played by a bound on the size of files.
#[cfg(unix)]
#[test]
fn a_full_disk_stops_the_run_and_the_next_goes_on() {
    let (archive, store) = (archive_of(40), tempfile::tempdir().expect("a folder"));
    let script = r#"trap '' XFSZ; ulimit -f 256; exec "$0" process "$1" --store "$2""#;
    let output = std::process::Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_hetong"), text(archive.path()), text(store.path())])
        .output()
        .expect("a shell");
    assert_eq!(output.status.code(), Some(2), "{}", complaints(&output));
    assert!(complaints(&output).contains("磁盘空间"), "{}", complaints(&output));
    let again = process(archive.path(), store.path(), &[]);
    assert_eq!(again.status.code(), Some(0), "{}", complaints(&again));
    assert_eq!(records(store.path()).len(), 40);
}

/// A ZIP of these members, stored.
fn zip(path: &Path, members: &[(&str, &str)]) {
    let mut writer = zip::ZipWriter::new(fs::File::create(path).expect("a file"));
    for (name, content) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a member");
        std::io::Write::write_all(&mut writer, content.as_bytes()).expect("written");
    }
    writer.finish().expect("an archive");
}

#[test]
fn members_of_a_container_are_contracts_of_their_own() {
    let (archive, store) = (archive_of(1), tempfile::tempdir().expect("a folder"));
    let path = archive.path().join("a.zip");
    zip(&path, &[("b.txt", &contract(8)), ("c/d.txt", &contract(9)), ("e.bin", "\0\u{1}\u{2}\u{3}")]);
    let first = summary(&process(archive.path(), store.path(), &["--json"]));
    assert_eq!((&first["files"], &first["read"]), (&5.into(), &5.into()));
    let failures = fs::read_to_string(store.path().join("failures.csv")).expect("a list");
    assert!(failures.contains("a.zip!/e.bin,skipped"), "{failures}");
    let again = summary(&process(archive.path(), store.path(), &["--json"]));
    assert_eq!((&again["unchanged"], &again["gone"]), (&5.into(), &0.into()));
    zip(&path, &[("b.txt", &contract(8)), ("c/d.txt", &contract(10))]);
    let changed = summary(&process(archive.path(), store.path(), &["--json"]));
    assert_eq!(
        (&changed["read"], &changed["unchanged"], &changed["gone"]),
        (&2.into(), &2.into(), &1.into())
    );
    let found = answer(&run(&["extract", "--json", text(&path)]));
    let lines: Vec<_> = found.lines().collect();
    assert_eq!(lines.len(), 3, "{found}");
    assert!(lines[1].contains("a.zip!/c/d.txt") && lines[1].contains("LH-2024-0010"), "{found}");
}
