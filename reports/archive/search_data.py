"""Data of the archive's search: every note's text in volumes, a script for each stretch of time.

    notes ─► SearchEntry (small, of all notes at once) ─► volumes ─► one script each, from its notes
                                                              └─► index: volumes, conditions

The page scans the text (`templates/archive/search.js`, ADR 0903), so a volume holds what a person
reads, nothing twice. A volume's name depends on its team and days only: a note that changes
rewrites one file and the index.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby

from notes.model.notes import Language, Note, StoredNote
from notes.model.periods import Month, Period, Week, parse_period
from notes.store.search.fields import (
    day_of,
    days_of,
    fold_value,
    search_conditions,
    searchable_texts,
)
from reports.page.safe import clean, safe_url

_FULL = 600
"""Notes of one volume: judgement; below it a script loads at once on a phone."""
_STRETCHES = (4, 7, 9, 10, 12, 13)
"""Characters of "2026-11-03-" and an id that name a volume.

The fewest are taken that give at most `_FULL` notes: a year, month, ten days, a day, or part of
one.
"""
_UNDATED = (4, 6, 7, 8)
"""As `_STRETCHES` for "0000-" and an id of notes without a day: one volume, 16, or 256."""
_UNSAFE = re.compile("[<\u2028\u2029\ud800-\udfff]")
"""What ends a script or a line of one, and half surrogates, which UTF-8 cannot hold."""


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """What is kept in memory of each living note.

    `day` orders the notes, "" without one. `marks` are the conditions that the note meets, a letter
    and a value each, with a tab related each; `people` and `tags` are as the note spells them.
    """

    id: str
    team: str
    day: str
    marks: str
    people: tuple[str, ...]
    tags: tuple[str, ...]

    @property
    def volume_key(self) -> str:
        """Return the sort key in time, and among the notes of a day by id, which never changes."""
        return f"{self.day or '0000'}-{self.id}"


@dataclass(frozen=True, slots=True)
class SearchVolume:
    """The notes of a team in a stretch of time, newest first."""

    name: str
    notes: Sequence[SearchEntry]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A note as a search result: link to its page, title, the line below, and link to its place.

    `text` is everything by which it is found, the cells joined by tabs.
    """

    href: str
    title: str
    facts: str
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class SearchLabels:
    """Words of the archive's language for the conditions of a search."""

    outcomes: Mapping[str, str]
    kinds: Mapping[str, str]
    period: Callable[[Period], str]


def search_entry_of(found: StoredNote) -> SearchEntry:
    """Return what is kept in memory of a note."""
    note = found.note
    return SearchEntry(
        id=found.id,
        team=found.team,
        day=day_of(found),
        marks=_marks(found),
        people=(*note.owners, *note.people),
        tags=note.tags,
    )


def search_result_of(found: StoredNote, *, href: str, title: str, facts: str) -> SearchResult:
    """Return a note as a search result, titled as in the archive's lists."""
    text = "\t".join(line for line in map(_line, searchable_texts(found)) if line)
    return SearchResult(href, _line(title), _line(facts), safe_url(found.note.url), text)


def _line(text: str) -> str:
    return unicodedata.normalize("NFC", clean(text))


def _marks(found: StoredNote) -> str:
    similar_notes = {
        mark_of(kind, value) for kind, value in search_conditions(found) if kind != "team"
    }
    similar_notes |= {f"w{month}" for month in _months(found.note)} | {"k" + found.note.kind}
    return joined_marks(similar_notes)


def mark_of(kind: str, value: str) -> str:
    """Return the mark of a condition; `value` is folded (`fold_value`)."""
    return kind[0] + _line(value)


def joined_marks(marks: Iterable[str]) -> str:
    """Return marks as `SearchEntry.marks` holds them."""
    return "".join(f"\t{mark}" for mark in sorted(marks)) + "\t"


def _months(note: Note) -> set[str]:
    """Return the months of a note's days and of the week that it states."""
    days = days_of(note)
    week = _period(note.week)
    if isinstance(week, Week):
        days += [week.first, week.last]
    return {str(Month.containing(day)) for day in days}


def _period(text: str) -> Period | None:
    try:
        return parse_period(text)
    except ValueError:
        return None


def volumes(notes: Iterable[SearchEntry]) -> list[SearchVolume]:
    """Return the notes in volumes, the one with the newest note first."""
    in_order = sorted(notes, key=lambda each: (each.team, each.volume_key))
    made = [
        SearchVolume(f"{_team_slug(team)}-{stretch}", list(reversed(part)))
        for team, own in groupby(in_order, lambda each: each.team)
        for dated, entries in groupby(own, lambda each: bool(each.day))
        for stretch, part in _stretches(list(entries), _STRETCHES if dated else _UNDATED)
    ]
    return sorted(made, key=lambda volume: (volume.notes[0].day, volume.name), reverse=True)


def _stretches(
    entries: list[SearchEntry], lengths: Sequence[int]
) -> Iterator[tuple[str, list[SearchEntry]]]:
    for name, part in groupby(entries, key=lambda each: each.volume_key[: lengths[0]]):
        found = list(part)
        if len(found) > _FULL and len(lengths) > 1:
            yield from _stretches(found, lengths[1:])
        else:
            yield name, found


def _team_slug(team: str) -> str:
    return blake2b(team.encode(errors="replace"), digest_size=4).hexdigest()


def volume_script(
    volume: SearchVolume, cards: Mapping[str, SearchResult], language: Language
) -> str:
    """Return the script of one volume, its notes column by column.

    `cards` are by id, `language` is the team's.
    """
    notes = [(each, cards[each.id]) for each in volume.notes if each.id in cards]
    columns = {
        "name": volume.name,
        "team": _line(volume.notes[0].team),
        "language": language,
        "day": [each.day for each, _ in notes],
        "marks": [each.marks for each, _ in notes],
        "page": [shown.href for _, shown in notes],
        "title": [shown.title for _, shown in notes],
        "facts": [shown.facts for _, shown in notes],
        "url": [shown.url for _, shown in notes],
        "text": "\n".join(shown.text for _, shown in notes),
    }
    return _script("volume", columns)


def index_script(
    editions: Sequence[tuple[str, str]], notes: Sequence[SearchEntry], labels: SearchLabels
) -> str:
    """Return the script of the index; `editions` are (name, edition) of each volume in order."""
    return _script("index", {"volumes": editions, "options": options(notes, labels)})


def options(notes: Sequence[SearchEntry], labels: SearchLabels) -> dict[str, list[tuple[str, str]]]:
    """Return the choices of each condition as (value, text).

    Months and weeks latest first, the others by their text.
    """
    marks = {mark for each in notes for mark in each.marks.split("\t") if mark}
    teams = sorted({_line(each.team) for each in notes})
    periods = sorted({mark[1:] for mark in marks if mark[0] == "w"}, reverse=True)
    months = [each for each in periods if isinstance(_period(each), Month)]
    weeks = [each for each in periods if each not in months]
    return {
        "team": [(team, team) for team in teams],
        "when": [
            (each, labels.period(known) if (known := _period(each)) else each)
            for each in (*months, *weeks)
        ],
        "person": _spellings(name for each in notes for name in each.people),
        "outcome": [(each, text) for each, text in labels.outcomes.items() if f"o{each}" in marks],
        "tag": _spellings(tag for each in notes for tag in each.tags),
        "kind": [(each, text) for each, text in labels.kinds.items() if f"k{each}" in marks],
    }


def _spellings(values: Iterable[str]) -> list[tuple[str, str]]:
    """Return each value as compared with its most frequent spelling, sorted by spelling."""
    counts = Counter(values)
    best = {
        _line(fold_value(value)): _line(value)
        for value in sorted(counts, key=lambda value: (counts[value], value))
    }
    return sorted(
        ((key, shown) for key, shown in best.items() if key), key=lambda pair: (pair[1], pair[0])
    )


def _script(call: str, value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"loopnote.{call}({_UNSAFE.sub(_escaped, text)});\n"


def _escaped(match: re.Match[str]) -> str:
    """Return the text with what may not stand in a script escaped.

    `</script>`, line separators, half of a surrogate pair.
    """
    return f"\\u{ord(match[0]):04x}" if match[0] < "\ud800" or match[0] > "\udfff" else "\ufffd"
