-- What outlives the bytes: cases, people's decisions, and the trail of who did what.

-- A record as it was before it was made anew with another content.
CREATE TABLE record_version (
    record      TEXT NOT NULL,
    -- From 1, oldest first.
    number      INTEGER NOT NULL,
    -- The run that replaced it.
    run         INTEGER NOT NULL,
    -- JSON and text, deflated; the text is NULL where it did not change then.
    json        BLOB NOT NULL,
    text        BLOB,
    analysed_by TEXT NOT NULL,
    ruled_by    TEXT NOT NULL,
    PRIMARY KEY (record, number)
) WITHOUT ROWID;

-- One contract. AUTOINCREMENT: a number is never given twice.
CREATE TABLE contract_case (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    -- The record that stands for the contract now.
    record         TEXT NOT NULL UNIQUE REFERENCES record (id),
    -- draft, reviewed, signed, filed, performing, changed, ended, archived
    state          TEXT NOT NULL,
    -- Did a person set it? Else it follows from the reading.
    state_set      INTEGER NOT NULL DEFAULT 0,
    department     TEXT,
    undertaker     TEXT,
    filing_number  TEXT,
    -- Days, ISO 8601.
    registered     TEXT,
    paper_received TEXT,
    -- Grows with every change by a person.
    revision       INTEGER NOT NULL DEFAULT 0,
    -- Grows with every change of what is said about the contract. A table that is derived from a case keeps the
    -- figure that its row was made at; a row with another figure is stale.
    content        INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX contract_case_by_state ON contract_case (state, id);
CREATE INDEX contract_case_by_department ON contract_case (department, id);
CREATE UNIQUE INDEX contract_case_by_filing_number ON contract_case (filing_number) WHERE filing_number IS NOT NULL;

-- All records of a case: the one that stands for it, its rescans and earlier versions.
CREATE TABLE case_record (
    record  TEXT PRIMARY KEY REFERENCES record (id),
    case_id INTEGER NOT NULL REFERENCES contract_case (id)
) WITHOUT ROWID;
CREATE INDEX case_record_by_case ON case_record (case_id);

-- Derived: what lists need of a case. Can be made anew from records and decisions at any time.
CREATE TABLE case_particulars (
    case_id   INTEGER PRIMARY KEY REFERENCES contract_case (id),
    -- `content` of the case when it was made, and the version of the program's particulars.
    content   INTEGER NOT NULL,
    made_by   INTEGER NOT NULL,
    -- contract, supplement, not-a-contract
    kind      TEXT NOT NULL,
    title     TEXT,
    number    TEXT,
    -- Names and codes of the parties, one a line.
    parties   TEXT NOT NULL,
    -- Day, ISO 8601; '' where none is known, to be in order.
    sign_date TEXT NOT NULL,
    json      TEXT NOT NULL
);
CREATE INDEX case_particulars_by_date ON case_particulars (sign_date, case_id);
CREATE INDEX case_particulars_by_maker ON case_particulars (made_by);

-- A person's word on a field of a case. A reading never changes it.
CREATE TABLE decision (
    id      INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES contract_case (id),
    path    TEXT NOT NULL,
    -- confirmed, corrected
    kind    TEXT NOT NULL,
    -- JSON, as in the record; `null` where the contract has none.
    value   TEXT NOT NULL,
    -- What was read then, in which record, of which party (JSON, NULL where none).
    seen    TEXT NOT NULL,
    record  TEXT NOT NULL,
    party   TEXT,
    reason  TEXT,
    by      TEXT NOT NULL,
    at      TEXT NOT NULL,
    -- The event that made it, and the one that replaced it or took it back; NULL while it is in force.
    made    INTEGER NOT NULL REFERENCES event (seq),
    ended   INTEGER REFERENCES event (seq)
);
-- Not unique by path: a word stays with its party when the parties' order changes.
CREATE INDEX decision_in_force ON decision (case_id, path) WHERE ended IS NULL;

-- A link that a person confirmed between a main contract and what adds to it, changes or ends it.
CREATE TABLE link (
    id        INTEGER PRIMARY KEY,
    main      INTEGER NOT NULL REFERENCES contract_case (id),
    dependent INTEGER NOT NULL REFERENCES contract_case (id),
    -- supplement, change, termination
    kind      TEXT NOT NULL,
    by        TEXT NOT NULL,
    at        TEXT NOT NULL,
    made      INTEGER NOT NULL REFERENCES event (seq),
    ended     INTEGER REFERENCES event (seq)
);
CREATE UNIQUE INDEX link_in_force ON link (dependent, main) WHERE ended IS NULL;
CREATE INDEX link_by_main ON link (main);

-- A file that belongs to a case: an approval, a minute, a receipt.
CREATE TABLE attachment (
    id      INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES contract_case (id),
    name    TEXT NOT NULL,
    sha256  TEXT NOT NULL,
    bytes   INTEGER NOT NULL,
    by      TEXT NOT NULL,
    at      TEXT NOT NULL,
    made    INTEGER NOT NULL REFERENCES event (seq),
    ended   INTEGER REFERENCES event (seq)
);
CREATE INDEX attachment_by_case ON attachment (case_id);

-- Contents that are kept beside the store, each under its hash.
CREATE TABLE original (
    sha256 TEXT PRIMARY KEY,
    bytes  INTEGER NOT NULL
) WITHOUT ROWID;

-- The trail: who did what, when, each line sealing the one before it.
CREATE TABLE event (
    -- Without gaps from 1.
    seq      INTEGER PRIMARY KEY,
    at       TEXT NOT NULL,
    by       TEXT NOT NULL,
    action   TEXT NOT NULL,
    case_id  INTEGER,
    -- JSON, as it was hashed.
    details  TEXT NOT NULL,
    -- SHA-256 of the line before; 64 zeros for the first.
    previous TEXT NOT NULL,
    -- SHA-256 over all of the above.
    hash     TEXT NOT NULL
);
CREATE INDEX event_by_case ON event (case_id, seq);
CREATE TRIGGER event_is_not_changed BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
CREATE TRIGGER event_is_not_deleted BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;

-- Contracts that an earlier version stored.
INSERT INTO contract_case (record, state)
SELECT id, iif(json ->> '$.stage' = 'signed', 'signed', 'draft') FROM record
WHERE json ->> '$.kind' IN ('contract', 'supplement') ORDER BY id;
INSERT INTO case_record (record, case_id) SELECT record, id FROM contract_case;
