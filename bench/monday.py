"""What a Monday costs: many teams, leaders of several teams each, one `run` and the one after it.

    python -m bench.monday [TEAMS [LEADERS [ROWS]]]
        300 teams, 60 leaders of five teams each and 80 rows a team unless told otherwise

Leaders read in two languages, with names and with initials, in turn. The logs were read the day
before; a mail server listens on this machine. It is done twice: for the leaders alone, and with a
reader of each team's own page besides, who sees the same report. A line is a process of its own:
reports computed (calls of the one function that composes a report), inputs read, CPU with children,
peak memory, statements that the store was asked, mails and sessions as the mail server counts them.
"""

import csv
import json
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.lexicon import Lexicon
from bench.measured_process import ROOT, as_installed, peak_mb

SUNDAY = "2026-11-22T12:00:00+00:00"
MONDAY = "2026-11-23T00:30:00+00:00"
"""Half past nine in Seoul, when every mail has been due since eight."""
LATER = "2026-11-23T00:40:00+00:00"
LAST = date(2026, 11, 22)
A_WEEK = 4
"""Rows a week: five teams of four make a page as full as a leader's is."""
LANGUAGES = ("ko", "en")
NAMES = ("names", "initials")
PEOPLE = ("김하늘", "이준", "박도윤", "정하은")
OUTCOMES = ("성공", "실패", "판단 보류", "진행 중")
HEADER = (
    *("날짜", "담당자", "목표", "가설", "실행"),
    *("지표", "이전", "이후", "결과", "배운 점", "다음 행동"),
)
TEAM = """
[[teams]]
name = "team {0:03}"
language = "ko"
timezone = "Asia/Seoul"

[[sources]]
name = "log {0:03}"
team = "team {0:03}"
kind = "file"
path = "log{0:03}.csv"
"""
READER = """
[[recipients]]
address = "{address}@example.org"
language = "{language}"
names = "{names}"
teams = [{teams}]
"""


def write_logs(folder: Path, teams: int, rows: int) -> None:
    """Write a log a team: so many rows a week, back from the Sunday before."""
    lexicon, chance = Lexicon(), random.Random(1)
    for team in range(teams):
        with (folder / f"log{team:03}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADER)
            for number in reversed(range(rows)):
                day = LAST - timedelta(days=number * 7 // A_WEEK)
                texts = [lexicon.sentence(chance, words) for words in (4, 10, 10, 8, 5)]
                goal, hypothesis, execution, learned, following = texts
                writer.writerow(
                    (
                        *(day, PEOPLE[number % 4], goal, hypothesis, execution, "재방문율(%)"),
                        *(11, 11 + number % 9, OUTCOMES[number % 4], learned, following),
                    )
                )


def write_settings(folder: Path, teams: int, leaders: int, *, port: int, own: bool) -> None:
    """Write the configuration: each leader has the next teams, in turn by language and names."""
    from fakes.smtp import SETTINGS

    each = teams // leaders
    parts = [SETTINGS.format(port=port), *map(TEAM.format, range(teams))]
    readers = [
        (f"leader{one:02}", one, range(one * each, (one + 1) * each)) for one in range(leaders)
    ]
    if own:
        readers += [(f"reader{team:03}", team, range(team, team + 1)) for team in range(teams)]
    parts += [
        READER.format(
            address=address,
            language=LANGUAGES[number % 2],
            names=NAMES[number // 2 % 2],
            teams=", ".join(f'"team {team:03}"' for team in several),
        )
        for address, number, several in readers
    ]
    (folder / "config.toml").write_text("\n".join(parts), encoding="utf-8")


def counted(arguments: list[str]) -> int:
    """Run a command in this process, and print what it computed and cost."""
    from loopnote import cli
    from loopnote.services import reports

    composing: Any = reports
    counts: Counter[str] = Counter()
    composing.weekly_report = _counting(counts, "reports", composing.weekly_report)
    composing.load_inputs = _counting(counts, "inputs", composing.load_inputs)
    _count_statements(counts)
    code = cli.main(arguments)
    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    facts = {
        **{name: counts[name] for name in ("reports", "inputs", "statements")},
        "cpu_s": round(own.ru_utime + own.ru_stime, 2),
        "cpu_children_s": round(children.ru_utime + children.ru_stime, 2),
        "peak_mb": peak_mb(),
    }
    print(json.dumps(facts), file=sys.stderr)
    return code


def _counting(counts: Counter[str], name: str, function: Any) -> Any:
    def call(*values: Any, **named: Any) -> Any:
        counts[name] += 1
        return function(*values, **named)

    return call


def _count_statements(counts: Counter[str]) -> None:
    """Count what either way to SQLite is asked in this process."""
    connect = sqlite3.connect

    def counting(*values: Any, **named: Any) -> sqlite3.Connection:
        connection = connect(*values, **named)
        connection.set_trace_callback(lambda _statement: counts.update(("statements",)))
        return connection

    sqlite3.connect = sqlite3.dbapi2.connect = counting  # type: ignore[assignment]


class Morning:
    """A workspace with a mail server, and the commands that are run in it."""

    def __init__(self, folder: Path, pyc: Path) -> None:
        from fakes.smtp import MailHost, MailHostRunning

        self.folder, self._pyc = folder, pyc
        self.host = MailHost()
        self.server = MailHostRunning(self.host)

    def run(self, what: str, now: str, *arguments: str) -> None:
        """Run a command at an instant, and print what it cost beside what the server took."""
        taken, sessions = len(self.host.bodies), self.host.sessions
        told = self._run(now, "bench.monday", "counted", *arguments)
        facts = json.loads(told.stderr.splitlines()[-1])
        mails = [one.address for one in self.host.bodies[taken:]]
        doubled = len(mails) - len(set(mails))
        order = "in order" if mails == sorted(mails) else "not in order"
        print(
            f"  {what:20} {facts}\n  {'':20} {len(mails)} mails ({doubled} doubled, {order}),"
            f" {self.host.sessions - sessions} sessions, code {told.returncode}",
            flush=True,
        )

    def prepare(self) -> None:
        """Read the logs a day before, and compile what a run loads."""
        for arguments in (("sync",), ("report", "--team", "team 000", "--out", "warm"), ("run",)):
            told = self._run(SUNDAY, "loopnote", *arguments)
            if told.returncode > 1:
                raise SystemExit(f"{arguments}: {told.stdout}{told.stderr}")

    def _run(self, now: str, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=self.folder,
            env=as_installed(self._pyc) | {"LOOPNOTE_NOW": now, "LOOPNOTE_LANG": "en"},
            capture_output=True,
            text=True,
            check=False,
        )


def measure(folder: Path, teams: int, leaders: int, *, rows: int, own: bool) -> None:
    """Measure one Monday: the run that sends, and the next one."""
    where = folder / ("own" if own else "leaders")
    where.mkdir()
    write_logs(where, teams, rows)
    morning = Morning(where, folder / "pyc")
    with morning.server as server:
        write_settings(where, teams, leaders, port=server.port, own=own)
        morning.prepare()
        readers = f"{leaders} leaders" + (f" and {teams} readers of one team" if own else "")
        print(f"{teams} teams of {rows} notes, {readers}", flush=True)
        morning.run("Monday", MONDAY, "run")
        morning.run("ten minutes later", LATER, "run")


def main(arguments: list[str]) -> int:
    """Measure both Mondays, or run one command in this process and count."""
    if arguments[:1] == ["counted"]:
        return counted(arguments[1:])
    teams, leaders, rows = (*map(int, arguments), *(300, 60, 80)[len(arguments) :])
    sys.path.insert(0, str(ROOT / "tests"))
    with tempfile.TemporaryDirectory() as folder:
        for own in (False, True):
            measure(Path(folder), teams, leaders, rows=rows, own=own)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
