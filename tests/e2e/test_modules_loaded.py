"""An idle command loads what it uses (ADR 0410): held by the list of modules, not by a clock."""

import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import pytest

Loads = Callable[..., set[str]]
CONFIG = """
[[teams]]
name = "Bookshop"
language = "en"
timezone = "Europe/London"

[[sources]]
name = "trials"
team = "Bookshop"
kind = "file"
path = "trials.csv"
"""
LISTED = """
import sys
from loopnote.cli import main
code = main(sys.argv[1:])
print("modules", *sorted(sys.modules), file=sys.stderr)
raise SystemExit(code)
"""
LIBRARIES = (
    "sqlalchemy",
    "pydantic",
    "typer",
    "jinja2",
    "alembic",
    "msgspec",
    "httpx",
    "structlog",
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which nothing is due; idle commands leave it as it is."""
    folder = tmp_path_factory.mktemp("idle")
    (folder / "config.toml").write_text(CONFIG, encoding="utf-8")
    (folder / "trials.csv").write_text(
        "date,what we tried,result\n2026-11-16,a bench at the door,worked\n", encoding="utf-8"
    )
    loaded_by(folder, "run")
    return folder


@pytest.fixture(scope="module")
def loaded(workspace: Path) -> Loads:
    """Return what a command loads in the folder; each command runs once for all tests."""
    return cache(partial(loaded_by, workspace))


def loaded_by(folder: Path, *arguments: str, script: str = LISTED) -> set[str]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "LOOPNOTE_LANG": "en"}
    ran = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ran.stderr.rpartition("modules ")[2].split())


def of(names: set[str], *beginnings: str) -> set[str]:
    return {
        name for name in names for each in beginnings if name == each or name.startswith(f"{each}.")
    }


def test_the_help_loads_no_library_and_no_part_that_works(tmp_path: Path) -> None:
    loaded = loaded_by(tmp_path, "--help")
    assert not of(loaded, *LIBRARIES, "sync", "reports", "notes.store", "loopnote.commands")
    assert not of(loaded, "importlib.resources", "inspect", "dataclasses")


def test_the_status_loads_nothing_that_reads_logs_makes_pages_or_sends(
    loaded: Loads,
) -> None:
    found = loaded("status")
    assert "loopnote.commands.runs.status" in found
    assert not of(found, "jinja2", "alembic", "httpx", "structlog", "msgspec", "smtplib")
    assert not of(found, "sqlalchemy", "psycopg")
    assert not of(found, "sync.files", "sync.pulls.pull", "sync.parsing", "sync.matching")
    assert not of(found, "sync.parse_result", "sync.contents.parsed_rows", "sync.contents.workbook")
    assert not of(found, "reports.page.view", "reports.archive", "reports.analysis.weekly")
    assert not of(found, "notes.store.source_update", "notes.store.search", "notes.store.export")


def test_an_idle_run_loads_nothing_that_reads_logs_or_makes_pages(
    loaded: Loads,
) -> None:
    found = loaded("run")
    assert "loopnote.services.run" in found
    assert not of(found, "jinja2", "alembic", "httpx", "structlog")
    assert not of(found, "sqlalchemy", "psycopg")
    assert not of(found, "sync.files", "sync.pulls.pull", "sync.parsing", "sync.matching")
    assert not of(found, "sync.parse_result", "sync.contents.parsed_rows", "sync.contents.workbook")
    assert not of(found, "notes.store.source_update", "notes.store.search", "notes.store.export")
    assert not of(found, "reports.page.view", "reports.archive", "reports.analysis.weekly")
    assert not of(found, "loopnote.services.mails", "loopnote.services.reports")


def test_a_search_for_what_was_tried_before_loads_nothing_of_pages(
    loaded: Loads,
) -> None:
    found = loaded("similar", "--text", "a bench at the window")
    assert "reports.analysis.learnings.similar_notes" in found
    assert not of(found, "jinja2", "alembic", "httpx", "reports.page", "reports.archive")
    assert not of(found, "reports.analysis.weekly", "reports.analysis.data.team_log")
    assert not of(
        found, "sync.files", "sync.pulls.pull", "sync.parsing", "notes.store.source_update"
    )


def test_what_is_looked_for_in_an_index_that_is_up_to_date_does_without_sqlalchemy(
    workspace: Path,
) -> None:
    loaded_by(workspace, "search", "bench")  # indexes what is new
    for arguments in (("search", "bench"), ("similar", "--text", "a bench at the window")):
        found = loaded_by(workspace, *arguments)
        assert "notes.store.search.query" in found
        assert not of(found, "sqlalchemy", "psycopg", "alembic", "notes.store.search.index")


def test_no_command_on_sqlite_loads_anything_of_the_workers(
    loaded: Loads,
) -> None:
    for command in ("sync", "run", "status"):
        found = loaded(command)
        assert not of(
            found, "loopnote.workers", "notes.store.work", "loopnote.services.shared_pace"
        )
        assert not of(found, "procrastinate", "psycopg", "asgiref")


IN_ONE_PROCESS = f"import sync.pulls.isolated_pull as apart\napart.can_fork = lambda: False{LISTED}"
"""What a pull loads, told by the process that would have had a child for it."""


def test_a_pull_on_sqlite_does_without_sqlalchemy(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    log = tmp_path / "trials.csv"
    header = "date,what we tried,result\n"
    log.write_text(f"{header}2026-11-16,a bench at the door,worked\n", encoding="utf-8")

    first = loaded_by(tmp_path, "sync", script=IN_ONE_PROCESS)
    unchanged = loaded_by(tmp_path, "sync", script=IN_ONE_PROCESS)
    log.write_text(f"{header}2026-11-17,a lamp in the window,failed\n", encoding="utf-8")
    changed = loaded_by(tmp_path, "sync", script=IN_ONE_PROCESS)

    assert "notes.store.source_update.update" in unchanged
    assert "sync.matching.row_matcher" in changed
    assert not of(first | unchanged | changed, "sqlalchemy", "psycopg", "alembic")
    assert not of(
        first | unchanged | changed, "sync.files.xlsx", "sync.files.zipped", "http", "xml"
    )


COLLECTED = """
import atexit, gc, sys
examined = []

def look(phase, about):
    if phase == "start":
        generations = range(about["generation"] + 1)
        examined.append(sum(len(gc.get_objects(generation=each)) for each in generations))

def end():
    gc.callbacks.clear()
    print("left", len(gc.get_objects()), "at once", max(examined, default=0), file=sys.stderr)

atexit.register(end)  # before main's own, so that it runs after it
from loopnote.cli import main
gc.callbacks.append(look)
raise SystemExit(main(sys.argv[1:]))
"""


def test_an_idle_run_never_looks_through_all_that_it_loaded(workspace: Path) -> None:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "LOOPNOTE_LANG": "en"}
    ran = subprocess.run(
        [sys.executable, "-c", COLLECTED, "run"],
        cwd=workspace,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    found = ran.stderr.rpartition("left ")[2].split()
    left, at_once = int(found[0]), int(found[-1])
    assert left < 1_000  # the interpreter ends with two collections of all that is left
    assert at_once < 10_000  # a run has 70,000 objects, nearly all of them libraries
