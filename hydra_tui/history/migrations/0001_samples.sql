-- Times are whole milliseconds since the epoch. Both tables lie in the order of time, so that a batch
-- is written to few pages and the oldest rows are dropped together.

CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    subject TEXT NOT NULL,
    part TEXT NOT NULL,
    metric TEXT NOT NULL,
    UNIQUE (subject, part, metric)
);

CREATE TABLE raw (
    at INTEGER NOT NULL,
    series INTEGER NOT NULL,
    value REAL NOT NULL,
    PRIMARY KEY (at, series)
) WITHOUT ROWID;

CREATE TABLE rolled (
    step_s INTEGER NOT NULL,
    at INTEGER NOT NULL,
    series INTEGER NOT NULL,
    least REAL NOT NULL,
    most REAL NOT NULL,
    total REAL NOT NULL,
    readings INTEGER NOT NULL,
    PRIMARY KEY (step_s, at, series)
) WITHOUT ROWID;

-- Every raw value before this moment is in `rolled` too.
CREATE TABLE rolled_until (at INTEGER NOT NULL);
INSERT INTO rolled_until VALUES (0);
