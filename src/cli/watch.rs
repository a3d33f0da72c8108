//! How a run is shown: a bar on a terminal, plain lines elsewhere, JSON for a machine.

use std::io::{self, IsTerminal, Write};

use hetong::model::{Folded, Level};
use hetong::pipeline::{Event, Progress, Summary};
use indicatif::{ProgressBar, ProgressStyle};

/// Plain lines come after so many files.
const LINE_EVERY: u64 = 500;

/// The way that fits where the output goes.
pub fn watcher(json: bool) -> Box<dyn Progress> {
    if json {
        Box::new(Json)
    } else if io::stderr().is_terminal() {
        Box::new(Bar(ProgressBar::hidden()))
    } else {
        Box::new(Lines { seen: std::sync::Mutex::new((0, 0)) })
    }
}

/// One event a line on standard output.
struct Json;

impl Progress for Json {
    fn tell(&self, event: &Event) {
        // A closed pipe must not stop the run: the results are in the store.
        let _ = super::print_line(event);
    }
}

/// A bar with counts and remaining time.
struct Bar(ProgressBar);

impl Progress for Bar {
    fn tell(&self, event: &Event) {
        match event {
            Event::Started { files, .. } => {
                self.0.set_length(*files);
                self.0.set_style(style());
                self.0.set_draw_target(indicatif::ProgressDrawTarget::stderr());
            }
            Event::File { .. } => {
                for line in complaints(event) {
                    self.0.println(line);
                }
                self.0.inc(1);
            }
            Event::Indexing { records } => self.0.set_message(format!("补建索引 {records}")),
            Event::Finished(summary) => {
                self.0.finish_and_clear();
                say(&sum_up(summary));
            }
        }
    }
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{bar:32} {pos}/{len} 份  已用 {elapsed}  剩余 {eta}  {msg}")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// Plain lines on standard error.
struct Lines {
    /// Files seen, files in all.
    seen: std::sync::Mutex<(u64, u64)>,
}

impl Progress for Lines {
    fn tell(&self, event: &Event) {
        let mut seen = self.seen.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        match event {
            Event::Started { archive, files } => {
                seen.1 = *files;
                say(&format!("开始处理 {archive}：{files} 个文件"));
            }
            Event::File { .. } => {
                seen.0 += 1;
                complaints(event).iter().for_each(|line| say(line));
                if seen.0.is_multiple_of(LINE_EVERY) {
                    say(&format!("已处理 {}/{}", seen.0, seen.1));
                }
            }
            Event::Indexing { records } => say(&format!("补建索引：{records} 份")),
            Event::Finished(summary) => say(&sum_up(summary)),
        }
    }
}

fn say(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// What is wrong with a file, a line for each error.
fn complaints(event: &Event) -> Vec<String> {
    let Event::File { path, issues, .. } = event else { return Vec::new() };
    let errors = issues.iter().filter(|issue| issue.level == Level::Error);
    Folded::all(errors).iter().map(|folded| format!("{path}：{}", folded.message())).collect()
}

fn sum_up(summary: &Summary) -> String {
    let mut text = format!(
        "完成：{} 个文件；新读 {}，重新分析 {}，重新审查 {}，未变 {}，重复内容 {}，已移除 {}",
        summary.files,
        summary.read,
        summary.reanalysed,
        summary.reviewed,
        summary.unchanged,
        summary.duplicates,
        summary.gone
    );
    if summary.files == 0 {
        text.push_str("\n归档目录是空的：以前的文件未标记为已移除；请确认磁盘已挂载、目录无误");
    }
    if summary.failures > 0 {
        text.push_str(&format!(
            "\n未能完整读取的文件 {} 个，清单见 {}",
            summary.failures, summary.failure_list
        ));
    }
    text
}
