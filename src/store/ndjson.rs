//! Everything as NDJSON: a head, then each row of each table on a line, in the order in which tables were made.
//!
//! What one store gives another takes up: rows, versions, decisions and the trail come back as they were. A masked
//! export is for showing only.

use std::io::{BufRead, Write};
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use rusqlite::types::{Value as Sql, ValueRef};
use rusqlite::{Connection, Row, Transaction, params_from_iter};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};

use super::migrations::{self, VERSION};
use super::{Store, StoreError};
use crate::model::masking;

/// Name and version of the format.
const FORMAT: &str = "hetong.store/1";

/// Where SQLite keeps the last number that it gave: a number of a case that went is not given again.
const SEQUENCE: &str = "sqlite_sequence";

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    format: String,
    /// Version of the tables.
    version: i64,
    /// Is anything hidden or left out?
    masked: bool,
}

/// One row of a table. Bytes are `{"base64": …}`.
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    table: String,
    row: Map<String, Json>,
}

impl Store {
    /// Writes everything, as of one moment; returns the rows. With `masked`, what identifies people is hidden, and the
    /// pages that were read are left out.
    pub fn export(&self, mut out: impl Write, masked: bool) -> Result<u64, StoreError> {
        // One reading transaction: what others write meanwhile is not in it.
        let transaction = self.connection.unchecked_transaction()?;
        put(&mut out, &Head { format: FORMAT.to_owned(), version: VERSION, masked })?;
        let mut rows = 0;
        for table in tables(&transaction)? {
            rows += export_table(&transaction, &table, masked, &mut out)?;
        }
        out.flush().map_err(StoreError::Export)?;
        Ok(rows)
    }

    /// Makes a store of an export, in a folder that has none; returns the rows.
    ///
    /// # Errors
    ///
    /// [`StoreError::Import`] with the line that is wrong; then no store is made.
    pub fn import(from: impl BufRead, folder: &Path) -> Result<u64, StoreError> {
        if folder.join(super::DATABASE).exists() {
            return Err(StoreError::Exists(folder.to_owned()));
        }
        let mut lines = (1u64..).zip(from.lines());
        let head = match lines.next() {
            Some((_, Ok(line))) => head(&line)?,
            _ => return Err(wrong(1, "文件为空或无法读取")),
        };
        super::backup::filled(folder, |connection| {
            migrations::migrate_to(connection, head.version)?;
            let transaction = connection.transaction()?;
            // Rows come table by table; what they point to may come later.
            transaction.pragma_update(None, "defer_foreign_keys", true)?;
            let known = tables(&transaction)?;
            for table in &known {
                transaction.execute(&format!("DELETE FROM \"{table}\""), [])?;
            }
            let mut rows = 0;
            for (number, line) in lines {
                let line = line.map_err(|error| wrong(number, &error.to_string()))?;
                take(&transaction, &known, &line).map_err(|error| wrong(number, &error))?;
                rows += 1;
            }
            transaction.commit()?;
            migrations::migrate(connection)?;
            Ok(rows)
        })
    }
}

fn wrong(line: u64, why: &str) -> StoreError {
    StoreError::Import { line, why: why.to_owned() }
}

fn head(line: &str) -> Result<Head, StoreError> {
    let head: Head = serde_json::from_str(line).map_err(|_| wrong(1, "不是 hetong export 导出的文件"))?;
    match head {
        Head { format, .. } if format != FORMAT => Err(wrong(1, "格式版本与本程序不符")),
        Head { version, .. } if !(1..=VERSION).contains(&version) => {
            Err(wrong(1, "由更新版本的程序导出，请改用新版 hetong"))
        }
        Head { masked: true, .. } => Err(wrong(1, "是脱敏导出，内容不全，不能用来恢复")),
        head => Ok(head),
    }
}

/// All tables, in the order in which they were made.
fn tables(connection: &Connection) -> Result<Vec<String>, StoreError> {
    // SQLite's own table of the last numbers given goes last: rows that come in write it, too.
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table'
               AND (name NOT LIKE 'sqlite%' OR name = 'sqlite_sequence') ORDER BY name = 'sqlite_sequence', rowid";
    let mut statement = connection.prepare(sql)?;
    let names = statement.query_map([], |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}

fn put(out: &mut impl Write, line: &impl Serialize) -> Result<(), StoreError> {
    let written = serde_json::to_writer(&mut *out, line).map_err(std::io::Error::from);
    written.and_then(|()| out.write_all(b"\n")).map_err(StoreError::Export)
}

fn export_table(
    connection: &Connection,
    table: &str,
    masked: bool,
    out: &mut impl Write,
) -> Result<u64, StoreError> {
    let mut statement = connection.prepare(&format!("SELECT * FROM \"{table}\""))?;
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut rows = statement.query([])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        let mut row = to_json(row, &columns)?;
        if masked {
            mask(&mut row);
        }
        put(out, &Line { table: table.to_owned(), row })?;
        count += 1;
    }
    Ok(count)
}

fn to_json(row: &Row<'_>, columns: &[String]) -> Result<Map<String, Json>, StoreError> {
    let mut object = Map::new();
    for (index, name) in columns.iter().enumerate() {
        let value = match row.get_ref(index)? {
            ValueRef::Null => Json::Null,
            ValueRef::Integer(number) => json!(number),
            ValueRef::Real(number) => json!(number),
            ValueRef::Text(text) => match std::str::from_utf8(text) {
                Ok(text) => json!(text),
                Err(_) => return Err(StoreError::Damaged(format!("{name} 列"))),
            },
            ValueRef::Blob(bytes) => json!({ "base64": BASE64.encode(bytes) }),
        };
        object.insert(name.clone(), value);
    }
    Ok(object)
}

/// Columns of numbers and names that are no person's.
const KEYS: &[&str] = &[
    "id",
    "record",
    "document",
    "sha256",
    "hash",
    "previous",
    "at",
    "archive",
    "read_by",
    "analysed_by",
    "ruled_by",
];

/// Hides what identifies people in a row; bytes are left out.
fn mask(row: &mut Map<String, Json>) {
    let path = row.get("path").and_then(Json::as_str).unwrap_or_default().to_owned();
    for (name, value) in row.iter_mut().filter(|(name, _)| !KEYS.contains(&name.as_str())) {
        match value {
            Json::Object(_) => *value = Json::Null,
            Json::String(text) => *text = masked_text(name, &path, text),
            _ => {}
        }
    }
}

/// A cell's text; JSON in it is masked as JSON.
fn masked_text(column: &str, path: &str, text: &str) -> String {
    match serde_json::from_str::<Json>(text) {
        Ok(mut inner) if matches!(column, "value" | "seen") => {
            masking::value(path, &mut inner);
            inner.to_string()
        }
        Ok(mut inner) if inner.is_object() || inner.is_array() => {
            masking::json(&mut inner);
            inner.to_string()
        }
        _ => masking::text(text),
    }
}

/// Takes a line up; what is wrong with it otherwise, in Chinese.
fn take(transaction: &Transaction<'_>, known: &[String], line: &str) -> Result<(), String> {
    let Line { table, row } =
        serde_json::from_str(line).map_err(|error| format!("不是完整的一行：{error}"))?;
    if !known.contains(&table) {
        return Err(format!("没有名为“{table}”的表"));
    }
    if row.keys().any(|name| !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')) {
        return Err("列名有误".to_owned());
    }
    if table == SEQUENCE {
        let counter = row.get("name").and_then(Json::as_str).unwrap_or_default();
        let forget = transaction.execute("DELETE FROM sqlite_sequence WHERE name = ?1", [counter]);
        forget.map_err(|error| error.to_string())?;
    }
    let columns: Vec<String> = row.keys().map(|name| format!("\"{name}\"")).collect();
    let marks = vec!["?"; columns.len()].join(", ");
    let sql = format!("INSERT INTO \"{table}\" ({}) VALUES ({marks})", columns.join(", "));
    let values: Vec<Sql> = row.into_iter().map(|(_, value)| to_sql(value)).collect::<Result<_, _>>()?;
    let done = transaction
        .prepare_cached(&sql)
        .and_then(|mut statement| statement.execute(params_from_iter(values)));
    done.map(|_| ()).map_err(|error| error.to_string())
}

fn to_sql(value: Json) -> Result<Sql, String> {
    Ok(match value {
        Json::Null => Sql::Null,
        Json::String(text) => Sql::Text(text),
        Json::Number(number) => match number.as_i64() {
            Some(number) => Sql::Integer(number),
            None => Sql::Real(number.as_f64().unwrap_or_default()),
        },
        Json::Object(object) => {
            let bytes = object.get("base64").and_then(Json::as_str).and_then(|text| BASE64.decode(text).ok());
            Sql::Blob(bytes.ok_or("字节内容有误")?)
        }
        _ => return Err("值的类型有误".to_owned()),
    })
}

#[cfg(test)]
mod tests;
