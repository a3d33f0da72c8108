-- What people decide about findings, and what check-ups saw.

-- A finding that a person set aside. The finding itself belongs to the record and is made anew with it.
CREATE TABLE suppression (
    id          INTEGER PRIMARY KEY,
    case_id     INTEGER NOT NULL REFERENCES contract_case (id),
    fingerprint TEXT NOT NULL,
    -- pack/rule, and the finding as the person saw it.
    rule        TEXT NOT NULL,
    message     TEXT NOT NULL,
    reason      TEXT NOT NULL,
    by          TEXT NOT NULL,
    at          TEXT NOT NULL,
    -- The event that made it, and the one that took it back; NULL while it is in force.
    made        INTEGER NOT NULL REFERENCES event (seq),
    ended       INTEGER REFERENCES event (seq)
);
CREATE UNIQUE INDEX suppression_in_force ON suppression (case_id, fingerprint) WHERE ended IS NULL;

-- Cases with a baseline: what they had then is known.
CREATE TABLE baseline (
    case_id INTEGER PRIMARY KEY REFERENCES contract_case (id),
    made    INTEGER NOT NULL REFERENCES event (seq)
);
CREATE TABLE baseline_finding (
    case_id     INTEGER NOT NULL REFERENCES baseline (case_id),
    fingerprint TEXT NOT NULL,
    PRIMARY KEY (case_id, fingerprint)
) WITHOUT ROWID;

-- A check-up over all cases.
CREATE TABLE checkup (
    number INTEGER PRIMARY KEY,
    at     TEXT NOT NULL,
    -- Packs with their versions: JSON.
    packs  TEXT NOT NULL
);

-- The grade of a case at a check-up.
CREATE TABLE checkup_case (
    case_id INTEGER NOT NULL REFERENCES contract_case (id),
    checkup INTEGER NOT NULL REFERENCES checkup (number),
    -- NULL where the grade was withheld.
    points  INTEGER,
    label   TEXT NOT NULL,
    PRIMARY KEY (case_id, checkup)
) WITHOUT ROWID;

-- A finding as the last check-up that saw it did.
CREATE TABLE checkup_finding (
    case_id     INTEGER NOT NULL REFERENCES contract_case (id),
    fingerprint TEXT NOT NULL,
    -- JSON, without the fingerprint.
    json        TEXT NOT NULL,
    -- The check-ups that saw it first and that missed it; NULL while it is there.
    since       INTEGER NOT NULL REFERENCES checkup (number),
    gone        INTEGER REFERENCES checkup (number),
    PRIMARY KEY (case_id, fingerprint)
) WITHOUT ROWID;
