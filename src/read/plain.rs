//! Plain text → document: one block a line.

use super::{Limits, ReadError, Sink};
use crate::model::{Block, MediaType};

/// Reads a text file.
pub fn read(bytes: &[u8], _limits: &Limits, sink: &mut dyn Sink) -> Result<(), ReadError> {
    sink.opened(MediaType::Plain, None);
    for (number, line) in String::from_utf8_lossy(bytes).lines().enumerate() {
        sink.block(Block::paragraph(number as u32, line));
    }
    Ok(())
}
