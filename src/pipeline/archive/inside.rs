//! Members of containers in an archive run: each is a file of its own, below the container's path.

use std::path::PathBuf;

use super::need::Need;
use super::work::{Done, Give, Shared, Stamp, unreadable};
use crate::engine::Identity;
use crate::pipeline::inside::{Unpacked, member_path};
use crate::pipeline::walk::Item;
use crate::read::container::Member;
use crate::store::{Change, Originals, StoreError, StoredMember};

impl Shared<'_> {
    /// The members that an earlier run found in a container, when none of them has to be read again.
    pub(super) fn known_members(&self, container: &Item) -> Result<Option<Vec<StoredMember>>, StoreError> {
        let members = self.lookup().members(self.archive, &inside(&container.relative))?;
        for member in &members {
            let Some(document) = &member.document else { return Ok(None) };
            if self.need(document)? == Need::Reading {
                return Ok(None);
            }
        }
        Ok(Some(members))
    }

    /// Does what is needed for members whose container did not change.
    pub(super) fn settle_known(
        &self,
        members: Vec<StoredMember>,
        give: &mut Give<'_>,
    ) -> Result<(), StoreError> {
        for StoredMember { path, shown, size, modified, document } in members {
            let Some(document) = document else { continue };
            let item = Item { path: PathBuf::new(), relative: path, shown, problem: None };
            let need = self.need(&document)?;
            give(Ok(self.settle(item, (size, modified), document, need, None)?));
        }
        Ok(())
    }

    /// Opens a container and looks at what it holds.
    pub(super) fn look_inside(
        &self,
        container: &Item,
        bytes: &[u8],
        modified: i64,
        unpacked: &mut Unpacked,
        give: &mut Give<'_>,
    ) -> Result<(), StoreError> {
        let contents = unpacked.open(bytes, self.run.readers);
        if let Some(problem) = contents.problem {
            give(Ok(unreadable(member_item(container, ""), problem)));
        }
        for member in contents.members {
            unpacked.enter();
            self.look_at_member(container, member, modified, unpacked, give)?;
            unpacked.leave();
        }
        Ok(())
    }

    fn look_at_member(
        &self,
        container: &Item,
        member: Member,
        modified: i64,
        unpacked: &mut Unpacked,
        give: &mut Give<'_>,
    ) -> Result<(), StoreError> {
        let item = member_item(container, &member.name);
        let place = item.clone();
        let stamp: Stamp = (member.bytes.len() as u64, modified);
        let done = self.settle_bytes(item, stamp, &member.bytes)?;
        if self.is_container(&done)? {
            self.look_inside(&place, &member.bytes, modified, unpacked, give)?;
        }
        give(Ok(done));
        Ok(())
    }

    /// Does what is needed for a content whose bytes are at hand.
    pub(super) fn settle_bytes(&self, item: Item, stamp: Stamp, bytes: &[u8]) -> Result<Done, StoreError> {
        let identity = Identity::of(bytes, item.shown.clone());
        let had = self.lookup().source(self.archive, &item.relative)?.and_then(|known| known.document);
        let need = self.need(&identity.sha256)?;
        // Touched, and no copy of anything.
        let is_same = need == Need::Nothing && had.as_ref() == Some(&identity.sha256);
        let kept = self.keep(&identity.sha256, bytes)?;
        let mut done = self.settle(item, stamp, identity.sha256, need, (!is_same).then_some(bytes))?;
        done.changes.extend(kept);
        Ok(done)
    }

    /// Keeps a content among the originals, when that is asked for; the store notes it with the file's own row.
    fn keep(&self, sha256: &str, bytes: &[u8]) -> Result<Option<Change>, StoreError> {
        if !self.run.options.keep_originals {
            return Ok(None);
        }
        Originals::beside(self.run.store).keep(sha256, bytes)?;
        Ok(Some(Change::Kept { sha256: sha256.to_owned(), bytes: bytes.len() as u64 }))
    }

    /// Is a content kept as it was asked for?
    pub(super) fn is_kept(&self, sha256: &str) -> Result<bool, StoreError> {
        Ok(!self.run.options.keep_originals || self.lookup().is_kept(sha256)?)
    }

    /// Does what was looked at hold other files? Where nobody knows yet, because another thread is at it, the
    /// reading process is asked.
    pub(super) fn is_container(&self, done: &Done) -> Result<bool, StoreError> {
        if let Some(media_type) = done.media_type {
            return Ok(media_type.is_container());
        }
        let Some(document) = &done.document else { return Ok(false) };
        match self.lookup().record(document) {
            Ok(stored) => Ok(stored.record.source.media_type.is_container()),
            Err(StoreError::Unknown(_)) => Ok(true),
            Err(error) => Err(error),
        }
    }
}

fn member_item(container: &Item, name: &str) -> Item {
    let relative = [inside(&container.relative), name.as_bytes().to_vec()].concat();
    Item { path: PathBuf::new(), relative, shown: member_path(&container.shown, name), problem: None }
}

/// Bytes that the paths of a container's members begin with.
fn inside(container: &[u8]) -> Vec<u8> {
    [container, b"!/"].concat()
}
