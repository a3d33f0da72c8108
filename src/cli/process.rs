//! `hetong process`: a whole archive.

use std::path::PathBuf;

use anyhow::Result;
use hetong::pipeline::{Reocr, Run, RunOptions};

use super::Done;
use super::settings::Settings;
use super::watch;

/// 处理归档目录下的全部合同，写入存储库和检索索引；可中断续办，只重做有变化的部分
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// 归档目录（含下级目录；原件只读，不会改动）
    #[arg(value_name = "归档目录")]
    archive: PathBuf,
    /// 存储目录：记录、索引和失败清单都写在这里
    #[arg(long, value_name = "目录", env = "HETONG_STORE")]
    store: Option<PathBuf>,
    /// 同时处理的线程数（默认与处理器核数相同）
    #[arg(long, value_name = "数", env = "HETONG_JOBS")]
    jobs: Option<usize>,
    /// 重新读取上次未能完整读取的文件
    #[arg(long)]
    retry_failed: bool,
    /// 全部重新读取
    #[arg(long)]
    reread: bool,
    /// 用高精度模型重新识别指定页：unsure（全部存疑页，见 hetong pages），或 记录编号:页码，如 3f9a:3-5,8
    #[arg(long, value_name = "页")]
    reocr: Vec<Reocr>,
    /// 把每份原件按哈希留存一份在存储目录的 originals 下（《办法》第六十七条），由 hetong audit verify 核验
    #[arg(long)]
    keep_originals: bool,
    /// 每个事件输出一行 JSON，供其他程序使用
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<Done> {
    let store = settings.store(arguments.store.as_ref())?;
    let engine = settings.engine()?;
    let progress = watch::watcher(arguments.json);
    let run = Run {
        archive: &arguments.archive,
        store: &store,
        engine: &engine,
        readers: &settings.readers(),
        lexicon: settings.lexicon()?,
        options: RunOptions {
            jobs: settings.jobs(arguments.jobs),
            retry_failed: arguments.retry_failed,
            reread: arguments.reread,
            reocr: arguments.reocr.clone(),
            keep_originals: arguments.keep_originals,
        },
        progress: &*progress,
    };
    let summary = run.run()?;
    Ok(Done::failing(summary.failures > 0))
}
