-- What people note of performance nodes, and the contract numbers that were given.

CREATE TABLE node_mark (
    id      INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES contract_case (id),
    -- Key of the node, with @day behind it for one occurrence of a node that recurs.
    node    TEXT NOT NULL,
    -- occurred, done, reported, added
    kind    TEXT NOT NULL,
    -- Day, ISO 8601.
    date    TEXT NOT NULL,
    -- Decimal; NULL where none was noted.
    amount  TEXT,
    name    TEXT NOT NULL,
    by      TEXT NOT NULL,
    at      TEXT NOT NULL,
    -- The event that made it, and the one that took it back; NULL while it is in force.
    made    INTEGER NOT NULL REFERENCES event (seq),
    ended   INTEGER REFERENCES event (seq)
);
CREATE UNIQUE INDEX node_mark_in_force ON node_mark (case_id, node, kind) WHERE ended IS NULL;

-- Contract numbers given, each series from 1 without gaps; none is given twice or taken back.
CREATE TABLE number_given (
    -- The number with the serial left open: 罗教合〔2024〕{序号}号.
    series  TEXT NOT NULL,
    serial  INTEGER NOT NULL,
    number  TEXT NOT NULL UNIQUE,
    case_id INTEGER NOT NULL UNIQUE REFERENCES contract_case (id),
    made    INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (series, serial)
) WITHOUT ROWID;

-- Tells this store from others, where its entries meet theirs (in a calendar).
CREATE TABLE identity (
    id TEXT NOT NULL
);
INSERT INTO identity VALUES (lower(hex(randomblob(6))));
