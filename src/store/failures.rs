//! The list of what was not read completely, and why.

use super::{Store, StoreError};
use crate::model::{Folded, Level, Record};

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Path below the archive, for people.
    pub path: String,
    /// `failed`, `partial`, `skipped`, or `unreadable` for a file that could not be opened.
    pub status: String,
    /// Slug of the issue.
    pub code: String,
    /// The pages, from 1: `1-4、6`; empty when it concerns the whole file.
    pub pages: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl Store {
    /// Hands every file of an archive that is there and not complete to `each`, in the order of the paths.
    pub fn for_each_failure(
        &self,
        archive: &str,
        mut each: impl FnMut(Failure) -> std::io::Result<()>,
    ) -> Result<std::io::Result<()>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT shown, problem, status, json FROM source LEFT JOIN record ON record.document = source.document
             WHERE archive = ?1 AND gone IS NULL AND (problem IS NOT NULL OR status <> 'complete')
             ORDER BY path, length(id), id",
        )?;
        let mut rows = statement.query([archive])?;
        while let Some(row) = rows.next()? {
            let path: String = row.get(0)?;
            let problem: Option<String> = row.get(1)?;
            let failures = match problem {
                Some(message) => vec![unreadable(path, message)],
                None => from_record(path, row.get(2)?, &row.get::<_, String>(3)?)?,
            };
            for failure in failures {
                if let Err(error) = each(failure) {
                    return Ok(Err(error));
                }
            }
        }
        Ok(Ok(()))
    }
}

fn unreadable(path: String, message: String) -> Failure {
    Failure {
        path,
        status: "unreadable".to_owned(),
        code: "unreadable-file".to_owned(),
        pages: String::new(),
        message,
    }
}

fn from_record(path: String, status: String, json: &str) -> Result<Vec<Failure>, StoreError> {
    let record: Record = serde_json::from_str(json).map_err(|_| StoreError::Damaged(path.clone()))?;
    let errors = record.issues.iter().filter(|issue| issue.level == Level::Error);
    let failures = Folded::all(errors).into_iter().map(|folded| Failure {
        path: path.clone(),
        status: status.clone(),
        code: folded.first.code.clone(),
        pages: folded.page_list(),
        message: folded.message(),
    });
    Ok(failures.collect())
}
