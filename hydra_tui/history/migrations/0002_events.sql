CREATE TABLE events (
    at INTEGER NOT NULL,
    subject TEXT NOT NULL,
    what TEXT NOT NULL,
    detail TEXT NOT NULL,
    state TEXT NOT NULL
);

CREATE INDEX events_by_time ON events (at);
