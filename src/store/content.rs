//! Documents as the store keeps them: JSON, deflated. Reading is dear, so its result outlives a change of
//! dictionaries.

use std::io::{Read, Write};

use flate2::{Compression, read::ZlibDecoder, write::ZlibEncoder};

use crate::model::Document;

/// A document, packed for the store. Packing is work for the threads, not for the one writer.
#[derive(Debug)]
pub struct Packed(pub(super) Vec<u8>);

impl Packed {
    /// Packs a document.
    ///
    /// # Errors
    ///
    /// None that a document could cause; compression writes to memory.
    pub fn new(document: &Document) -> std::io::Result<Self> {
        pack(document).map(Self)
    }
}

/// Packs a document.
fn pack(document: &Document) -> std::io::Result<Vec<u8>> {
    deflate(&serde_json::to_vec(document)?)
}

/// Makes bytes short.
pub(super) fn deflate(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// Makes them as they were.
pub(super) fn inflate(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut whole = Vec::new();
    ZlibDecoder::new(bytes).read_to_end(&mut whole)?;
    Ok(whole)
}

/// Unpacks it.
pub fn unpack(bytes: &[u8]) -> std::io::Result<Document> {
    Ok(serde_json::from_slice(&inflate(bytes)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, MediaType};

    #[test]
    fn a_document_comes_back() {
        let mut document = Document::empty(MediaType::Plain);
        document.blocks.push(Block::paragraph(0, "采购合同"));
        let packed = pack(&document).expect("packed");
        assert_eq!(unpack(&packed).expect("unpacked"), document);
        assert!(unpack(b"junk").is_err());
    }
}
