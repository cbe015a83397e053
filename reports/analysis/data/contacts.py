"""Who a log mentions, and when.

Names in columns and in texts, last contact, and who a People lever is about.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from notes.model.notes import Feedback, Note, PlanCard, StoredNote
from reports.analysis.text.quoting import comparison_key
from reports.analysis.text.vocabulary import words

from .period_membership import day_of
from .team_log import TeamLog, is_in_period, texts_of

_TITLED = re.compile(r"(?<![가-힣])([가-힣]{2,4})\s?(?:님|씨)")
_TITLE_END = re.compile(r"\s?(?:님|씨)$")


@dataclass(frozen=True, slots=True)
class Lever:
    """A People lever of a plan card: the person or role it is about, and its words."""

    person: str
    text: str
    plan: StoredNote


def plain_name(name: str) -> str:
    """Return a name without 님 or 씨."""
    return _TITLE_END.sub("", name.strip())


def is_mentioned(note: Note, name: str) -> bool:
    """Tell whether a note names a person or role, in a column or in a text."""
    wanted = comparison_key(plain_name(name))
    if not wanted:
        return False
    if any(comparison_key(plain_name(other)) == wanted for other in (*note.people, *note.owners)):
        return True
    return wanted in comparison_key(
        " ".join((*texts_of(note), note.success_factors, note.applied_to, _details(note)))
    )


def last_contact(name: str, log: TeamLog) -> date | None:
    """Return the last day up to the period's end on which a note, an action or a feedback names the person."""
    records = (*log.notes, *log.kind("action"), *log.kind("feedback"))
    days = [day_of(stored, log.zone) for stored in records if is_mentioned(stored.note, name)]
    return max((min(day, log.period.last) for day in days), default=None)


def is_mentioned_in_period(name: str, log: TeamLog) -> bool:
    """Tell whether a note, an action or a feedback of the period names the person."""
    others = (*log.kind("action"), *log.kind("feedback"))
    here = (
        *log.period_notes,
        *(stored for stored in others if is_in_period(stored, log.period, log.zone)),
    )
    return any(is_mentioned(stored.note, name) for stored in here)


def levers(plans: Iterable[StoredNote], log: TeamLog) -> list[Lever]:
    """Return the People levers of plan cards, one for each person they are about."""
    found = []
    for stored in plans:
        details = stored.note.details
        quoted = map(log.deed, details.people) if isinstance(details, PlanCard) else ()
        for text in filter(None, quoted):  # a lever that blames is no lever
            found += [Lever(person, text, stored) for person in people_of(text, log)]
    return found


def people_of(text: str, log: TeamLog) -> list[str]:
    """Return the people a lever is about.

    Known names, names with 님, else the words that stand where a person does.
    """
    known = [name for name in _known(log) if comparison_key(name) in comparison_key(text)]
    known = [
        name
        for name in known
        if not any(
            name != other and comparison_key(name) in comparison_key(other) for other in known
        )
    ]
    titled = [found[1] for found in _TITLED.finditer(text)]
    named = list(
        dict.fromkeys((*known, *(name for name in titled if not any(name in one for one in known))))
    )
    return named or [_phrase(text)]


def _known(log: TeamLog) -> list[str]:
    people = {
        plain_name(name)
        for stored in log.notes
        for name in (*stored.note.people, *stored.note.owners)
    }
    return sorted(
        people | {person.name for person in log.team.key_people},
        key=lambda name: (-len(name), name),
    )


def _phrase(text: str) -> str:
    """Return the words of a lever up to where its person or role must end, all of it when nothing tells."""
    line = " ".join(text.split())
    for start in words("lever_start"):
        if line.lower().startswith(f"{start} "):
            line = line[len(start) :].strip()
            break
    ends = [at for mark in words("lever_end") if (at := line.find(mark)) > 0]
    return line[: min(ends)].strip() if ends else line


def _details(note: Note) -> str:
    details = note.details
    if isinstance(details, Feedback):
        return f"{details.text} {details.giver} {details.receiver}"
    return details.text if details is not None and hasattr(details, "text") else ""
