"""Grades a column's role: certain, likely or open (reading rules, "Certain or open").

certain   the header, a label, the configuration or a Notion type says it, or its cells prove it
likely    a text field alone: the header says little, and the sentences agree on what they are
open      anything else: no field is filled, the text stays with the note, the team is asked
"""

from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Literal

from notes.system.compiled_tables import kept_pattern
from sync.parsing.cells.date_grammar.week_cells import week_number
from sync.parsing.cells.text import fold
from sync.parsing.profiles.column_profile import ColumnProfile, Sort
from sync.parsing.vocabulary.header_phrases import EXACT, HINTED, KNOWN, SAID

from .roles import ROLES

Grade = Literal["certain", "likely"]

TEXT_FIELDS = frozenset({
    "goal", "hypothesis", "if", "then", "because", "expected", "execution", "result",
    "retrospective",
    "success_factors", "failure_factors", "learned", "next_action", "next_keep", "next_stop",
    "next_start",
})  # fmt: skip
_TEXTS = TEXT_FIELDS | {"title", "problem", "note"}
_VOICED = frozenset({"goal", "hypothesis", "execution", "retrospective", "learned", "next_action"})
"""The fields whose sentences `sentences.toml` knows: no other may be likely by its sentences
alone."""

_BEFOREHAND = frozenset({"goal", "hypothesis"})
"""What stands before a trial: no header of verdicts ("Outcome in words") means it."""

_DAYS: tuple[Sort, ...] = (
    "number",
    "key",
    "tick",
    "status",
    "name",
    "short",
    "text",
    "change",
    "unit",
    "step",
    "link",
)
_NO_PERSON: tuple[Sort, ...] = ("number", "date", "week", "change", "tick", "link")
_NO_NUMBER: tuple[Sort, ...] = (
    "text",
    "short",
    "name",
    "date",
    "week",
    "tick",
    "link",
    "status",
    "step",
)
_NO_UNIT: tuple[Sort, ...] = ("number", "date", "week", "change", "tick", "link", "text")
_NO_TEXT: tuple[Sort, ...] = ("date", "week", "number", "tick", "link", "key")
_NO_VERDICT: tuple[Sort, ...] = ("number", "date", "week", "change", "link")
_IMPOSSIBLE: dict[str, tuple[Sort, ...]] = {
    **dict.fromkeys(("date", "start_date", "end_date", "due", "week", "logged"), _DAYS),
    **dict.fromkeys(("owners", "people", "author"), _NO_PERSON),
    **dict.fromkeys(("before", "after", "target"), _NO_NUMBER),
    "unit": _NO_UNIT,
    **dict.fromkeys(("outcome", "status", "winner"), _NO_VERDICT),
    **dict.fromkeys(TEXT_FIELDS - {"expected"}, _NO_TEXT),
}
"""Sorts of cells of which a role can make nothing."""
_SCALE = frozenset(
    {"low", "medium", "high", "weak", "moderate", "strong", "minor", "major", "critical"}
    | {"상", "중", "하", "높음", "보통", "낮음", "약함", "강함", "약", "강"}
)
"""Words of a degree, which tell nothing under a header of texts."""
_DAY_OF_MONTH = kept_pattern(r"\d{1,2}\s?(?:(?:일|st|nd|rd|th)\b|\([월화수목금토일]\)).*")
_WEEK_NUMBER = kept_pattern(r"\D{0,6}(\d{1,2})(?:\.0)?\s?(?:주차?|회차?)?")
_WEEKS = 53
"""The last week that a year can have."""

_FAINT = 0.3
"""Likeness from which a header supports what the sentences sound like; judgement: less is chance
overlap."""
_AGREED = 0.5
"""Mean probability of a field from which sentences agree on it; see `_AHEAD`."""
_AHEAD = 0.15
"""Sentences agree on a field where their mean probability is a half and this much ahead of every
other field: in the corpus (`python -m bench.corpus.run --all`) nine of ten columns beyond it are
of that field, below it six of ten."""
_SEVERAL = 3
"""Sentences from which they can agree on a field: one or two say nothing of a column."""
_PROVEN = 0.7
"""Share of cells of one sort from which the cells prove or contradict a meaning; judgement."""
_VERDICTS = 0.8
"""Share of verdicts from which a column is the outcome, whatever its header; judgement: above
`_PROVEN`, because the header disagrees."""
_MOSTLY = 0.5
"""Share of texts from which an open column tells something; judgement: a majority."""
_SHARED = 0.9
"""Share of different texts up to which an unknown header may be that of goals; judgement: goals are
shared by trials, and what is told once a row may be deeds that sound like aims."""
_FITS = 0.3
"""Score per cell (`roles`) from which cells are of the sorts that a role wants; judgement."""


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """A role that a column may have, with its score, the reason, and the grade."""

    role: str
    score: float
    reason: str
    grade: Grade = "certain"


@dataclass(frozen=True, slots=True)
class ColumnMeaning:
    """A column and its meaning.

    The role, why, how sure (0 to 1, for people), and the grade that decides.
    """

    role: str
    reason: str
    confidence: float
    profile: ColumnProfile
    grade: Grade = "certain"


@dataclass(frozen=True, slots=True)
class Open:
    """A column whose meaning is a question: what it may be, best first.

    Its cells stay with the note, unread.
    """

    reason: str
    profile: ColumnProfile
    candidates: tuple[str, ...] = ()

    @property
    def tells(self) -> bool:
        """Return whether most of its cells are texts, which nobody reads while it is open."""
        return self.profile.share("text", "short") >= _MOSTLY

    @property
    def role(self) -> str:
        """Return no role: nothing is read from the column."""
        return ""

    @property
    def confidence(self) -> float:
        """Return no confidence."""
        return 0.0


Meaning = ColumnMeaning | Open


def grade_of(
    role: str, nearness: Mapping[str, float], found: ColumnProfile, *, typed: bool
) -> Grade | None:
    """Return how sure a column would be of a role, None where it may not have it.

    `nearness` is how near the header comes to each role; `typed`: the Notion type allows the role.
    """
    near = nearness.get(role, 0.0)
    if contradicted(role, found):
        return None
    others = [other for other, value in nearness.items() if value >= EXACT and other != role]
    if near >= EXACT or (near >= SAID and not others):
        return "certain"
    if role in TEXT_FIELDS:
        return _text_grade(role, near, found, nearness=nearness, others=others)
    if proved(role, found) or (
        typed and (near >= HINTED or role not in ("owners", "people", "outcome", "status"))
    ):
        return "certain"
    if (
        near >= HINTED
        and fits(role, found)
        and (not others or (role == "title" and _all_texts(others)))
    ):
        return "certain"
    return None


def _text_grade(
    role: str,
    near: float,
    found: ColumnProfile,
    *,
    nearness: Mapping[str, float],
    others: list[str],
) -> Grade | None:
    if others and not _all_texts(others):
        return "likely" if agreed(role, found) else None
    told = [value for other, value in nearness.items() if other in TEXT_FIELDS and other != role]
    nearest = max(told, default=0.0)
    hinted = nearest >= KNOWN
    if near >= HINTED and not (near < KNOWN and (hinted or _sounds_otherwise(role, found))):
        if near < KNOWN:
            return "likely"
        return "certain" if not others else "likely" if agreed(role, found) else None
    if role in _BEFOREHAND and nearness.get("outcome", 0.0) >= KNOWN:
        return None
    faint = near >= _FAINT and nearest < SAID  # "Result A" is no key result
    if faint and found.sounds(role) >= _AGREED - _AHEAD and role == _voice(found):
        return "likely"
    agrees = not hinted and agreed(role, found)
    return "likely" if agrees and (role != "goal" or found.distinct <= _SHARED) else None


def _voice(found: ColumnProfile) -> str:
    return max(found.voice, key=itemgetter(1))[0] if found.voice else ""


def _sounds_otherwise(role: str, found: ColumnProfile) -> bool:
    return (
        agreed(_voice(found), found)
        and found.sounds(_voice(found)) - found.sounds(role) >= 2 * _AHEAD
    )


def _all_texts(roles: list[str]) -> bool:
    return all(role in _TEXTS for role in roles)


def agreed(role: str, found: ColumnProfile) -> bool:
    """Return whether a column's cells are sentences that agree on this field."""
    if role not in _VOICED or found.share("text", "short") < _PROVEN or found.length < 12:
        return False
    if found.size < _SEVERAL:
        return False
    mine = found.sounds(role)
    other = max((value for name, value in found.voice if name != role), default=0.0)
    return (mine >= _AGREED and mine - other >= _AHEAD) or (
        mine >= _AGREED - 0.1 and mine >= 2 * other
    )


def proved(role: str, found: ColumnProfile) -> bool:
    """Return whether the cells alone prove a meaning, whatever the header says.

    Days, weeks, changes, verdicts, links.
    """
    if role in ("date", "week", "metric", "url"):
        sort = {"date": "date", "week": "week", "metric": "change", "url": "link"}[role]
        return found.share(sort) >= _PROVEN  # type: ignore[arg-type]
    return role == "outcome" and found.verdicts >= _VERDICTS and found.size > 1


def contradicted(role: str, found: ColumnProfile) -> bool:
    """Return whether nearly all cells are of sorts that the role cannot have.

    "Week" over 1.1 and 5.2, "window" over 0.
    """
    sorts = _IMPOSSIBLE.get(role)
    if role in TEXT_FIELDS and found.size and all(fold(text) in _SCALE for text in found.samples):
        return True  # "Strength" over weak and strong is a degree
    if not found.size or found.serial or sorts is None or found.share(*sorts) < _VERDICTS:
        return False
    readable = _is_week_number if role == "week" else _DAY_OF_MONTH.fullmatch
    return not (sorts is _DAYS and all(map(readable, found.samples)))


def _is_week_number(sample: str) -> bool:
    found = _WEEK_NUMBER.fullmatch(sample)
    return bool(week_number(sample)) or (found is not None and int(found[1]) <= _WEEKS)


def fits(role: str, found: ColumnProfile) -> bool:
    """Return whether the cells are of the sorts that the role wants; an empty column fits all."""
    if not found.size:
        return True
    kind = ROLES[role]
    sorts = sum(kind.cells.get(sort, 0.0) * share for sort, share in found.shares)
    return sorts >= _FITS or found.serial
