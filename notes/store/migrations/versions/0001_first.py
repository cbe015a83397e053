"""The first schema: sources, runs, notes and their versions, problems, repairs, reports, deliveries, alarms."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alarm",
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("since", sa.String(27), nullable=False),
        sa.Column("notified_at", sa.String(27), nullable=True),
        sa.Column("recovered_at", sa.String(27), nullable=True),
        sa.PrimaryKeyConstraint("subject", "id", "since"),
    )
    op.create_table(
        "heartbeat",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "note",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("native_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("touched_first", sa.String(10), nullable=True),
        sa.Column("touched_last", sa.String(10), nullable=True),
        sa.Column("first_seen", sa.String(27), nullable=False),
        sa.Column("first_run", sa.String(), nullable=False),
        sa.Column("changed", sa.String(27), nullable=False),
        sa.Column("gone", sa.String(27), nullable=True),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("written", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "note_by_burial",
        "note",
        ["team", "gone"],
        unique=False,
        sqlite_where=sa.text("gone IS NOT NULL"),
        postgresql_where=sa.text("gone IS NOT NULL"),
    )
    op.create_index("note_by_id", "note", ["id"], unique=True)
    op.create_index("note_by_source", "note", ["source", "gone"], unique=False)
    op.create_index("note_by_touch", "note", ["team", "touched_last", "touched_first"], unique=False)
    op.create_table(
        "problem",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("page_id", sa.String(), nullable=False),
        sa.Column("first_seen", sa.String(27), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("problem_by_source", "problem", ["source", "page_id"], unique=False)
    op.create_table(
        "repair",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("kept", sa.String(), nullable=False),
        sa.Column("absorbed", sa.String(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("undone", sa.String(27), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "report",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("report_by_period", "report", ["team", "period", "kind"], unique=False)
    op.create_table(
        "run",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("started", sa.String(27), nullable=False),
        sa.Column("ended", sa.String(27), nullable=True),
        sa.Column("ok", sa.Boolean(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("run_by_start", "run", ["started"], unique=False)
    op.create_table(
        "search_document",
        sa.Column("doc", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("note_seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("doc"),
    )
    op.create_index("search_document_by_note", "search_document", ["note_seq"], unique=True)
    op.create_table(
        "search_queue",
        sa.Column("note_seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("note_seq"),
    )
    op.create_table(
        "source",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("first_success", sa.String(27), nullable=True),
        sa.Column("last_attempt", sa.String(27), nullable=True),
        sa.Column("last_success", sa.String(27), nullable=True),
        sa.Column("last_change", sa.String(27), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("rows_used", sa.Integer(), nullable=False),
        sa.Column("problems", sa.Integer(), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Text(), nullable=False),
        sa.Column("readings", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("report_key", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("date", sa.String(27), nullable=False),
        sa.Column("page", sa.LargeBinary(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_key"],
            ["report.key"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("message_by_report", "message", ["report_key"], unique=False)
    op.create_table(
        "note_version",
        sa.Column("note_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["note_id"],
            ["note.id"],
        ),
        sa.PrimaryKeyConstraint("note_id", "version"),
    )
    op.create_index("note_version_by_time", "note_version", ["at"], unique=False)
    op.create_table(
        "delivery",
        sa.Column("report_key", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.String(), nullable=False),
        sa.Column("claimed_at", sa.String(27), nullable=True),
        sa.Column("updated_at", sa.String(27), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["message.id"],
        ),
        sa.ForeignKeyConstraint(
            ["report_key"],
            ["report.key"],
        ),
        sa.PrimaryKeyConstraint("report_key", "recipient"),
    )
    op.create_index("delivery_by_state", "delivery", ["state"], unique=False)
    for statement in SEARCH_TABLES[op.get_bind().dialect.name]:
        op.execute(statement)


SEARCH_TABLES = {
    "sqlite": (
        "CREATE VIRTUAL TABLE note_search USING fts5(grams, marks, content='', tokenize='unicode61', prefix='1')",
        "CREATE VIRTUAL TABLE note_search_terms USING fts5vocab(note_search, 'row')",
    ),
    "postgresql": (
        "CREATE TABLE note_search (doc BIGINT PRIMARY KEY, grams TSVECTOR NOT NULL, marks TSVECTOR NOT NULL)",
        "CREATE INDEX note_search_by_gram ON note_search USING gin (grams)",
        "CREATE INDEX note_search_by_mark ON note_search USING gin (marks)",
    ),
}
