//! What stands inside a container: where its members are, and how far they are followed.

use std::io;

use super::no_reader;
use crate::model::Issue;
use crate::read::container::Member;
use crate::read::worker::ReaderPool;

/// Containers inside containers that are opened.
const DEEPEST: usize = 3;

/// Members and bytes that one file of the archive may unpack to, all containers in it together.
const MOST_MEMBERS: usize = 20_000;
const MOST_BYTES: u64 = 2 << 30;

/// How far a file of the archive was unpacked.
#[derive(Debug, Default)]
pub(super) struct Unpacked {
    depth: usize,
    members: usize,
    bytes: u64,
}

/// What a container gave.
#[derive(Debug, Default)]
pub(super) struct Contents {
    /// Its members.
    pub members: Vec<Member>,
    /// Why not all of them came, for people. It is about this place: elsewhere the same bytes may fare better.
    pub problem: Option<String>,
}

impl Unpacked {
    /// Opens a container at this depth.
    pub fn open(&mut self, bytes: &[u8], readers: &ReaderPool) -> Contents {
        if self.depth >= DEEPEST {
            return Contents::refused(format!(
                "压缩包或邮件嵌套超过 {DEEPEST} 层，没有继续解开；请解压后重新放入"
            ));
        }
        let contents = readers.with(|reader| reader.unpack(bytes));
        let contents = contents.map_or_else(Contents::unread, Contents::given);
        self.members += contents.members.len();
        self.bytes += contents.members.iter().map(|member| member.bytes.len() as u64).sum::<u64>();
        if self.members > MOST_MEMBERS || self.bytes > MOST_BYTES {
            return Contents::refused(
                "解开后的文件过多或过大，可能是压缩炸弹，没有读取；请解压后重新放入".to_owned(),
            );
        }
        contents
    }

    /// What comes next stands inside the container that was opened last.
    pub fn enter(&mut self) {
        self.depth += 1;
    }

    /// It is done with.
    pub fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }
}

impl Contents {
    fn refused(problem: String) -> Self {
        Self { members: Vec::new(), problem: Some(problem) }
    }

    fn unread(error: io::Error) -> Self {
        Self::refused(no_reader(&error))
    }

    fn given((members, fault): (Vec<Member>, Option<Issue>)) -> Self {
        Self { members, problem: fault.map(|issue| issue.message) }
    }
}

/// The path of a member: that of its container, `!/`, its name. With an empty name, the container's inside.
pub(super) fn member_path(container: &str, name: &str) -> String {
    format!("{container}!/{name}")
}
