//! DOCX → document.

use super::{Limits, ReadError, Sink};

/// Reads a DOCX file.
pub fn read(_bytes: &[u8], _limits: &Limits, _sink: &mut dyn Sink) -> Result<(), ReadError> {
    Err(ReadError::Unsupported("DOCX".to_owned()))
}
