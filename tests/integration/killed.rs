//! Kill -9 at any moment: the store opens, the trail holds, nothing that was confirmed is lost.
//!
//! A dozen rounds in every test run; `HETONG_KILL_ROUNDS=200 cargo test --test integration killed::` for more.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::program::{answer, complaints, hetong, process, run, text};

/// Rounds in an ordinary test run.
const ROUNDS: u64 = 12;

/// Moments without a clock or a generator of the system: the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

fn write_archive(folder: &Path, round: u64) {
    for number in 0..30 {
        let text = format!(
            "设备采购合同\n合同编号：LH-2024-{number:04}\n甲方：深圳市罗湖区教育局\n乙方：深圳市样例{number}科技有限公司\n\
             第一条 合同价款\n合同总价为人民币 {}00 元。\n第{round}稿\n",
            number + 1
        );
        fs::write(folder.join(format!("合同{number}.txt")), text).expect("written");
    }
}

fn started(arguments: &[&str], store: &Path) -> Child {
    hetong(arguments)
        .args(["--store", text(store)])
        .env("HETONG_USER", "王小明")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts")
}

/// Contracts of the first run: they stay in the store whatever the archive holds later.
fn first_ids(store: &Path) -> Vec<String> {
    let list = answer(&run(&["case", "list", "--store", text(store)]));
    list.lines().filter_map(|line| line.split_whitespace().next()).take(10).map(str::to_owned).collect()
}

/// Decides one thing after another until it is killed; what was answered is what has to be there afterwards.
fn decide(store: &Path, ids: &[String], round: u64, dice: &mut Dice, kept: &mut BTreeMap<String, String>) {
    for (number, id) in ids.iter().enumerate() {
        let value = format!("第{round}轮第{number}号");
        let field = format!("subject={value}");
        let mut child = started(&["correct", id, &field], store);
        std::thread::sleep(Duration::from_millis(dice.below(40)));
        let is_last = number + 1 == ids.len() || dice.below(4) == 0;
        if is_last {
            let _ = child.kill();
        }
        let output = child.wait_with_output().expect("ended");
        let told = answer(&output).contains(&value);
        match told {
            true => drop(kept.insert(id.clone(), value)),
            // Killed before it answered: either word may stand there.
            false => drop(kept.remove(id)),
        }
        if is_last {
            return;
        }
    }
}

fn check(store: &Path, kept: &BTreeMap<String, String>, round: u64) {
    let verified = run(&["audit", "verify", "--store", text(store)]);
    assert_eq!(
        verified.status.code(),
        Some(0),
        "round {round}: {}{}",
        answer(&verified),
        complaints(&verified)
    );
    for (id, value) in kept {
        let shown = run(&["case", "show", id, "--store", text(store)]);
        assert!(answer(&shown).contains(value), "round {round}, {id}: {value} is lost: {}", answer(&shown));
    }
}

#[test]
fn nothing_confirmed_is_lost() {
    let rounds =
        std::env::var("HETONG_KILL_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(ROUNDS);
    let (archive, store) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let away = tempfile::tempdir().expect("a folder");
    let backup = away.path().join("备份");
    write_archive(archive.path(), 0);
    process(archive.path(), store.path(), &[]);
    run(&["backup", text(&backup), "--store", text(store.path())]);
    let ids = first_ids(store.path());
    assert_eq!(ids.len(), 10);
    let (mut dice, mut kept) = (Dice(7), BTreeMap::new());
    for round in 1..=rounds {
        write_archive(archive.path(), round);
        let mut processing = started(&["process", text(archive.path()), "--keep-originals"], store.path());
        let mut copying = started(&["backup", text(&backup)], store.path());
        decide(store.path(), &ids, round, &mut dice, &mut kept);
        std::thread::sleep(Duration::from_millis(dice.below(400)));
        for child in [&mut processing, &mut copying] {
            let _ = child.kill();
            child.wait().expect("ended");
        }
        check(store.path(), &kept, round);
        // Whatever was killed, the last whole backup can be put back.
        if round % 4 == 0 {
            let restored = away.path().join(format!("库{round}"));
            let output = run(&["restore", text(&backup), "--store", text(&restored)]);
            assert_eq!(output.status.code(), Some(0), "round {round}: {}", complaints(&output));
            fs::remove_dir_all(&restored).expect("removed");
        }
    }
    let last = process(archive.path(), store.path(), &[]);
    assert_eq!(last.status.code(), Some(0), "{}", complaints(&last));
    check(store.path(), &kept, rounds);
}

/// Kills a command at a moment of the time that it takes.
fn killed(arguments: &[&str], store: &Path, after: u64) {
    let mut child = started(arguments, store);
    std::thread::sleep(Duration::from_millis(after));
    let _ = child.kill();
    child.wait().expect("ended");
}

/// Names and bytes of the files in a folder.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    files
        .map(|file| (file.file_name().to_string_lossy().into_owned(), fs::read(file.path()).expect("read")))
        .collect()
}

#[test]
fn an_index_of_another_version_outlives_every_kill() {
    let (archive, store) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    write_archive(archive.path(), 0);
    let begun = Instant::now();
    process(archive.path(), store.path(), &[]);
    let whole = begun.elapsed().as_millis() as u64;
    let index = hetong::search::Index::folder(store.path());
    let old = store.path().join("index-1");
    let mut dice = Dice(13);
    for round in 0..ROUNDS {
        if index.exists() {
            // What was killed may have been removing it.
            let _ = fs::remove_dir_all(&old);
            fs::rename(&index, &old).expect("moved");
        }
        let before = contents(&old);
        let arguments = [["index", "rebuild"], ["process", text(archive.path())]];
        killed(&arguments[round as usize % 2], store.path(), dice.below(whole * 2));
        let output = run(&["search", "“合同总价”", "--json", "--store", text(store.path())]);
        if output.status.code() == Some(0) {
            let found: serde_json::Value = serde_json::from_str(&answer(&output)).expect("an answer");
            assert_eq!(found["total"], 30, "round {round}: the new one answers when it is whole");
        } else {
            assert!(complaints(&output).contains("其他版本"), "round {round}: {}", complaints(&output));
            assert!(!before.is_empty() && contents(&old) == before, "round {round}: the old one was touched");
        }
    }
    let last = process(archive.path(), store.path(), &[]);
    assert_eq!(last.status.code(), Some(0), "{}", complaints(&last));
    assert!(!old.exists(), "the old one goes when the new one is there");
    let verified = run(&["index", "verify", "--store", text(store.path())]);
    assert_eq!(verified.status.code(), Some(0), "{}", answer(&verified));
}

#[test]
fn the_index_answers_after_every_kill() {
    let rounds =
        std::env::var("HETONG_KILL_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(ROUNDS);
    let (archive, store) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    write_archive(archive.path(), 0);
    let begun = Instant::now();
    process(archive.path(), store.path(), &[]);
    let whole = begun.elapsed().as_millis() as u64;
    let mut dice = Dice(11);
    for round in 1..=rounds {
        write_archive(archive.path(), round);
        match round % 3 {
            0 => killed(&["index", "rebuild"], store.path(), dice.below(whole)),
            _ => killed(&["process", text(archive.path())], store.path(), dice.below(whole)),
        }
        let output = run(&["search", "“合同总价”", "--json", "--store", text(store.path())]);
        assert_eq!(output.status.code(), Some(0), "round {round}: {}", complaints(&output));
        let found: serde_json::Value = serde_json::from_str(&answer(&output)).expect("an answer");
        // Drafts of earlier rounds may have been added, none may be lost.
        assert!(found["total"].as_u64() >= Some(30), "round {round}: {}", found["total"]);
    }
    let last = process(archive.path(), store.path(), &[]);
    assert_eq!(last.status.code(), Some(0), "{}", complaints(&last));
    let verified = run(&["index", "verify", "--store", text(store.path())]);
    assert_eq!(verified.status.code(), Some(0), "{}", answer(&verified));
}
