//! The main contract (主合同) that an agreement was linked to by a person.

use rusqlite::OptionalExtension;

use super::{Store, StoreError};
use crate::model::case::{CaseId, Effective};

impl Store {
    /// The contract that this one adds to, changes or ends; `None` where no link is in force.
    pub fn main_contract(&self, dependent: CaseId) -> Result<Option<CaseId>, StoreError> {
        let sql = "SELECT main FROM link WHERE dependent = ?1 AND ended IS NULL ORDER BY id LIMIT 1";
        let found = self.connection.prepare_cached(sql)?.query_row([dependent.0], |row| row.get(0));
        Ok(found.optional()?.map(CaseId))
    }

    /// The record of that contract with people's word laid over it.
    pub fn main_effective(&self, dependent: CaseId) -> Result<Option<Effective>, StoreError> {
        self.main_contract(dependent)?.map(|main| self.effective(main)).transpose()
    }
}
