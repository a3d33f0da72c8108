//! What reading the fields of a text and judging it costs, beside cutting the same text into words.
//!
//! Measured: CPU seconds of one thread for `text → fields`, over those of jieba's segmentation of the same texts, in
//! the same run; the least of several rounds each. Corpus: the written contracts and those made from `corpus/measured`.
//! Aim: no more than 3 times. Then the rules of all packs over the same texts, of which the fields are read: no more than the
//! fields cost. Beside the whole stage, what each extractor costs of it.
//!
//! Run: `taskset -c 0 cargo bench --bench speed`.

use std::path::Path;

use hetong::dictionaries::Dictionaries;
use hetong::fields::scan::within;
use hetong::fields::{Draft, EXTRACTORS, Extractors, Lexicon, Reading};
use hetong::model::Text;
use hetong::read::read_here;
use hetong::rules::Packs;
use hetong::text::{Composer, Segmenter};
use hetong_corpus::font::FontBook;
use hetong_corpus::golden::Golden;
use hetong_corpus::plain::Encoding;
use hetong_corpus::source::Document;
use hetong_corpus::template::{self, SEEDS};
use hetong_corpus::{Rendering, render};
use rustix::time::{ClockId, clock_gettime};

/// How often each is measured.
const ROUNDS: usize = 7;

fn main() {
    let dictionaries = Dictionaries::embedded();
    let composer = Composer::new(&dictionaries).expect("the dictionaries");
    let extractors = Extractors::new(&dictionaries).expect("the dictionaries");
    let words = Segmenter::new(&dictionaries).expect("the dictionaries");
    let texts = texts(&composer);
    let bytes: usize = texts.iter().map(|text| text.content.len()).sum();
    let cutting = least(|| {
        let mut count = 0;
        texts.iter().for_each(|text| words.segment(&text.content, |_, _, _| count += 1));
        assert!(count > 0);
    });
    let reading = least(|| texts.iter().for_each(|text| drop(extractors.extract(text))));
    println!("{} texts, {bytes} bytes", texts.len());
    println!("jieba   {cutting:8.3} s CPU");
    println!("fields  {reading:8.3} s CPU   {:.2} times jieba", reading / cutting);
    let lexicon = Lexicon::new(&dictionaries).expect("the dictionaries");
    for (field, time) in by_field(&texts, &lexicon) {
        println!("  {field:20} {:8.1} ms     {:.2} times jieba", time * 1e3, time / cutting);
    }
    let packs = Packs::new(&dictionaries).expect("the packs");
    let read: Vec<_> = texts.iter().map(|text| (text, extractors.extract(text))).collect();
    let judging = least(|| read.iter().for_each(|(text, extracted)| drop(packs.review(text, extracted))));
    println!("rules   {judging:8.3} s CPU   {:.2} times fields", judging / reading);
}

/// CPU seconds of each extractor over all texts, the least of several rounds.
fn by_field(texts: &[Text], lexicon: &Lexicon) -> Vec<(&'static str, f64)> {
    let mut least = vec![f64::INFINITY; EXTRACTORS.len()];
    for _ in 0..ROUNDS {
        let mut times = vec![0.0; EXTRACTORS.len()];
        texts.iter().for_each(|text| within(text.folded_body(), || add_times(text, lexicon, &mut times)));
        least.iter_mut().zip(times).for_each(|(least, time)| *least = least.min(time));
    }
    EXTRACTORS.iter().map(|extractor| extractor.field).zip(least).collect()
}

/// Adds what each extractor needs for one text.
fn add_times(text: &Text, lexicon: &Lexicon, times: &mut [f64]) {
    let (reading, mut draft) = (Reading::new(text, lexicon), Draft::default());
    for (extractor, time) in EXTRACTORS.iter().zip(times) {
        let before = seconds();
        extractor.run_on(&reading, &mut draft);
        *time += seconds() - before;
    }
}

/// The written contracts, and those made from the measured templates, as composed text.
fn texts(composer: &Composer) -> Vec<Text> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let goldens = Golden::load_all(&corpus.join("golden")).expect("the written contracts");
    let made = template::instances(&corpus.join("measured/templates"), SEEDS).expect("the templates");
    let written = goldens.iter().map(|golden| golden.document().expect("the source format"));
    let made = made.iter().map(|made| made.document().expect("the source format"));
    let fonts = FontBook::system();
    written.chain(made).map(|document| text(composer, &document, &fonts)).collect()
}

fn text(composer: &Composer, document: &Document, fonts: &FontBook) -> Text {
    let bytes = render(document, &Rendering::Text(Encoding::Utf8), fonts).expect("a file");
    composer.compose(&read_here(&bytes))
}

/// The least CPU seconds that this thread needs for it, after one round to warm up.
fn least(mut run: impl FnMut()) -> f64 {
    run();
    let mut timed = || {
        let before = seconds();
        run();
        seconds() - before
    };
    (0..ROUNDS).map(|_| timed()).fold(f64::INFINITY, f64::min)
}

fn seconds() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}
