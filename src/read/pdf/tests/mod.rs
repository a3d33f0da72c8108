//! The reader as a whole, on files written by hand.

mod classes;
mod damage;
mod decoding;
mod layout;
mod robustness;
pub(super) mod support;
