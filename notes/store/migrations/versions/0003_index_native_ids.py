"""Finds the notes of a service's own ids by an index: a pull looks up the titles of every related page."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE INDEX note_by_native_id ON note (native_id, source) WHERE native_id <> ''")
