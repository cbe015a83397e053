"""What the archive's search page reads: every note's text in volumes, one small script a team and stretch of time.

The page folds the text and scans it (`templates/archive/search.js`, ADR 0901), so a volume holds what a person reads,
nothing twice. A volume's name depends on its team and days only: a note that changes rewrites one file and the index.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby

from loopnote.notes import Language, Note, StoredNote
from loopnote.store.findable import day_of, days_of, folded, marks_of, texts_of
from loopnote.weeks import Month, Period, Week, parse_period
from reports.page.safe import clean, safe_url

FOLDER = "search"
"""Where the data lie, beside the search page."""

_FULL = 600
_STRETCHES = (4, 7, 9, 10, 12, 13)
"""How much of "2026-11-03-" and an id names a volume: the least that holds at most `_FULL` notes, so that it is a year,
month, ten days, a day, or part of one."""
_UNDATED = (4, 6, 7, 8)
"""As much of "0000-" and an id for notes without a day: one volume, sixteen, 256."""
_UNSAFE = re.compile("[<\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Card:
    """A note as the search page knows it; texts are clean and on one line.

    `page` is the address of the note's own page, seen from the search page; `facts` is the line below its title;
    `marks` are the conditions it meets, a letter and a value each, with a tab around each; `people` and `tags` are as
    the note spells them.
    """

    team: str
    day: str
    id: str
    page: str
    title: str
    facts: str
    url: str
    marks: str
    text: str
    people: tuple[str, ...]
    tags: tuple[str, ...]

    @property
    def shelf(self) -> str:
        """Where it stands in time, and among the notes of a day by its id, which never changes."""
        return f"{self.day or '0000'}-{self.id}"


@dataclass(frozen=True, slots=True)
class Volume:
    """The notes of a team in a stretch of time, newest first."""

    name: str
    cards: Sequence[Card]


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of the archive's language for what a search can be narrowed down to."""

    outcomes: Mapping[str, str]
    kinds: Mapping[str, str]
    period: Callable[[Period], str]
    languages: Mapping[str, Language]
    """The language that each team writes in."""


def card(found: StoredNote, *, page: str, title: str, facts: str) -> Card:
    """Return what the search needs of a note; its title and facts are as the archive's lists show them."""
    note = found.note
    return Card(
        team=found.team,
        day=day_of(found),
        id=found.id,
        page=page,
        title=_line(title),
        facts=_line(facts),
        url=safe_url(note.url),
        marks=_marks(found),
        text="\t".join(line for line in map(_line, texts_of(found)) if line),
        people=(*note.owners, *note.people),
        tags=note.tags,
    )


def _line(text: str) -> str:
    return unicodedata.normalize("NFC", clean(text))


def _marks(found: StoredNote) -> str:
    met = {kind[0] + _line(value) for kind, value in marks_of(found) if kind != "team"}
    met |= {f"w{month}" for month in _months(found.note)} | {"k" + found.note.kind}
    return "".join(f"\t{mark}" for mark in sorted(met)) + "\t"


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


def search_files(cards: Iterable[Card], labels: Labels) -> Iterator[tuple[str, str]]:
    """Yield the files of the search, as (path in the archive, text): the volumes, then their index."""
    every = list(cards)
    listed = []
    for volume in volumes(every):
        text = volume_file(volume, labels)
        listed.append((volume.name, blake2b(text.encode(), digest_size=6).hexdigest()))
        yield f"{FOLDER}/{volume.name}.js", text
    yield f"{FOLDER}/index.js", _script("index", {"volumes": listed, "options": _options(every, labels)})


def volumes(cards: Iterable[Card]) -> list[Volume]:
    """Return the cards in volumes, the one with the newest note first."""
    made = [
        Volume(f"{_team_slug(team)}-{stretch}", list(reversed(part)))
        for team, own in groupby(
            sorted(cards, key=lambda each: (each.team, each.shelf, each.id)), lambda each: each.team
        )
        for dated, shelf in groupby(own, lambda each: bool(each.day))
        for stretch, part in _stretches(list(shelf), _STRETCHES if dated else _UNDATED)
    ]
    return sorted(made, key=lambda volume: (volume.cards[0].day, volume.name), reverse=True)


def _stretches(shelf: list[Card], lengths: Sequence[int]) -> Iterator[tuple[str, list[Card]]]:
    for name, part in groupby(shelf, key=lambda each: each.shelf[: lengths[0]]):
        found = list(part)
        if len(found) > _FULL and len(lengths) > 1:
            yield from _stretches(found, lengths[1:])
        else:
            yield name, found


def _team_slug(team: str) -> str:
    return blake2b(team.encode(errors="replace"), digest_size=4).hexdigest()


def volume_file(volume: Volume, labels: Labels) -> str:
    """Return the script of one volume: its notes column by column."""
    cards = volume.cards
    team = cards[0].team
    columns = {
        "name": volume.name,
        "team": _line(team),
        "language": labels.languages.get(team, ""),
        "day": [each.day for each in cards],
        "page": [each.page for each in cards],
        "title": [each.title for each in cards],
        "facts": [each.facts for each in cards],
        "url": [each.url for each in cards],
        "marks": [each.marks for each in cards],
        "text": "\n".join(each.text for each in cards),
    }
    return _script("volume", columns)


def _options(cards: Sequence[Card], labels: Labels) -> dict[str, list[tuple[str, str]]]:
    """Return what each condition can be, as (value, text)."""
    marks = {mark for each in cards for mark in each.marks.split("\t") if mark}
    teams = sorted({_line(each.team) for each in cards})
    periods = sorted({mark[1:] for mark in marks if mark[0] == "w"}, reverse=True)
    months, weeks = (
        [each for each in periods if isinstance(_period(each), Month) is wanted] for wanted in (True, False)
    )
    return {
        "team": [(team, team) for team in teams],
        "when": [(each, labels.period(known) if (known := _period(each)) else each) for each in (*months, *weeks)],
        "person": _spellings(name for each in cards for name in each.people),
        "outcome": [(each, text) for each, text in labels.outcomes.items() if f"o{each}" in marks],
        "tag": _spellings(tag for each in cards for tag in each.tags),
        "kind": [(each, text) for each, text in labels.kinds.items() if f"k{each}" in marks],
    }


def _spellings(values: Iterable[str]) -> list[tuple[str, str]]:
    """Return each value as it is compared and as it is mostly written, in the order of the latter."""
    counts = Counter(values)
    best = {_line(folded(value)): _line(value) for value in sorted(counts, key=lambda value: (counts[value], value))}
    return sorted(((key, shown) for key, shown in best.items() if key), key=lambda pair: (pair[1], pair[0]))


def _script(call: str, value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"loopnote.{call}({_UNSAFE.sub(_escaped, text)});\n"


def _escaped(match: re.Match[str]) -> str:
    """Return what must not stand bare in a script: `</script>`, a line separator, half of a surrogate pair."""
    return f"\\u{ord(match[0]):04x}" if match[0] < "\ud800" or match[0] > "\udfff" else "\ufffd"
