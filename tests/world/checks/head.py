"""The head of a page: how many notes, nothing to tell, nobody could read."""

import re
from datetime import timedelta

from ..logs import last_day
from ..sentences import Said
from ..truth import Move
from .core import Reading, check, differs
from .figures import names_period

WEEK = timedelta(days=6)


@check("page.eyebrow")
def _eyebrow(at: Reading, said: Said) -> str | None:
    if not names_period(at, said.facts["period"]):
        return f"the period is {at.truth.week}"
    told = said.facts["days"]
    days = {int(n) for n in re.findall(r"(\d+)일|\b(\d+)\b", told) for n in n if n}
    last = last_day(at.truth.week)
    if not {at.truth.first.day, last.day} <= days:
        return f"the days are those of {at.truth.week}"
    counted = "일" in told  # of the week as it is counted; else of the last day, as in "3 Jan 2027"
    year = int(at.truth.week[:4]) if counted else last.year
    both = counted or at.truth.first.year == last.year or str(at.truth.first.year) in told
    if int(said.facts["year"]) != year or not both:
        return f"the year of {at.truth.week}"
    return differs(said, "n", {len(at.truth.here)}, "notes of the week")


@check("page.eyebrow_unread", "headline.unsure", "subject.unsure", "key.unknown_too")
def _unsure(at: Reading, said: Said) -> str | None:
    return "all was read, and every column has a known meaning" if _all_known(at) else None


def _all_known(at: Reading) -> bool:
    """Return whether nothing stays open: read, columns of known meaning, notes of known days."""
    data = at.truth.team.data
    return not (at.truth.unread or data.get("open") or data.get("undatable"))


@check("key.unread", "subject.unread")
def _unread(at: Reading, said: Said) -> str | None:
    return None if at.truth.unread else "the log was read"


@check("headline.unread", "headline.unread_since")
def _not_read(at: Reading, said: Said) -> str | None:
    return None if at.truth.unread and not at.truth.lost else "the log was read"


@check("key.undatable")
def _undatable(at: Reading, said: Said) -> str | None:
    """How many notes of a team have a day that cannot be read stands in its file (`undatable`)."""
    return differs(said, "n", {at.truth.team.data.get("undatable", 0)}, "notes without a read day")


@check("key.open_columns")
def _open_columns(at: Reading, said: Said) -> str | None:
    """How many columns of a team's files nobody can name stands in its own file (`open`)."""
    return differs(said, "n", {at.truth.team.data.get("open", 0)}, "columns of unknown meaning")


@check("headline.cannot_tell", "subject.cannot_tell", "business.unknown")
def _cannot_tell(at: Reading, said: Said) -> str | None:
    """A number without one before, or that its series had in another week, may have moved."""
    uncompared = any(
        n.metric and n.metric.get("before") is None and n.at("after", at.truth.day)
        for n in at.truth.executed
    )
    moves = filter(None, map(at.truth.move, at.truth.executed))
    unsure = uncompared or any(_of_another_week(at, move) for move in moves)
    if not unsure and (wrong := _unsure(at, said)):
        return wrong
    fair = {len(at.truth.executed), len(at.truth.here)}
    return differs(said, "n", fair, "notes or activities of the week")


def _of_another_week(at: Reading, move: Move) -> bool:
    told = at.truth.series(move.name)
    return told is not None and told != move.after


@check("headline.not_understood", "headline.not_understood_since")
def _not_understood(at: Reading, said: Said) -> str | None:
    if not at.truth.lost:
        return "the log can be understood"
    return _since(at, said, "since")


@check(
    "data.not_understood",
    "data.not_understood_bare",
    "data.not_understood_tabs",
    "data.not_understood_tabs_bare",
    "data.warn_not_understood",
    "data.warn_not_understood_bare",
)
def _scribbled(at: Reading, said: Said) -> str | None:
    if not at.truth.scribbled():
        return "every tab can be understood"
    named = set(re.findall(r"[‘“]([^’”]+)[’”]", said.text))
    if wrong := named - at.truth.unread_tabs():
        return f"nothing of {sorted(wrong)} is not understood"
    return _since(at, said, "day")


def _since(at: Reading, said: Said, name: str) -> str | None:
    """Check a day from which something is not understood, where one is named."""
    fair = {day.day for day in at.truth.scribbled()}
    shown = re.findall(r"(\d+)일|\b(\d+)\b", said.facts.get(name, ""))
    days = {int(n) for found in shown for n in found if n}
    return None if not days or days & fair else f"not understood since the {sorted(fair)}"


@check("headline.first_ever", "subject.first_ever_bare")
def _first(at: Reading, said: Said) -> str | None:
    return differs(said, "n", {len(at.truth.known), len(at.truth.here)}, "notes read")


@check("subject.first_ever")
def _first_number(at: Reading, said: Said) -> str | None:
    first = min(min(note.typed.values()) for note in at.truth.team.notes)
    return None if first >= at.truth.first - WEEK else f"the log began on {first}"


@check("headline.empty", "key.business_empty", "business.empty", "subject.empty")
def _empty(at: Reading, said: Said) -> str | None:
    if at.truth.unread:
        return "nobody could read that week: unknown is not none"
    return f"{len(at.truth.executed)} activities are written" if at.truth.executed else None


@check("key.business_unsaid")
def _unsaid(at: Reading, said: Said) -> str | None:
    if at.truth.executed:
        return f"{len(at.truth.executed)} activities are written"
    return differs(said, "n", {len(at.truth.here)}, "notes of the week")


@check("headline.too_few", "headline.too_few_moved", "subject.too_few")
def _few(at: Reading, said: Said) -> str | None:
    return differs(said, "n", {len(at.truth.here)}, "notes of the week")


@check("headline.nothing_moved", "subject.nothing_moved")
def _nothing(at: Reading, said: Said) -> str | None:
    moved = at.truth.bettered() + at.truth.worsened()
    return (
        f"moved: {', '.join(moved)}" if moved else differs(said, "n", {len(at.truth.here)}, "notes")
    )


@check("headline.undated", "data.undated", "subject.undated")
def _undated(at: Reading, said: Said) -> str | None:
    return differs(said, "n", {at.truth.undated}, "notes without a date")


@check("headline.signs")
def _signs(at: Reading, said: Said) -> str | None:
    return None if at.truth.bettered() else "no number moved the right way"
