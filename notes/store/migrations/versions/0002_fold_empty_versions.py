"""Folds versions without content: rows of which only a column was moved had been called changed.

A version is taken away where it is called a change and names none; the states on either side say
the same. Numbers of versions stay as they are, because repairs and sent reports name them. Where
such a version was the latest, the note's last change is again the one before it.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_LATEST = """
    SELECT v.note_id, v.before FROM note_version v
    WHERE v.event = 'changed' AND v.changes = '[]' AND NOT EXISTS (
        SELECT 1 FROM note_version w WHERE w.note_id = v.note_id AND w.version > v.version
        AND NOT (w.event = 'changed' AND w.changes = '[]'))
    ORDER BY v.note_id, v.version DESC
"""


def upgrade() -> None:
    connection = op.get_bind()
    changed = {
        note_id: json.loads(before)["changed"]
        for note_id, before in connection.execute(sa.text(_LATEST))
    }
    if changed:
        connection.execute(
            sa.text("UPDATE note SET changed = :changed WHERE id = :id"),
            [{"id": note_id, "changed": instant} for note_id, instant in changed.items()],
        )
    op.execute("DELETE FROM note_version WHERE event = 'changed' AND changes = '[]'")
