//! `hetong doctor`: what this machine has and lacks.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Result;
use hetong::platform::LIMITS_ARE_KEPT;
use hetong::store::Store;
use hetong_ocr::net::Runtime;

use super::Done;
use super::settings::Settings;

/// 检查运行环境：词典、规则包、读取进程、文字识别、存储库
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// 存储目录（如需一并检查）
    #[arg(long, value_name = "目录", env = "HETONG_STORE")]
    store: Option<PathBuf>,
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<Done> {
    let mut checks = vec![
        (true, format!("版本 {}", env!("CARGO_PKG_VERSION"))),
        (true, format!("处理器 {} 核", std::thread::available_parallelism().map_or(1, usize::from))),
        (true, configuration(settings)),
        dictionaries(settings),
        reading(settings),
        (true, pictures()),
        (LIMITS_ARE_KEPT, limits()),
    ];
    if let Ok(folder) = settings.store(arguments.store.as_ref()) {
        checks.push(store(&folder));
    }
    let mut out = io::stdout().lock();
    for (well, line) in &checks {
        writeln!(out, "{} {line}", if *well { "✓" } else { "✗" })?;
    }
    Ok(Done::failing(checks.iter().any(|(well, _)| !well)))
}

fn configuration(settings: &Settings) -> String {
    match &settings.configuration {
        Some(path) => format!("配置文件 {}", path.display()),
        None => "未使用配置文件".to_owned(),
    }
}

fn dictionaries(settings: &Settings) -> (bool, String) {
    let from = match &settings.dictionary_folder {
        Some(folder) => format!("内置并由 {} 覆盖", folder.display()),
        None => "内置".to_owned(),
    };
    match settings.engine() {
        Ok(engine) => (true, format!("词典：{from}；规则包 {}", engine.packs().versions().join("、"))),
        Err(error) => (false, format!("词典：{from}；{error:#}")),
    }
}

/// Sends a small text through a reading process.
fn reading(settings: &Settings) -> (bool, String) {
    let read = settings.readers().with(|reader| reader.read("甲方：测试".as_bytes()));
    let problem = match read {
        Ok(document) => document.issues.into_iter().next().map(|issue| issue.message),
        Err(error) => Some(error.to_string()),
    };
    match problem {
        None => (true, "读取进程可用".to_owned()),
        Some(problem) => (false, format!("读取进程不可用：{problem}")),
    }
}

/// What reads pictures here, and how it would go faster.
fn pictures() -> String {
    let digest: String = hetong_ocr::models_digest().chars().take(12).collect();
    let runtime = Runtime::best();
    let here = format!("文字识别（OCR）：模型 {digest}（内置），运算方式 {runtime}");
    let faster: Vec<String> = Runtime::ALL
        .into_iter()
        .filter(|other| *other > runtime && !other.is_available())
        .map(|other| format!("{other}（需处理器支持 {}）", other.needs()))
        .collect();
    match faster.as_slice() {
        [] => format!("{here}，为本程序最快的方式"),
        faster => format!("{here}；换用支持以下指令的处理器会更快：{}", faster.join("、")),
    }
}

fn limits() -> String {
    if LIMITS_ARE_KEPT {
        "读取进程的内存和处理器时间受限".to_owned()
    } else {
        "本系统不支持内存和处理器时间限制，仅限制等待时间".to_owned()
    }
}

fn store(folder: &std::path::Path) -> (bool, String) {
    match Store::open(folder) {
        Ok(_) => (true, format!("存储库 {}", folder.display())),
        Err(error) => (false, error.to_string()),
    }
}
