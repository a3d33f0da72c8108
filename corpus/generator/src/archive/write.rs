//! Puts an archive on disk: `<year>/<department>/<number>_<title>.<ending>` and `truth.ndjson`.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use serde_json::json;

use super::Order;
use super::format::{pdf_kinds, renderings};
use super::vary::{Contract, vary};
use crate::error::{Error, Result};
use crate::font::FontBook;
use crate::golden::Golden;
use crate::pdf::PdfKind;
use crate::rendering::{Rendering, render};
use crate::seed::Random;
use crate::source;

/// The name of the file with one line of truth per contract, in the order of their numbers.
const TRUTH: &str = "truth.ndjson";

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Contracts written.
    pub files: u64,
    /// Their bytes, without the truth.
    pub bytes: u64,
}

/// Writes an archive into the folder `out`, on all processors.
///
/// With the same written contracts, order and installed fonts the files are the same.
///
/// # Errors
///
/// If a contract cannot be rendered, or a file cannot be written. Files made until then stay.
pub fn write(order: &Order, goldens: &[Golden], fonts: &FontBook, out: &Path) -> Result<Summary> {
    let workshop = Workshop { order, goldens, fonts, kinds: pdf_kinds(fonts), out };
    fs::create_dir_all(out).map_err(Error::io(out))?;
    let next = AtomicU64::new(0);
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let (sender, receiver) = sync_channel(workers * 16);
        for _ in 0..workers {
            let sender = sender.clone();
            scope.spawn(|| workshop.work(&next, sender));
        }
        drop(sender);
        collect(&receiver, &out.join(TRUTH))
    })
}

/// What the threads share.
struct Workshop<'a> {
    order: &'a Order,
    goldens: &'a [Golden],
    fonts: &'a FontBook,
    kinds: Vec<PdfKind>,
    out: &'a Path,
}

/// A file on disk.
struct Made {
    index: u64,
    bytes: u64,
    /// Its line in the truth file.
    truth: String,
}

impl Workshop<'_> {
    /// Makes contracts until there are none left or nobody listens any more.
    fn work(&self, next: &AtomicU64, sender: SyncSender<Result<Made>>) {
        if self.goldens.is_empty() {
            return;
        }
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= self.order.count || sender.send(self.make(index)).is_err() {
                return;
            }
        }
    }

    fn make(&self, index: u64) -> Result<Made> {
        let golden = &self.goldens[(index % self.goldens.len() as u64) as usize];
        let contract = vary(golden, self.order.seed, index);
        // A stream of its own, so that the mix does not change the contracts.
        let mut random = Random::new(!self.order.seed, index);
        let format = self.order.mix.pick(&mut random);
        let (extension, bytes) = self.render(&contract, &renderings(format, &self.kinds, &mut random))?;
        let name = format!("{index:07}_{}.{extension}", title(&contract));
        let path = format!("{}/{}/{name}", contract.year, contract.department);
        let file = self.out.join(&path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(Error::io(folder))?;
        }
        fs::write(&file, &bytes).map_err(Error::io(&file))?;
        let truth = json!({ "path": path, "source": contract.slug, "truth": contract.truth });
        Ok(Made { index, bytes: bytes.len() as u64, truth: truth.to_string() })
    }

    /// The first of the renderings that can hold all characters: its ending and its bytes.
    fn render(&self, contract: &Contract, renderings: &[Rendering]) -> Result<(&'static str, Vec<u8>)> {
        let document = source::parse(&contract.text)
            .map_err(|error| Error::Source { slug: contract.slug.clone(), error })?;
        let mut lacking = None;
        for rendering in renderings {
            match render(&document, rendering, self.fonts) {
                Err(error @ Error::Character { .. }) => lacking = Some(error),
                done => return Ok((rendering.extension(), done?)),
            }
        }
        Err(lacking.unwrap_or_else(|| Error::Picture("no rendering was asked for".to_owned())))
    }
}

/// A file name's part: the title without what file systems refuse.
fn title(contract: &Contract) -> String {
    let title = contract.truth["fields"]["title"].as_str().unwrap_or("合同");
    title.chars().filter(|c| !r#"\/:*?"<>|"#.contains(*c) && !c.is_control()).take(40).collect()
}

/// Writes the truth lines in order, whatever the order in which threads finish.
fn collect(receiver: &Receiver<Result<Made>>, path: &Path) -> Result<Summary> {
    let mut file = BufWriter::new(File::create(path).map_err(Error::io(path))?);
    let mut summary = Summary::default();
    let mut waiting = BTreeMap::new();
    for made in receiver {
        let made = made?;
        waiting.insert(made.index, made);
        while let Some(made) = waiting.remove(&summary.files) {
            writeln!(file, "{}", made.truth).map_err(Error::io(path))?;
            summary.files += 1;
            summary.bytes += made.bytes;
        }
    }
    file.flush().map_err(Error::io(path))?;
    Ok(summary)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::golden::sample;

    fn archive(seed: u64) -> (Summary, String) {
        let folder = tempfile::tempdir().unwrap();
        let order = Order { count: 30, seed, mix: "pdf,docx,txt".parse().unwrap() };
        let fonts = FontBook::new(Vec::<&Path>::new());
        let summary = write(&order, &[sample()], &fonts, folder.path()).unwrap();
        let truth = fs::read_to_string(folder.path().join(TRUTH)).unwrap();
        for line in truth.lines() {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            assert!(folder.path().join(line["path"].as_str().unwrap()).is_file());
        }
        (summary, truth)
    }

    #[test]
    fn an_archive_is_a_function_of_its_seed() {
        let (summary, truth) = archive(1);
        assert_eq!(summary.files, 30);
        assert_eq!(truth.lines().count(), 30);
        assert_eq!(archive(1), (summary, truth.clone()));
        assert_ne!(archive(2).1, truth);
    }
}
