//! Whole processes: CPU time and memory as the system counts them.

// Each bench is a program of its own and uses its part of this.
#![allow(dead_code)]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

/// The program under test, built with the release profile.
pub const HETONG: &str = env!("CARGO_BIN_EXE_hetong");

/// CPU seconds (user and system) that children of this process used, those they waited for included.
fn children_cpu() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").expect("Linux");
    // The name in parentheses may hold spaces; fields are counted after it. 16 and 17 are cutime, cstime.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    let ticks: f64 = fields[13..15].iter().map(|ticks| ticks.parse::<f64>().expect("a number")).sum();
    ticks / 100.0
}

/// Runs a command on core 0 and returns its CPU seconds.
pub fn pinned(program: &str, arguments: &[&str]) -> f64 {
    let before = children_cpu();
    let status = Command::new("taskset")
        .args(["-c", "0", program])
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    assert!(status.code().is_some_and(|code| code <= 1), "{program}: {status}");
    children_cpu() - before
}

/// Runs a command; CPU seconds and the peak of the memory (proportional set size, bytes) that it and all
/// its children held together, looked at every 50 ms.
pub fn watched(program: &str, arguments: &[&str]) -> (f64, u64) {
    let before = children_cpu();
    let mut child = Command::new(program)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect(program);
    let (done, peak) = (AtomicBool::new(false), AtomicU64::new(0));
    let root = child.id();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                peak.fetch_max(family_memory(root), Ordering::Relaxed);
                std::thread::sleep(Duration::from_millis(50));
            }
        });
        let status = child.wait().expect("it ends");
        done.store(true, Ordering::Relaxed);
        assert!(status.code().is_some_and(|code| code <= 1), "{program}: {status}");
    });
    (children_cpu() - before, peak.into_inner())
}

fn family_memory(root: u32) -> u64 {
    let of = |pid: u32| {
        let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
        let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:")).unwrap_or("0 kB");
        line.split_whitespace().next().and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) * 1024
    };
    let threads = fs::read_dir(format!("/proc/{root}/task")).into_iter().flatten().flatten();
    let children = threads.flat_map(|thread| {
        let list = fs::read_to_string(thread.path().join("children")).unwrap_or_default();
        list.split_whitespace().filter_map(|pid| pid.parse().ok()).collect::<Vec<u32>>()
    });
    of(root) + children.map(of).sum::<u64>()
}

/// The middle of some figures.
pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// A path that is known to be UTF-8.
pub fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// A generated archive: `count` contracts of the written ones with other names, sums and dates.
pub fn archive(count: u64, seed: u64, mix: &str, out: &Path) {
    use hetong_corpus::archive::{Order, write};
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/golden");
    let goldens = hetong_corpus::golden::Golden::load_all(&golden).expect("the written contracts");
    let order = Order { count, seed, mix: mix.parse().expect("a mix") };
    write(&order, &goldens, &hetong_corpus::font::FontBook::system(), out).expect("an archive");
}
