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
    let sql =
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY rowid";
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
mod tests {
    use super::*;
    use crate::model::case::{FilingState, Ruling, Seen, Word};
    use crate::store::{migrations::tests::of_version, sample};

    fn filled() -> (tempfile::TempDir, Store) {
        let (folder, mut store) = sample::store();
        let mut record = sample::record("a1");
        let case = sample::put(&mut store, &record);
        sample::set_title(&mut record, "另一名称");
        sample::put(&mut store, &record);
        let path = "parties[1].phone".parse().expect("a path");
        let ruling = Ruling { path, word: Word::Correct(json!("13800138000")), seen: Seen::Present };
        store.decide(case, &[ruling], &sample::actor(), Some("电话13900139000核对")).expect("kept");
        store.step(case, FilingState::Filed, &sample::actor(), None).expect("filed");
        (folder, store)
    }

    fn exported(store: &Store, masked: bool) -> String {
        let mut out = Vec::new();
        store.export(&mut out, masked).expect("exported");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn what_is_exported_is_taken_up_as_it_was() {
        let (_folder, store) = filled();
        let away = tempfile::tempdir().expect("a folder");
        let whole = exported(&store, false);
        let rows = Store::import(whole.as_bytes(), away.path()).expect("imported");
        assert_eq!(rows as usize + 1, whole.lines().count());
        let back = Store::open(away.path()).expect("opened");
        assert_eq!(exported(&back, false), whole);
        assert!(back.verify().expect("read").problems.is_empty());
    }

    #[test]
    fn an_export_of_an_earlier_version_is_brought_up_to_date() {
        let connection = of_version(1);
        connection.execute("INSERT INTO document VALUES ('d', 1, x'00', 'r')", []).expect("a document");
        let record = "INSERT INTO record (id, document, status, json, text, analysed_by, ruled_by)
                      VALUES (?1, 'd', 'complete', ?2, '', 'a', 'b')";
        connection.execute(record, [&sample::record("a1").id, &sample::json("a1")]).expect("a record");
        let mut out = Vec::new();
        put(&mut out, &Head { format: FORMAT.to_owned(), version: 1, masked: false }).expect("a head");
        for table in tables(&connection).expect("tables") {
            export_table(&connection, &table, false, &mut out).expect("exported");
        }
        let away = tempfile::tempdir().expect("a folder");
        assert_eq!(Store::import(&*out, away.path()).expect("imported"), 2);
        drop(Store::create_or_open(away.path()).expect("brought up to date"));
        assert!(Store::open(away.path()).expect("opened").case_of("a100").is_ok());
    }

    #[test]
    fn a_masked_export_names_nobody_and_is_not_taken_up() {
        let (_folder, store) = filled();
        let masked = exported(&store, true);
        for number in ["13800138000", "13900139000", "25666666"] {
            assert!(!masked.contains(number), "{number} in {masked}");
        }
        assert!(masked.contains("深圳市样例科技有限公司"));
        let away = tempfile::tempdir().expect("a folder");
        let error = Store::import(masked.as_bytes(), away.path()).expect_err("masked");
        assert!(error.to_string().contains("脱敏"), "{error}");
    }

    #[test]
    fn a_line_that_is_wrong_is_named_and_nothing_is_made() {
        let (_folder, store) = filled();
        let whole = exported(&store, false);
        let away = tempfile::tempdir().expect("a folder");
        for (spoilt, line) in [
            (whole.replacen("\"table\":\"record\"", "\"table\":\"rekord\"", 1), 3),
            (format!("{whole}{{\"table\":\"rec"), whole.lines().count() as u64 + 1),
            (whole.replacen("hetong.store/1", "hetong.store/9", 1), 1),
        ] {
            let error = Store::import(spoilt.as_bytes(), away.path()).expect_err("spoilt");
            assert!(matches!(error, StoreError::Import { line: found, .. } if found == line), "{error}");
            assert!(!away.path().join(crate::store::DATABASE).exists());
        }
    }
}
