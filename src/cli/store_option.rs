//! Where the store is: an option of every command that looks into one.

use std::path::PathBuf;

use anyhow::Result;
use hetong::model::case::Case;
use hetong::store::Store;

use super::settings::Settings;

/// The folder of a store, where it is not that of the configuration file.
#[derive(Debug, clap::Args)]
pub struct StoreOption {
    /// 存储目录
    #[arg(long, value_name = "目录", env = "HETONG_STORE")]
    store: Option<PathBuf>,
}

impl StoreOption {
    /// The folder.
    pub fn folder(&self, settings: &Settings) -> Result<PathBuf> {
        settings.store(self.store.as_ref())
    }

    /// The store, for reading.
    pub fn open(&self, settings: &Settings) -> Result<Store> {
        Ok(Store::open(&self.folder(settings)?)?)
    }

    /// The store, for what people decide.
    pub fn open_to_decide(&self, settings: &Settings) -> Result<Store> {
        Ok(Store::open_to_decide(&self.folder(settings)?)?)
    }

    /// The store, for what people decide; only for reading where nothing is to be written (`--dry-run`).
    pub fn open_unless(&self, dry_run: bool, settings: &Settings) -> Result<Store> {
        if dry_run { self.open(settings) } else { self.open_to_decide(settings) }
    }
}

/// One contract of a store.
#[derive(Debug, clap::Args)]
pub struct CaseOption {
    /// 记录编号（可只写前几位）
    #[arg(value_name = "记录编号")]
    id: String,
    #[command(flatten)]
    store: StoreOption,
}

impl CaseOption {
    /// The store for reading, and the case.
    pub fn open(&self, settings: &Settings) -> Result<(Store, Case)> {
        self.found(self.store.open(settings)?)
    }

    /// The store for what people decide, and the case.
    pub fn open_to_decide(&self, settings: &Settings) -> Result<(Store, Case)> {
        self.found(self.store.open_to_decide(settings)?)
    }

    fn found(&self, store: Store) -> Result<(Store, Case)> {
        let case = store.case_of(&self.id)?;
        Ok((store, case))
    }
}

/// A store, and whether the answer is for machines.
#[derive(Debug, clap::Args)]
pub struct Place {
    #[command(flatten)]
    pub store: StoreOption,
    /// 输出 JSON
    #[arg(long)]
    pub json: bool,
}
