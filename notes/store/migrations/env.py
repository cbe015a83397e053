"""Run by Alembic: migrates over the connection that loopnote holds, in its transaction."""

from alembic import context

from notes.store.sql.schema import PARTIAL_INDEXES, metadata

connection = context.config.attributes["connection"]


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Tell whether a name in the database is described by `metadata`.

    The full-text index and the partial indexes are not.
    """
    if kind == "index":
        return name not in PARTIAL_INDEXES
    return not (kind == "table" and (name or "").startswith("note_search"))


context.configure(
    connection=connection,
    target_metadata=metadata,
    include_name=is_ours,
    render_as_batch=True,  # SQLite changes a table by copying it
    transactional_ddl=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
