import csv
import json
import shlex

import pytest
from fakes.command import loopnote

pytestmark = pytest.mark.slow

CONFIG = """
[[teams]]
name = "Team"
language = "en"
timezone = "Europe/London"

[[sources]]
name = "{first}"
team = "Team"
kind = "file"
path = "{first}.csv"

[[sources]]
name = "{second}"
team = "Team"
kind = "file"
path = "{second}.csv"
"""
HEADER = ["Date", "Goal", "Hypothesis", "What we did", "Retrospective"]
ROWS = [
    [
        "2026-09-01",
        "More orders",
        "A reminder brings people back",
        "Sent a reminder to 40 homes",
        "It worked well",
    ],
    [
        "2026-09-02",
        "More orders",
        "A photo sells the box",
        "Took twelve new photos",
        "Nobody noticed",
    ],
    [
        "2026-09-03",
        "Less waste",
        "Smaller boxes are eaten up",
        "Offered a small box",
        "Singles bought it",
    ],
]


def write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEADER, *rows])


def ids(folder):
    notes = [
        json.loads(line) for line in loopnote("notes", "--json", folder=folder).out.splitlines()
    ]
    return {note["hypothesis"]: note["id"] for note in notes}


@pytest.mark.parametrize(("first", "second"), [("log", "archive"), ("archive", "log")])
def test_a_row_that_moves_to_another_source_of_the_team_stays_the_same_note(
    tmp_path, first, second
):
    (tmp_path / "config.toml").write_text(
        CONFIG.format(first=first, second=second), encoding="utf-8"
    )
    write(tmp_path / "log.csv", ROWS)
    write(
        tmp_path / "archive.csv", [["2026-08-01", "Other", "Old news sleep", "Slept on it", "Fine"]]
    )
    assert loopnote("sync", folder=tmp_path, LOOPNOTE_NOW="2026-09-07T09:00:00Z").code == 0
    before = ids(tmp_path)
    write(tmp_path / "log.csv", ROWS[1:])
    write(
        tmp_path / "archive.csv",
        [["2026-08-01", "Other", "Old news sleep", "Slept on it", "Fine"], ROWS[0]],
    )
    assert loopnote("sync", folder=tmp_path, LOOPNOTE_NOW="2026-09-14T09:00:00Z").code == 0
    assert ids(tmp_path) == before
    assert (
        loopnote("sync", "--full", folder=tmp_path, LOOPNOTE_NOW="2026-09-15T09:00:00Z").code == 0
    )
    assert ids(tmp_path) == before


def test_a_source_renamed_in_the_configuration_keeps_its_notes_until_a_person_parts_them(tmp_path):
    one = CONFIG[: CONFIG.rindex("[[sources]]")]
    (tmp_path / "config.toml").write_text(one.format(first="log"), encoding="utf-8")
    write(tmp_path / "log.csv", ROWS)
    assert loopnote("sync", folder=tmp_path).code == 0
    before = ids(tmp_path)

    (tmp_path / "log.csv").rename(tmp_path / "quarter.csv")
    (tmp_path / "config.toml").write_text(one.format(first="quarter"), encoding="utf-8")
    synced = loopnote("sync", folder=tmp_path)

    assert "loopnote undo --source quarter --from log" in synced.out + synced.err
    assert ids(tmp_path) == before

    parted = loopnote("--json", "undo", "--source", "quarter", "--from", "log", folder=tmp_path)
    assert parted.code == 0
    assert json.loads(parted.out) == {"source": "quarter", "from": "log", "parted": 3}
    assert not set(ids(tmp_path).values()) & set(before.values())


def test_undo_alone_names_the_source_that_a_copy_continues_and_its_command_works(tmp_path):
    config = CONFIG[: CONFIG.rindex("[[sources]]")].format(first="log")
    (tmp_path / "config.toml").write_text(config, encoding="utf-8")
    write(tmp_path / "log.csv", ROWS)
    assert loopnote("sync", folder=tmp_path).code == 0
    copy = '\n[[sources]]\nname = "next quarter"\nteam = "Team"\nkind = "file"\npath = "copy.csv"\n'
    (tmp_path / "config.toml").write_text(config + copy, encoding="utf-8")
    write(tmp_path / "copy.csv", ROWS)
    synced = loopnote("sync", folder=tmp_path)

    listed = loopnote("undo", folder=tmp_path)

    assert "3 moved" in synced.out + synced.err
    assert "undo --source 'next quarter' --from log" in synced.out + synced.err
    assert "3 notes of log go on in next quarter" in listed.out
    words = shlex.split(listed.out[listed.out.index("undo --source") : listed.out.rindex(")")])
    assert loopnote(*words, folder=tmp_path).code == 0
    assert len(ids(tmp_path)) == 3
    assert json.loads(loopnote("undo", "--json", folder=tmp_path).out.splitlines()[0])["id"] == 1
    assert "go on in" not in loopnote("undo", folder=tmp_path).out
