//! Files that a command makes: written beside the place, moved there whole.

use std::fs;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use hetong::model::moment::office_time;
use jiff::Timestamp;
use jiff::civil::DateTime;

/// Puts a file's bytes where they were asked for, or prints them where nothing was said and nobody would see them
/// on a screen. A file is there whole or not at all.
pub fn put(bytes: &[u8], path: Option<&PathBuf>) -> Result<()> {
    match path {
        Some(path) => {
            replace(path, bytes)?;
            eprintln!("已写入 {}", path.display());
            Ok(())
        }
        None if io::stdout().is_terminal() => bail!("此格式不能显示在屏幕上；请用 --out 文件名 指定写到哪里"),
        None => Ok(io::stdout().lock().write_all(bytes)?),
    }
}

/// Writes text piece by piece to where it was asked for, or to the screen. A file is there whole or not at all.
pub fn stream(path: Option<&PathBuf>, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let Some(path) = path else { return write(&mut BufWriter::new(io::stdout().lock())) };
    let beside = beside(path);
    let written = (|| {
        let mut out = BufWriter::new(fs::File::create(&beside)?);
        write(&mut out)?;
        out.flush()?;
        Ok(fs::rename(&beside, path)?)
    })();
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    } else {
        eprintln!("已写入 {}", path.display());
    }
    written
}

fn beside(path: &Path) -> PathBuf {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    PathBuf::from(beside)
}

fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let beside = beside(path);
    let written = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written.with_context(|| {
        format!(
            "无法写入 {}；请检查路径、权限和磁盘空间，文件若在 Excel 或 WPS 中打开请先关闭",
            path.display()
        )
    })
}

/// The clock on the wall in China, whose offices use one time everywhere (UTC+8).
pub fn now() -> DateTime {
    office_time(Timestamp::now())
}

/// This moment, to the second.
pub fn moment() -> Timestamp {
    let now = Timestamp::now();
    now.round(jiff::Unit::Second).unwrap_or(now)
}
