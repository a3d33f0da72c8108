-- What happens in performance and stands in no contract: anomalies and disputes that a person enters.

CREATE TABLE incident (
    id       INTEGER PRIMARY KEY,
    case_id  INTEGER NOT NULL REFERENCES contract_case (id),
    -- From 1 in its case; a change is a further row of the same number.
    number   INTEGER NOT NULL,
    -- breach, anticipated-breach, lost-capacity, changed-circumstances, force-majeure, dispute, proceedings, other
    kind     TEXT NOT NULL,
    -- Days, ISO 8601: found out, entered in the filing system, settled.
    date     TEXT NOT NULL,
    reported TEXT,
    closed   TEXT,
    what     TEXT NOT NULL,
    measures TEXT,
    by       TEXT NOT NULL,
    at       TEXT NOT NULL,
    -- The event that made it, and the one that replaced it or took it back; NULL while it is in force.
    made     INTEGER NOT NULL REFERENCES event (seq),
    ended    INTEGER REFERENCES event (seq)
);
CREATE UNIQUE INDEX incident_in_force ON incident (case_id, number) WHERE ended IS NULL;
