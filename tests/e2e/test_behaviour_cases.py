"""Whole workspaces: what must be said of them, and what they may cost.

Each folder of tests/data/cases/behaviour holds a configuration, a log and `case.json`: after
`sync`, so many notes, the fields of some rows, whether something must be said, what other commands
must answer.
"""

import json
import resource
import shutil
from pathlib import Path

import pytest
from fakes.command import started

pytestmark = pytest.mark.slow
CASES = Path(__file__).parents[1] / "data" / "cases" / "behaviour"
NOW = "2026-11-24T09:00:00+09:00"
OPEN: dict[str, str] = {}
"""Cases that another part of the program has to answer yet."""


def lines(text):
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def value(note, path):
    for part in path.split("."):
        note = note.get(part) if isinstance(note, dict) else None
    return note


def cpu():
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(path.name, marks=pytest.mark.xfail(reason=OPEN[path.name]))
        if path.name in OPEN
        else path.name
        for path in sorted(CASES.iterdir())
    ],
)
def test_a_workspace_gives_what_it_should(tmp_path, name):
    case = json.loads((CASES / name / "case.json").read_text(encoding="utf-8"))
    wanted, work = case["expect"], tmp_path / "work"
    shutil.copytree(CASES / name, work)

    def run(*arguments):
        now = case.get("now", NOW)
        return started(*arguments, folder=work, LOOPNOTE_NOW=now, LOOPNOTE_LANG="en")

    before = cpu()
    synced = run("sync")
    spent = cpu() - before
    notes = {str(note["source_ref"]["row"]): note for note in lines(run("--json", "notes").out)}
    problems = lines(run("--json", "problems").out)

    if "notes" in wanted:
        assert len(notes) == wanted["notes"]
    for row, fields in wanted.get("rows", {}).items():
        assert {path: value(notes[row], path) for path in fields} == fields
    rows_with_problems = {str(problem["source_ref"].get("row")) for problem in problems}
    for row, path in wanted.get("problem_or_value", {}).items():
        assert value(notes[row], path) is not None or row in rows_with_problems
    if wanted.get("some_problem"):
        assert problems or synced.code
    if "cpu_s" in wanted:
        assert spent <= 2 * wanted["cpu_s"]  # a log of four rows; it took twenty
    for more in wanted.get("then", []):
        ran = run(*more["run"])
        assert ran.code == more.get("rc", ran.code)
        assert more.get("has", "") in ran.out + ran.err
    if "page_lacks" in wanted:
        assert all(
            wanted["page_lacks"] not in page.read_text(encoding="utf-8")
            for page in work.glob("pages/*.txt")
        )
