//! `hetong extract --explain`: why a field has the value it has, for a person who doubts it.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use hetong::engine::{Engine, Options};
use hetong::fields::EXTRACTORS;
use hetong::fields::explain::{Considered, Explanation};
use hetong::model::{Place, Span, Status};
use hetong::read::worker::ReaderPool;

use super::Done;
use super::inputs::each_analysis;

/// Explains one field of each file.
pub fn run(files: &[PathBuf], field: &str, engine: &Engine, readers: &ReaderPool) -> Result<Done> {
    let name = field.split(['[', '.']).next().unwrap_or(field);
    if name != "amount_in_words" && EXTRACTORS.iter().all(|extractor| extractor.field != name) {
        let known: Vec<&str> = EXTRACTORS.iter().map(|extractor| extractor.field).collect();
        bail!("没有名为“{field}”的要素；可用：{}", known.join("、"));
    }
    let mut failures = false;
    each_analysis(files, engine, readers, Options::default(), |path, analysis| {
        failures |= analysis.record.status != Status::Complete;
        if let Some(explanation) = engine.explain(&analysis.text, field) {
            io::stdout().lock().write_all(told(path, &explanation).as_bytes())?;
        }
        Ok(())
    })?;
    Ok(Done::failing(failures))
}

/// As a person reads it.
fn told(path: &Path, explanation: &Explanation) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}  {}（{}）", path.display(), explanation.about, explanation.field);
    let _ = match (&explanation.value, explanation.absent) {
        (Some(value), _) => writeln!(out, "  结果：{}", in_short(value)),
        (None, Some(reason)) => writeln!(out, "  结果：无（{reason}）"),
        (None, None) => writeln!(out, "  结果：无"),
    };
    if explanation.candidates.is_empty() {
        out.push_str("  候选：没有\n");
    }
    for candidate in &explanation.candidates {
        out.push_str(&line(candidate));
    }
    out.push('\n');
    out
}

fn line(candidate: &Considered) -> String {
    format!(
        "  {}  {:.2}  {}  [{}，{}]{}\n",
        candidate.verdict.label(),
        candidate.score,
        cut(&candidate.span.quote),
        place(&candidate.span),
        candidate.source,
        if candidate.why.is_empty() { String::new() } else { format!("  {}", candidate.why) },
    )
}

/// The normalised values without their evidence.
fn in_short(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Array(list) => list.iter().map(in_short).collect::<Vec<_>>().join("；"),
        serde_json::Value::Object(map) => match (map.get("value"), map.get("name")) {
            (Some(inner), _) => inner.as_str().map_or_else(|| inner.to_string(), str::to_owned),
            (None, Some(name)) => in_short(name),
            (None, None) => value.to_string(),
        },
        other => other.to_string(),
    }
}

/// A quote on one line, long ones cut.
fn cut(quote: &str) -> String {
    const LONGEST: usize = 60;
    let one: String = quote.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    match one.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("“{}…”", one.split_at(at).0),
        None => format!("“{one}”"),
    }
}

fn place(span: &Span) -> String {
    match span.places.first() {
        Some(Place::Page { page, .. }) => format!("第 {page} 页"),
        Some(Place::Block { block, .. }) => format!("第 {} 段", block + 1),
        None => "位置不明".to_owned(),
    }
}
