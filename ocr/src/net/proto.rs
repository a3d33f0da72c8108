//! Reads the few messages of an ONNX file that a graph for inference consists of.
//!
//! An ONNX file is one Protocol Buffers message, `ModelProto`. The wire format is simple enough that no generated
//! code is needed: a message is a row of fields, each a key (number and wire type, as a varint) and a value.
//! Source: the Protocol Buffers encoding guide and `onnx.proto3`.

use super::NetError;

/// One field of a message.
pub(super) enum Field<'a> {
    /// Wire type 0.
    Varint(u64),
    /// Wire type 5.
    Fixed32(u32),
    /// Wire type 2: a string, bytes, a message or packed numbers.
    Bytes(&'a [u8]),
    /// Wire type 1, of which ONNX has none that matter here.
    Fixed64,
}

/// The fields of a message, in the order of the file.
pub(super) struct Fields<'a> {
    rest: &'a [u8],
}

impl<'a> Fields<'a> {
    pub(super) fn of(message: &'a [u8]) -> Self {
        Self { rest: message }
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], NetError> {
        let (head, tail) = self.rest.split_at_checked(count).ok_or_else(cut_short)?;
        self.rest = tail;
        Ok(head)
    }

    fn field(&mut self) -> Result<(u32, Field<'a>), NetError> {
        let key = varint(&mut self.rest)?;
        let value = match key & 7 {
            0 => Field::Varint(varint(&mut self.rest)?),
            1 => self.take(8).map(|_| Field::Fixed64)?,
            2 => {
                let length = usize::try_from(varint(&mut self.rest)?).map_err(|_| cut_short())?;
                Field::Bytes(self.take(length)?)
            }
            5 => {
                let bytes = self.take(4)?;
                Field::Fixed32(bytes.iter().rev().fold(0, |value, &byte| value << 8 | u32::from(byte)))
            }
            other => return Err(NetError::Load(format!("未知的字段类型 {other}"))),
        };
        Ok(((key >> 3) as u32, value))
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Result<(u32, Field<'a>), NetError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_err() {
            self.rest = &[];
        }
        Some(field)
    }
}

/// The integers of a repeated field, packed or one at a time.
pub(super) fn push_integers(into: &mut Vec<i64>, field: &Field<'_>) -> Result<(), NetError> {
    match field {
        Field::Varint(value) => into.push(*value as i64),
        Field::Bytes(packed) => {
            let mut rest = *packed;
            while !rest.is_empty() {
                into.push(varint(&mut rest)? as i64);
            }
        }
        Field::Fixed32(_) | Field::Fixed64 => {}
    }
    Ok(())
}

/// Text of a field; empty when the field is something else.
pub(super) fn text(field: &Field<'_>) -> String {
    match field {
        Field::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        _ => String::new(),
    }
}

/// A varint: seven bits a byte, the lowest first, the eighth bit says that more follow.
fn varint(rest: &mut &[u8]) -> Result<u64, NetError> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, tail) = rest.split_first().ok_or_else(cut_short)?;
        *rest = tail;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
    }
    Err(NetError::Load("数字超长".to_owned()))
}

fn cut_short() -> NetError {
    NetError::Load("文件不完整".to_owned())
}
