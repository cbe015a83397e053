"""Writes the fixture of the present schema.

    PYTHONPATH=.:tests python tests/data/make_store_dump.py > tests/data/store-v1.sql

Run once for each schema, when it is released; what it wrote is never changed.
"""

import sqlite3
import tempfile
from datetime import date

from fakes.entries import (MONDAY, entry, new, same, weeks_later)

from notes.model.notes import (Place, Problem)
from notes.store.store import Store

with tempfile.TemporaryDirectory() as folder:
    with Store.open(f"sqlite:///{folder}/store.db") as store:
        run = store.begin_run("sync", MONDAY)
        first = entry(2, "재방문을 늘린다", hypothesis="쿠폰이면 온다", start_date=date(2026, 11, 10))
        rows = [first, entry(3, "Shorter queue", owners=("Kim",)), entry(4, "지워진 행")]
        for week, links in enumerate((rows, [entry(2, "재방문을 늘린다", retrospective="늘었다"), rows[1]])):
            with store.update("trials", "Bookshop", run, now=weeks_later(week)) as update:
                known = {row.entry.note.place.row: row.note_id for row in update.known.rows()}
                update.save(same(row, known[row.raw.place.row]) if known else new(row)[0] for row in links)
                update.gone_except_seen()
                update.put_problems([Problem(Place("2월", 5, "B"), "impossible_date", "2/30")])
                update.finish({"etag": "abc"})
        store.end_run(run, MONDAY, ok=True)
    plain = sqlite3.connect(f"{folder}/store.db")
    print(f"PRAGMA application_id = {plain.execute('PRAGMA application_id').fetchone()[0]};")
    for line in plain.iterdump():
        print(line)
