//! `hetong export` and `hetong import-ndjson`: everything, a row a line.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};
use hetong::store::Store;

use super::Done;
use super::settings::Settings;
use super::store_option::StoreOption;

/// 把存储库的全部内容（记录及历次版本、人工核定、留痕等）逐行导出为 NDJSON；原件和附件的内容另在 originals 目录
#[derive(Debug, clap::Args)]
pub struct Export {
    #[command(flatten)]
    store: StoreOption,
    /// 隐去证件号码、电话和账号（《办法》第十二条）；脱敏导出不能再导入
    #[arg(long)]
    mask: bool,
}

/// 由 hetong export 的导出建立存储库；检索索引由下次 hetong process 重建
#[derive(Debug, clap::Args)]
pub struct Import {
    /// 导出文件（- 表示标准输入）
    #[arg(value_name = "文件")]
    file: PathBuf,
    /// 新的存储目录（其中不能已有存储库）
    #[arg(long, value_name = "目录", env = "HETONG_STORE")]
    store: Option<PathBuf>,
}

pub fn export(arguments: &Export, settings: &Settings) -> Result<Done> {
    let store = arguments.store.open(settings)?;
    let rows = store.export(BufWriter::new(io::stdout().lock()), arguments.mask)?;
    writeln!(io::stderr(), "已导出 {rows} 行")?;
    Ok(Done::Well)
}

pub fn import(arguments: &Import, settings: &Settings) -> Result<Done> {
    let folder = settings.store(arguments.store.as_ref())?;
    let rows = if arguments.file.as_os_str() == "-" {
        Store::import(io::stdin().lock(), &folder)?
    } else {
        let file =
            File::open(&arguments.file).with_context(|| format!("无法读取 {}", arguments.file.display()))?;
        Store::import(BufReader::new(file), &folder)?
    };
    writeln!(io::stdout().lock(), "已导入 {rows} 行到 {}", folder.display())?;
    Ok(Done::Well)
}
