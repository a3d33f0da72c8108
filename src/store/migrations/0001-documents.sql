-- What a run reads and finds.

-- What was read out of each file content, once for all paths that hold it.
CREATE TABLE document (
    sha256     TEXT PRIMARY KEY,
    bytes      INTEGER NOT NULL,
    -- The pages or paragraphs: JSON, deflated.
    content    BLOB NOT NULL,
    -- Fingerprint of the reading that made it.
    read_by    TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE record (
    id          TEXT PRIMARY KEY,
    document    TEXT NOT NULL REFERENCES document (sha256),
    status      TEXT NOT NULL,
    title       TEXT,
    -- The record as `hetong show` prints it, without its text.
    json        TEXT NOT NULL,
    text        TEXT NOT NULL,
    -- Fingerprints of what the fields and the findings rest on.
    analysed_by TEXT NOT NULL,
    ruled_by    TEXT NOT NULL,
    -- Fingerprint of the index it stands in; NULL while it waits.
    indexed_by  TEXT
);
CREATE INDEX record_by_document ON record (document);
CREATE INDEX record_waiting ON record (id) WHERE indexed_by IS NULL;

-- A path in an archive, and the content found there last.
CREATE TABLE source (
    archive  TEXT NOT NULL,
    -- Bytes of the path below the archive.
    path     BLOB NOT NULL,
    -- The same as shown to people.
    shown    TEXT NOT NULL,
    size     INTEGER NOT NULL,
    -- Nanoseconds since 1970.
    modified INTEGER NOT NULL,
    -- NULL when the file itself could not be read; then `problem` says why.
    document TEXT,
    problem  TEXT,
    -- The run that saw it last.
    run      INTEGER NOT NULL,
    -- The run that missed it; NULL while it is there.
    gone     INTEGER,
    PRIMARY KEY (archive, path)
) WITHOUT ROWID;
CREATE INDEX source_by_document ON source (document);

CREATE TABLE run (
    number  INTEGER PRIMARY KEY,
    archive TEXT NOT NULL,
    started TEXT NOT NULL,
    ended   TEXT
);
