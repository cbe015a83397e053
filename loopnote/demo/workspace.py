"""Builds the demo workspace: runs the twelve weeks of the sample logs through loopnote."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

from loopnote.commands.reading.sync import sync
from loopnote.commands.reporting.report import write_report
from loopnote.commands.runs.run import run
from loopnote.config.read import load
from loopnote.services.wiring import Wiring
from notes.model.errors import ConfigError
from notes.model.periods import Week

from .sample_logs import FIRST_WEEK, LAST_WEEK, write_all

YEAR = 2026
"""The year of the demo's logs: its pages are the same whenever it is made."""
ZONES = ("Asia/Seoul", "Europe/London")
MARK = ".loopnote-demo"
OTHER_FOLDER = "name another folder: loopnote demo DIR"
FIRST_MAIL = LAST_WEEK - 3
"""The demo sends the last four weeks: enough for comparisons, quick to build."""


@dataclass(frozen=True, slots=True)
class DemoPage:
    """Where a team's last page and mail are."""

    team: str
    page: Path
    mail: Path


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What the demo made."""

    folder: Path
    weeks: int
    notes: int
    problems: int
    pages: tuple[DemoPage, ...]
    archive: Path


def build_demo(folder: Path, *, replace: bool, progress: Callable[[str], None]) -> DemoResult:
    """Make the workspace in a folder that is new, or an older workspace when `replace` says so.

    Raises:
        ConfigError: the folder is there already.
    """
    folder = folder.absolute()
    _clear(folder, replace=replace)
    (folder / MARK).touch()
    config = files(__package__).joinpath("config.toml").read_text(encoding="utf-8")
    (folder / "config.toml").write_text(config, encoding="utf-8")
    pages: list[DemoPage] = []
    for number in range(FIRST_WEEK, LAST_WEEK + 1):
        progress(f"{YEAR}-W{number}")
        write_all(folder / "logs", number)
        pages = _play(folder, Week(YEAR, number), progress)
    return _made(folder, pages)


def _clear(folder: Path, *, replace: bool) -> None:
    if folder.exists() and any(folder.iterdir()):
        if not (replace or (folder / MARK).exists()):
            raise ConfigError(f"{folder} exists already", hint=OTHER_FOLDER)
        if not (folder / MARK).exists():
            raise ConfigError(
                f"{folder} is not a demo workspace; it was not changed", hint=OTHER_FOLDER
            )
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)


def _wiring(folder: Path, week: Week, zone: str) -> Wiring:
    """Return the wiring with the clock at 08:05 on the Monday after a week, in a time zone."""
    monday = week.last + timedelta(days=1)
    instant = datetime.combine(monday, time(8, 5), ZoneInfo(zone)).astimezone(UTC)
    return Wiring(load(folder / "config.toml"), clock=lambda: instant)


def _play(folder: Path, week: Week, progress: Callable[[str], None]) -> list[DemoPage]:
    """Run a week's Monday in each zone; return its pages, made when their own team's mail was."""
    if week.number < FIRST_MAIL:
        list(sync(_wiring(folder, week, ZONES[0]), progress=progress))
        return []
    pages = []
    for zone in ZONES:
        wiring = _wiring(folder, week, zone)
        run(wiring, progress=progress)
        for team in wiring.config.teams:
            if week.number == LAST_WEEK and team.timezone == zone:
                written = write_report(wiring, team.name, week, out=folder / "pages")
                pages.append(DemoPage(team.name, written.page, written.mail))
    return pages


def _made(folder: Path, pages: list[DemoPage]) -> DemoResult:
    with _wiring(folder, Week(YEAR, LAST_WEEK), ZONES[-1]).store() as store:
        notes = sum(1 for _ in store.notes())
        problems = len(store.problems())
    archive = folder / "archive" / "index.html"
    return DemoResult(
        folder=folder,
        weeks=LAST_WEEK - FIRST_WEEK + 1,
        notes=notes,
        problems=problems,
        pages=tuple(pages),
        archive=archive,
    )
