//! What is wrong with a ZIP, in Chinese: the library speaks English.

use std::io::ErrorKind;

use zip::result::ZipError;

/// Why an archive or a member of it cannot be read.
pub(in crate::read) fn archive(error: &ZipError) -> &'static str {
    match error {
        ZipError::Io(error) => unpacking(error.kind()),
        ZipError::FileNotFound => "目录中列出的文件不存在",
        ZipError::InvalidPassword => "密码不符",
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => "压缩方式不受支持",
        _ => "目录损坏或文件被截断",
    }
}

/// Why the data of a member breaks off.
pub(in crate::read) fn unpacking(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::UnexpectedEof => "数据被截断",
        ErrorKind::Unsupported => "压缩方式不受支持",
        ErrorKind::OutOfMemory => "内存不足",
        _ => "压缩数据损坏，与校验值不符",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_english_reaches_a_person() {
        let cut = ZipError::InvalidArchive("Could not find EOCD".into());
        let kinds = [ErrorKind::UnexpectedEof, ErrorKind::OutOfMemory, ErrorKind::InvalidData];
        for said in kinds.map(unpacking).into_iter().chain([archive(&cut), archive(&ZipError::FileNotFound)])
        {
            assert!(!said.is_ascii() && !said.contains(|c: char| c.is_ascii_alphabetic()), "{said}");
        }
    }
}
