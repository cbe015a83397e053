"""The demo's store, exported and loaded elsewhere, goes on as the old one would have.

Page for page, byte for byte.
"""

import gzip
import json
import shutil
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fakes.command import loopnote

from loopnote.commands.reporting.report import write_report
from loopnote.config.read import load
from loopnote.services.wiring import Wiring
from notes.model.periods import Week

pytestmark = pytest.mark.slow
MONDAY = "2026-11-23T09:00:00+00:00"
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def neighbour(demo: Path, folder: Path) -> Path:
    """The same configuration and logs with a store of its own, still empty."""
    folder.mkdir()
    shutil.copy(demo / "config.toml", folder)
    shutil.copytree(demo / "logs", folder / "logs", copy_function=shutil.copy2)
    return folder


@pytest.fixture(scope="module")
def moved(demo, tmp_path_factory) -> Path:
    folder = neighbour(demo, tmp_path_factory.mktemp("moved") / "there")
    exported = loopnote("export", "--out", folder / "all.jsonl.gz", folder=demo)
    assert exported.code == 0, exported.err
    ran = loopnote("import", "all.jsonl.gz", folder=folder)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Loaded 79 notes")
    return folder


def both(demo: Path, moved: Path, *arguments: object) -> str:
    answers = [loopnote(*arguments, folder=folder, LOOPNOTE_NOW=MONDAY) for folder in (demo, moved)]
    assert answers[0].code == answers[1].code == 0, answers[1].err
    assert answers[1].out == answers[0].out
    return answers[0].out


def test_every_answer_is_the_same(demo, moved):
    notes = [
        json.loads(line) for line in both(demo, moved, "notes", "--json", "--all").splitlines()
    ]
    assert len(notes) == 79
    assert both(demo, moved, "problems", "--json")
    assert both(demo, moved, "search", "쿠폰", "--json")
    assert both(demo, moved, "status", "--json")
    changed = [note["id"] for note in notes if note["version"] > 1]
    for note_id in changed[:3]:
        assert both(demo, moved, "history", note_id, "--json")


def test_every_report_is_the_same_to_the_byte(demo, moved, tmp_path):
    for folder in (demo, moved):
        wiring = Wiring(load(folder / "config.toml"), clock=lambda: NOW)
        for number in range(36, 48):
            for team in wiring.config.teams:
                for language in ("ko", "en"):
                    out = tmp_path / folder.name
                    write_report(wiring, team.name, Week(2026, number), out=out, language=language)
    old, new = (sorted((tmp_path / folder.name).iterdir()) for folder in (demo, moved))
    assert len(old) == 12 * 2 * 2 * 3
    assert [path.name for path in old] == [path.name for path in new]
    assert [path.read_bytes() for path in old] == [path.read_bytes() for path in new]


def test_what_was_sent_is_replayed_and_never_sent_again(demo, moved):
    both(demo, moved, "replay", "2026-W47", "--json", "--out", "again")
    old, new = (sorted((folder / "again").iterdir()) for folder in (demo, moved))
    assert len(old) == 3  # two teams, and the reader of both
    assert [path.read_bytes() for path in old] == [path.read_bytes() for path in new]

    later = (NOW + timedelta(hours=1)).isoformat()
    ran = loopnote("run", folder=moved, LOOPNOTE_NOW=later)
    assert ran.code == 0, ran.err
    assert not (moved / "outbox").exists()


def test_the_next_reading_finds_nothing_new(demo, tmp_path):
    folder = neighbour(demo, tmp_path / "there")
    shutil.copy(demo / "config.toml", folder)
    exported = loopnote("export", "--out", "-", folder=demo)
    ran = loopnote("import", "-", folder=folder, answers=exported.out)
    assert ran.code == 0, ran.err
    before = loopnote("notes", "--json", "--all", folder=folder).out

    for arguments in (("sync", "--json"), ("sync", "--full", "--json")):
        answers = [
            json.loads(line) for line in loopnote(*arguments, folder=folder).out.splitlines()
        ]
        assert len(answers) == 3
        assert all(
            (one["new"], one["changed"], one["gone"], one["error"]) == (0, 0, 0, None)
            for one in answers
        )
    assert loopnote("notes", "--json", "--all", folder=folder).out == before


def test_exports_are_private_repeatable_and_careful(demo, tmp_path):
    for name in ("a.jsonl", "b.jsonl", "a.jsonl.gz", "b.jsonl.gz", "a.jsonl"):
        ran = loopnote("export", "--out", tmp_path / name, folder=demo)
        assert ran.code == 0, ran.err
    lines = (tmp_path / "a.jsonl").read_bytes()
    assert (
        lines
        == (tmp_path / "b.jsonl").read_bytes()
        == gzip.decompress((tmp_path / "a.jsonl.gz").read_bytes())
    )
    assert (tmp_path / "a.jsonl.gz").read_bytes() == (tmp_path / "b.jsonl.gz").read_bytes()
    assert stat.S_IMODE((tmp_path / "a.jsonl").stat().st_mode) == 0o600
    assert not list(tmp_path.glob(".*"))

    (tmp_path / "mine.txt").write_text("my own")
    ran = loopnote("export", "--out", tmp_path / "mine.txt", folder=demo)
    assert (ran.code, "--force" in ran.err) == (2, True)
    assert (tmp_path / "mine.txt").read_text() == "my own"
    assert loopnote("export", "--out", tmp_path / "mine.txt", "--force", folder=demo).code == 0


def test_the_folder_of_tables_loads_whole_and_pages_say_what_to_do_instead(demo, tmp_path):
    there = neighbour(demo, tmp_path / "there")
    ran = loopnote(
        "export", "--format", "csv", "--out", tmp_path / "tables", "--language", "ko", folder=demo
    )
    assert ran.code == 0, ran.err
    assert (tmp_path / "tables" / "notes.csv").read_bytes().startswith("\ufeff노트 ID,팀".encode())
    ran = loopnote("export", "--format", "csv", "--out", tmp_path / "tables", folder=demo)
    assert ran.code == 0, ran.err
    assert (
        (tmp_path / "tables" / "notes.csv").read_bytes().startswith(b"\xef\xbb\xbfid,team,source")
    )
    assert loopnote("import", tmp_path / "tables", folder=there).out.startswith("Loaded 79 notes")
    again = loopnote("import", tmp_path / "tables", folder=there)
    assert again.out.startswith("Nothing to load")

    ran = loopnote("export", "--format", "markdown", "--out", tmp_path / "pages", folder=demo)
    assert ran.code == 0, ran.err
    assert "찬찬반찬-2026-11.md" in (tmp_path / "pages" / "index.md").read_text(encoding="utf-8")
    for path in (
        tmp_path / "pages",
        tmp_path / "pages" / "index.md",
        tmp_path / "tables" / "notes.csv",
    ):
        refused = loopnote("import", path, folder=there)
        assert refused.code == 2
        assert "`export --out all.jsonl.gz` in the old place" in refused.err


def test_one_table_goes_into_a_file_or_a_pipe(demo, tmp_path):
    assert loopnote("export", "--out", tmp_path / "metrics.csv", folder=demo).code == 0
    assert (
        (tmp_path / "metrics.csv")
        .read_bytes()
        .startswith(b"\xef\xbb\xbfnote,team,source,kind,name")
    )
    assert [path.name for path in tmp_path.iterdir()] == ["metrics.csv"]
    piped = loopnote("export", "--format", "csv", "--out", "-", "--week", "2026-W47", folder=demo)
    assert piped.out.startswith("\ufeffid,team,source")
    assert 0 < len(piped.out.splitlines()) - 1 < 63
    assert loopnote("export", "--out", tmp_path / "notes.md", folder=demo).code == 2


def test_a_trial_import_and_a_damaged_file_change_nothing(demo, tmp_path):
    there = neighbour(demo, tmp_path / "there")
    assert loopnote("export", "--out", there / "all.jsonl.gz", folder=demo).code == 0
    assert loopnote("import", "all.jsonl.gz", "--dry-run", folder=there).out.startswith(
        "Would load 79 notes"
    )
    packed = (there / "all.jsonl.gz").read_bytes()
    (there / "half.gz").write_bytes(packed[: len(packed) // 2])
    (there / "bent.gz").write_bytes(packed[:5000] + b"\0\0" + packed[5002:])
    for name in ("half.gz", "bent.gz", "config.toml", "missing.jsonl"):
        refused = loopnote("import", name, folder=there)
        assert refused.code == 2
        assert "→" in refused.err
    assert loopnote("notes", "--json", "--all", folder=there).out == ""


def test_teams_that_the_configuration_does_not_name_are_told(demo, tmp_path):
    (tmp_path / "config.toml").write_text(
        '[[teams]]\nname = "Wheelhouse"\nlanguage = "en"\ntimezone = "UTC"\n'
    )
    assert (
        loopnote("export", "--team", "찬찬반찬", "--out", tmp_path / "one.jsonl", folder=demo).code
        == 0
    )

    ran = loopnote("import", "one.jsonl", "--json", folder=tmp_path)

    assert ran.code == 0
    assert json.loads(ran.out)["new"]["note"] == 43 + 1
    assert "[[teams]] 찬찬반찬" in ran.err
    assert "[[sources]] 반찬가게 기록" in ran.err
