//! `hetong review --docx`: a copy of the draft with the findings as comments.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use hetong::annotate::{Masked, Remark, annotate, mask};
use hetong::engine::{Analysis, Engine};
use hetong::model::{Finding, MediaType, Record, masking};
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

/// The copy of one draft, as the contracts in it add to it.
#[derive(Default)]
pub struct Copy {
    bytes: Option<Vec<u8>>,
    /// Numbers that the records know as somebody's.
    personal: Vec<String>,
}

impl Copy {
    /// Puts the findings of a contract in the draft on the copy.
    pub fn add(&mut self, file: &Path, analysis: &Analysis, engine: &Engine) -> Result<()> {
        let record = &analysis.record;
        if record.source.media_type != MediaType::Docx {
            bail!(
                "{} 不是 DOCX 文件，无法写入批注；只有 DOCX 格式的拟稿可以生成批注副本。可改用 --xlsx 或直接查看审查结果",
                record.source.path
            );
        }
        // A second contract in the file adds to the copy that the first has made.
        let bytes = match self.bytes.take() {
            Some(copy) => copy,
            None => fs::read(file).with_context(|| format!("无法读取 {}", file.display()))?,
        };
        let remarks = remarks(record, engine.packs());
        let copy = annotate(&bytes, &analysis.text, &remarks, Some(output::now()))
            .with_context(|| format!("无法为 {} 生成批注副本", file.display()))?;
        self.personal.extend(masking::numbers(record));
        self.bytes = Some(copy);
        Ok(())
    }

    /// Writes the copy. A masked one says how many pictures it has, which were not looked at.
    pub fn write(self, is_masked: bool, out: &PathBuf) -> Result<()> {
        let Some(bytes) = self.bytes else { return Ok(()) };
        if !is_masked {
            return output::put(&bytes, Some(out));
        }
        let Masked { bytes, pictures } =
            mask(&bytes, &self.personal).context("批注副本无法脱敏，未输出任何内容")?;
        output::put(&bytes, Some(out))?;
        eprintln!("已写出脱敏的批注副本：{}", out.display());
        if pictures > 0 {
            eprintln!("※ 副本中有 {pictures} 个图片或嵌入文件，其中的内容未作脱敏，请逐一查看后再提供");
        }
        Ok(())
    }
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
