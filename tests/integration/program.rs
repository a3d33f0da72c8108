//! The program, run as a person runs it.

use std::path::Path;
use std::process::{Command, Output};

/// `hetong` with arguments, without settings from outside.
pub fn hetong(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hetong"));
    command.args(arguments);
    for name in ["HETONG_STORE", "HETONG_DICTIONARIES", "HETONG_CONFIG", "HETONG_JOBS"] {
        command.env_remove(name);
    }
    command
}

/// Runs it to the end.
pub fn run(arguments: &[&str]) -> Output {
    hetong(arguments).output().expect("the program starts")
}

/// `hetong process ARCHIVE --store STORE` with further arguments.
pub fn process(archive: &Path, store: &Path, more: &[&str]) -> Output {
    let mut arguments = vec!["process", text(archive), "--store", text(store)];
    arguments.extend(more);
    run(&arguments)
}

/// A path that is known to be UTF-8.
pub fn text(path: &Path) -> &str {
    path.to_str().expect("a temporary path is UTF-8")
}

/// What it wrote to standard error.
pub fn complaints(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What it wrote to standard output.
pub fn answer(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Each line of standard output as JSON.
pub fn json_lines(output: &Output) -> Vec<serde_json::Value> {
    answer(output).lines().map(|line| serde_json::from_str(line).expect(line)).collect()
}

/// The figures that a `process --json` run ends with.
pub fn summary(output: &Output) -> serde_json::Value {
    let last = json_lines(output).pop().unwrap_or_else(|| panic!("no events: {}", complaints(output)));
    assert_eq!(last["event"], "finished", "{}", complaints(output));
    last
}
