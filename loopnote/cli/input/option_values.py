"""Parses values of command-line options."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast, get_args

from notes.messages.catalogue import language_named
from notes.model.errors import ConfigError
from notes.model.notes import Kind, Language, Outcome
from notes.model.periods import Period, Week, parse_period

FIRST_YEAR, LAST_YEAR = 1990, 2200
"""The years that a source's `year` takes (loopnote.config.model)."""

if TYPE_CHECKING:
    from loopnote.workers.decisions.jobs import JobKind


def period_of(text: str) -> Period:
    """Read a week or month.

    Raises:
        ConfigError: it is neither.
    """
    try:
        return parse_period(text)
    except ValueError as error:
        raise ConfigError(
            str(error), hint="write a week as 2026-W47 or a month as 2026-11"
        ) from error


def instant_of(text: str) -> datetime:
    """Read an instant; without a zone it is UTC.

    Raises:
        ConfigError: it is none.
    """
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise ConfigError(
            f"{text!r} is not a date and time", hint="write it as 2026-11-23T08:00:00+09:00"
        ) from error
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def is_year(text: str) -> bool:
    """Tell whether a text is a year that a log may be from.

    >>> is_year("2026"), is_year("26")
    (True, False)
    """
    return len(text) == 4 and text.isdecimal() and FIRST_YEAR <= int(text) <= LAST_YEAR


def year_of(text: str) -> int | None:
    """Read a year; None for "".

    Raises:
        ConfigError: it is none.
    """
    if text and not is_year(text):
        raise ConfigError(f"{text!r} is no year", hint="write it like 2026")
    return int(text) if text else None


def language_of(text: str) -> Language | None:
    """Read a language; None for "".

    Raises:
        ConfigError: loopnote does not speak it.
    """
    return language_named(text) if text else None


def kind_of(text: str) -> Kind:
    """Read a kind of note.

    Raises:
        ConfigError: it is none.
    """
    for kind in get_args(Kind):
        if kind == text:
            return cast(Kind, kind)
    raise ConfigError(f"{text!r} is not a kind of note", hint=f"one of {', '.join(get_args(Kind))}")


def address_of(text: str) -> str:
    """Read a mail address.

    Raises:
        ConfigError: it is none.
    """
    from notes.model.mail_addresses import address_error

    fault = address_error(text)
    if fault:
        raise ConfigError(
            f"{text!r} is no mail address: {fault}", hint="write it like you@example.com"
        )
    return text


def week_of(text: str) -> Week | None:
    """Read a week; None for "".

    Raises:
        ConfigError: it is none.
    """
    period = period_of(text) if text else None
    if period is None or isinstance(period, Week):
        return period
    raise ConfigError(f"{text} is a month", hint="write a week, such as 2026-W47")


def outcome_of(text: str) -> Outcome | None:
    """Read an outcome; None for "".

    Raises:
        ConfigError: it is none.
    """
    for outcome in get_args(Outcome):
        if outcome == text:
            return cast(Outcome, outcome)
    if text:
        raise ConfigError(
            f"{text!r} is not an outcome", hint=f"one of {', '.join(get_args(Outcome))}"
        )
    return None


def job_kinds(text: str) -> "tuple[JobKind, ...]":
    """Read a kind of job; all kinds for "".

    Raises:
        ConfigError: it is none.
    """
    from loopnote.workers.decisions.jobs import KINDS

    found = tuple(kind for kind in KINDS if text in {"", kind})
    if not found:
        raise ConfigError(f"{text!r} is not a kind of job", hint=f"one of {', '.join(KINDS)}")
    return found
