//! `hetong review --docx`: a copy of the draft with the findings as comments.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use hetong::annotate::{Remark, annotate};
use hetong::engine::{Analysis, Engine};
use hetong::model::{Finding, MediaType, Record};
use hetong::report;
use hetong::rules::{Packs, is_about_reading};

use super::output;

/// Refuses a copy that would take the place of a draft.
pub fn check_target(files: &[PathBuf], out: &Path) -> Result<()> {
    if files.len() != 1 {
        bail!("--docx 一次只能审查一份合同；请逐份运行");
    }
    let same = |file: &PathBuf| match (fs::canonicalize(file), fs::canonicalize(out)) {
        (Ok(file), Ok(out)) => file == out,
        _ => file == out,
    };
    if files.iter().any(same) {
        bail!("批注副本 {} 与原件是同一个文件；原件不会改动，请另给一个文件名", out.display());
    }
    Ok(())
}

/// Writes the copy of one draft.
pub fn write(file: &Path, analysis: &Analysis, engine: &Engine, out: &PathBuf) -> Result<()> {
    let record = &analysis.record;
    if record.source.media_type != MediaType::Docx {
        bail!(
            "{} 不是 DOCX 文件，无法写入批注；只有 DOCX 格式的拟稿可以生成批注副本。可改用 --xlsx 或直接查看审查结果",
            record.source.path
        );
    }
    // A second contract in the file adds to the copy that the first has made.
    let file = if record.part.index > 1 { out } else { file };
    let bytes = fs::read(file).with_context(|| format!("无法读取 {}", file.display()))?;
    let remarks = remarks(record, engine.packs());
    let copy = annotate(&bytes, &analysis.text, &remarks, Some(output::now()))
        .with_context(|| format!("无法为 {} 生成批注副本", file.display()))?;
    output::put(&copy, Some(out))
}

/// A remark for each finding; one for all that say no more than that something could not be read.
fn remarks(record: &Record, packs: &Packs) -> Vec<Remark> {
    let signed = record.fields.sign_date.as_ref().map(|date| date.value);
    let title: Vec<_> =
        record.fields.title.iter().flat_map(|title| title.evidence.iter().take(1).cloned()).collect();
    let place = |finding: &Finding| match finding.evidence.is_empty() {
        true => title.clone(),
        false => finding.evidence.clone(),
    };
    let (unread, told): (Vec<_>, Vec<_>) =
        record.findings.iter().partition(|finding| is_about_reading(finding));
    let told = told
        .into_iter()
        .map(|finding| Remark { places: place(finding), lines: report::remark(finding, packs, signed) });
    let unread = (!unread.is_empty()).then(|| Remark {
        places: title.clone(),
        lines: vec![format!("【待核】文件未读全，{} 条规则只查了已读部分；请对照原件核对。", unread.len())],
    });
    let head = Remark { places: title.clone(), lines: vec![report::summary(record, packs)] };
    std::iter::once(head).chain(unread).chain(told).collect()
}
