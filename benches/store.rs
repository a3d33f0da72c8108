//! A hundred thousand cases in one store: what opening costs, a list, a page, one case, a decision, a form, what is due, the
//! ledger.
//!
//! Measured: CPU seconds of the process (median of the repetitions), on stores of 100 and of 100,000 cases; for what reads
//! all cases, which uses all processors, wall seconds behind them.
//! Corpus: the record of one written contract (`corpus/golden`, 保安服务) put under other numbers, titles and days.
//!
//! Run: `cargo bench --bench store [-- COUNT]`.

mod support;

use std::path::Path;
use std::time::Instant;

use hetong::dictionaries::Dictionaries;
use hetong::duties::agenda::{Contract, Untold};
use hetong::duties::{Agenda, Deadlines, Due, Window};
use hetong::engine::{Engine, Identity, Options};
use hetong::forms::Forms;
use hetong::ledger::{JsonLedger, Row, to_workbook};
use hetong::model::case::{Actor, CaseId, Ruling, Seen, Word};
use hetong::model::{Block, Document, MediaType, Record, Value};
use hetong::store::{Analysed, CaseEntry, CaseFilter, CaseOrder, Change, Packed, Store, StoreError};
use rustix::time::{ClockId, clock_gettime};
use support::median;

fn main() {
    let count = std::env::args().filter_map(|argument| argument.parse().ok()).next().unwrap_or(100_000);
    println!(
        "{:>9} {:>8} {:>12} {:>8} {:>8} {:>9} {:>8} {:>12} {:>12} {:>12} {:>8}",
        "cases",
        "open ms",
        "list s",
        "page ms",
        "one ms",
        "decide ms",
        "form ms",
        "due s",
        "json s",
        "xlsx s",
        "MB disk"
    );
    for cases in [100, count] {
        let folder = tempfile::tempdir().expect("a folder");
        fill(folder.path(), cases);
        measure(folder.path(), cases);
    }
}

/// A record as the stages make it.
fn record() -> (Record, String) {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/golden/security-guard-service-renewable.txt");
    let text = std::fs::read_to_string(path).expect("a written contract");
    let mut document = Document::empty(MediaType::Plain);
    document.blocks = (0..).zip(text.lines()).map(|(number, line)| Block::paragraph(number, line)).collect();
    let engine = Engine::new(&Dictionaries::embedded()).expect("the stages");
    let analyses = engine.analyse(&document, &Identity::of(text.as_bytes(), "a.txt"), Options::default());
    let analysis = analyses.into_iter().next().expect("a contract");
    (analysis.record, analysis.text.content)
}

fn fill(folder: &Path, cases: usize) {
    let (record, text) = record();
    let mut store = Store::create_or_open(folder).expect("a store");
    let run = store.begin_run("a", "2024-01-01T00:00:00Z").expect("a run");
    let numbers: Vec<usize> = (0..cases).collect();
    for batch in numbers.chunks(256) {
        let changes: Vec<Change> = batch.iter().map(|number| change(&record, &text, *number)).collect();
        store.apply("a", run, &changes).expect("stored");
    }
}

fn change(record: &Record, text: &str, number: usize) -> Change {
    let mut record = record.clone();
    // Spread over the whole range, as digests are.
    record.id = format!("{:016x}{number:048x}", (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    record.document.clone_from(&record.id);
    record.fields.title = Some(Value::new(format!("保安服务合同第{number}号"), 0.97, "bench", Vec::new()));
    let day = jiff::civil::date(2019, 1, 1).saturating_add(jiff::Span::new().days((number % 2000) as i64));
    record.fields.sign_date = Some(Value::new(day, 0.97, "bench", Vec::new()));
    let document = Packed::new(&Document::empty(MediaType::Plain)).expect("packed");
    let made_by = ["r".to_owned(), "a".to_owned(), "f".to_owned()];
    Change::Analysed(Box::new(Analysed { document: Some(document), record, text: text.to_owned(), made_by }))
}

/// Median CPU seconds of so many repetitions; a disk that is waited for is not in it.
fn seconds(times: usize, mut what: impl FnMut(usize)) -> f64 {
    let once = |number| {
        let before = cpu();
        what(number);
        cpu() - before
    };
    median((0..times).map(once).collect())
}

/// Medians of CPU and wall seconds: `1.200/0.640`.
fn both(times: usize, mut what: impl FnMut(usize)) -> String {
    let mut walls = Vec::new();
    let cpu = seconds(times, |number| {
        let begun = Instant::now();
        what(number);
        walls.push(begun.elapsed().as_secs_f64());
    });
    format!("{cpu:.3}/{:.3}", median(walls))
}

fn cpu() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

fn measure(folder: &Path, cases: usize) {
    let open = seconds(25, |_| drop(Store::open(folder).expect("opened")));
    let store = Store::open(folder).expect("opened");
    let list = both(3, |_| {
        let mut listed = 0;
        let each = |_| {
            listed += 1;
            Ok::<_, StoreError>(())
        };
        store.for_each_case(&CaseFilter::default(), CaseOrder::SignDate, each).expect("listed");
        assert_eq!(listed, cases);
    });
    let middle = Some(CaseId((cases / 2) as i64));
    let page = seconds(25, |_| {
        let page = store.cases(&CaseFilter::default(), CaseOrder::SignDate, middle, 50).expect("a page");
        assert!(!page.is_empty());
    });
    let ids: Vec<String> = store
        .cases(&CaseFilter::default(), CaseOrder::Number, None, 25)
        .expect("a page")
        .into_iter()
        .map(|entry| entry.case.record)
        .collect();
    let one = seconds(25, |number| {
        let case = store.case_of(&ids[number][..12]).expect("a case");
        store.effective(case.id).expect("read");
    });
    let mut writing = Store::open_to_decide(folder).expect("opened");
    let decide = seconds(25, |number| decide(&mut writing, &ids[number], number));
    let dictionaries = Dictionaries::embedded();
    let (forms, deadlines) =
        (Forms::new(&dictionaries).expect("forms"), Deadlines::new(&dictionaries).expect("duties"));
    let form = seconds(25, |number| {
        let case = store.case_of(&ids[number]).expect("a case");
        let effective = store.effective(case.id).expect("read");
        let form = forms.fill_case("filing", &case, &effective, None).expect("a form");
        serde_json::to_vec(&form).expect("JSON");
    });
    let due = both(3, |_| due(&store, &deadlines));
    let json = both(3, |_| {
        let mut ledger = JsonLedger::new(std::io::sink()).expect("begun");
        rows(&store, |row| Ok(ledger.add(row)?));
        ledger.finish().expect("ended");
    });
    let xlsx = both(1, |_| {
        let made = jiff::civil::date(2024, 7, 1).at(9, 0, 0, 0);
        let feed = |add: &mut dyn FnMut(&Row) -> _| {
            rows(&store, |row| Ok(add(row)?));
            Ok::<_, Failure>(())
        };
        to_workbook::<Failure>(made, feed).expect("made");
    });
    let bytes = std::fs::metadata(folder.join("hetong.sqlite")).expect("a file").len();
    println!(
        "{cases:>9} {:>8.2} {list:>12} {:>8.2} {:>8.2} {:>9.2} {:>8.2} {due:>12} {json:>12} {xlsx:>12} {:>8}",
        open * 1e3,
        page * 1e3,
        one * 1e3,
        decide * 1e3,
        form * 1e3,
        bytes >> 20
    );
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Hands the rows of the ledger out, as `hetong ledger` does.
fn rows(store: &Store, mut each: impl FnMut(&Row) -> Result<(), Failure>) {
    let row = |entry: CaseEntry| Ok::<_, Failure>(Row::of(&entry.case, &entry.particulars));
    store.map_cases(&CaseFilter::default(), CaseOrder::SignDate, row, |row| each(&row)).expect("listed");
}

/// What is due half a year after the last contract was signed, as `hetong due --format json` does.
fn due(store: &Store, deadlines: &Deadlines) {
    let window = Window::new(jiff::civil::date(2025, 1, 1), 30);
    let marks = store.all_node_marks().expect("read");
    let (mut contracts, mut items, mut untold) = (0, Vec::new(), Vec::new());
    let due = |entry: CaseEntry| {
        let marks = marks.get(&entry.case.id).map_or(&[][..], Vec::as_slice);
        let contract = Contract {
            case: &entry.case,
            particulars: &entry.particulars,
            marks,
            amendments: &[],
            incidents: &[],
        };
        Ok::<_, StoreError>(deadlines.due(contract, window))
    };
    let each = |(due, unknown): (Vec<Due>, Vec<Untold>)| {
        contracts += 1;
        items.extend(due);
        untold.extend(unknown);
        Ok(())
    };
    store.map_cases(&CaseFilter::default(), CaseOrder::Number, due, each).expect("listed");
    let agenda = Agenda::new(deadlines, window, contracts, items, untold);
    assert!(serde_json::to_writer(std::io::sink(), &agenda).is_ok() && agenda.contracts > 0);
}

fn decide(store: &mut Store, record: &str, number: usize) {
    let case = store.case_of(record).expect("a case").id;
    let value = serde_json::json!(format!("核定名称{number}"));
    let ruling =
        Ruling { path: "title".parse().expect("a path"), word: Word::Correct(value), seen: Seen::Present };
    let actor = Actor { name: "王小明".to_owned(), at: "2024-05-06T07:08:09Z".parse().expect("a time") };
    store.decide(case, &[ruling], &actor, None).expect("kept");
}
