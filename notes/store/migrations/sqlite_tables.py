"""The tables of a new store on SQLite, as text: the first sync makes them without SQLAlchemy.

What `notes.store.sql.schema` describes, written out (ADR 0469). After a change there: run
`python -m pytest tests/contract/test_store_migrations.py`, which says what differs.
"""

from notes.store.sql.statements import Statements
from notes.store.sql.stored_values import APPLICATION_ID, HEAD


def create_tables(statements: Statements) -> None:
    """Make every table of an empty SQLite file, and mark it as ours."""
    for statement in _TABLES.split(";"):
        statements.change(statement)
    statements.change("INSERT INTO alembic_version (version_num) VALUES (:head)", {"head": HEAD})
    statements.change(f"PRAGMA application_id = {APPLICATION_ID}")


_TABLES = """
CREATE TABLE source (
    name VARCHAR NOT NULL, team VARCHAR NOT NULL, state TEXT NOT NULL,
    generation INTEGER NOT NULL, first_success VARCHAR(27), last_attempt VARCHAR(27),
    last_success VARCHAR(27), last_change VARCHAR(27), error TEXT NOT NULL, hint TEXT NOT NULL,
    failures INTEGER NOT NULL, rows_read INTEGER NOT NULL, rows_used INTEGER NOT NULL,
    problems INTEGER NOT NULL, requests INTEGER NOT NULL, skipped TEXT NOT NULL,
    readings TEXT NOT NULL, PRIMARY KEY (name)
);
CREATE TABLE parsed_rows (
    source VARCHAR NOT NULL, content BLOB NOT NULL, PRIMARY KEY (source)
);
CREATE TABLE run (
    id VARCHAR NOT NULL, command TEXT NOT NULL, started VARCHAR(27) NOT NULL, ended VARCHAR(27),
    ok BOOLEAN, error TEXT NOT NULL, PRIMARY KEY (id)
);
CREATE INDEX run_by_start ON run (started);
CREATE TABLE note (
    seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, id VARCHAR NOT NULL, team VARCHAR NOT NULL,
    source VARCHAR NOT NULL, kind VARCHAR NOT NULL, native_id VARCHAR NOT NULL,
    version INTEGER NOT NULL, touched_first VARCHAR(10), touched_last VARCHAR(10),
    first_seen VARCHAR(27) NOT NULL, first_run VARCHAR NOT NULL, changed VARCHAR(27) NOT NULL,
    gone VARCHAR(27), link TEXT NOT NULL, digest BLOB NOT NULL, place TEXT NOT NULL,
    url TEXT NOT NULL, written TEXT NOT NULL, payload TEXT NOT NULL, cells TEXT NOT NULL
);
CREATE INDEX note_by_burial ON note (team, gone) WHERE gone IS NOT NULL;
CREATE INDEX note_by_native_id ON note (native_id, source) WHERE native_id <> '';
CREATE INDEX note_by_source ON note (source, gone);
CREATE INDEX note_by_touch ON note (team, touched_last, touched_first);
CREATE UNIQUE INDEX note_by_id ON note (id);
CREATE TABLE problem (
    id INTEGER NOT NULL, source VARCHAR NOT NULL, team VARCHAR NOT NULL,
    page_id VARCHAR NOT NULL, first_seen VARCHAR(27) NOT NULL, payload TEXT NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX problem_by_source ON problem (source, page_id);
CREATE INDEX problem_by_team ON problem (team, source);
CREATE TABLE repair (
    id INTEGER NOT NULL, kind VARCHAR NOT NULL, kept VARCHAR NOT NULL,
    absorbed VARCHAR NOT NULL, at VARCHAR(27) NOT NULL, version INTEGER NOT NULL,
    undone VARCHAR(27), PRIMARY KEY (id)
);
CREATE TABLE search_queue (
    note_seq INTEGER NOT NULL, PRIMARY KEY (note_seq)
);
CREATE TABLE search_document (
    doc INTEGER NOT NULL, note_seq INTEGER NOT NULL, PRIMARY KEY (doc)
);
CREATE UNIQUE INDEX search_document_by_note ON search_document (note_seq);
CREATE TABLE report (
    "key" VARCHAR NOT NULL, team VARCHAR NOT NULL, kind VARCHAR NOT NULL,
    period VARCHAR NOT NULL, revision INTEGER NOT NULL, created_at VARCHAR(27) NOT NULL,
    subject TEXT NOT NULL, facts TEXT NOT NULL, PRIMARY KEY ("key")
);
CREATE INDEX report_by_period ON report (team, period, kind);
CREATE TABLE alarm (
    subject VARCHAR NOT NULL, id VARCHAR NOT NULL, since VARCHAR(27) NOT NULL,
    notified_at VARCHAR(27), recovered_at VARCHAR(27), PRIMARY KEY (subject, id, since)
);
CREATE TABLE heartbeat (
    name VARCHAR NOT NULL, at VARCHAR(27) NOT NULL, PRIMARY KEY (name)
);
CREATE TABLE erased_name (
    digest VARCHAR(32) NOT NULL, salt VARCHAR(32) NOT NULL, words INTEGER NOT NULL,
    length INTEGER NOT NULL, first INTEGER NOT NULL, mark TEXT NOT NULL,
    at VARCHAR(27) NOT NULL, PRIMARY KEY (digest, salt)
);
CREATE TABLE worker (
    id VARCHAR NOT NULL, host TEXT NOT NULL, pid INTEGER NOT NULL, version TEXT NOT NULL,
    kinds TEXT NOT NULL, concurrency INTEGER NOT NULL, skew DOUBLE NOT NULL,
    started DOUBLE NOT NULL, beat DOUBLE NOT NULL, ended DOUBLE, PRIMARY KEY (id)
);
CREATE TABLE lease (
    "key" VARCHAR NOT NULL, holder VARCHAR NOT NULL, since DOUBLE NOT NULL,
    until DOUBLE NOT NULL, PRIMARY KEY ("key")
);
CREATE INDEX lease_by_holder ON lease (holder);
CREATE TABLE rate_slot (
    "key" VARCHAR NOT NULL, tat DOUBLE NOT NULL, paused_until DOUBLE NOT NULL,
    PRIMARY KEY ("key")
);
CREATE TABLE work_failure (
    "key" VARCHAR NOT NULL, at DOUBLE NOT NULL, attempts INTEGER NOT NULL,
    message TEXT NOT NULL, hint TEXT NOT NULL, PRIMARY KEY ("key")
);
CREATE TABLE note_version (
    note_id VARCHAR NOT NULL, version INTEGER NOT NULL, at VARCHAR(27) NOT NULL,
    run_id VARCHAR NOT NULL, event VARCHAR NOT NULL, changes TEXT NOT NULL,
    "before" TEXT NOT NULL, PRIMARY KEY (note_id, version),
    FOREIGN KEY(note_id) REFERENCES note (id)
);
CREATE INDEX note_version_by_time ON note_version (at);
CREATE TABLE message (
    id INTEGER NOT NULL, report_key VARCHAR NOT NULL, language VARCHAR NOT NULL,
    audience VARCHAR NOT NULL, message_id TEXT NOT NULL, date VARCHAR(27) NOT NULL,
    page BLOB NOT NULL, notes TEXT NOT NULL, bytes BLOB NOT NULL, sha256 VARCHAR(64) NOT NULL,
    PRIMARY KEY (id), FOREIGN KEY(report_key) REFERENCES report ("key")
);
CREATE INDEX message_by_report ON message (report_key);
CREATE TABLE delivery (
    report_key VARCHAR NOT NULL, recipient VARCHAR NOT NULL, message_id INTEGER,
    state VARCHAR NOT NULL, attempts INTEGER NOT NULL, claimed_by VARCHAR NOT NULL,
    claimed_at VARCHAR(27), updated_at VARCHAR(27) NOT NULL, code VARCHAR NOT NULL,
    detail TEXT NOT NULL, PRIMARY KEY (report_key, recipient),
    FOREIGN KEY(report_key) REFERENCES report ("key"),
    FOREIGN KEY(message_id) REFERENCES message (id)
);
CREATE INDEX delivery_by_state ON delivery (state);
CREATE VIRTUAL TABLE note_search USING fts5(
    grams, marks, content='', tokenize='unicode61', prefix='1'
);
CREATE VIRTUAL TABLE note_search_terms USING fts5vocab(note_search, 'row');
CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, PRIMARY KEY (version_num)
)
"""
