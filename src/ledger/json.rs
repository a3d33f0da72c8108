//! The ledger as one JSON object, written row by row.

use std::io::{self, Write};

use super::{Row, Tally};

/// Version of the ledger's shape; raised when a change breaks a reader.
pub const SCHEMA: &str = "hetong.ledger/1";

/// A ledger written row by row: `{"schema": …, "rows": [ROW, …], "totals": TALLY}`.
pub struct JsonLedger<W> {
    out: W,
    totals: Tally,
}

impl<W: Write> JsonLedger<W> {
    /// Begins the object.
    ///
    /// # Errors
    ///
    /// Those of `out`, here as in all that follows.
    pub fn new(mut out: W) -> io::Result<Self> {
        write!(out, "{{\"schema\":\"{SCHEMA}\",\"rows\":[")?;
        Ok(Self { out, totals: Tally::default() })
    }

    /// Writes a row on a line of its own.
    pub fn add(&mut self, row: &Row) -> io::Result<()> {
        self.out.write_all(if self.totals.count == 0 { b"\n" } else { b",\n" })?;
        self.totals.add(row);
        Ok(serde_json::to_writer(&mut self.out, row)?)
    }

    /// Writes the totals and ends the object.
    pub fn finish(mut self) -> io::Result<()> {
        self.out.write_all(b"\n],\"totals\":")?;
        serde_json::to_writer(&mut self.out, &self.totals)?;
        self.out.write_all(b"}\n")?;
        self.out.flush()
    }
}
