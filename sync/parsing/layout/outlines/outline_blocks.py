"""Parts the lines of an outline into blocks: one trial below the other, each with its labels.

    ■ Coupon by text      ◄─ a block starts here: a title,
    Name: Ann
    Result: …
                          ◄─ below a blank line,
    Name: Ben             ◄─ or where the first label comes again
    Result: …

What starts the blocks is whatever explains all labels that come again; where nothing does, nobody
knows which line belongs to which trial (reading rules 3.4).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from notes.system.compiled_tables import kept_pattern
from sync.parsing.layout.line_kinds import strip_decoration

NUMBERED = kept_pattern(r"^\s*(?:\d{1,2}[.)]|[①-⑳]|[가-하]\.|[IVX]{1,4}\.)\s*")
"""The number before a heading: "1. …", "② …", "가. …"."""
_FEWEST_LABELS = 2
"""Labels from which lines are a block; judgement: one alone may be a heading that comes again."""
_FEWEST_BLOCKS = 2
"""One block parts nothing."""
_OPENING = frozenset(
    {
        "title", "key", "owners", "author", "people", "date", "logged", "week",
        "goal", "hypothesis", "problem", "execution",
    }
)  # fmt: skip
"""What a trial begins with: at the end of a block it may be the next one's first label."""
_OF_ALL = frozenset({"goal", "hypothesis", "owners", "author"})
"""What may stand once above all trials of a tab, and is each one's (reading rules 2.5)."""


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """A line of an outline.

    `label` is the name of a field that it states ("" for any other line), `role` its meaning;
    `told`: a text follows the label. `apart`: a blank line is above it. `marked`: it looks like a
    heading ("■ …", "1. …", "[Trial 1]").
    """

    row: int
    text: str
    label: str = ""
    role: str = ""
    told: bool = False
    apart: bool = False
    marked: bool = False


def block_starts(lines: Sequence[OutlineLine]) -> dict[int, str] | None:
    """Return the row at which each block starts, with its title ("" without one).

    {} where no label comes again; None where labels do, and nothing tells the blocks apart.
    """
    labels = _labels(lines)
    if len(set(labels)) == len(labels):
        return {}
    lines = _with_titles(lines)
    for starts in (_at_titles(lines), _at_gaps(lines)):
        if _are_blocks(lines, starts):
            return _titled(lines, starts)
    starts = _at_first_labels(lines)
    sure = _are_blocks(lines, starts) and _end_surely(lines, starts)
    return _titled(lines, starts) if sure else None


def _with_titles(lines: Sequence[OutlineLine]) -> Sequence[OutlineLine]:
    """Return the lines in which a heading that only sounds like a field is none.

    "■ 전화 확인" right above the labels of its trial, once on the tab.
    """
    times = Counter(_labels(lines))
    return [
        replace(line, label="", role="")
        if line.marked and not line.told and below and times[line.label] == 1
        else line
        for line, below in _with_label_below(lines)
    ]


def _with_label_below(lines: Sequence[OutlineLine]) -> Iterator[tuple[OutlineLine, bool]]:
    """Return an iterator over the lines, each with whether a label stands right below it."""
    return zip(lines, (*(bool(line.label) for line in lines[1:]), False), strict=True)


def _labels(lines: Sequence[OutlineLine]) -> list[str]:
    return [line.label for line in lines if line.label]


def _cut(lines: Sequence[OutlineLine], starts: Sequence[int]) -> list[Sequence[OutlineLine]]:
    ends = [*starts[1:], len(lines)]
    return [lines[start:end] for start, end in zip(starts, ends, strict=True)]


def _are_blocks(lines: Sequence[OutlineLine], starts: Sequence[int]) -> bool:
    """Return whether the parts are alike: no label twice in one, half of them those of the first.

    Above the first stand only titles of the tab, and what is said once for all of them.
    """
    if len(starts) < _FEWEST_BLOCKS:
        return False
    blocks = [_labels(block) for block in _cut(lines, starts)]
    preface = [line for line in lines[: starts[0]] if line.label]
    repeated = set(chain.from_iterable(blocks))
    if any(line.role not in _OF_ALL or line.label in repeated for line in preface):
        return False
    first = set(blocks[0])
    return all(
        len(block) >= _FEWEST_LABELS
        and len(set(block)) == len(block)
        and 2 * len(first.intersection(block)) >= min(len(first), len(block))
        for block in blocks
    )


def _end_surely(lines: Sequence[OutlineLine], starts: Sequence[int]) -> bool:
    """Return whether no block ends in what may be the first label of the next one.

    [Did, Result, Name], [Did, Result]: whose name it is shows only where all have it.
    """
    blocks = _cut(lines, starts)
    if len({tuple(_labels(block)) for block in blocks}) == 1:
        return True
    return all([line.role for line in block if line.label][-1] not in _OPENING for block in blocks)


def _at_titles(lines: Sequence[OutlineLine]) -> list[int]:
    return [
        place
        for place, (line, below) in enumerate(_with_label_below(lines))
        if line.marked and not line.label and below
    ]


def _at_gaps(lines: Sequence[OutlineLine]) -> list[int]:
    return [
        place
        for place, (line, below) in enumerate(_with_label_below(lines))
        if (line.label and line.apart) or (below and _stands_apart(lines, place))
    ]


def _at_first_labels(lines: Sequence[OutlineLine]) -> list[int]:
    """Return where the first label comes again, or the title right above it.

    A plain line above it is a title where each one has such a line and there are no others. Where
    the first has one, another may be a title or still the text above: nothing is returned.
    """
    first = _labels(lines)[0]
    places = [place for place, line in enumerate(lines) if line.label == first]
    above = [place - 1 for place in places if place and not lines[place - 1].label]
    plain = [place for place, line in enumerate(lines) if not line.label]
    if above == plain and len(above) == len(places):
        return above
    titles = {place for place in above if lines[place].marked or _stands_apart(lines, place)}
    if above and above[0] < places[0] and titles != set(above):
        return []
    if titles == {places[0] - 1}:  # of the tab
        titles = set()
    return [place - 1 if place - 1 in titles else place for place in places]


def _stands_apart(lines: Sequence[OutlineLine], place: int) -> bool:
    """Return whether a blank line parts a plain line from a label above that has its text."""
    before = lines[place - 1] if place else None
    return lines[place].apart and (before is None or not before.label or before.told)


def _titled(lines: Sequence[OutlineLine], starts: Sequence[int]) -> dict[int, str]:
    """Return the starts with their titles; a line that stands above every block names none."""
    titles = {lines[start].row: _title(lines[start]) for start in starts}
    return dict.fromkeys(titles, "") if len(set(titles.values())) == 1 else titles


def _title(line: OutlineLine) -> str:
    if line.label:
        return ""
    plain = strip_decoration(NUMBERED.sub("", line.text.lstrip("# ")))
    return plain if plain.count("]") == plain.count("[") else line.text.strip(" #")
