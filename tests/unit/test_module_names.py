"""Each name of a module is its own or its twin's, on another floor; few share a folder."""

from collections import defaultdict
from pathlib import Path

import pytest

from bench import code_counts

ROOT = Path(__file__).parents[2]
ROOMS = ("loopnote", "sync", "reports", "notes")
FLOORS = (
    # a command: what it does, its line of the terminal, what it prints, the service it calls
    (
        "loopnote/cli/output",
        "loopnote/cli",
        "loopnote/commands",
        "loopnote/services",
        "loopnote/delivery",
        "loopnote/alerts",
        "loopnote/workers",
    ),
    # a section: what it finds, how a page says it, the archive's page, the command that lists it
    ("reports/analysis", "reports/page", "reports/archive", "loopnote/commands", "loopnote/cli"),
    # a part of a source: each kind has it, and the protocol
    ("sync/files", "sync/sheets", "sync/notion", "sync"),
    # a record of the notes: what it is, its sentences, where it is kept, what prints it
    (
        "notes/model",
        "notes/messages",
        "notes/store",
        "loopnote/runtime",
        "loopnote/cli/output",
        "loopnote/cli",
        "reports/archive",
    ),
)
"""Rooms in which a name may stand once each; a place is in the first of them that it lies in."""


def places() -> dict[str, list[str]]:
    """Return the paths of the modules by name; migrations have numbers."""
    found: dict[str, list[str]] = defaultdict(list)
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            if file.stem != "__init__" and "migrations" not in file.parts:
                found[file.stem].append(file.relative_to(ROOT).as_posix())
    return found


def are_twins(paths: list[str]) -> bool:
    """Return whether each place is in another room of one floor plan."""
    for rooms in FLOORS:
        stands = [next((one for one in rooms if path.startswith(f"{one}/")), "") for path in paths]
        if all(stands) and len(set(stands)) == len(stands):
            return True
    return False


def test_a_name_stands_twice_only_for_the_same_thing_on_another_floor() -> None:
    strangers = {
        name: paths for name, paths in places().items() if len(paths) > 1 and not are_twins(paths)
    }
    assert strangers == {}


@pytest.mark.parametrize(
    "paths",
    [
        ["loopnote/cli/a/report.py", "loopnote/cli/b/report.py"],
        ["sync/matching/rows.py", "notes/store/rows.py"],
        ["reports/page/people.py", "reports/page/sections/people.py"],
        ["loopnote/services/mails.py", "reports/page/mails.py"],
    ],
)
def test_the_same_name_for_another_thing_is_noticed(paths: list[str]) -> None:
    assert not are_twins(paths)


def test_a_folder_holds_at_most_a_dozen_modules_and_rooms() -> None:
    files = (one for room in ROOMS for one in (ROOT / room).rglob("*.py"))
    # one migration a file, however many there are
    counted = code_counts.rooms(one for one in files if "versions" not in one.parts)
    assert {str(folder): count for folder, count in counted.items() if count > 12} == {}
