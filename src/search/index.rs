//! The index on disk.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::directory::MmapDirectory;
use tantivy::indexer::IndexWriterOptions;
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{IndexReader, ReloadPolicy, Searcher};

use super::facets::Table;
use super::grams::Grams;
use super::pinyin::Readings;
use super::schema::{self, CHARACTERS, Fields, GRAMS, PINYIN, TOKENIZER};
use super::tokens::EveryPlace;
use super::{Lexicon, SearchError, Writer, folders};

/// Bytes that each of the two indexing threads may fill before it writes a segment: some 50 MB in all.
const MEMORY_PER_THREAD: usize = 24_000_000;

/// An open index. Derived from the store: it can be deleted at any time and is built anew.
pub struct Index {
    pub(super) reader: IndexReader,
    pub(super) fields: Fields,
    pub(super) lexicon: Arc<Lexicon>,
    pub(super) index: tantivy::Index,
    folder: PathBuf,
    rebuilt: bool,
    /// What records count for, at a state of the index.
    table: Mutex<Option<(u64, Arc<Table>)>>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl Index {
    /// The folder of the index in a store: its name holds the schema's version.
    pub fn folder(store: &Path) -> PathBuf {
        folders::in_use(store)
    }

    /// Has a store an index of another version only? That one answers a program of that version, until one that
    /// was made beside is put in its place: see [`Index::create_beside`].
    pub fn is_of_another_version(store: &Path) -> bool {
        folders::is_of_another_version(store)
    }

    /// Opens the index of a store for writing. Where there is none, or it is damaged, an empty one is made:
    /// ask [`Index::was_rebuilt`]. Indexes of other versions are removed.
    ///
    /// The caller holds the store's lock: nobody else writes.
    ///
    /// # Errors
    ///
    /// The folder cannot be used.
    pub fn create_or_open(store: &Path, lexicon: Arc<Lexicon>) -> Result<Self, SearchError> {
        let (folder, aside, beside) = (Self::folder(store), folders::aside(store), folders::beside(store));
        if !folder.exists() && aside.exists() {
            // A swap was interrupted between its two steps.
            let at = |source| SearchError::Folder { path: folder.clone(), source };
            std::fs::rename(&aside, &folder).map_err(at)?;
        }
        let interrupted = beside.exists();
        let mut index = Self::whole(&folder, lexicon)?;
        folders::remove_others(store);
        // What a swap left behind only takes room.
        let _ = std::fs::remove_dir_all(&aside);
        if interrupted {
            // The store believes those records indexed that stand in the other one only.
            index.rebuilt = true;
            let at = |source| SearchError::Folder { path: beside.clone(), source };
            std::fs::remove_dir_all(&beside).map_err(at)?;
        }
        Ok(index)
    }

    /// Makes an empty index beside the one in use, which goes on answering: see [`Index::put_in_place`].
    ///
    /// # Errors
    ///
    /// The folder cannot be used.
    pub fn create_beside(store: &Path, lexicon: Arc<Lexicon>) -> Result<Self, SearchError> {
        Self::create(&folders::beside(store), lexicon)
    }

    /// Puts an index that was made beside in place of the one in use. Searches that are going on end on what they
    /// have open.
    ///
    /// # Errors
    ///
    /// The folders cannot be moved; one of the two is in place.
    pub fn put_in_place(self, store: &Path) -> Result<(), SearchError> {
        let (new, folder, old) = (self.folder.clone(), Self::folder(store), folders::aside(store));
        let at = |source| SearchError::Folder { path: folder.clone(), source };
        // Files that are open cannot be moved everywhere.
        drop(self);
        if old.exists() {
            std::fs::remove_dir_all(&old).map_err(at)?;
        }
        if folder.exists() {
            std::fs::rename(&folder, &old).map_err(at)?;
        }
        std::fs::rename(&new, &folder).map_err(at)?;
        // What is left of old ones goes with the next run.
        let _ = std::fs::remove_dir_all(&old);
        folders::remove_others(store);
        Ok(())
    }

    fn whole(folder: &Path, lexicon: Arc<Lexicon>) -> Result<Self, SearchError> {
        match Self::open_folder(folder, Arc::clone(&lexicon), false) {
            Ok(index) => Ok(index),
            Err(SearchError::Missing(_) | SearchError::Broken { .. }) => Self::create(folder, lexicon),
            Err(error) => Err(error),
        }
    }

    /// Opens the index of a store for reading.
    ///
    /// # Errors
    ///
    /// [`SearchError::Missing`], [`SearchError::OtherVersion`] or [`SearchError::Broken`].
    pub fn open(store: &Path, lexicon: Arc<Lexicon>) -> Result<Self, SearchError> {
        if Self::is_of_another_version(store) {
            return Err(SearchError::OtherVersion(store.to_owned()));
        }
        let (folder, aside) = (Self::folder(store), folders::aside(store));
        let interrupted = !folder.exists() && aside.exists();
        Self::open_folder(if interrupted { &aside } else { &folder }, lexicon, false)
    }

    /// Was the index made from nothing when it was opened? Then every record has to be put into it.
    pub fn was_rebuilt(&self) -> bool {
        self.rebuilt
    }

    /// How many records stand in it.
    pub fn len(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Does no record stand in it?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Lets searches see what was committed since the index was opened or last refreshed.
    ///
    /// # Errors
    ///
    /// The index cannot be read.
    pub fn refresh(&self) -> Result<(), SearchError> {
        Ok(self.reader.reload()?)
    }

    /// What records count for: read once for each state of the index.
    pub(super) fn table(&self, searcher: &Searcher) -> Result<Arc<Table>, SearchError> {
        let state = searcher.generation().generation_id();
        let mut table = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, table)) = table.as_ref().filter(|(known, _)| *known == state) {
            return Ok(Arc::clone(table));
        }
        let new = Arc::new(Table::of(searcher)?);
        *table = Some((state, Arc::clone(&new)));
        Ok(new)
    }

    /// The one writer. Two threads cut texts, one merges.
    ///
    /// # Errors
    ///
    /// Another writer is open.
    pub fn writer(&self) -> Result<Writer, SearchError> {
        let options = IndexWriterOptions::builder()
            .num_worker_threads(2)
            .memory_budget_per_thread(MEMORY_PER_THREAD)
            .num_merge_threads(1)
            .build();
        let writer = self.index.writer_with_options(options)?;
        Ok(Writer::new(writer, self.fields, Arc::clone(&self.lexicon)))
    }

    fn create(folder: &Path, lexicon: Arc<Lexicon>) -> Result<Self, SearchError> {
        let at = |source| SearchError::Folder { path: folder.to_owned(), source };
        if folder.exists() {
            std::fs::remove_dir_all(folder).map_err(at)?;
        }
        std::fs::create_dir_all(folder).map_err(at)?;
        let (schema, _) = schema::schema();
        tantivy::Index::create_in_dir(folder, schema)?;
        Self::open_folder(folder, lexicon, true)
    }

    fn open_folder(folder: &Path, lexicon: Arc<Lexicon>, rebuilt: bool) -> Result<Self, SearchError> {
        if !folder.is_dir() {
            return Err(SearchError::Missing(folder.to_owned()));
        }
        let broken = |problem: String| SearchError::Broken { path: folder.to_owned(), problem };
        let directory = MmapDirectory::open(folder).map_err(|error| broken(error.to_string()))?;
        let index = tantivy::Index::open(directory).map_err(|error| broken(error.to_string()))?;
        let (schema, fields) = schema::schema();
        if index.schema() != schema {
            return Err(broken("字段与本程序不符".to_owned()));
        }
        register(&index, &lexicon);
        // Reloading is asked for: no thread has to watch the folder.
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
        let reader: IndexReader = reader.map_err(|error| broken(error.to_string()))?;
        Ok(Self {
            reader,
            fields,
            lexicon,
            index,
            folder: folder.to_owned(),
            rebuilt,
            table: Mutex::default(),
        })
    }
}

/// Tells an index how its fields are cut into terms.
fn register(index: &tantivy::Index, lexicon: &Arc<Lexicon>) {
    let places = |words| EveryPlace { lexicon: Arc::clone(lexicon), words };
    let tokenizers = index.tokenizers();
    tokenizers.register(PINYIN, TextAnalyzer::from(Readings));
    tokenizers.register(TOKENIZER, TextAnalyzer::from(places(true)));
    tokenizers.register(CHARACTERS, TextAnalyzer::from(places(false)));
    tokenizers.register(GRAMS, TextAnalyzer::from(Grams { lexicon: Arc::clone(lexicon) }));
}
