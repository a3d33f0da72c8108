//! Where the store is: an option of every command that looks into one.

use std::path::PathBuf;

use anyhow::Result;
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
}
