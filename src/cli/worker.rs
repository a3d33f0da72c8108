//! `hetong worker`: the reading process; started by the program itself.

use anyhow::Result;

use super::Done;

/// 读取进程（由程序自行启动）
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// 内存上限（字节）
    #[arg(long)]
    memory: u64,
}

pub fn run(arguments: &Arguments) -> Result<Done> {
    hetong::read::worker::serve(arguments.memory)?;
    Ok(Done::Well)
}
