"""Splits one cell by its labels: KPT, 4L, start/stop/continue, 잘된 점/아쉬운 점, `적용:`, `다음:`.

The words are in `vocabulary/labels.toml`; a label that is not there stays part of the text.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from notes.model.notes import NextKind
from notes.system.compiled_tables import kept_pattern
from sync.parsing.vocabulary import load_words
from sync.parsing.vocabulary.header_phrases import KNOWN, nearest_role

from .label_sites import LabelSite, label_sites
from .text import LONGEST_READ, clean, fold, is_placeholder

Role = Literal[
    "",
    "good",
    "bad",
    "learned",
    "applied",
    "next",
    "try",
    "keep",
    "stop",
    "start",
    "result",
    "goal",
    "hypothesis",
    "execution",
    "retrospective",
    "success_factors",
    "failure_factors",
    "people",
]


@dataclass(frozen=True, slots=True)
class LabelledPart:
    """A stretch of a cell under one label.

    The stretch before the first label has neither label nor role.
    """

    label: str
    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Reflection:
    """What the parts of one reflective cell give to the fields of a note.

    "" and None where there is no such part.
    """

    good: str = ""
    bad: str = ""
    learned: str = ""
    applied_to: str = ""
    next_action: str = ""
    next_kind: NextKind | None = None
    success_factors: str = ""
    failure_factors: str = ""
    rest: str = ""


_KINDS: tuple[NextKind, ...] = ("keep", "stop", "start")
"""Start, stop, continue (method §6), in the order in which a cell of several is told."""


@lru_cache(maxsize=1 << 11)
def split_labels(text: str) -> tuple[LabelledPart, ...]:
    r"""Return the labelled parts of a text in order.

    A single part without role when it has no known label.

    >>> [(part.role, part.text) for part in split_labels(
    ...     "K) 문구를 짧게 P) 시간이 부족 T) 예약 발송")]
    [('good', '문구를 짧게'), ('bad', '시간이 부족'), ('try', '예약 발송')]
    >>> [part.role for part in split_labels("비율이 1:2 였다")]
    ['']
    """
    plain = clean(text)
    if len(plain) > LONGEST_READ:
        return (LabelledPart("", "", plain),)
    if sections := _sections(plain):
        return sections
    found = [label for label in label_sites(plain) if not _inside_sentence(plain, label)]
    found = _without_lone_letters(found)
    if not found:
        return (LabelledPart("", "", plain),) if plain else ()
    parts = (
        [LabelledPart("", "", _body(plain[: found[0].start]))]
        if _body(plain[: found[0].start])
        else []
    )
    for place, label in enumerate(found):
        end = found[place + 1].start if place + 1 < len(found) else len(plain)
        parts.append(LabelledPart(label.name, _role(label.name), _body(plain[label.end : end])))
    return tuple(_families(parts))


def _sections(plain: str) -> tuple[LabelledPart, ...]:
    """Return the sections of a text that has headings with marks, as the answers of a form have.

    () with fewer than two ("### Hypothesis …"). A section that names nothing known keeps no role.
    """
    heads = list(_HEADING.finditer(plain)) if "#" in plain else []
    if len(heads) < _FEWEST_HEADINGS:
        return ()
    ends = [*(head.start() for head in heads[1:]), len(plain)]
    above = _body(plain[: heads[0].start()])
    parts = [LabelledPart("", "", above)] if above else []
    for head, end in zip(heads, ends, strict=True):
        name = head[1].strip(" #*")
        parts.append(LabelledPart(name, _role_of_heading(name), _body(plain[head.end() : end])))
    return tuple(_families(parts))


_HEADING = kept_pattern(r"^#{1,6}[ \t]+(\S[^\n]{0,60})$", re.MULTILINE)
_FEWEST_HEADINGS = 2
"""Headings from which a text has sections; judgement: one alone may be a title, or a hash sign."""
_AS_LABELS: dict[str, Role] = {
    "next_action": "next", "next_keep": "keep", "next_stop": "stop", "next_start": "start",
    "applied_to": "applied", "learned": "learned", "result": "result", "goal": "goal",
    "hypothesis": "hypothesis", "execution": "execution", "retrospective": "retrospective",
    "success_factors": "success_factors", "failure_factors": "failure_factors",
}  # fmt: skip
"""What a label introduces whose name is the header of a column of such texts."""


def _role_of_heading(name: str) -> Role:
    return role_of_label(name) or _AS_LABELS.get(nearest_role(name, KNOWN), "")


def reflect(parts: Iterable[LabelledPart]) -> Reflection:
    """Return what labelled parts give to the fields of a note.

    Parts of one field are joined by line breaks.

    The Try of KPT is start (reading rules 10.2); of start/stop/continue the kind is only said when
    it is a single one.
    """
    kept = [part for part in parts if part.text and not is_placeholder(part.text)]

    def joined(*roles: str) -> str:
        return "\n".join(part.text for part in kept if part.role in roles)

    return Reflection(
        good=joined("good"),
        bad=joined("bad"),
        learned=joined("learned"),
        applied_to=joined("applied"),
        next_action=joined("next", "try", *_KINDS),
        next_kind=_next_kind({part.role for part in kept}),
        success_factors=joined("success_factors"),
        failure_factors=joined("failure_factors"),
        rest=joined(""),
    )


def _next_kind(roles: set[Role]) -> NextKind | None:
    kinds = [kind for kind in _KINDS if kind in roles or (kind == "start" and "try" in roles)]
    return kinds[0] if len(kinds) == 1 else None


def role_of_label(label: str) -> Role:
    """Return what a heading or label introduces, "" when it is not known.

    >>> role_of_label("배운 점"), role_of_label("What went well?"), role_of_label("예산")
    ('learned', 'good', '')
    """
    return _roles().get(fold(label).strip(" :?!.)([]-*#").replace(" ", ""), "")


def stage_of_label(text: str) -> str:
    """Return the stage of a cycle that a label names: plan, do, check or act; "" for any other.

    >>> stage_of_label("Check:"), stage_of_label("실행"), stage_of_label("Checked the till")
    ('check', 'do', '')
    """
    plain = fold(text).strip(" :.■▶[]")
    stages: dict[str, list[str]] = load_words("labels")["stages"]
    return next((stage for stage, words in stages.items() if plain in words), "")


def _role(name: str) -> Role:
    letters: dict[str, Role] = load_words("labels")["letters"]
    return letters.get(name.lower()) or role_of_label(name)


def _body(text: str) -> str:
    return text.strip(" \n\t/|;,·•").strip()


def _without_lone_letters(found: list[LabelSite]) -> list[LabelSite]:
    letters = {site.name.lower() for site in found if site.form == "letter"}
    return found if len(letters) >= 2 else [site for site in found if site.form != "letter"]


def _inside_sentence(plain: str, label: LabelSite) -> bool:
    """Return whether a small English word belongs to a sentence: "the next: a door"."""
    if label.form != "named":
        return False
    before = plain[: label.named].rstrip(" ")
    return label.name[0].islower() and label.name.isascii() and before[-1:].isalnum()


def _families(parts: list[LabelledPart]) -> list[LabelledPart]:
    """Return the roles of Keep by its family: success beside Problem or Try, else a next action."""
    roles = {part.role for part in parts}
    if roles & {"bad", "try", "good"} and not roles & {"stop", "start"}:
        return [replace(part, role="good") if part.role == "keep" else part for part in parts]
    return parts


@cache
def _roles() -> dict[str, Role]:
    labels: dict[Role, list[str]] = load_words("labels")["labels"]
    return {label.replace(" ", ""): role for role, names in labels.items() for label in names}
