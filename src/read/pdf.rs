//! PDF → document.

use super::{Limits, ReadError, Sink};

/// Reads a PDF file.
pub fn read(_bytes: &[u8], _limits: &Limits, _sink: &mut dyn Sink) -> Result<(), ReadError> {
    Err(ReadError::Unsupported("PDF".to_owned()))
}
