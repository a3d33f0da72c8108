//! Signatures (GB/T 33190-2016, 18): do the parts still have the digests that were signed, and where do the seals
//! stand?
//!
//! Digests alone prove nothing: who changes a part can write its new digest. Certificates and signature values are
//! not verified here, and every message says so.

mod check;
mod der;
mod digest;
mod report;
mod seal;

use std::collections::{BTreeMap, BTreeSet};

use self::check::{Checked, Digests};
use super::body::PageEntry;
use super::package::{Fault, Package, canonical, folder};
use super::xml::{self, Element};
use crate::read::Sink;

/// Signatures of one document that are checked.
const SIGNATURES: usize = 200;

/// Checks the signatures that the part `list` names and tells `sink` of them and of their seals. The document's
/// pages are `pages`, the first of them numbered `first`.
pub(super) fn check(
    package: &mut Package<'_>,
    list: &str,
    pages: &[PageEntry],
    first: u32,
    sink: &mut dyn Sink,
) {
    let entries = match package.xml(list) {
        Ok(root) => root.children.into_iter().filter(|child| child.name == "Signature"),
        Err(fault) => return sink.issue(report::list_lost(&fault)),
    };
    let mut signer =
        Signatures { package, pages, first, digests: Digests::default(), covered: BTreeSet::new() };
    let mut count = 0;
    for (index, entry) in entries.take(SIGNATURES).enumerate() {
        count += 1;
        let location = entry.attribute("BaseLoc").unwrap_or_default();
        let part = signer.package.locate(folder(list), location);
        if let Err(fault) = signer.check(&part, index + 1, sink) {
            sink.issue(report::signature_lost(index + 1, &fault));
        }
    }
    if count > 0 {
        report::uncovered(&signer.uncovered()).into_iter().for_each(|issue| sink.issue(issue));
    }
}

struct Signatures<'p, 'b> {
    package: &'p mut Package<'b>,
    pages: &'p [PageEntry],
    first: u32,
    digests: Digests,
    /// Parts that a signature protects.
    covered: BTreeSet<String>,
}

impl Signatures<'_, '_> {
    fn check(&mut self, part: &str, index: usize, sink: &mut dyn Sink) -> Result<(), Fault> {
        let bytes = self.package.read(part)?;
        let malformed = |what: &str| Fault::Malformed(part.to_owned(), what.to_owned());
        let root = xml::parse(&bytes).map_err(|what| malformed(&what))?;
        let info = root.child("SignedInfo").ok_or_else(|| malformed("SignedInfo 缺失"))?;
        let value = self.signed_value(&root, part);
        let name = value.name.clone().or_else(|| self.seal_name(info, part));
        let checked = Checked {
            name: name.clone(),
            time: info.child_text("SignatureDateTime").map(str::to_owned),
            description: value.digest.map(|digest| check::is_digest_of(&digest, &bytes)),
            ..self.digests.check(self.package, info)
        };
        self.covered.extend(checked.parts.iter().map(|part| canonical(part)));
        sink.issue(report::signature(index, &checked));
        self.place_seals(info, name.as_deref(), index, sink);
        Ok(())
    }

    fn signed_value(&mut self, root: &Element, part: &str) -> seal::SignedValue {
        let bytes = root.child_text("SignedValue").and_then(|location| {
            let value = self.package.locate(folder(part), location);
            self.package.read(&value).ok()
        });
        bytes.map(|bytes| seal::signed_value(&bytes)).unwrap_or_default()
    }

    /// The seal's name out of its own part, which may stand beside the signature value.
    fn seal_name(&mut self, info: &Element, part: &str) -> Option<String> {
        let element = info.child("Seal")?;
        let location = element.child_text("BaseLoc").unwrap_or(element.text.trim());
        let esl = self.package.locate(folder(part), location);
        seal::seal_name(&self.package.read(&esl).ok()?)
    }

    fn place_seals(&self, info: &Element, name: Option<&str>, index: usize, sink: &mut dyn Sink) {
        let numbers: BTreeMap<u32, u32> = self
            .pages
            .iter()
            .zip(self.first..)
            .filter_map(|(page, number)| Some((page.id?, number)))
            .collect();
        for stamp in info.all("StampAnnot") {
            let page = stamp.id("PageRef").and_then(|id| numbers.get(&id));
            match page.and_then(|&number| seal::impression(stamp, name, number)) {
                Some(seal) => sink.seal(seal),
                None => sink.issue(report::stamp_lost(index)),
            }
        }
    }

    /// Numbers of the pages that no signature protects.
    fn uncovered(&self) -> Vec<u32> {
        let numbered = self.pages.iter().zip(self.first..);
        let open = numbered.filter(|(page, _)| !self.covered.contains(&canonical(&page.part)));
        open.map(|(_, number)| number).collect()
    }
}
