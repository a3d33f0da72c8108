//! `--mask`: one way of hiding what identifies people, for everything that leaves the office.

use anyhow::{Context, Result};
use hetong::model::masking;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Is what identifies people to be hidden?
#[derive(Debug, Clone, Copy, Default, clap::Args)]
pub struct Mask {
    /// 脱敏：隐去证件号码、电话和账号（《办法》第十二条），用于向外提供的文件
    #[arg(long)]
    mask: bool,
}

impl Mask {
    /// Was it asked for?
    pub fn is_on(self) -> bool {
        self.mask
    }

    /// The value as it may leave the office.
    pub fn over<T: Serialize + DeserializeOwned>(self, value: T) -> Result<T> {
        if self.mask {
            masking::copy(&value).context("内容无法脱敏，未输出任何内容")
        } else {
            Ok(value)
        }
    }
}
