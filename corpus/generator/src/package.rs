//! ZIP packages of XML parts (DOCX, OFD).

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::error::{Error, Result};

/// Adds a part. All carry the same date, the first that zip knows: the same samples are the same bytes.
pub(crate) fn add(zip: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, content: &str) -> Result<()> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    zip.start_file(name, options)?;
    zip.write_all(content.as_bytes()).map_err(|error| Error::Package(error.into()))
}
