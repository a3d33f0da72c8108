//! Building the index of a store anew, beside the one in use.

use std::path::Path;
use std::sync::Arc;

use super::RunError;
use crate::engine::Engine;
use crate::search::{Index, Lexicon};
use crate::store::Store;

/// Records taken from the store at once, with their documents unpacked.
const AT_ONCE: usize = 64;

/// Builds the index of a store anew and puts it in place of the one in use, which answers until then. Gives the
/// number of records. Whatever interrupts it leaves the old index; the next run then puts every record in again.
///
/// # Errors
///
/// Another process writes, or the folder cannot be used.
pub fn rebuild(folder: &Path, engine: &Engine, lexicon: Arc<Lexicon>) -> Result<u64, RunError> {
    build_anew(&mut Store::create_or_open(folder)?, folder, engine, lexicon, &|_| ())
}

/// The same for a store that is open for writing; `tell` hears how many records are in so far.
pub(super) fn build_anew(
    store: &mut Store,
    folder: &Path,
    engine: &Engine,
    lexicon: Arc<Lexicon>,
    tell: &dyn Fn(u64),
) -> Result<u64, RunError> {
    let index = Index::create_beside(folder, lexicon)?;
    let mut writer = index.writer()?;
    store.await_index("")?;
    let mut records = 0;
    loop {
        let waiting = store.waiting_for_index(AT_ONCE)?;
        if waiting.is_empty() {
            break;
        }
        for entry in &waiting {
            writer.put(&entry.record, &engine.compose(&entry.document, entry.record.part.index))?;
        }
        writer.commit()?;
        let ids: Vec<String> = waiting.into_iter().map(|entry| entry.record.id).collect();
        store.mark_indexed(&ids, &engine.fingerprints().index)?;
        records += ids.len() as u64;
        tell(records);
    }
    writer.finish()?;
    index.put_in_place(folder)?;
    Ok(records)
}
