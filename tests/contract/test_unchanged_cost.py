"""A sync that finds nothing new pays for nothing it does not need."""

import json
import subprocess
import sys
from pathlib import Path

from fakes.google_server import google_server
from fakes.notion_server import notion_server

ROOT = Path(__file__).parents[2]
SCRIPT = """
import json, sys
from datetime import UTC, datetime
from notes.store.store import Store
from sync.notion.source import NotionSource
from sync.pulls.pull import SourceJob, pull_source
from sync.parse_result import ParseOptions
from sync.sheets.source import SheetsSource

notion, database, google, spreadsheet, folder = sys.argv[1:]
hosts = {"sheets_url": google, "drive_url": google}
sources = [
    NotionSource("n", "t", database, token=lambda: "ntn_test", base_url=notion, bodies=False),
    SheetsSource("s", "t", spreadsheet, credentials=folder + "/key.json", **hosts),
]
now = datetime(2026, 9, 7, 11, tzinfo=UTC)
with Store.open(f"sqlite:///{folder}/notes.db") as store:
    run = store.begin_run("sync", now)
    pulled = [
        pull_source(
            store, SourceJob(source, ParseOptions()), run_id=run, now=now, full=False, \
progress=lambda _text: None
        )
        for source in sources
    ]
unwanted = ("gspread", "sync.parsing.logs.content", "sync.matching.row_links", "openpyxl")
heavy = [name for name in unwanted if name in sys.modules]
print(json.dumps([[each.ok, each.unchanged, each.requests] for each in pulled] + [heavy]))
"""


def test_an_unchanged_sync_loads_neither_the_reader_nor_gspread(tmp_path: Path) -> None:
    with notion_server() as notion, google_server() as google:
        database = notion.world.database("Trials")
        source = notion.world.data_source(database, "Trials", {"Name": "title"})
        notion.world.add(source, {"Name": "Half a day"})
        notion.world.tick(3600)
        book = google.world.spreadsheet()
        book.tab("Log", [["Experiment", "Learned"], ["Half a day", "End well"]])
        (tmp_path / "key.json").write_text(json.dumps(google.key()), encoding="utf-8")
        arguments = [notion.url, database, google.url, book.id, str(tmp_path)]
        command = [sys.executable, "-c", SCRIPT, *arguments]
        first, second = (
            subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
            for _ in range(2)
        )
    assert first.startswith("[[true, false, 3], [true, false, 3]")
    assert second.strip() == "[[true, true, 1], [true, true, 1], []]"
