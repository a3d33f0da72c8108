//! Digests of the parts that a signature protects (保护范围).

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::digest::{Method, Named};
use crate::read::ofd::package::Package;
use crate::read::ofd::xml::Element;

/// Parts of one signature that are checked.
const PARTS: usize = 50_000;

/// What the check of one signature found.
#[derive(Debug, Default)]
pub(super) struct Checked {
    /// Name of the seal.
    pub name: Option<String>,
    /// When it was made, as the file says.
    pub time: Option<String>,
    /// Does the signature value hold the digest of the signature's description? `None` where it holds none.
    pub description: Option<bool>,
    /// The protected parts.
    pub parts: Vec<String>,
    /// How many have the digest that was signed.
    pub right: usize,
    /// Parts with another one.
    pub wrong: Vec<String>,
    /// Parts that are not there or do not unpack.
    pub missing: Vec<String>,
    /// How many could not be checked.
    pub unknown: usize,
    /// The method, where it is not known.
    pub method: Option<String>,
}

/// Is this the digest of these bytes, by any method of its length?
pub(super) fn is_digest_of(digest: &[u8], bytes: &[u8]) -> bool {
    Named::Unsure.matches(bytes, digest) == Some(true)
}

/// Verdicts that are known, so that a part which many signatures protect is unpacked once.
#[derive(Debug, Default)]
pub(super) struct Digests(BTreeMap<(String, Method), Option<Vec<u8>>>);

impl Digests {
    /// Checks the references of a signature (SignedInfo).
    pub fn check(&mut self, package: &mut Package<'_>, info: &Element) -> Checked {
        let mut checked = Checked::default();
        for list in info.all("References") {
            let method = Named::of(list.attribute("CheckMethod"));
            if let Named::Unknown(name) = &method {
                checked.method = Some(name.clone());
            }
            for reference in list.all("Reference").take(PARTS) {
                self.check_one(package, &method, reference, &mut checked);
            }
        }
        checked
    }

    fn check_one(
        &mut self,
        package: &mut Package<'_>,
        method: &Named,
        reference: &Element,
        checked: &mut Checked,
    ) {
        let part = package.locate("", reference.attribute("FileRef").unwrap_or_default());
        match self.verdict(package, &part, method, &value(reference)) {
            Verdict::Is(true) => checked.right += 1,
            Verdict::Is(false) => checked.wrong.push(part.clone()),
            Verdict::Missing => checked.missing.push(part.clone()),
            Verdict::CannotTell => checked.unknown += 1,
        }
        checked.parts.push(part);
    }

    fn verdict(&mut self, package: &mut Package<'_>, part: &str, method: &Named, value: &[u8]) -> Verdict {
        if let Named::Known(method) = method {
            let key = (part.to_owned(), *method);
            let digest = self.0.entry(key).or_insert_with(|| Some(method.digest(&package.read(part).ok()?)));
            return digest.as_ref().map_or(Verdict::Missing, |digest| Verdict::Is(digest == value));
        }
        match package.read(part) {
            Ok(bytes) => method.matches(&bytes, value).map_or(Verdict::CannotTell, Verdict::Is),
            Err(_) => Verdict::Missing,
        }
    }
}

enum Verdict {
    /// The digest is right or wrong.
    Is(bool),
    /// There is no such part.
    Missing,
    /// The method is not known.
    CannotTell,
}

/// The digest that was signed (CheckValue), in Base64. What is none matches nothing.
fn value(reference: &Element) -> Vec<u8> {
    let text: String = reference.child_text("CheckValue").unwrap_or_default().split_whitespace().collect();
    STANDARD.decode(text).unwrap_or_default()
}
