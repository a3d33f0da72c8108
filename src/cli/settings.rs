//! Raw arguments → checked settings: flags, then `HETONG_*`, then the configuration file, then defaults.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use hetong::dictionaries::Dictionaries;
use hetong::engine::Engine;
use hetong::read::worker::{ReaderPool, WorkerLimits};
use hetong::search::Lexicon;
use hetong::text::Segmenter;
use serde::Deserialize;

/// The file that is read where no other is named.
const CONFIGURATION: &str = "hetong.toml";

/// Arguments that every command takes.
#[derive(Debug, clap::Args)]
pub struct Common {
    /// 词典目录：其中的文件替换同名的内置词典，新增的规则包一并启用
    #[arg(long, global = true, value_name = "目录", env = "HETONG_DICTIONARIES")]
    dictionaries: Option<PathBuf>,
    /// 配置文件（默认读取当前目录的 hetong.toml，如有）
    #[arg(long, global = true, value_name = "文件", env = "HETONG_CONFIG")]
    config: Option<PathBuf>,
}

/// The configuration file (TOML). Paths are taken relative to the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Configuration {
    dictionaries: Option<PathBuf>,
    store: Option<PathBuf>,
    jobs: Option<usize>,
    /// Megabytes that one reading process may use.
    memory_mb: Option<u64>,
}

/// What was decided.
#[derive(Debug)]
pub struct Settings {
    /// The dictionaries, read.
    pub dictionaries: Dictionaries,
    /// Folder that overrides them, where there is one.
    pub dictionary_folder: Option<PathBuf>,
    /// The configuration file in use.
    pub configuration: Option<PathBuf>,
    store: Option<PathBuf>,
    jobs: Option<usize>,
    memory: Option<u64>,
}

impl Common {
    /// Reads the configuration file and the dictionaries.
    pub fn resolve(&self) -> Result<Settings> {
        let (configuration, path) = self.configuration()?;
        let base = path.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        let folder = self.dictionaries.clone().or(configuration.dictionaries.map(|folder| base.join(folder)));
        let dictionaries = match &folder {
            Some(folder) => Dictionaries::with_overrides(folder)?,
            None => Dictionaries::embedded(),
        };
        Ok(Settings {
            dictionaries,
            dictionary_folder: folder,
            store: configuration.store.map(|store| base.join(store)),
            jobs: configuration.jobs,
            memory: configuration.memory_mb.map(|megabytes| megabytes << 20),
            configuration: path,
        })
    }

    fn configuration(&self) -> Result<(Configuration, Option<PathBuf>)> {
        let path = match &self.config {
            Some(path) => path.clone(),
            None if Path::new(CONFIGURATION).is_file() => PathBuf::from(CONFIGURATION),
            None => return Ok((Configuration::default(), None)),
        };
        let text =
            std::fs::read_to_string(&path).with_context(|| format!("无法读取配置文件 {}", path.display()))?;
        let parsed = toml::from_str(&text).with_context(|| format!("配置文件 {} 有误", path.display()))?;
        Ok((parsed, Some(path)))
    }
}

impl Settings {
    /// The stages, with these dictionaries.
    pub fn engine(&self) -> Result<Engine> {
        Ok(Engine::new(&self.dictionaries)?)
    }

    /// Words and synonyms, as search cuts and widens them.
    pub fn lexicon(&self) -> Result<Arc<Lexicon>> {
        let words = Segmenter::new(&self.dictionaries)?;
        Ok(Arc::new(Lexicon::new(&self.dictionaries, words)?))
    }

    /// Reading processes, none started yet.
    pub fn readers(&self) -> ReaderPool {
        let default = WorkerLimits::default();
        ReaderPool::new(WorkerLimits { memory: self.memory.unwrap_or(default.memory), ..default })
    }

    /// The store: as given, or out of the configuration file.
    pub fn store(&self, given: Option<&PathBuf>) -> Result<PathBuf> {
        match given.or(self.store.as_ref()) {
            Some(store) => Ok(store.clone()),
            None => bail!("请用 --store 指定存储目录，或在 hetong.toml 中写明 store = \"目录\""),
        }
    }

    /// Threads: as given, or out of the configuration file, or 0 for one a core.
    pub fn jobs(&self, given: Option<usize>) -> usize {
        given.or(self.jobs).unwrap_or(0)
    }
}
