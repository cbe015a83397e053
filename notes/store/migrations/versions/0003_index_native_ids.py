"""Indexes for what a pull and a report look up: a service's own ids, and a team's problems."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE INDEX note_by_native_id ON note (native_id, source) WHERE native_id <> ''")
    op.create_index("problem_by_team", "problem", ["team", "source"])
