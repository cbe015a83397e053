"""What the archive's search page reads: every note's text in volumes, one small script a team and stretch of time.

The page folds the text and scans it (`templates/archive/search.js`, ADR 0901), so a volume holds what a person reads,
nothing twice. A volume's name depends on its team and days only: a note that changes rewrites one file and the index.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby

from loopnote.notes import Note, StoredNote
from loopnote.store.findable import day_of, folded, marks_of, texts_of
from reports.page.safe import clean, safe_url, shortened

FOLDER = "search"
"""Where the data lie, beside the search page."""

_FULL = 600
_STRETCHES = (4, 7, 9, 10)
"""How much of a day names a volume: a year, month, ten days or day, the longest that holds at most `_FULL` notes."""
_UNDATED = (4, 6, 7, 8)
"""As much of "0000-" and an id for notes without a day: sixteen volumes, then 256."""
_UNSAFE = re.compile("[<\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Card:
    """A note as the search page knows it; texts are clean and on one line.

    `page` is the address of the note's own page, seen from the search page; `marks` are the conditions it meets, a
    letter and a value each, with a tab around each; `people` and `tags` are as the note spells them.
    """

    team: str
    day: str
    id: str
    page: str
    title: str
    when: str
    who: str
    url: str
    marks: str
    text: str
    people: tuple[str, ...]
    tags: tuple[str, ...]

    @property
    def shelf(self) -> str:
        """Where it stands in time; without a day by its id, which never changes."""
        return self.day or f"0000-{self.id}"


@dataclass(frozen=True, slots=True)
class Volume:
    """The notes of a team in a stretch of time, newest first."""

    name: str
    cards: Sequence[Card]


def card(found: StoredNote, page: str) -> Card:
    """Return what the search needs of a note."""
    note = found.note
    return Card(
        team=found.team,
        day=day_of(found),
        id=found.id,
        page=page,
        title=shortened(_headline(note), 160),
        when=note.start_date.isoformat() if note.start_date else _line(note.week),
        who=", ".join(_line(name) for name in note.owners),
        url=safe_url(note.url),
        marks=_marks(found),
        text="\t".join(line for line in map(_line, texts_of(found)) if line),
        people=(*note.owners, *note.people),
        tags=note.tags,
    )


def _headline(note: Note) -> str:
    texts = (note.title, note.execution, note.hypothesis, note.goal, note.learned, note.retrospective, note.next_action)
    return next((text for text in texts if text.strip()), f"({note.kind})")


def _line(text: str) -> str:
    return unicodedata.normalize("NFC", clean(text))


def _marks(found: StoredNote) -> str:
    met = {kind[0] + _line(value) for kind, value in marks_of(found) if kind != "team"} | {"k" + found.note.kind}
    return "".join(f"\t{mark}" for mark in sorted(met)) + "\t"


def search_files(cards: Iterable[Card]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the search, as (name below the archive, content): the volumes, then their index."""
    every = list(cards)
    listed = []
    for volume in volumes(every):
        content = volume_file(volume)
        listed.append((volume, blake2b(content, digest_size=6).hexdigest()))
        yield f"{FOLDER}/{volume.name}.js", content
    yield f"{FOLDER}/index.js", _script("index", _index(listed, every))


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


def volume_file(volume: Volume) -> bytes:
    """Return the script of one volume: its notes column by column."""
    cards = volume.cards
    columns = {
        "name": volume.name,
        "day": [each.day for each in cards],
        "page": [each.page for each in cards],
        "title": [each.title for each in cards],
        "when": [each.when for each in cards],
        "who": [each.who for each in cards],
        "url": [each.url for each in cards],
        "marks": [each.marks for each in cards],
        "text": "\n".join(each.text for each in cards),
    }
    return _script("volume", columns)


def _index(listed: Sequence[tuple[Volume, str]], cards: Sequence[Card]) -> dict[str, object]:
    teams = sorted({each.team for each in cards})
    met = {mark for each in cards for mark in each.marks.split("\t") if mark[:1] in {"w", "o", "k"}}
    return {
        "volumes": [
            [volume.name, digest, len(volume.cards), teams.index(volume.cards[0].team)] for volume, digest in listed
        ],
        "teams": [_line(team) for team in teams],
        "people": _spellings(name for each in cards for name in each.people),
        "tags": _spellings(tag for each in cards for tag in each.tags),
        "weeks": sorted((mark[1:] for mark in met if mark[0] == "w"), reverse=True),
        "outcomes": sorted(mark[1:] for mark in met if mark[0] == "o"),
        "kinds": sorted(mark[1:] for mark in met if mark[0] == "k"),
    }


def _spellings(values: Iterable[str]) -> list[tuple[str, str]]:
    """Return each value as it is compared and as it is mostly written, in the order of the latter."""
    counts = Counter(values)
    best = {_line(folded(value)): _line(value) for value in sorted(counts, key=lambda value: (counts[value], value))}
    return sorted(((key, shown) for key, shown in best.items() if key), key=lambda pair: (pair[1], pair[0]))


def _script(call: str, value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"loopnote.{call}({_UNSAFE.sub(_escaped, text)});\n".encode()


def _escaped(match: re.Match[str]) -> str:
    """Return what must not stand bare in a script: `</script>`, a line separator, half of a surrogate pair."""
    return f"\\u{ord(match[0]):04x}" if match[0] < "\ud800" or match[0] > "\udfff" else "\ufffd"
