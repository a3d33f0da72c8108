//! The check-up (体检): every contract of the store is judged by the present packs, from what is stored; no file is read.

use jiff::Timestamp;
use jiff::civil::Date;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::checkup::result::{Checkup, Examined, is_alert};
use crate::checkup::{Assessment, Filing, compare};
use crate::duties::Deadlines;
use crate::engine::{Analysis, Engine};
use crate::model::case::{Case, CaseId, Effective};
use crate::model::checked::{CheckedCase, CheckedFinding, CheckupRun};
use crate::model::record::Kind;
use crate::model::{Document, Record};
use crate::store::{Analysed, Change, DocumentState, Store, StoreError};

/// What the runs of check-ups are listed under among the archives.
const ARCHIVE: &str = "（体检）";

/// Contracts that are held in memory at a time.
const BATCH: usize = 64;

/// How to check up.
#[derive(Debug, Clone, Copy)]
pub struct CheckupOptions {
    /// Now.
    pub at: Timestamp,
    /// The day by which deadlines are judged.
    pub today: Date,
    /// Run every rule even where the stored findings rest on the present packs; without it, only those run that changed.
    pub rerun: bool,
}

/// A contract as the store has it.
struct Stored {
    case: Case,
    record: Record,
    /// Set where rules have to run again: the document, and what is known of its results.
    again: Option<(Document, DocumentState)>,
    is_stale: bool,
}

/// Checks up every contract of the store, and keeps the result there. `each` is told of every batch: how many contracts of how
/// many are done.
///
/// # Errors
///
/// What the store says. Findings made anew by then are kept; the check-up itself is kept whole or not at all.
pub fn checkup(
    store: &mut Store,
    engine: &Engine,
    deadlines: &Deadlines,
    options: &CheckupOptions,
    mut each: impl FnMut(usize, usize),
) -> Result<Checkup, StoreError> {
    let previous = store.last_checkup()?;
    let cases = store.all_cases()?;
    let mut run = None;
    let (mut rerun, mut stale, mut done) = (0, 0, 0);
    let mut contracts = Vec::with_capacity(cases.len());
    let mut checked = Vec::with_capacity(cases.len());
    for batch in cases.chunks(BATCH) {
        let stored = batch.iter().map(|case| load(store, engine, *case, options));
        let stored: Vec<Stored> = stored.collect::<Result<_, _>>()?;
        stale += stored.iter().filter(|stored| stored.is_stale).count();
        let judged: Vec<_> =
            stored.into_par_iter().map(|stored| judge(engine, stored, options.rerun)).collect();
        let mut changes = Vec::new();
        for (case, record, change) in judged {
            changes.extend(change);
            if record.kind == Kind::NotAContract {
                continue;
            }
            let (examined, findings) = examine(store, deadlines, &case, record, options.today)?;
            checked.push(remembered(&examined, findings));
            contracts.push(examined);
        }
        rerun += changes.len();
        if !changes.is_empty() {
            let number = match run {
                Some(number) => number,
                None => *run.insert(store.begin_run(ARCHIVE, &options.at.to_string())?),
            };
            store.apply(ARCHIVE, number, &changes)?;
        }
        done += batch.len();
        each(done, cases.len());
    }
    if let Some(number) = run {
        store.end_run(ARCHIVE, number, &[], &options.at.to_string())?;
    }
    let packs = engine.packs().versions();
    let number = store.keep_checkup(&options.at.to_string(), &packs, &checked)?;
    contracts.sort_by_key(|one| (one.assessment.points.unwrap_or(usize::MAX), one.case));
    let run = CheckupRun { number, at: options.at.to_string(), packs };
    Ok(Checkup { run, previous, rerun, stale, contracts })
}

fn load(
    store: &Store,
    engine: &Engine,
    case: CaseId,
    options: &CheckupOptions,
) -> Result<Stored, StoreError> {
    let case = store.case(case)?;
    let record = store.record(&case.record)?.record;
    let state = store.document_state(&case.record)?;
    let current = engine.fingerprints();
    let is_stale = state.as_ref().is_none_or(|state| state.analysed_by != current.analysis);
    let is_due = state.as_ref().is_some_and(|state| options.rerun || state.ruled_by != current.rules);
    let again = match state.filter(|_| is_due && !is_stale) {
        Some(state) => Some((store.document(&record.document)?, state)),
        None => None,
    };
    Ok(Stored { case, record, again, is_stale })
}

/// The record by the present packs, and what the store has to learn of it.
fn judge(engine: &Engine, stored: Stored, rerun: bool) -> (Case, Record, Option<Change>) {
    let Stored { case, record, again, .. } = stored;
    let Some((document, DocumentState { analysed_by, ruled_by, .. })) = again else {
        return (case, record, None);
    };
    let ruled_by = Some(ruled_by.as_str()).filter(|_| !rerun);
    let Analysis { record, text } = engine.review_one(&document, record, ruled_by);
    let made_by = [String::new(), analysed_by, engine.fingerprints().rules.clone()];
    let analysed = Analysed { document: None, record: record.clone(), text: text.content, made_by };
    (case, record, Some(Change::Analysed(Box::new(analysed))))
}

/// The contract's grade and what differs; with its findings, that on filing among them.
fn examine(
    store: &Store,
    deadlines: &Deadlines,
    case: &Case,
    mut record: Record,
    today: Date,
) -> Result<(Examined, Vec<CheckedFinding>), StoreError> {
    record.findings.extend(filing(store, deadlines, case, &record, today)?);
    let marks = store.marks(case.id)?;
    let assessment =
        Assessment::of(&record.findings, record.passed.len(), |f| marks.suppression(f).is_some());
    let open = record.findings.iter().filter(|f| marks.suppression(f).is_none() && !marks.is_known(f));
    let alerts = open.map(CheckedFinding::from).filter(is_alert).collect();
    let mut findings: Vec<_> = record.findings.iter().map(CheckedFinding::from).collect();
    findings.dedup_by(|a, b| a.fingerprint == b.fingerprint);
    let before = store.checked_findings(case.id)?;
    let differences = before.map(|before| compare(&before, &findings)).unwrap_or_default();
    let unmatched = marks.unmatched(&record.findings).into_iter().cloned().collect();
    let examined = Examined {
        case: case.id,
        record: record.id,
        path: record.source.path,
        title: record.fields.title.map(|title| title.value),
        assessment,
        history: store.grades(case.id)?,
        differences,
        alerts,
        unmatched,
    };
    Ok((examined, findings))
}

/// What is to be said about the filing of a contract on a day, people's word on its fields counted.
pub fn filing(
    store: &Store,
    deadlines: &Deadlines,
    case: &Case,
    record: &Record,
    today: Date,
) -> Result<Option<crate::model::Finding>, StoreError> {
    let decisions = store.decisions(case.id)?;
    if decisions.is_empty() {
        return Ok(Filing { case, record, today }.check(deadlines));
    }
    let effective = Effective::new(record.clone(), decisions);
    Ok(Filing { case, record: effective.record(), today }.check(deadlines))
}

fn remembered(examined: &Examined, findings: Vec<CheckedFinding>) -> CheckedCase {
    CheckedCase {
        case: examined.case,
        points: examined.assessment.points.and_then(|points| u32::try_from(points).ok()),
        label: examined.assessment.label(),
        findings,
    }
}
