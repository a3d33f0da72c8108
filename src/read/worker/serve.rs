//! The child's side.

use std::io::{self, BufReader, BufWriter, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::super::container::{Member, Unpack, unpack};
use super::super::picture::{Eyes, Models};
use super::super::{ReadError, Sink, read};
use super::{Answer, Request, Task, frame};
use crate::model::{Block, Issue, MediaType, Page, Seal};
use crate::platform;

/// Answers requests on standard input until it ends. `memory` is the address space allowed, in bytes.
///
/// # Errors
///
/// The pipe to the parent broke; there is nobody left to tell.
pub fn serve(memory: u64) -> io::Result<()> {
    platform::confine_this_process(platform::ProcessLimits { memory });
    // A page's panic is an answer, not a message on the clerk's screen.
    std::panic::set_hook(Box::new(|_| {}));
    let mut input = BufReader::new(io::stdin().lock());
    let mut out = BufWriter::with_capacity(64 << 10, io::stdout().lock());
    let mut eyes = Models::new();
    while let Some(request) = frame::read::<Request>(&mut input)? {
        let mut bytes = Vec::new();
        (&mut input).take(request.bytes).read_to_end(&mut bytes)?;
        answer(&request, &bytes, &mut eyes, &mut out)?;
    }
    Ok(())
}

fn answer(request: &Request, bytes: &[u8], eyes: &mut dyn Eyes, out: &mut impl Write) -> io::Result<()> {
    platform::allow_cpu_seconds(request.cpu_seconds);
    let mut pipe = Pipe { out, request, seconds: request.cpu_seconds, broken: Ok(()) };
    let work = AssertUnwindSafe(|| match request.task {
        Task::Read => read(bytes, &request.limits, eyes, &mut pipe),
        Task::Unpack => unpack(bytes, &request.limits, &mut pipe),
    });
    let result = catch_unwind(work)
        .unwrap_or_else(|_| Err(ReadError::Damaged("读取程序遇到无法处理的内容".to_owned())));
    pipe.send(&Answer::from(result));
    pipe.broken?;
    out.flush()
}

/// Passes on what the reader finds, at once for pages: what was sent survives the child.
struct Pipe<'a, W: Write> {
    out: &'a mut W,
    request: &'a Request,
    /// CPU seconds allowed for the document, pictures aside.
    seconds: u64,
    broken: io::Result<()>,
}

impl<W: Write> Pipe<'_, W> {
    fn send(&mut self, answer: &Answer) {
        if self.broken.is_ok() {
            self.broken = frame::write(self.out, answer);
        }
    }

    fn flush(&mut self) {
        if self.broken.is_ok() {
            self.broken = self.out.flush();
        }
    }
}

impl<W: Write> Unpack for Pipe<'_, W> {
    fn member(&mut self, member: Member) {
        self.send(&Answer::Member { name: member.name, bytes: member.bytes.len() as u64 });
        if self.broken.is_ok() {
            self.broken = self.out.write_all(&member.bytes);
        }
        self.flush();
    }

    fn issue(&mut self, issue: Issue) {
        self.send(&Answer::Issue(issue));
    }
}

impl<W: Write> Sink for Pipe<'_, W> {
    fn opened(&mut self, media_type: MediaType, pages: Option<u32>) {
        let budget = u64::from(pages.unwrap_or(0).min(self.request.limits.pages));
        let seconds = budget.saturating_mul(self.request.cpu_seconds_per_page);
        self.seconds = self.request.cpu_seconds.saturating_add(seconds);
        platform::allow_cpu_seconds(self.seconds);
        self.send(&Answer::Opened { media_type, pages });
        self.flush();
    }

    fn page(&mut self, page: Page) {
        self.send(&Answer::Page(page));
        self.flush();
    }

    fn block(&mut self, block: Block) {
        self.send(&Answer::Block(block));
    }

    fn seal(&mut self, seal: Seal) {
        self.send(&Answer::Seal(seal));
    }

    fn issue(&mut self, issue: Issue) {
        self.send(&Answer::Issue(issue));
    }

    // The time for the pages that are left runs anew: what is bounded is how long one picture takes.
    fn looking(&mut self) {
        let seconds = self.seconds.saturating_add(self.request.cpu_seconds_per_picture);
        platform::allow_cpu_seconds(seconds);
        self.send(&Answer::Looking);
        self.flush();
    }
}
