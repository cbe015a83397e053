"""The commands printed as next steps about a report: from its key, with its week and its team.

Without them `send` would take the last complete week and every team of the reader: a mail that is
in doubt stays in doubt, and those that arrived go out a second time.
"""

import re
import shlex

from notes.model.deliveries import ALL_TEAMS
from notes.model.report_keys import ReportKey

_UNSAFE = re.compile(r"""["$`\\!]""")
"""Signs that a shell reads inside double quotes: a name with one is not put into a printed
command."""


def quoted(name: str) -> str:
    """Return a name as an argument of a shell's command.

    Between double quotes, which every shell knows, unless it holds what means something there.

    >>> print(quoted("영업 일지"), quoted('a"b'))
    "영업 일지" 'a"b'
    """
    return shlex.quote(name) if _UNSAFE.search(name) else f'"{name}"'


def resend_step(report: str, address: str) -> str:
    """Return the command that sends a report to one reader again; the team's page for a preview.

    `report` is its label in the ledger, with or without its revision.

    >>> print(resend_step("영업/2026-W47/weekly/r1", "mina@example.org"))
    loopnote send --week 2026-W47 --team "영업" --resend mina@example.org
    """
    key = _key(report)
    if key.kind == "preview":
        return _preview(key)
    return f"{_send(key)} --resend {shlex.quote(address)}"


def send_step(report: str) -> str:
    """Return the command that sends a report to whoever has not got it; the page for a preview.

    >>> send_step("*/2026-11/monthly")
    'loopnote send --week 2026-11'
    """
    key = _key(report)
    return _preview(key) if key.kind == "preview" else _send(key)


def _key(report: str) -> ReportKey:
    return ReportKey.found_in(report) or ReportKey(report)


def _send(key: ReportKey) -> str:
    return f"loopnote send --week {key.period}{_team(key)}"


def _preview(key: ReportKey) -> str:
    return f"loopnote preview{_team(key)}"


def _team(key: ReportKey) -> str:
    return "" if key.scope == ALL_TEAMS else f" --team {quoted(key.scope)}"
