//! The list of what is not complete, for spreadsheet programs.

use std::fs::File;
use std::io::{self, Write};
use std::path::PathBuf;

use super::RunError;
use crate::store::{Failure, Store};

/// Where the list stands.
pub(super) fn path(store: &Store) -> PathBuf {
    store.folder().join("failures.csv")
}

/// Writes the list: CSV with a byte order mark, as spreadsheet programs want it. Returns how many files stand
/// in it; a file may have several lines.
pub(super) fn list(store: &Store, archive: &str) -> Result<u64, RunError> {
    let path = path(store);
    let unwritable = |source| RunError::FailureList { path: path.clone(), source };
    let mut list = io::BufWriter::new(File::create(&path).map_err(unwritable)?);
    list.write_all("\u{feff}路径,状态,代码,页,说明\r\n".as_bytes()).map_err(unwritable)?;
    let (mut files, mut last) = (0, None);
    let written = store.for_each_failure(archive, |failure| {
        let row = write_row(&mut list, &failure);
        if last.as_ref() != Some(&failure.path) {
            files += 1;
            last = Some(failure.path);
        }
        row
    })?;
    written.and_then(|()| list.flush()).map_err(unwritable)?;
    Ok(files)
}

fn write_row(list: &mut impl Write, failure: &Failure) -> io::Result<()> {
    let cells = [&failure.path, &failure.status, &failure.code, &failure.pages, &failure.message];
    write!(list, "{}\r\n", cells.map(|cell| csv_cell(cell)).join(","))
}

/// What a cell that a spreadsheet program runs as a formula begins with: also in full width, or after a tab.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r'];

/// A cell of a CSV file (RFC 4180). File names come from anywhere: one that would be run as a formula gets
/// an apostrophe.
fn csv_cell(cell: &str) -> String {
    let guarded = if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell.to_owned() };
    if guarded.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_file_name_is_run_as_a_formula() {
        assert_eq!(csv_cell("合同.pdf"), "合同.pdf");
        for name in ["=1", "＝1", "\t=1", "＠SUM"] {
            assert_eq!(csv_cell(name), format!("'{name}"));
        }
        assert_eq!(csv_cell("-1,\"a\""), "\"'-1,\"\"a\"\"\"");
    }
}
