//! hetong (合同): document intelligence for Chinese government contracts.
//!
//! A file becomes a [`model::Record`] on one way:
//!
//! ```text
//! bytes ──read──▶ Document ──text──▶ Text ──fields──▶ Fields ──rules──▶ Review ──▶ Record
//! ```
//!
//! Each arrow is a module of that name; `ARCHITECTURE.md` says where everything else stands.

pub mod annotate;
pub mod checkup;
pub mod counterparty;
pub mod dictionaries;
pub mod duties;
pub mod engine;
pub mod fields;
pub mod forms;
pub mod intake;
pub mod ledger;
pub mod model;
pub mod office;
pub mod pipeline;
pub mod platform;
pub mod read;
pub mod report;
pub mod rules;
pub mod search;
pub mod store;
pub mod text;
