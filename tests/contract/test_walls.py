"""The walls between rooms hold: each kind of breach, seeded in a copy, breaks a contract of
its own.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FLOORS = ("loopnote", "sync", "reports", "notes")

# (file, line, the contract that must break)
BREACHES = [
    ("reports/analysis/questions/business.py", "import jinja2", "one door for templates"),
    (
        "reports/analysis/metrics/impact.py",
        "from notes.store.store import Store as _Store",
        "pure, without clock, network or disk: the analysis",
    ),
    ("sync/parsing/logs/workbooks.py", "import gspread", "one door for Google"),
    ("sync/matching/row_links.py", "import sqlalchemy", "one door for the database"),
    ("reports/page/render.py", "import httpx", "one door for HTTP"),
    ("notes/store/store.py", "import notion_client", "one door for Notion"),
    (
        "sync/parsing/table_analysis/table_kinds.py",
        "from sync.sheets.memory import SheetsMemory as _Memory",
        "layers of sync",
    ),
    (
        "reports/analysis/sections/traps.py",
        "import time as _time",
        "pure, without clock, network or disk: the analysis",
    ),
    ("reports/page/charts.py", "import socket", "one door for sockets"),
    (
        "sync/parsing/cells/numbers.py",
        "import tempfile",
        "pure, without clock, network or disk: reading",
    ),
    ("sync/pulls/pull.py", "import reports.page.view", "floors: loopnote > sync | reports > notes"),
    (
        "notes/model/periods.py",
        "import loopnote.runtime.redaction",
        "floors: loopnote > sync | reports > notes",
    ),
    ("sync/parsing/cells/text.py", "import sync.parsing.normalize", "layers of sync.parsing"),
    ("loopnote/delivery/due.py", "import schedule", "one door for the ticker"),
    ("reports/archive/archive_view.py", "import smtplib", "one door for mail servers"),
]


def broken_contracts(folder: Path) -> str:
    """Return what the checker says of the code in a folder."""
    tool = Path(sys.executable).parent / "lint-imports"
    command = [str(tool)] if tool.exists() else [shutil.which("lint-imports") or "lint-imports"]
    done = subprocess.run(
        [*command, "--config", ".importlinter.toml", "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin", "COLUMNS": "400"},
    )
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What is said of a copy in which every breach was seeded."""
    copy = tmp_path_factory.mktemp("breached")
    for floor in FLOORS:
        shutil.copytree(ROOT / floor, copy / floor, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".importlinter.toml", copy)
    for file, line, _ in BREACHES:
        path = copy / file
        path.write_text(f"{path.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    return broken_contracts(copy)


@pytest.mark.parametrize(("file", "line", "contract"), BREACHES, ids=[one[1] for one in BREACHES])
def test_a_breach_breaks_its_contract(report: str, file: str, line: str, contract: str) -> None:
    assert f"{contract} BROKEN" in report, line
    module = file.removesuffix(".py").replace("/", ".")
    wanted = line.split()[1]
    assert any(module in text and wanted.split(".")[0] in text for text in report.splitlines())


def test_a_new_module_without_a_place_is_noticed(tmp_path: Path) -> None:
    for floor in FLOORS:
        shutil.copytree(
            ROOT / floor, tmp_path / floor, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(ROOT / ".importlinter.toml", tmp_path)
    (tmp_path / "reports/analysis/somewhere.py").write_text('"""New."""\n')
    report = broken_contracts(tmp_path)
    assert "layers of reports.analysis BROKEN" in report
    assert "reports.analysis.somewhere" in report


def test_the_code_as_it_stands_breaks_nothing() -> None:
    assert "0 broken" in broken_contracts(ROOT)
