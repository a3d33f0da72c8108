//! Archives of any size: many different contracts out of the few written ones.
//!
//! Each contract is made by [`vary`] from its number and the seed alone, so any number of
//! threads make the same archive. Files go to disk as they are made.

pub(crate) mod capitals;
pub(crate) mod codes;
mod date;
mod figure;
mod format;
mod names;
mod rewrite;
mod vary;
mod write;

pub use format::{Format, Mix, MixError};
pub use vary::{Contract, vary};
pub use write::{Summary, write};

/// What archive to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// How many contracts.
    pub count: u64,
    /// Other seeds make other contracts.
    pub seed: u64,
    /// Which formats, how often.
    pub mix: Mix,
}
