"""Finds the labels in a text, searching only at the signs that end a label.

    sign (":", ")", "]", " - ", the end of a line) ─► the words right before it ─► a known name? ─►
    what leads up to it

Every sign is looked back from over a bounded stretch, so that the work grows with the text and no
faster.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from typing import Literal

from notes.system.compiled_tables import kept_pattern
from sync.parsing.vocabulary import load_words

Form = Literal["boxed", "named", "letter", "dashed", "alone"]


@dataclass(frozen=True, slots=True)
class LabelSite:
    """A label in a text: from `start`, bullets included, to `end`.

    Its `name`, which begins at `named`.
    """

    start: int
    end: int
    form: Form
    name: str
    named: int


_ORDER: Mapping[Form, int] = {"boxed": 0, "named": 1, "letter": 2, "dashed": 3, "alone": 4}
"""Precedence where two forms of a label overlap: the more explicit one wins."""
_BULLET = kept_pattern(
    r"[-*•·▶►▪◦■□●○◆◇#>✅❌💡🔜👍👎]*\s*(?:\d{1,2}[.)]\s*|[①-⑳]\s*)?(?:[^\w\s\[\](){}<>【】:：/\"'“”‘’.,]{1,3}\s*)?"
)
_LEAD = 24
"""Signs of bullets and numbering in front of a label; a longer row of them is a line of its own."""
_ASIDE = 14
"""Longest remark in brackets between a label and its colon: "Learned (short):"."""
_ENDS = kept_pattern(r"[:：)]|\?(?=\s)|[\]】>]|(?<=\s)[-–—](?=\s)|\n|\Z")
_LETTER_ENDS = kept_pattern(r"[\])]|\s?[:：.](?!\d)|\s-\s")
_COLON = kept_pattern(r"\s?[:：]")
_STOPS = frozenset("\n:：")
_BEFORE = frozenset(" \t\n\r\f\v/|;,.!?)·")
_LINE_BEFORE = frozenset("\n/|;")
_OPENING = "[【<"
"""What ends a label, what may stand before one in a line, and where a line begins: labels are
sought there only, so that the search stays linear."""


def label_sites(text: str) -> list[LabelSite]:
    """Return the labels of a text in order; none overlaps another."""
    found = sorted(_candidates(text), key=lambda one: (one.start, _ORDER[one.form], -one.end))
    kept: list[LabelSite] = []
    for site in found:
        end = kept[-1].end if kept else 0
        if site.start >= end:
            kept.append(site)
        elif site.named >= end and _may_begin(text, end, site):
            kept.append(replace(site, start=end))
    return kept


def _may_begin(text: str, at: int, site: LabelSite) -> bool:
    """Return whether a label may begin right behind the end of the one before."""
    before = _LINE_BEFORE if site.form in ("dashed", "alone") else _BEFORE
    return text[at - 1] in before and _BULLET.fullmatch(text, at, site.named) is not None


def _candidates(text: str) -> Iterator[LabelSite]:
    yield from _letters(text)
    for sign in _ENDS.finditer(text):
        at, mark = sign.start(), sign.group()
        if mark in ("", "\n"):
            yield from _alone(text, at)
        elif mark in (":", "：", ")"):
            if not _is_of_a_number(text, at):
                yield from _named(text, at, at + 1)
        elif mark == "?":
            yield from _named(text, at, at + 1, aside=False)
        elif mark in ("-", "–", "—"):
            yield from _dashed(text, at)
        if mark in ("]", "】", ">"):
            yield from _boxed(text, at)


def _is_of_a_number(text: str, at: int) -> bool:
    """Return whether a sign stands inside a number ("3:10"), not behind a name ("가설:3시에")."""
    return text[at + 1 : at + 2].isdecimal() and not text[at - 1 : at].isalpha()


def _named(text: str, at: int, end: int, *, aside: bool = True) -> Iterator[LabelSite]:
    """Yield names right before a colon, bracket or question mark, perhaps with a remark between."""
    for stop in _stops(text, at) if aside else (at,):
        place = _name_before(text, stop, _BEFORE)
        if place is not None:
            start, named = place
            yield LabelSite(start, _after(text, end), "named", text[named:stop], named)
            return


def _stops(text: str, at: int) -> Iterator[int]:
    """Yield the places where the name before a sign may end.

    Before a blank, a question mark, a remark.
    """
    at = at - 1 if text[at - 1 : at].isspace() else at
    yield at
    if text[at - 1 : at] == "?":
        at -= 1
        yield at
    if text[at - 1 : at] == ")":
        opened = text.rfind("(", max(0, at - _ASIDE - 2), at - 1)
        if opened >= 0 and opened < at - 2 and not set(text[opened + 1 : at - 1]) & set("()\n"):
            yield opened
            if text[opened - 1 : opened].isspace():
                yield opened - 1


def _dashed(text: str, at: int) -> Iterator[LabelSite]:
    place = _name_before(text, at - 1, _LINE_BEFORE)
    if place is not None:
        yield LabelSite(place[0], _after(text, at + 2), "dashed", text[place[1] : at - 1], place[1])


def _alone(text: str, at: int) -> Iterator[LabelSite]:
    """Yield names that stand alone at the end of a line, perhaps between marks of emphasis."""
    stop = at
    while stop and text[stop - 1] in " \t" and at - stop < _LEAD:
        stop -= 1
    while stop and text[stop - 1] in "*_" and at - stop < _LEAD:
        stop -= 1
    for end in _stops(text, stop):
        place = _name_before(text, end, _LINE_BEFORE, emphasis=True)
        if place is not None:
            yield LabelSite(place[0], _after(text, at), "alone", text[place[1] : end], place[1])
            return


def _boxed(text: str, at: int) -> Iterator[LabelSite]:
    """Yield names in brackets: "[배운 점]", with a colon or dash behind."""
    opened = max(text.rfind(sign, max(0, at - _longest() - 4), at) for sign in _OPENING)
    name = text[opened + 1 : at].strip()
    if opened < 0 or _plain(name) not in _names():
        return
    start = _lead(text, opened, _BEFORE)
    if start is None:
        return
    end = at + 1
    while text[end : end + 1].isspace():
        end += 1
    if text[end : end + 1] in (":", "：", "-") and text[end : end + 1]:
        end += 1
    yield LabelSite(start, _after(text, end), "boxed", name, opened + 1)


def _letters(text: str) -> Iterator[LabelSite]:
    """Yield single letters of a known family: "K) … P) … T) …"."""
    for found in _letter_pattern().finditer(text):
        at = found.start()
        behind = _LETTER_ENDS.match(text, at + 1)
        if behind is None:
            continue
        end = behind.end()
        if behind.group() in ("]", ")"):
            colon = _COLON.match(text, end)
            end = colon.end() if colon else end
        first = at - 1 if text[at - 1 : at] in ("[", "(") and at else at
        start = _lead(text, first, _BEFORE)
        if start is None and first != at:
            start = _lead(text, at, _BEFORE)
        if start is not None:
            yield LabelSite(start, _after(text, end), "letter", text[at], at)


def _name_before(
    text: str, stop: int, before: frozenset[str], *, emphasis: bool = False
) -> tuple[int, int] | None:
    """Return (start with bullets, start) of the longest known name that ends at `stop`."""
    names, longest = _names(), _longest()
    if stop < 1 or text[stop - 1].lower() not in _last_signs():
        return None
    found = None
    for at in range(stop - 1, max(-1, stop - longest - 1), -1):
        sign = text[at]
        if sign in _STOPS:
            break
        if sign.isspace() or (at and _goes_on(text[at - 1], sign)):
            continue
        if _plain(text[at:stop]) in names:
            start = _lead(text, at, before, emphasis=emphasis)
            if start is not None and (found is None or start < found[0]):
                found = start, at
    return found


def _goes_on(left: str, sign: str) -> bool:
    """Return whether a word goes on from one sign to the next, so that no name begins there."""
    return left.isalnum() and sign.isalnum() and not ("①" <= left <= "⑳")


def _lead(text: str, at: int, before: frozenset[str], *, emphasis: bool = False) -> int | None:
    """Return where bullets and numbers before a label begin, None after other text."""
    if emphasis:
        marked = at
        while marked and text[marked - 1] in "*_#" and at - marked < _LEAD:
            marked -= 1
        starts = [_lead(text, place, before) for place in {marked, at}]
        return min((start for start in starts if start is not None), default=None)
    for start in range(max(0, at - _LEAD), at + 1):
        if (start == 0 or text[start - 1] in before) and _leads_up(text, start, at, before=before):
            return start
    return None


def _leads_up(text: str, start: int, at: int, *, before: frozenset[str]) -> bool:
    if before is _LINE_BEFORE:
        while start < at and text[start] in " \t":
            start += 1
    return _BULLET.fullmatch(text, start, at) is not None


def _after(text: str, end: int) -> int:
    while text[end : end + 1].isspace():
        end += 1
    return end


def _plain(name: str) -> str:
    return name.lower().replace("\t", " ").replace("\n", " ")


@cache
def _names() -> frozenset[str]:
    """Return all labels, small, each blank in them written or not."""
    names: set[str] = set()
    for listed in load_words("labels")["labels"].values():
        for name in listed:
            parts = name.lower().split(" ")
            for blanks in product(("", " "), repeat=len(parts) - 1):
                names.add(
                    "".join(part + blank for part, blank in zip(parts, (*blanks, ""), strict=True))
                )
    return frozenset(names)


@cache
def _last_signs() -> frozenset[str]:
    return frozenset(name[-1] for name in _names())


@cache
def _longest() -> int:
    return max(map(len, _names()))


@cache
def _letter_pattern() -> re.Pattern[str]:
    letters = "".join(load_words("labels")["letters"])
    return kept_pattern(rf"(?<![^\W_])[{letters}{letters.upper()}](?=[\])]|\s?[:：.]|\s-\s)")
