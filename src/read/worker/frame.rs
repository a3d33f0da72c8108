//! Messages on a pipe: a little-endian `u32` with the length, then JSON.

use std::io::{self, Read, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Longer messages are refused: a page of the densest contract stays far below.
const LONGEST: usize = 256 << 20;

/// Writes one message.
pub fn write(out: &mut impl Write, message: &impl Serialize) -> io::Result<()> {
    let json = serde_json::to_vec(message)?;
    let length = u32::try_from(json.len())
        .ok()
        .filter(|_| json.len() <= LONGEST)
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "message too long"))?;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(&json)
}

/// Reads one message; `None` at the end of the stream.
pub fn read<T: DeserializeOwned>(input: &mut impl Read) -> io::Result<Option<T>> {
    let mut length = [0; 4];
    match input.read_exact(&mut length) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let length = u32::from_le_bytes(length) as usize;
    if length > LONGEST {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "message too long"));
    }
    let mut json = vec![0; length];
    input.read_exact(&mut json)?;
    Ok(Some(serde_json::from_slice(&json)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_come_back_in_order_and_the_end_is_seen() {
        let mut pipe = Vec::new();
        write(&mut pipe, &"甲方").expect("written");
        write(&mut pipe, &"乙方").expect("written");
        let mut input = pipe.as_slice();
        assert_eq!(read::<String>(&mut input).expect("read").as_deref(), Some("甲方"));
        assert_eq!(read::<String>(&mut input).expect("read").as_deref(), Some("乙方"));
        assert!(read::<String>(&mut input).expect("read").is_none());
    }

    #[test]
    fn a_message_that_breaks_off_is_an_error() {
        let mut pipe = Vec::new();
        write(&mut pipe, &"甲方").expect("written");
        pipe.pop();
        assert!(read::<String>(&mut pipe.as_slice()).is_err());
        assert!(read::<String>(&mut [255u8, 255, 255, 255].as_slice()).is_err());
    }
}
