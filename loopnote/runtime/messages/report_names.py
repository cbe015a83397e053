"""What a report is called in a sentence: the ledger knows it by a key."""

from notes.messages.catalogue import shipped_messages
from notes.model.deliveries import ALL_TEAMS
from notes.model.notes import Language
from notes.model.report_keys import ReportKey


def report_name(key: str, language: Language) -> str:
    """Return a report's name in a language; what is no key of a report stays as it is.

    `key` is the report's label in the ledger, with or without its revision.

    >>> report_name("영업/2026-W47/weekly/r2", "en"), report_name("*/2026-11/monthly", "ko")
    ('영업 2026-W47 weekly report (correction 1)', '모든 팀 2026-11 월간 리포트')

    Raises: RenderError: loopnote does not speak that language.
    """
    found = ReportKey.found_in(key)
    if found is None:
        return key
    words = shipped_messages("loopnote.runtime.messages.terminal", language)
    team = scope_name(found.scope, language)
    name = words(f"report.{found.kind}", team=team, period=found.period)
    corrections = found.revision - 1
    return words("report.corrected", report=name, number=str(corrections)) if corrections else name


def scope_name(scope: str, language: Language) -> str:
    """Return whom a mail is about: a team by its name, or all teams of its reader.

    Raises: RenderError: loopnote does not speak that language.
    """
    words = shipped_messages("loopnote.runtime.messages.terminal", language)
    return words("report.all_teams") if scope == ALL_TEAMS else scope
