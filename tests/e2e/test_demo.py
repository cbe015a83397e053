import json
import re
from pathlib import Path

import pytest
from fakes.command import loopnote

MONDAY = "2026-11-23T09:00:00+00:00"


def test_the_demo_ends_with_the_paths_of_pages_and_mails(demo_made):
    said = (demo_made / "said.txt").read_text(encoding="utf-8")
    paths = re.findall(r"^ +(?:page|mail) +(.+)$", said, re.MULTILINE)
    assert len(paths) == 4
    assert all(path.startswith(str(demo_made / "here")) for path in paths)
    for path in paths:
        assert Path(path).stat().st_size > 5000


def test_each_team_gets_a_page_in_its_language(demo):
    korean = next((demo / "pages").glob("*-ko.html")).read_text(encoding="utf-8")
    english = next((demo / "pages").glob("*-en.html")).read_text(encoding="utf-8")
    assert "무엇이 숫자를 실제로 움직였는가?" in korean
    assert "What actually moved the number?" in english


def test_a_page_is_made_when_its_log_was_read(demo):
    for page in (demo / "pages").glob("*.txt"):
        moments = re.findall(r"\b\d\d:\d\d\b", page.read_text(encoding="utf-8"))
        assert set(moments) == {"08:05"}, page.name


def test_running_again_sends_nothing_twice(demo):
    before = sorted(path.name for path in (demo / "outbox").iterdir())
    for _ in range(2):
        ran = loopnote("run", folder=demo, LOOPNOTE_NOW=MONDAY)
        assert ran.code == 0, ran.err
    assert sorted(path.name for path in (demo / "outbox").iterdir()) == before


def test_an_unchanged_log_writes_no_version(demo):
    answers = [
        json.loads(line)
        for line in loopnote("sync", "--full", "--json", folder=demo).out.splitlines()
    ]
    assert answers
    assert all((one["new"], one["changed"], one["gone"]) == (0, 0, 0) for one in answers)


def test_the_same_store_and_week_give_the_same_bytes(demo, tmp_path):
    for name in ("a", "b"):
        ran = loopnote(
            "report",
            "--week",
            "2026-W47",
            "--out",
            tmp_path / name,
            folder=demo,
            LOOPNOTE_NOW=MONDAY,
        )
        assert ran.code == 0, ran.err
    files = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert len(files) == 6
    assert all(
        (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
        for name in files
    )


@pytest.mark.parametrize("command", ["notes", "problems", "columns", "status", "doctor"])
def test_every_looking_command_answers_in_json_lines(demo, command):
    ran = loopnote(command, "--json", folder=demo, LOOPNOTE_NOW=MONDAY)
    assert ran.code in {0, 1}, ran.err
    records = [json.loads(line) for line in ran.out.splitlines()]
    assert records
    assert all(isinstance(record, dict) for record in records)


def test_notes_have_the_fields_that_other_programs_rely_on(demo):
    note = json.loads(loopnote("notes", "--json", folder=demo).out.splitlines()[0])
    assert list(note) == [
        "id", "team", "source", "kind", "source_ref", "url", "title", "goal", "hypothesis",
        "execution",
        "retrospective", "outcome", "start_date", "end_date", "week", "owners", "people", "metric",
        "success_factors",
        "failure_factors", "learned", "applied_to", "next_action", "next_kind", "flow", "tags",
        "links", "version",
        "first_seen", "changed", "gone",
    ]  # fmt: skip


def test_history_shows_when_a_retrospective_was_written(demo):
    notes = [json.loads(line) for line in loopnote("notes", "--json", folder=demo).out.splitlines()]
    changed = next(note for note in notes if note["version"] > 1 and note["retrospective"])
    ran = loopnote("history", changed["id"], folder=demo)
    assert ran.code == 0
    assert "retrospective" in ran.out
    assert "first seen" in ran.out
    assert f"  goal: {changed['goal']}" in ran.out.split("v1 ")[0]


def test_history_shows_the_row_of_a_number_as_it_was_read(demo):
    notes = [json.loads(line) for line in loopnote("notes", "--json", folder=demo).out.splitlines()]
    number = next(note for note in notes if note["title"] == "Days in shop")
    assert re.search(r"\n  cells: .*6\.5", loopnote("history", number["id"], folder=demo).out)


def test_the_demo_leaves_another_folder_alone(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "file").write_text("x", encoding="utf-8")
    ran = loopnote("demo", "mine", folder=tmp_path)
    assert ran.code == 2
    assert (tmp_path / "mine" / "file").read_text(encoding="utf-8") == "x"


def test_a_test_copy_leaves_no_trace_in_the_ledger(demo):
    before = loopnote("status", "--json", folder=demo, LOOPNOTE_NOW=MONDAY).out
    ran = loopnote(
        "send", "--to", "me@example.com", "--team", "Wheelhouse", folder=demo, LOOPNOTE_NOW=MONDAY
    )
    assert ran.code == 0, ran.err
    deliveries = [line for line in before.splitlines() if '"kind":"delivery"' in line]
    after = loopnote("status", "--json", folder=demo, LOOPNOTE_NOW=MONDAY).out
    assert [line for line in after.splitlines() if '"kind":"delivery"' in line] == deliveries
