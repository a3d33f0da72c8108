//! Every record with a path, for lists over the whole store.

use super::{Store, StoreError};
use crate::model::Record;

impl Store {
    /// Hands every file that is there and was read to `each`, with each of its records, in the order of the paths.
    pub fn for_each_record(
        &self,
        mut each: impl FnMut(String, Record) -> std::io::Result<()>,
    ) -> Result<std::io::Result<()>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT shown, json FROM source JOIN record ON record.document = source.document
             WHERE gone IS NULL ORDER BY archive, path, length(id), id",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let path: String = row.get(0)?;
            let json: String = row.get(1)?;
            let record = serde_json::from_str(&json).map_err(|_| StoreError::Damaged(path.clone()))?;
            if let Err(error) = each(path, record) {
                return Ok(Err(error));
            }
        }
        Ok(Ok(()))
    }
}
