//! Digests of signed parts, by the method that a signature names (GB/T 33190-2016, 18.2.2).

use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use sm3::Sm3;

/// A digest method (摘要算法).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Method {
    /// SM3 (GB/T 32905), the national one.
    Sm3,
    /// SHA-256.
    Sha256,
    /// SHA-1.
    Sha1,
    /// MD5, the default of the standard.
    Md5,
}

/// What a signature's method is called in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Named {
    /// One that is known.
    Known(Method),
    /// None is named, or SM3 with a key: only a match says anything.
    Unsure,
    /// One that is not known.
    Unknown(String),
}

impl Named {
    /// By the name or object identifier (CheckMethod) of the file.
    pub fn of(name: Option<&str>) -> Self {
        let Some(name) = name.filter(|name| !name.is_empty()) else { return Self::Unsure };
        match name.to_ascii_uppercase().as_str() {
            "1.2.156.10197.1.401" | "1.2.156.10197.1.401.1" | "SM3" => Self::Known(Method::Sm3),
            "1.2.156.10197.1.401.2" => Self::Unsure,
            "2.16.840.1.101.3.4.2.1" | "SHA256" | "SHA-256" => Self::Known(Method::Sha256),
            "1.3.14.3.2.26" | "SHA1" | "SHA-1" => Self::Known(Method::Sha1),
            "1.2.840.113549.2.5" | "MD5" => Self::Known(Method::Md5),
            _ => Self::Unknown(name.to_owned()),
        }
    }

    /// Does a digest of that value belong to these bytes? `None` where nobody can tell.
    pub fn matches(&self, bytes: &[u8], value: &[u8]) -> Option<bool> {
        match self {
            Self::Known(method) => Some(method.digest(bytes) == value),
            Self::Unsure => by_length(value.len()).iter().any(|m| m.digest(bytes) == value).then_some(true),
            Self::Unknown(_) => None,
        }
    }
}

/// The methods whose digests are so long.
fn by_length(bytes: usize) -> &'static [Method] {
    match bytes {
        32 => &[Method::Sm3, Method::Sha256],
        20 => &[Method::Sha1],
        16 => &[Method::Md5],
        _ => &[],
    }
}

impl Method {
    /// The digest of some bytes.
    pub fn digest(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sm3 => Sm3::digest(bytes).to_vec(),
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
            Self::Sha1 => Sha1::digest(bytes).to_vec(),
            Self::Md5 => <Md5 as md5::Digest>::digest(bytes).to_vec(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn sm3_gives_the_digest_of_the_standard() {
        // GB/T 32905-2016, A.1.
        let digest = hex(&Method::Sm3.digest(b"abc"));
        assert_eq!(digest, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    }

    #[test]
    fn methods_are_known_by_name_and_identifier() {
        assert_eq!(Named::of(Some("1.2.156.10197.1.401")), Named::Known(Method::Sm3));
        assert_eq!(Named::of(Some("sha-1")), Named::Known(Method::Sha1));
        assert_eq!(Named::of(None), Named::Unsure);
        assert_eq!(Named::of(Some("9.9")), Named::Unknown("9.9".to_owned()));
    }

    #[test]
    fn without_a_method_only_a_match_counts() {
        assert_eq!(Named::Unsure.matches(b"abc", &Method::Md5.digest(b"abc")), Some(true));
        assert_eq!(Named::Unsure.matches(b"abc", &Method::Sha256.digest(b"abc")), Some(true));
        assert_eq!(Named::Unsure.matches(b"abc", &[0; 32]), None);
        assert_eq!(Named::Known(Method::Sm3).matches(b"abc", &[0; 32]), Some(false));
        assert_eq!(Named::Unknown("9.9".to_owned()).matches(b"abc", &[0; 32]), None);
    }
}
