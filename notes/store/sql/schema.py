"""The tables of the store, for both databases.

    source ─< note ─< note_version         a row of the log, as it stands and as it stood
    source ─< problem                      what could not be understood
    report ─< message, delivery            what was sent to whom
    worker, lease, rate_slot, work_failure  workers of many hosts, on PostgreSQL only (ADR 1001)

Days are ISO text ("2026-11-16") and instants are fixed-width ISO text in UTC, so that both
databases compare them alike and a person can read them with any database browser. Texts ending in
JSON are compact JSON. A change here needs a migration; a test holds the two against each other.
"""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Named,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    TypedColumns,
    TypeDecorator,
    event,
)

from .stored_values import REVISION_TABLE, instant_text, read_known_instant


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept as text."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return the text of the instant."""
        return None if value is None else instant_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the instant of the text."""
        return read_known_instant(value)


metadata = MetaData()


class SourceColumns(TypedColumns):
    """One line a source.

    `generation` counts finished updates; `readings` and `skipped` serve `columns`.
    """

    name = Column(String, primary_key=True)
    team: Named[str] = Column(String)
    state: Named[str] = Column(Text, default="{}")
    generation: Named[int] = Column(Integer, default=0)
    first_success: Named[datetime | None] = Column(Instant)
    last_attempt: Named[datetime | None] = Column(Instant)
    last_success: Named[datetime | None] = Column(Instant)
    last_change: Named[datetime | None] = Column(Instant)
    error: Named[str] = Column(Text, default="")
    hint: Named[str] = Column(Text, default="")
    failures: Named[int] = Column(Integer, default=0)
    rows_read: Named[int] = Column(Integer, default=0)
    rows_used: Named[int] = Column(Integer, default=0)
    problems: Named[int] = Column(Integer, default=0)
    requests: Named[int] = Column(Integer, default=0)
    skipped: Named[str] = Column(Text, default="{}")
    readings: Named[str] = Column(Text, default="[]")


source = Table("source", metadata, SourceColumns)


class ParsedRowsColumns(TypedColumns):
    """What the rows of a source gave when they were last parsed: digests only (ADR 0420).

    A cache: a line may be missing or old at any time.
    """

    source = Column(String, primary_key=True)
    content: Named[bytes] = Column(LargeBinary)


parsed_rows = Table("parsed_rows", metadata, ParsedRowsColumns)


class RunColumns(TypedColumns):
    """One line a command that writes. `ok` is empty while it runs, or when it was killed."""

    id = Column(String, primary_key=True)
    command: Named[str] = Column(Text)
    started: Named[datetime] = Column(Instant)
    ended: Named[datetime | None] = Column(Instant)
    ok: Named[bool | None] = Column(Boolean)
    error: Named[str] = Column(Text, default="")


run = Table("run", metadata, RunColumns, Index("run_by_start", "started"))


class NoteColumns(TypedColumns):
    """One line a note, as it stands now.

    `touched_first` and `touched_last` span the days on which the note can matter to a report
    (empty: on none known). `place` and `url` may change without a new version; `payload` holds the
    rest of the note and `cells` the row verbatim, both JSON; `digest` is over those two. `written`
    is JSON, see `notes.store.note_rows.first_written`.
    """

    seq = Column(Integer, primary_key=True, autoincrement=True)
    id: Named[str] = Column(String)
    team: Named[str] = Column(String)
    source: Named[str] = Column(String)
    kind: Named[str] = Column(String)
    native_id: Named[str] = Column(String)
    version: Named[int] = Column(Integer)
    touched_first: Named[str | None] = Column(String(10))
    touched_last: Named[str | None] = Column(String(10))
    first_seen: Named[datetime] = Column(Instant)
    first_run: Named[str] = Column(String)
    changed: Named[datetime] = Column(Instant)
    gone: Named[datetime | None] = Column(Instant)
    link: Named[str] = Column(Text)
    digest: Named[bytes] = Column(LargeBinary)
    place: Named[str] = Column(Text)
    url: Named[str] = Column(Text)
    written: Named[str] = Column(Text)
    payload: Named[str] = Column(Text)
    cells: Named[str] = Column(Text)


note = Table(
    "note",
    metadata,
    NoteColumns,
    Index("note_by_id", "id", unique=True),
    Index("note_by_source", "source", "gone"),
    Index("note_by_touch", "team", "touched_last", "touched_first"),
    sqlite_autoincrement=True,
)


class NoteVersionColumns(TypedColumns):
    """One line a change, never altered.

    What happened, and the note as it was *before* (ADR 0401).
    """

    note_id: Named[str] = Column(String, ForeignKey("note.id"))
    version: Named[int] = Column(Integer)
    at: Named[datetime] = Column(Instant)
    run_id: Named[str] = Column(String)
    event: Named[str] = Column(String)
    changes: Named[str] = Column(Text)
    before: Named[str] = Column(Text)


note_version = Table(
    "note_version",
    metadata,
    NoteVersionColumns,
    PrimaryKeyConstraint("note_id", "version"),
    Index("note_version_by_time", "at"),
)


class ProblemColumns(TypedColumns):
    """One line a problem of the last complete reading."""

    id = Column(Integer, primary_key=True, autoincrement=True)
    source: Named[str] = Column(String)
    team: Named[str] = Column(String)
    page_id: Named[str] = Column(String)
    first_seen: Named[datetime] = Column(Instant)
    payload: Named[str] = Column(Text)


problem = Table(
    "problem",
    metadata,
    ProblemColumns,
    Index("problem_by_source", "source", "page_id"),
    Index("problem_by_team", "team", "source"),
)


class RepairColumns(TypedColumns):
    """A manual correction: row `absorbed` is the note `kept` (join), or is not (split)."""

    id = Column(Integer, primary_key=True, autoincrement=True)
    kind: Named[str] = Column(String)
    kept: Named[str] = Column(String)
    absorbed: Named[str] = Column(String)
    at: Named[datetime] = Column(Instant)
    version: Named[int] = Column(Integer)
    undone: Named[datetime | None] = Column(Instant)


repair = Table("repair", metadata, RepairColumns)


class SearchQueueColumns(TypedColumns):
    """Notes whose text changed since they were last indexed."""

    note_seq = Column(Integer, primary_key=True, autoincrement=False)


search_queue = Table("search_queue", metadata, SearchQueueColumns)


class SearchDocumentColumns(TypedColumns):
    """Maps documents of the search index to notes; a document not listed is out of date.

    Documents are numbered by the day of their note (`search_index`), so that a later number is a
    newer note.
    """

    doc = Column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    note_seq: Named[int] = Column(Integer)


search_document = Table(
    "search_document",
    metadata,
    SearchDocumentColumns,
    Index("search_document_by_note", "note_seq", unique=True),
)

PARTIAL_INDEXES = {
    "note_by_burial": "CREATE INDEX note_by_burial ON note (team, gone) WHERE gone IS NOT NULL",
    "note_by_native_id": (
        "CREATE INDEX note_by_native_id ON note (native_id, source) WHERE native_id <> ''"
    ),
}
"""Indexes over some of the notes, as both databases take them.

In words of our own, because SQLAlchemy's `postgresql_where` loads that dialect in every command
(ADR 0410). A query meets one only where it states the same condition.
"""

SEARCH_TABLES = {
    "sqlite": (
        (
            "CREATE VIRTUAL TABLE note_search USING fts5(grams, marks, content='', "
            "tokenize='unicode61', prefix='1')"
        ),
        "CREATE VIRTUAL TABLE note_search_terms USING fts5vocab(note_search, 'row')",
    ),
    "postgresql": (
        (
            "CREATE TABLE note_search (doc BIGINT PRIMARY KEY, grams TSVECTOR NOT NULL, marks "
            "TSVECTOR NOT NULL)"
        ),
        "CREATE INDEX note_search_by_gram ON note_search USING gin (grams)",
        "CREATE INDEX note_search_by_mark ON note_search USING gin (marks)",
    ),
}
"""The full-text index, which each database has in its own way; see `notes.store.search.query`."""


@event.listens_for(metadata, "after_create")
def _create_own_way(_target: object, connection: Connection, **_options: object) -> None:
    for statement in (*PARTIAL_INDEXES.values(), *SEARCH_TABLES[connection.dialect.name]):
        connection.exec_driver_sql(statement)


class ReportColumns(TypedColumns):
    """One line a report that was made for sending; `key` is "team/2026-W47/weekly/ko/r1"."""

    key = Column(String, primary_key=True)
    team: Named[str] = Column(String)
    kind: Named[str] = Column(String)
    period: Named[str] = Column(String)
    revision: Named[int] = Column(Integer)
    created_at: Named[datetime] = Column(Instant)
    subject: Named[str] = Column(Text)
    facts: Named[str] = Column(Text)


report = Table(
    "report", metadata, ReportColumns, Index("report_by_period", "team", "period", "kind")
)


class MessageColumns(TypedColumns):
    """One line a mail as it was handed over, byte for byte.

    `page` is the browser's page of the same report, deflated, empty where there is none; `notes`
    are the notes behind its statements as JSON, [[id, version], …].
    """

    id = Column(Integer, primary_key=True, autoincrement=True)
    report_key: Named[str] = Column(String, ForeignKey("report.key"))
    language: Named[str] = Column(String)
    audience: Named[str] = Column(String)
    message_id: Named[str] = Column(Text)
    date: Named[datetime] = Column(Instant)
    page: Named[bytes] = Column(LargeBinary, default=b"")
    notes: Named[str] = Column(Text, default="[]")
    bytes: Named[bytes] = Column(LargeBinary)
    sha256: Named[str] = Column(String(64))


message = Table("message", metadata, MessageColumns, Index("message_by_report", "report_key"))


class DeliveryColumns(TypedColumns):
    """One line a report and recipient.

    `state` is planned, sending, sent, deferred, refused or unknown.
    """

    report_key: Named[str] = Column(String, ForeignKey("report.key"))
    recipient: Named[str] = Column(String)
    message_id: Named[int | None] = Column(Integer, ForeignKey("message.id"))
    state: Named[str] = Column(String)
    attempts: Named[int] = Column(Integer, default=0)
    claimed_by: Named[str] = Column(String, default="")
    claimed_at: Named[datetime | None] = Column(Instant)
    updated_at: Named[datetime] = Column(Instant)
    code: Named[str] = Column(String, default="")
    detail: Named[str] = Column(Text, default="")


delivery = Table(
    "delivery",
    metadata,
    DeliveryColumns,
    PrimaryKeyConstraint("report_key", "recipient"),
    Index("delivery_by_state", "state"),
)


class AlarmColumns(TypedColumns):
    """A streak of failures: since when, whether the operator was notified, and its end."""

    subject: Named[str] = Column(String)
    id: Named[str] = Column(String)
    since: Named[datetime] = Column(Instant)
    notified_at: Named[datetime | None] = Column(Instant)
    recovered_at: Named[datetime | None] = Column(Instant)


alarm = Table("alarm", metadata, AlarmColumns, PrimaryKeyConstraint("subject", "id", "since"))


class HeartbeatColumns(TypedColumns):
    """When each job last ran."""

    name = Column(String, primary_key=True)
    at: Named[datetime] = Column(Instant)


heartbeat = Table("heartbeat", metadata, HeartbeatColumns)


class ErasedNameColumns(TypedColumns):
    """What an erased name is found by at the next reading (see `notes.model.erased_names`);
    never the name.
    """

    digest: Named[str] = Column(String(32))
    salt: Named[str] = Column(String(32))
    words: Named[int] = Column(Integer)
    length: Named[int] = Column(Integer)
    first: Named[int] = Column(Integer)
    mark: Named[str] = Column(Text)
    at: Named[datetime] = Column(Instant)


erased_name = Table(
    "erased_name", metadata, ErasedNameColumns, PrimaryKeyConstraint("digest", "salt")
)


class WorkerColumns(TypedColumns):
    """One line a worker process, alive or not.

    Its instants, and those of the next three tables, are seconds since 1970 by the database's
    clock: the clocks of the hosts may differ. `skew` is the host's clock minus that one, in
    seconds.
    """

    id = Column(String, primary_key=True)
    host: Named[str] = Column(Text)
    pid: Named[int] = Column(Integer)
    version: Named[str] = Column(Text)
    kinds: Named[str] = Column(Text)
    concurrency: Named[int] = Column(Integer)
    skew: Named[float] = Column(Double)
    started: Named[float] = Column(Double)
    beat: Named[float] = Column(Double)
    ended: Named[float | None] = Column(Double)


worker = Table("worker", metadata, WorkerColumns)


class LeaseColumns(TypedColumns):
    """One line a thing that one process at a time may work on: a source, a report, the tick
    of the dispatcher.
    """

    key = Column(String, primary_key=True)
    holder: Named[str] = Column(String)
    since: Named[float] = Column(Double)
    until: Named[float] = Column(Double)


lease = Table("lease", metadata, LeaseColumns, Index("lease_by_holder", "holder"))


class RateSlotColumns(TypedColumns):
    """One line a budget: when its next request would be due at an even pace (`tat`), and a
    service's pause.
    """

    key = Column(String, primary_key=True)
    tat: Named[float] = Column(Double)
    paused_until: Named[float] = Column(Double)


rate_slot = Table("rate_slot", metadata, RateSlotColumns)


class WorkFailureColumns(TypedColumns):
    """One line a piece of work that failed, until it is done; `key` is "report
    team/2026-W47/weekly".
    """

    key = Column(String, primary_key=True)
    at: Named[float] = Column(Double)
    attempts: Named[int] = Column(Integer)
    message: Named[str] = Column(Text)
    hint: Named[str] = Column(Text)


work_failure = Table("work_failure", metadata, WorkFailureColumns)

revision_mark = Table(
    REVISION_TABLE, MetaData(), Column("version_num", String(32), primary_key=True)
)
