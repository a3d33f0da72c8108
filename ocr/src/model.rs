//! The models that come with the program, built into it (`models/README.md` says what they are).

/// Finds lines; fast.
pub const TINY_DETECT: &[u8] = include_bytes!("../models/tiny/detect.onnx");
/// Reads lines; fast.
pub const TINY_RECOGNISE: &[u8] = include_bytes!("../models/tiny/recognise.onnx");
/// The characters that [`TINY_RECOGNISE`] knows, one a line.
pub const TINY_CHARACTERS: &str = include_str!("../models/tiny/characters.txt");
/// Finds lines; strong.
pub const SMALL_DETECT: &[u8] = include_bytes!("../models/small/detect.onnx");
/// Reads lines; strong.
pub const SMALL_RECOGNISE: &[u8] = include_bytes!("../models/small/recognise.onnx");
/// The characters that [`SMALL_RECOGNISE`] knows, one a line.
pub const SMALL_CHARACTERS: &str = include_str!("../models/small/characters.txt");
/// Which way up a page lies.
pub const ORIENTATION: &[u8] = include_bytes!("../models/orientation.onnx");

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn the_models_are_the_published_ones() {
        let sums = include_str!("../models/SHA256SUMS");
        let files: [(&str, &[u8]); 7] = [
            ("tiny/detect.onnx", TINY_DETECT),
            ("tiny/recognise.onnx", TINY_RECOGNISE),
            ("tiny/characters.txt", TINY_CHARACTERS.as_bytes()),
            ("small/detect.onnx", SMALL_DETECT),
            ("small/recognise.onnx", SMALL_RECOGNISE),
            ("small/characters.txt", SMALL_CHARACTERS.as_bytes()),
            ("orientation.onnx", ORIENTATION),
        ];
        for (name, bytes) in files {
            let digest: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            assert!(
                sums.contains(&format!("{digest}  {name}")),
                "{name} has another digest than SHA256SUMS says"
            );
        }
    }
}
