//! Files that belong to a case.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::{Changed, Settings};

#[derive(Debug, clap::Args)]
pub(super) struct Attach {
    #[command(flatten)]
    which: Changed,
    /// 要添加的文件：批复、会议纪要、回执等
    #[arg(long = "file", value_name = "文件", required = true)]
    files: Vec<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Detach {
    #[command(flatten)]
    which: Changed,
    /// 附件序号，见 hetong case show
    #[arg(long, value_name = "序号")]
    number: i64,
    /// 理由
    #[arg(long, value_name = "文字")]
    reason: Option<String>,
}

pub(super) fn attach(arguments: &Attach, settings: &Settings) -> Result<()> {
    let actor = arguments.which.person.actor()?;
    let mut store = arguments.which.store.open_to_decide(settings)?;
    let case = store.case_of(&arguments.which.id)?;
    let read = |path: &PathBuf| {
        let content =
            std::fs::read(path).with_context(|| format!("无法读取 {}；未添加任何附件", path.display()))?;
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        Ok((name, content))
    };
    let files: Vec<(String, Vec<u8>)> = arguments.files.iter().map(read).collect::<Result<_>>()?;
    let mut out = io::stdout().lock();
    for (name, content) in files {
        let file = store.attach(case.id, &name, &content, &actor)?;
        writeln!(out, "附件 {}：{}（SHA-256 {}）", file.id, file.name, file.sha256)?;
    }
    Ok(())
}

pub(super) fn detach(arguments: &Detach, settings: &Settings) -> Result<()> {
    let actor = arguments.which.person.actor()?;
    let mut store = arguments.which.store.open_to_decide(settings)?;
    let case = store.case_of(&arguments.which.id)?;
    store.detach(case.id, arguments.number, &actor, arguments.reason.as_deref())?;
    writeln!(io::stdout().lock(), "已移除附件 {}；其内容仍留存并可核验", arguments.number)?;
    Ok(())
}
