//! The tables. What is durable stands first; everything under `PROJECTIONS` is made again from the events.

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::error::StoreFault;
use crate::sqlite;

/// The version of the tables that this version of Luoshi writes.
pub(crate) const VERSION: i64 = 3;
/// The oldest version with the same `DURABLE`: whatever differs since is made again from the events.
pub(crate) const OLDEST: i64 = 2;

/// Written once and never changed; `head` alone moves. Instants are microseconds UTC.
pub(crate) const DURABLE: &str = "
CREATE TABLE event (
    idx    INT64 NOT NULL PRIMARY KEY,  -- from 0 without a gap; the index of its leaf
    id     BYTES NOT NULL,
    stream TEXT NOT NULL,
    n      INT64 NOT NULL,              -- 1, 2, … within the stream
    salt   BYTES NOT NULL,              -- 32 bytes; blinds the leaf
    body   BYTES NOT NULL,              -- RFC 8785 JSON, kept as it was hashed
    UNIQUE (stream, n)
) STRICT;
CREATE TABLE leaf (
    idx   INT64 NOT NULL PRIMARY KEY,
    entry BYTES NOT NULL                -- 61 bytes
) STRICT;
CREATE TABLE head (
    one      INT64 NOT NULL PRIMARY KEY CHECK (one = 1),
    size     INT64 NOT NULL,
    frontier BYTES NOT NULL             -- 32 bytes for each bit of size
) STRICT;
CREATE TABLE checkpoint (
    size INT64 NOT NULL PRIMARY KEY,
    note TEXT NOT NULL
) STRICT;
CREATE TABLE part (
    idx    INT64 NOT NULL,
    pos    INT64 NOT NULL,
    holder INT64 NOT NULL,              -- under whose key it lies; goes with the row
    nonce  BYTES NOT NULL,              -- 24 bytes
    ct     BYTES NOT NULL,
    PRIMARY KEY (idx, pos)
) STRICT;
CREATE INDEX part_holder ON part (holder);
CREATE TABLE holder (
    n    INT64 NOT NULL PRIMARY KEY,    -- from 1; the number of the key in keys.db, never given twice
    name TEXT UNIQUE                    -- matter/… or person/…; null once its key was destroyed
) STRICT;
CREATE TABLE command (
    id      BYTES NOT NULL PRIMARY KEY,
    request BYTES NOT NULL,             -- SHA-256 of what was asked
    first   INT64 NOT NULL,             -- index of its first event
    count   INT64 NOT NULL,
    at      INT64 NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO head (one, size, frontier) VALUES (1, 0, x'');
";

/// Everything made from the events, but for words and indexes. Days are ISO dates, compared as text.
pub(crate) const PROJECTIONS: &str = "
CREATE TABLE stream_head (
    stream TEXT NOT NULL PRIMARY KEY,
    n      INT64 NOT NULL,
    at     INT64 NOT NULL               -- when it last changed
) STRICT;
CREATE TABLE organisation_event (
    idx INT64 NOT NULL PRIMARY KEY      -- an event of a unit's or an officer's stream
) STRICT;
CREATE TABLE erasure (
    idx INT64 NOT NULL PRIMARY KEY      -- an event that erased parts
) STRICT;
CREATE TABLE counter (
    year   INT64 NOT NULL,
    series TEXT NOT NULL,               -- general, circle; notice, circle_notice for notices
    count  INT64 NOT NULL,              -- the highest number given
    PRIMARY KEY (year, series)
) STRICT, WITHOUT ROWID;
CREATE TABLE matter (
    number_key   INT64 NOT NULL PRIMARY KEY, -- orders as numbers do: 2026-9999 before 2026-10000
    id           TEXT NOT NULL UNIQUE,
    number       TEXT NOT NULL,
    kind         TEXT NOT NULL,
    state        TEXT NOT NULL,
    audience     TEXT NOT NULL,
    quote        TEXT,                  -- null once erased
    lead         TEXT,                  -- unit/…, post/…, officer/…
    supervising  TEXT,
    due          TEXT,
    sort_due     TEXT NOT NULL,         -- due, or 9999-12-31 where there is none
    original_due TEXT,
    overdue_from TEXT,                  -- compared with today; never a flag
    is_returned  INT64 NOT NULL,        -- 1 where `Matter::is_returned`
    is_held      INT64 NOT NULL,        -- 1 where `Matter::is_held`
    asks_extension INT64 NOT NULL,      -- 1 where `Matter::asks_extension`
    opened_on    TEXT NOT NULL,
    cleared_on   TEXT,                  -- null unless it is cleared
    is_cleared_late INT64 NOT NULL,     -- 1 where `Schedule::ClearedLate`
    parent       TEXT,
    document     TEXT,
    proposal     INT64,
    origin       TEXT,                  -- SHA-256 of its origin key, while it is uncleared
    origin_once  TEXT,                  -- the same, also once it is cleared
    contradicted INT64 NOT NULL,        -- 1 while something the public said waits for an answer
    changed      INT64 NOT NULL
) STRICT;
-- Rows of matters name them by number_key, which is a fifth as long as an id.
CREATE TABLE matter_audience (
    number_key INT64 NOT NULL,
    principal  TEXT NOT NULL,           -- unit/…, colleagues/…, officer/…; others know by the matter's audience
    PRIMARY KEY (number_key, principal)
) STRICT, WITHOUT ROWID;
CREATE TABLE matter_party (
    party      TEXT NOT NULL,           -- unit/… or officer/…
    relation   TEXT NOT NULL,           -- lead, placed (units, when it was placed), supervising, verifier, remover
    number_key INT64 NOT NULL,
    PRIMARY KEY (party, relation, number_key)
) STRICT, WITHOUT ROWID;
CREATE TABLE waiting (
    desk       TEXT NOT NULL,           -- unit/…, head/…, heads/…, post/…, officer/…, supervision
    grp        TEXT NOT NULL,           -- as what it waits there
    number_key INT64 NOT NULL,
    act        TEXT NOT NULL,           -- what moves it
    first      TEXT NOT NULL,           -- the first day; empty for ever since
    last       TEXT NOT NULL,           -- the last day; 9999-12-31 for without end
    but        TEXT NOT NULL,           -- officers for whom it does not wait there, in order
    PRIMARY KEY (desk, grp, number_key, act)
) STRICT, WITHOUT ROWID;
CREATE TABLE document (
    id       TEXT NOT NULL PRIMARY KEY,
    meeting  TEXT NOT NULL,
    title    TEXT,                      -- null once erased
    held_on  TEXT,
    ingested TEXT NOT NULL,
    open     INT64 NOT NULL,            -- proposals nobody has settled
    settled  INT64 NOT NULL,
    matters  INT64 NOT NULL
) STRICT;
CREATE TABLE contradiction (
    id     TEXT NOT NULL PRIMARY KEY,   -- the hash of a receipt's code, cut to an id
    matter TEXT NOT NULL
) STRICT;
-- What the public is shown of matters, and nothing else: whatever is not published is null here, and a matter that is
-- no longer published has no row but in `unpublished`. Pages, feeds and open data for visitors read these tables only.
CREATE TABLE published (
    matter       TEXT NOT NULL PRIMARY KEY,
    number_key   INT64 NOT NULL,
    number       TEXT NOT NULL UNIQUE,
    kind         TEXT NOT NULL,
    state        TEXT NOT NULL,
    standing     TEXT NOT NULL,         -- open, cleared_in_time, …; never late, which is a matter of the day
    late_from    TEXT,                  -- compared with today
    quote        TEXT,
    source       TEXT,
    document     TEXT,
    lead         TEXT,
    lead_since   TEXT,                  -- an officer is named by his units of that day
    due          TEXT,
    original_due TEXT,
    cleared_on   TEXT,
    said         INT64 NOT NULL,        -- how often the public said that it is not so
    waiting      INT64 NOT NULL,        -- of these, not answered yet
    stands       INT64 NOT NULL,        -- call-backs that found that it stands
    not_so       INT64 NOT NULL,
    at           INT64 NOT NULL         -- when the last of it was first shown
) STRICT;
-- What the public was shown once and is no more: that it was, and until when.
CREATE TABLE unpublished (
    matter TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    at     INT64 NOT NULL
) STRICT;
CREATE TABLE published_event (
    idx      INT64 NOT NULL PRIMARY KEY,
    matter   TEXT NOT NULL,
    shown_at INT64 NOT NULL             -- when the public could first see it
) STRICT;
CREATE TABLE notice (
    number TEXT NOT NULL,               -- as in 2026-0003; one notice may be on several matters
    matter TEXT NOT NULL,
    PRIMARY KEY (number, matter)
) STRICT, WITHOUT ROWID;
CREATE TABLE blob (
    id  TEXT NOT NULL PRIMARY KEY,      -- a file of evidence
    idx INT64 NOT NULL                  -- the event that names it
) STRICT;
";

/// What things are found by.
pub(crate) const SEARCH: &str = "
-- Matters by their words; a row's rowid is the matter's number_key.
CREATE VIRTUAL TABLE search USING fts5 (stream UNINDEXED, words, tokenize = 'unicode61 remove_diacritics 0');
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
CREATE VIRTUAL TABLE published_search USING fts5 (matter UNINDEXED, words, tokenize = 'unicode61 remove_diacritics 0');
INSERT INTO published_search (published_search, rank) VALUES ('secure-delete', 1);
-- Documents by title and text; a row's rowid is that of their stream_head.
CREATE VIRTUAL TABLE document_search USING fts5 (stream UNINDEXED, words, tokenize = 'unicode61 remove_diacritics 0');
INSERT INTO document_search (document_search, rank) VALUES ('secure-delete', 1);
";

/// The same rows where nobody searches: whoever verifies compares them only.
pub(crate) const UNSEARCHED: &str = "
CREATE TABLE search (stream TEXT, words TEXT);
CREATE TABLE published_search (matter TEXT, words TEXT);
CREATE TABLE document_search (stream TEXT, words TEXT);
";

/// Made once the rows are there. Most end with the audience: who may see a matter is then known without its row.
pub(crate) const INDEXES: &str = "
CREATE INDEX matter_due ON matter (sort_due, number_key, audience);
CREATE INDEX matter_changed ON matter (changed, number_key, audience);
CREATE INDEX matter_state ON matter (state, sort_due, number_key, audience);
CREATE INDEX matter_kind ON matter (kind, sort_due, number_key, audience);
CREATE INDEX matter_lead ON matter (lead, sort_due, number_key, audience);
CREATE INDEX matter_audience_due ON matter (audience, sort_due, number_key);
CREATE INDEX matter_opened ON matter (opened_on, number_key, audience);
-- The conditions of these stand in `read/lists.rs` word for word: only so is a partial index taken.
CREATE INDEX matter_open ON matter (sort_due, number_key, audience) WHERE state NOT IN ('cleared', 'withdrawn');
CREATE INDEX matter_overdue ON matter (overdue_from, number_key, audience) WHERE overdue_from IS NOT NULL;
CREATE INDEX matter_returned ON matter (sort_due, number_key, audience) WHERE is_returned = 1;
CREATE INDEX matter_held ON matter (sort_due, number_key, audience) WHERE is_held = 1;
CREATE INDEX matter_extension ON matter (sort_due, number_key, audience) WHERE asks_extension = 1;
-- What leads are counted by: all that is asked of an open matter stands in the index, of a cleared one all but its id.
CREATE INDEX matter_open_lead ON matter (lead, audience, overdue_from, sort_due, is_returned, state, id)
    WHERE state NOT IN ('cleared', 'withdrawn');
CREATE INDEX matter_cleared_lead ON matter (lead, cleared_on, audience, is_cleared_late) WHERE cleared_on IS NOT NULL;
CREATE INDEX matter_document ON matter (document, proposal);
CREATE INDEX matter_parent ON matter (parent);
CREATE INDEX matter_contradicted ON matter (sort_due, number_key, audience) WHERE contradicted = 1;
CREATE UNIQUE INDEX matter_origin ON matter (origin) WHERE origin IS NOT NULL;
CREATE INDEX matter_origin_once ON matter (origin_once) WHERE origin_once IS NOT NULL;
CREATE INDEX audience_principal ON matter_audience (principal, number_key);
CREATE INDEX party_matter ON matter_party (number_key);
CREATE INDEX waiting_matter ON waiting (number_key);
CREATE INDEX unpublished_at ON unpublished (at, matter);
CREATE INDEX published_standing ON published (standing, late_from);
CREATE INDEX published_cleared ON published (cleared_on);
CREATE INDEX published_document ON published (document, standing, late_from);
CREATE INDEX published_event_shown ON published_event (shown_at, idx);
CREATE INDEX published_event_matter ON published_event (matter, shown_at, idx);
CREATE INDEX document_meeting ON document (meeting, ingested);
";

/// The whole of `record.db`.
pub(crate) const RECORD: [&str; 4] = [DURABLE, PROJECTIONS, SEARCH, INDEXES];

/// Each projection with its columns and its order: what the digest is taken over.
pub(crate) const DIGESTED: &[(&str, &str, &str)] = &[
    ("stream_head", "stream, n, at", "stream"),
    ("organisation_event", "idx", "idx"),
    ("erasure", "idx", "idx"),
    ("counter", "year, series, count", "year, series"),
    (
        "matter",
        "id, number, number_key, kind, state, audience, quote, lead, supervising, due, sort_due, original_due, \
         overdue_from, is_returned, is_held, asks_extension, opened_on, cleared_on, is_cleared_late, parent, document, \
         proposal, origin, origin_once, contradicted, changed",
        "id",
    ),
    ("matter_audience", "number_key, principal", "number_key, principal"),
    ("matter_party", "party, relation, number_key", "party, relation, number_key"),
    ("waiting", "desk, grp, number_key, act, first, last, but", "desk, grp, number_key, act"),
    ("document", "id, meeting, title, held_on, ingested, open, settled, matters", "id"),
    ("contradiction", "id, matter", "id"),
    (
        "published",
        "matter, number_key, number, kind, state, standing, late_from, quote, source, document, lead, lead_since, due, original_due, \
         cleared_on, said, waiting, stands, not_so, at",
        "matter",
    ),
    ("unpublished", "matter, number, at", "matter"),
    ("published_event", "idx, matter, shown_at", "idx"),
    ("published_search", "matter, words, (SELECT stream FROM stream_head h WHERE h.rowid = t.rowid)", "matter"),
    ("notice", "number, matter", "number, matter"),
    ("blob", "id, idx", "id"),
    // A row of a search is found by its place, so that belongs to what it says.
    ("search", "stream, words, rowid", "stream"),
    ("document_search", "stream, words, (SELECT stream FROM stream_head h WHERE h.rowid = t.rowid)", "stream"),
];

/// What stands in a database and not in `definitions`, or the other way round: a table, an index, a trigger, a view.
pub(crate) fn difference(connection: &Connection, texts: &[&str]) -> Result<Option<String>, StoreFault> {
    let fresh = Connection::open_in_memory()?;
    for text in texts {
        fresh.execute_batch(&sqlite::definitions(text))?;
    }
    let (found, expected) = (objects(connection)?, objects(&fresh)?);
    let other = |(name, sql): (&String, &String)| (found.get(name) != Some(sql)).then(|| name.clone());
    let more = || found.keys().find(|name| !expected.contains_key(*name)).cloned();
    Ok(expected.iter().find_map(other).or_else(more))
}

/// Every object by its kind, name and table, with its definition: comments and blanks are nothing of it.
fn objects(connection: &Connection) -> Result<BTreeMap<String, String>, StoreFault> {
    let sql = "SELECT type || ' ' || name || ' on ' || tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY 1";
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([], |row| {
        let (name, sql): (String, String) = (row.get(0)?, row.get(1)?);
        let lines = sql.lines().map(|line| line.split("--").next().unwrap_or(line));
        let words: Vec<&str> = lines.flat_map(str::split_whitespace).collect();
        Ok((name, words.join(" ")))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
