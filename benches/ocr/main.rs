//! Reading pictures of pages, against RapidOCR with the larger models.
//!
//! Measured, on scanned pages that are made here (`hetong_corpus::scan::pages`, split `measure`: texts, typefaces
//! and seeds that nobody tunes on):
//!
//! - edits in a hundred characters of the body, by variant (A 200 dpi; B 150 dpi, askew, soft; C photocopied; D 105
//!   dpi; E seals over the text), normalised and grouped as `hetong_corpus::scan::align` says; under seals and in signature blocks apart;
//! - sums, capital sums, credit codes and dates that are exact after the grammar of money (`tokens`);
//! - turned pages (T) that are turned upright; names of seals that are exact;
//! - CPU seconds a page: ours by the fastest runtime of the machine and by the fastest in f32, and the baseline, on
//!   core 0, one thread each, page by page in turn; user and system time of the processes, start apart; two workers on two cores against one; peak of resident memory;
//! - fields of whole contracts as scans against the same contracts as text.
//!
//! The baseline runs in a virtual environment that pip fills once. Its detector sees pictures of the same size as
//! ours; its step that turns lines by 180° is off, since no page of the comparison needs it. Without it, our figures
//! alone are shown.
//!
//! Run: `cargo bench --bench ocr [-- --pages 20] [--split tune] [--no-baseline] [--differences]`. Needs `taskset`,
//! `python3` with `venv`, and the typefaces of the split (Debian: fonts-arphic-uming, fonts-arphic-ukai,
//! fonts-noto-cjk, fonts-wqy-microhei, fonts-lxgw-wenkai).

mod engine;
mod fields;
mod score;
mod tokens;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use engine::Engine;
use hetong_corpus::font::FontBook;
use hetong_corpus::golden::Golden;
use hetong_corpus::scan::Variant;
use hetong_corpus::scan::pages::{self, Split};
use hetong_corpus::scan::truth::PageTruth;
use hetong_ocr::Runtime;
use score::Score;

/// What the bench is asked for.
struct Order {
    pages: usize,
    split: Split,
    baseline: bool,
    /// Shows what was read wrong. For pages to tune on; those to measure on are not to be looked at.
    differences: bool,
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let has = |name: &str| arguments.iter().any(|argument| argument == name);
    let after = |name: &str| arguments.iter().skip_while(|argument| *argument != name).nth(1);
    if has("--serve") {
        return engine::serve(after("--serve").and_then(|name| Runtime::of_name(name)));
    }
    let split =
        if after("--split").is_some_and(|name| name == "tune") { Split::Tune } else { Split::Measure };
    let order = Order {
        pages: after("--pages").and_then(|pages| pages.parse().ok()).unwrap_or(20),
        split,
        baseline: !has("--no-baseline"),
        differences: has("--differences") && split == Split::Tune,
    };
    let folder = tempfile::tempdir().expect("a folder");
    let pages = made(&order, folder.path());
    measure(&order, &pages);
    workers(&pages);
    fields::compare(order.split, &goldens(), folder.path());
}

fn goldens() -> Vec<Golden> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let load = |name: &str| Golden::load_all(&corpus.join(name)).expect("the written contracts");
    ["golden", "scans"].into_iter().flat_map(load).collect()
}

/// A page: its picture and what is true of it.
struct Page {
    picture: PathBuf,
    truth: PageTruth,
}

fn made(order: &Order, folder: &Path) -> Vec<Page> {
    let truths =
        pages::write(order.split, &Variant::ALL, order.pages, &goldens(), &FontBook::system(), folder);
    let page = |path: String| {
        let text = std::fs::read_to_string(folder.join(path)).expect("a truth");
        let truth: PageTruth = serde_json::from_str(&text).expect("a truth");
        Page { picture: folder.join(&truth.file), truth }
    };
    truths.expect("pages").into_iter().map(page).collect()
}

/// Reads every page by each engine in turn and prints the tables.
fn measure(order: &Order, pages: &[Page]) {
    let mut engines: Vec<Engine> = runtimes().into_iter().map(|runtime| Engine::ours(0, runtime)).collect();
    let ours = engines.len();
    match order.baseline.then(|| Engine::theirs(0)) {
        Some(Ok(theirs)) => engines.push(theirs),
        Some(Err(reason)) => println!("no baseline: {reason}\n"),
        None => {}
    }
    let starts: Vec<f64> = engines.iter().map(Engine::cpu).collect();
    let mut scores: Vec<BTreeMap<&str, Score>> = engines.iter().map(|_| BTreeMap::new()).collect();
    for page in pages {
        for (number, engine) in engines.iter_mut().enumerate() {
            // The baseline is not asked to turn pages.
            if number >= ours && page.truth.variant == "T" {
                continue;
            }
            let (reading, cpu) = engine.read(&page.picture);
            let score = scores[number].entry(page.truth.variant.as_str()).or_default();
            let differing = score.add(&page.truth, &reading, cpu);
            if order.differences && number == 0 {
                differing.iter().for_each(|(want, got)| println!("{} {want} -> {got}", page.truth.file));
            }
        }
    }
    let characters: usize = scores[0].values().map(|score| score.body.characters).sum();
    println!("{} pages of `{}`, {characters} characters of body\n", pages.len(), order.split.name());
    for (number, engine) in engines.iter().enumerate() {
        println!("{}: start {:.2} s CPU, peak {} MB", engine.name, starts[number], engine.peak() >> 20);
    }
    let names: Vec<&str> = engines.iter().map(|engine| engine.name.as_str()).collect();
    score::print(&names, &scores, ours);
}

/// The fastest of this machine, and the fastest that computes in f32 throughout.
fn runtimes() -> Vec<Runtime> {
    let mut runtimes = vec![Runtime::best(), Runtime::best_f32()];
    runtimes.dedup();
    runtimes
}

/// Two workers on two cores against one on one, over the pages of variant B.
fn workers(pages: &[Page]) {
    let pages: Vec<&Page> = pages.iter().filter(|page| page.truth.variant == "B").collect();
    let mut seconds = Vec::new();
    for count in [1, 2] {
        let mut engines: Vec<Engine> = (0..count).map(|core| Engine::ours(core, Runtime::best())).collect();
        let before: f64 = engines.iter().map(Engine::cpu).sum();
        let begun = Instant::now();
        std::thread::scope(|scope| {
            for (number, engine) in engines.iter_mut().enumerate() {
                let share = pages.iter().skip(number).step_by(count);
                scope.spawn(move || share.for_each(|page| drop(engine.read(&page.picture))));
            }
        });
        let wall = begun.elapsed().as_secs_f64();
        let cpu = engines.iter().map(Engine::cpu).sum::<f64>() - before;
        println!("{count} worker(s): {wall:.2} s wall, {cpu:.2} s CPU for {} pages", pages.len());
        seconds.push((wall, cpu));
    }
    let [one, two] = [seconds[0], seconds[1]];
    println!("one / two: wall {:.2}, CPU {:.2}\n", one.0 / two.0, one.1 / two.1);
}
