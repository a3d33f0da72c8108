//! Contracts of a store with all that is said about them: findings, that on filing among them, and people's decisions.

use std::path::Path;

use anyhow::Result;
use hetong::duties::Deadlines;
use hetong::engine::{Analysis, Engine};
use hetong::model::case::Case;
use hetong::model::mark::Marks;
use hetong::pipeline::filing;
use hetong::store::{Store, StoreError};
use jiff::civil::Date;

use super::mask::Mask;
use super::output;
use super::settings::Settings;

/// What is needed to look at stored contracts.
pub struct Desk {
    /// The store, open for reading.
    pub store: Store,
    /// The stages.
    pub engine: Engine,
    deadlines: Deadlines,
    today: Date,
}

/// A stored contract.
pub struct Contract {
    /// Its record with the finding on filing, if there is one, and its text.
    pub analysis: Analysis,
    /// Its case; a document that was not taken for a contract has none.
    pub case: Option<Case>,
    /// What people decided about its findings.
    pub marks: Marks,
}

impl Contract {
    /// The contract as it may be shown; its text stays, for places are looked up in it.
    pub fn masked(mut self, mask: Mask) -> Result<Self> {
        self.analysis.record = mask.over(self.analysis.record)?;
        Ok(self)
    }
}

impl Desk {
    /// Opens a store.
    pub fn open(folder: &Path, settings: &Settings) -> Result<Self> {
        Ok(Self {
            store: Store::open(folder)?,
            engine: settings.engine()?,
            deadlines: Deadlines::new(&settings.dictionaries)?,
            today: output::now().date(),
        })
    }

    /// A contract by the number of its record, or the first digits of it.
    pub fn contract(&self, id: &str) -> Result<Contract, StoreError> {
        let mut record = self.store.record(id)?.record;
        let text = self.engine.compose(&self.store.document(&record.document)?, record.part.index);
        let Some(number) = self.store.case_number(&record.id)? else {
            let analysis = Analysis { record, text };
            return Ok(Contract { analysis, case: None, marks: Marks::default() });
        };
        let case = self.store.case(number)?;
        record.findings.extend(filing(&self.store, &self.deadlines, &case, &record, self.today)?);
        let marks = self.store.marks(number)?;
        Ok(Contract { analysis: Analysis { record, text }, case: Some(case), marks })
    }

    /// Hands every contract that stands for a case to `each`, in the order of the cases.
    pub fn each(&self, mut each: impl FnMut(Contract) -> Result<()>) -> Result<()> {
        for case in self.store.all_cases()? {
            let record = self.store.case(case)?.record;
            each(self.contract(&record)?)?;
        }
        Ok(())
    }
}
