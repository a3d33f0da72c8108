//! Containers: files that hold other files, each of which is a document of its own (ZIP, mail).
//!
//! A container is opened in the child process like any other hostile file. What it holds goes back to the
//! parent as bytes, which hands each member out as a document again: so one broken member costs itself only,
//! and every member has its own record, number and place in the store.

mod mail;
mod name;
#[cfg(test)]
mod tests;
mod zip;

use super::{Limits, ReadError, Sink, sniff};
use crate::model::{Issue, Level, MediaType, Stage};

/// Members of one container that are unpacked.
const MOST_MEMBERS: usize = 10_000;

/// A file inside a container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its name, with the folders that it stands in, `/` between them. Unique in the container.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Receives what a container holds, piece by piece.
pub trait Unpack {
    /// A member, unpacked.
    fn member(&mut self, member: Member);
    /// Something about the container that a person should know: a member that could not be unpacked.
    fn issue(&mut self, issue: Issue);
}

/// Unpacks a container's members, in their order; does nothing with a file that is none.
///
/// # Errors
///
/// [`ReadError::Damaged`] when it cannot be opened; members before a fault were given out.
pub fn unpack(bytes: &[u8], limits: &Limits, out: &mut dyn Unpack) -> Result<(), ReadError> {
    let mut unpacker =
        Unpacker { out, names: name::Names::default(), left: limits.unpacked_bytes, members: 0 };
    match sniff::sniff(bytes) {
        MediaType::Zip => zip::unpack(bytes, &mut unpacker),
        MediaType::Mail => {
            mail::unpack(bytes, &mut unpacker);
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Reads a container as a document: what could not be unpacked is told, and a mail has a text of its own.
///
/// # Errors
///
/// Those of [`unpack`].
pub fn read(
    media_type: MediaType,
    bytes: &[u8],
    limits: &Limits,
    sink: &mut dyn Sink,
) -> Result<(), ReadError> {
    sink.opened(media_type, None);
    if media_type == MediaType::Mail {
        mail::read(bytes, sink);
    }
    let mut listing = Listing { sink, members: 0 };
    unpack(bytes, limits, &mut listing)?;
    let message = format!("文件内有 {} 个文件，各自另行读取", listing.members);
    sink.issue(Issue::new(Level::Info, Stage::Read, "container", message));
    Ok(())
}

/// Counts members and passes issues on.
struct Listing<'s> {
    sink: &'s mut dyn Sink,
    members: usize,
}

impl Unpack for Listing<'_> {
    fn member(&mut self, _: Member) {
        self.members += 1;
    }

    fn issue(&mut self, issue: Issue) {
        self.sink.issue(issue);
    }
}

/// Gives members out within bounds.
struct Unpacker<'o> {
    out: &'o mut dyn Unpack,
    names: name::Names,
    /// Bytes that may still be unpacked.
    left: u64,
    members: usize,
}

impl Unpacker<'_> {
    /// May another member be unpacked? Says so where the answer is no.
    fn has_room(&mut self) -> bool {
        let has_room = self.members < MOST_MEMBERS;
        if !has_room {
            self.refuse(
                "limit-exceeded",
                format!("文件内的文件超过 {MOST_MEMBERS} 个，其余没有读取；请分成几个压缩包"),
            );
        }
        has_room
    }

    /// Gives out a member.
    fn give(&mut self, name: &str, bytes: Vec<u8>) {
        self.members += 1;
        self.left = self.left.saturating_sub(bytes.len() as u64);
        let name = self.names.unique(name);
        self.out.member(Member { name, bytes });
    }

    /// Tells of a member that was not unpacked.
    fn refuse(&mut self, code: &str, message: String) {
        self.out.issue(Issue::new(Level::Error, Stage::Read, code, message));
    }
}
