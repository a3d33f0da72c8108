//! `hetong filter`: NDJSON in, one record a line out, for engines that run it on many machines.

use std::io::{self, BufRead, Write};
use std::path::Path;

use anyhow::Result;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hetong::engine::{Analysis, Engine, Options};
use hetong::model::Status;
use hetong::pipeline::{process_all, process_unreadable};
use hetong::read::worker::ReaderPool;
use serde::Deserialize;

use super::Done;
use super::inputs::analyse_file;
use super::settings::Settings;

/// 从标准输入逐行读取 {"path": …} 或 {"name": …, "bytes_b64": …}，每行输出一条 JSON 记录；坏文件不会使其停止
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// 同时输出全文
    #[arg(long)]
    text: bool,
}

/// One line of input.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Request {
    Bytes { name: String, bytes_b64: String },
    Path { path: String },
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<Done> {
    let (engine, readers) = (settings.engine()?, settings.readers());
    let mut out = io::stdout().lock();
    let mut failures = false;
    for (number, line) in io::stdin().lock().split(b'\n').enumerate() {
        let line = line?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        for mut analysis in answer(&line, number + 1, &engine, &readers) {
            failures |= analysis.record.status != Status::Complete;
            if arguments.text {
                analysis.record.text = Some(analysis.text.content);
            }
            serde_json::to_writer(&mut out, &analysis.record).map_err(io::Error::from)?;
            out.write_all(b"\n")?;
        }
        // The engine on the other side waits for each answer.
        out.flush()?;
    }
    Ok(Done::failing(failures))
}

/// The records that a line asks for: one, or for a container those of its members and last its own, whose path is
/// the one that was asked for.
fn answer(line: &[u8], number: usize, engine: &Engine, readers: &ReaderPool) -> Vec<Analysis> {
    let options = Options::default();
    match serde_json::from_slice(line) {
        Ok(Request::Path { path }) => analyse_file(Path::new(&path), engine, readers, options),
        Ok(Request::Bytes { name, bytes_b64 }) => match STANDARD.decode(bytes_b64) {
            Ok(bytes) => process_all(&bytes, &name, engine, readers, options),
            Err(error) => {
                let message = format!("bytes_b64 不是有效的 Base64（{error}）；请检查上游程序");
                vec![process_unreadable("bad-request", message, &name, engine, options)]
            }
        },
        Err(error) => {
            let message = format!(
                "第 {number} 行不是有效的请求：{error}；应为 {{\"path\": …}} 或 {{\"name\": …, \"bytes_b64\": …}}"
            );
            vec![process_unreadable("bad-request", message, &format!("line {number}"), engine, options)]
        }
    }
}
