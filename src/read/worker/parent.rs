//! The parent's side: a child process, and what becomes of a document when it dies.

use std::io::{self, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;

use super::super::container::Member;
use super::super::{Limits, ReadError, Sink};
use super::{Answer, Request, Task, WorkerLimits, frame};
use crate::model::{Document, Issue, Level, MediaType, Page, PageClass, PageOrigin, Stage};
use crate::platform;

/// How many pages of one document may kill their reader before the rest is given up.
const FATAL_PAGES: u32 = 3;

/// Answers that may wait between the child and the parent; more would let memory grow with the document.
const WAITING_ANSWERS: usize = 64;

/// One child process, and the means to start the next.
#[derive(Debug)]
pub struct Reader {
    limits: WorkerLimits,
    child: Option<Running>,
}

/// Readers that wait for work, one for each thread that asked at the same time.
#[derive(Debug)]
pub struct ReaderPool {
    limits: WorkerLimits,
    idle: Mutex<Vec<Reader>>,
}

impl ReaderPool {
    /// A pool without any process yet.
    pub fn new(limits: WorkerLimits) -> Self {
        Self { limits, idle: Mutex::new(Vec::new()) }
    }

    /// The limits its readers keep.
    pub fn limits(&self) -> &WorkerLimits {
        &self.limits
    }

    /// Lends a reader to `work`.
    pub fn with<T>(&self, work: impl FnOnce(&mut Reader) -> T) -> T {
        let waiting = self.idle.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).pop();
        let mut reader = waiting.unwrap_or_else(|| Reader { limits: self.limits.clone(), child: None });
        let result = work(&mut reader);
        self.idle.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push(reader);
        result
    }
}

/// How a conversation with the child ended.
pub(super) enum End {
    /// The child went through the document or refused it; it can take the next.
    Answered,
    /// The child died or was killed; why, for people.
    Died(String),
}

/// What the child says.
#[derive(Debug)]
enum Said {
    Answer(Answer),
    Member(Member),
}

/// What was heard of one file so far.
struct Heard {
    document: Document,
    members: Vec<Member>,
}

impl Heard {
    /// Takes what the child says; gives the end when it was the last.
    fn take(&mut self, said: Said) -> Option<End> {
        let document = &mut self.document;
        match said {
            Said::Member(member) => self.members.push(member),
            Said::Answer(Answer::Opened { media_type, pages }) => document.opened(media_type, pages),
            Said::Answer(Answer::Page(page)) => document.page(page),
            Said::Answer(Answer::Block(block)) => document.block(block),
            Said::Answer(Answer::Seal(seal)) => document.seal(seal),
            // A second attempt says again what the first said of the whole file.
            Said::Answer(Answer::Issue(issue)) if document.issues.contains(&issue) => {}
            Said::Answer(Answer::Issue(issue)) => document.issue(issue),
            // Its bytes came with it; and a picture only takes its time.
            Said::Answer(Answer::Member { .. } | Answer::Looking) => {}
            Said::Answer(Answer::Done) => return Some(End::Answered),
            Said::Answer(Answer::Refused { code, message }) => {
                document.issue(Issue::new(Level::Error, Stage::Read, &code, message));
                return Some(End::Answered);
            }
        }
        None
    }
}

impl Reader {
    /// Reads a document. Total: whatever happens to the child is told in the document's issues.
    ///
    /// A document whose reader dies is tried again from the page it died on. A page that kills its reader
    /// twice is left unread; a document that goes on killing readers is quarantined with what it gave.
    ///
    /// # Errors
    ///
    /// No child process can be started: that is about this machine, not about the document.
    pub fn read(&mut self, bytes: &[u8]) -> io::Result<Document> {
        let mut document = Document::empty(MediaType::Unknown);
        let mut limits = Limits::default();
        let (mut tries_left, mut fatal_pages) = (self.limits.retries, 0);
        loop {
            let before = document.pages.len();
            let reason = match self.attempt(bytes, limits, &mut document)? {
                End::Answered => break,
                End::Died(reason) => reason,
            };
            self.child = None;
            if document.pages.len() > before {
                tries_left = self.limits.retries;
            }
            if tries_left > 1 {
                tries_left -= 1;
            } else if document.page_count.is_some() && fatal_pages < FATAL_PAGES {
                fatal_pages += 1;
                tries_left = self.limits.retries;
                lose_page(&mut document, &reason);
            } else {
                quarantine(&mut document, &reason);
                break;
            }
            limits.first_page = document.pages.len() as u32 + 1;
            if document.page_count.is_some_and(|count| limits.first_page > count) {
                break;
            }
            if document.page_count.is_none() {
                document = Document::empty(MediaType::Unknown);
            }
        }
        account_for_pages(&mut document);
        Ok(document)
    }

    /// Drops a child that died.
    pub(super) fn give_up_child(&mut self) {
        self.child = None;
    }

    /// The files that a container holds, in their order; none for a file that holds none.
    ///
    /// What could not be unpacked is told when the container itself is read. A child that dies here costs the
    /// members that it had not given out: an issue says so.
    ///
    /// # Errors
    ///
    /// As for [`Reader::read`].
    pub fn unpack(&mut self, bytes: &[u8]) -> io::Result<(Vec<Member>, Option<Issue>)> {
        let mut heard = Heard { document: Document::empty(MediaType::Unknown), members: Vec::new() };
        let end = self.ask(Task::Unpack, bytes, Limits::default(), &mut heard)?;
        let fault = match end {
            End::Answered => None,
            End::Died(reason) => {
                self.child = None;
                let message = format!("解包中断：{reason}；其余文件没有读取，请解压后重新放入");
                Some(Issue::new(Level::Error, Stage::Read, "unpacking-failed", message))
            }
        };
        Ok((heard.members, fault))
    }

    /// Asks the child once; what it answers goes into `document`.
    pub(super) fn attempt(
        &mut self,
        bytes: &[u8],
        limits: Limits,
        document: &mut Document,
    ) -> io::Result<End> {
        let empty = Document::empty(MediaType::Unknown);
        let mut heard = Heard { document: std::mem::replace(document, empty), members: Vec::new() };
        let end = self.ask(Task::Read, bytes, limits, &mut heard);
        *document = heard.document;
        end
    }

    fn ask(&mut self, task: Task, bytes: &[u8], limits: Limits, heard: &mut Heard) -> io::Result<End> {
        if self.child.as_ref().is_some_and(|child| child.served >= self.limits.documents_per_child) {
            self.child = None;
        }
        let child = match self.child.take() {
            Some(child) => self.child.insert(child),
            None => self.child.insert(Running::start(&self.limits)?),
        };
        child.served += 1;
        let request = Request {
            task,
            bytes: bytes.len() as u64,
            limits,
            cpu_seconds: self.limits.cpu_seconds,
            cpu_seconds_per_page: self.limits.cpu_seconds_per_page,
            cpu_seconds_per_picture: self.limits.cpu_seconds_per_picture,
        };
        // A child that dies early breaks the pipe; how it died is learnt below.
        let asked = child.ask(&request, bytes);
        let end = child.listen(&self.limits, heard);
        match (asked, end) {
            (Err(_), End::Answered) => Ok(End::Died("读取进程未收到完整文件".to_owned())),
            (_, end) => Ok(end),
        }
    }
}

/// A child process that takes one document after another.
#[derive(Debug)]
struct Running {
    process: Child,
    requests: Option<ChildStdin>,
    answers: Receiver<Said>,
    served: u32,
}

impl Running {
    fn start(limits: &WorkerLimits) -> io::Result<Self> {
        let mut command = Command::new(platform::this_program()?);
        command.arg("worker").arg("--memory").arg(limits.memory.to_string());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        platform::own_process_group(&mut command);
        platform::show_as(&mut command, "hetong");
        let mut process = command.spawn()?;
        let (requests, out) = (process.stdin.take(), process.stdout.take());
        let (sender, answers) = sync_channel(WAITING_ANSWERS);
        let mut running = Self { process, requests, answers, served: 0 };
        let Some(out) = out else {
            running.kill();
            return Err(io::Error::other("no pipe from the reading process"));
        };
        thread::Builder::new().name("answers".to_owned()).spawn(move || pass_on(out, &sender))?;
        Ok(running)
    }

    fn ask(&mut self, request: &Request, bytes: &[u8]) -> io::Result<()> {
        let pipe = self.requests.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        frame::write(pipe, request)?;
        pipe.write_all(bytes)?;
        pipe.flush()
    }

    fn listen(&mut self, limits: &WorkerLimits, heard: &mut Heard) -> End {
        let mut patience = limits.silence;
        loop {
            let (said, waited) = (self.answers.recv_timeout(patience), patience);
            patience = match said {
                Ok(Said::Answer(Answer::Looking)) => limits.silence_looking,
                _ => limits.silence,
            };
            match said {
                Ok(said) => {
                    if let Some(end) = heard.take(said) {
                        return end;
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    self.kill();
                    return End::Died(format!("读取进程 {} 秒没有进展", waited.as_secs()));
                }
                Err(RecvTimeoutError::Disconnected) => return End::Died(self.why_it_ended()),
            }
        }
    }

    fn kill(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    fn why_it_ended(&mut self) -> String {
        match self.process.wait() {
            Ok(status) => platform::describe_end(status),
            Err(error) => format!("读取进程异常退出：{error}"),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Closing the pipe ends an idle child by itself; one that is busy with a lost document is killed.
        self.requests = None;
        self.kill();
    }
}

/// Hands the child's answers over until it ends or nobody listens.
fn pass_on(out: ChildStdout, sender: &std::sync::mpsc::SyncSender<Said>) {
    let mut out = BufReader::new(out);
    while let Ok(Some(answer)) = frame::read(&mut out) {
        let said = match answer {
            Answer::Member { name, bytes } => match member(name, bytes, &mut out) {
                Ok(member) => Said::Member(member),
                Err(_) => return,
            },
            answer => Said::Answer(answer),
        };
        if sender.send(said).is_err() {
            return;
        }
    }
    // Drain what is left of a broken message, so that the child is not stuck writing it.
    let _ = io::copy(&mut out.take(1 << 20), &mut io::sink());
}

/// A member whose bytes follow.
fn member(name: String, length: u64, out: &mut impl Read) -> io::Result<Member> {
    let mut bytes = Vec::new();
    out.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length {
        Ok(Member { name, bytes })
    } else {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

/// Leaves the next page unread, because it killed its reader.
fn lose_page(document: &mut Document, reason: &str) {
    let number = document.pages.len() as u32 + 1;
    document.page(unread_page(number, reason));
    document.issue(
        Issue::new(
            Level::Error,
            Stage::Read,
            "page-unreadable",
            format!("第 {number} 页未能读取：{reason}；请人工查看该页"),
        )
        .on_page(number),
    );
}

fn quarantine(document: &mut Document, reason: &str) {
    document.issue(Issue::new(
        Level::Error,
        Stage::Read,
        "quarantined",
        format!("多次读取失败，已隔离：{reason}；请人工查看文件，处理后用 --retry-failed 重新读取"),
    ));
}

fn unread_page(number: u32, reason: &str) -> Page {
    Page {
        number,
        width: 0.0,
        height: 0.0,
        rotation: 0,
        origin: PageOrigin::Unread,
        class: PageClass::Empty,
        why: reason.to_owned(),
        confidence: 0.0,
        lines: Vec::new(),
        marks: Vec::new(),
        looked_at: false,
        skew: 0.0,
    }
}

/// Pages in = pages out: those that never came are there as unread.
fn account_for_pages(document: &mut Document) {
    let stated = document.page_count.unwrap_or(0).min(Limits::default().pages);
    let read = document.pages.len() as u32;
    if read == 0 || read >= stated {
        return;
    }
    for number in read + 1..=stated {
        document.page(unread_page(number, "未读到该页"));
    }
    document.issue(Issue::new(
        Level::Error,
        Stage::Read,
        "pages-unread",
        format!("第 {} 页至第 {stated} 页未能读取；请人工查看", read + 1),
    ));
}

/// Reads a stream to its end, but no more than `most` bytes.
///
/// # Errors
///
/// The stream fails, or holds more ([`ReadError::Limit`] inside).
pub fn read_bounded(input: &mut impl Read, most: u64) -> io::Result<Result<Vec<u8>, ReadError>> {
    let mut bytes = Vec::new();
    input.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Ok(Err(ReadError::Limit(format!("文件大于 {} MB", most >> 20))));
    }
    Ok(Ok(bytes))
}
