"""Tells what a header of several nouns names: the last one, not those that say of what it is.

"프로젝트 목표" is a goal and "테스트 결과" a result, whatever "프로젝트" and "테스트" mean alone;
"성과 내용" and "Outcome summary" only say in which form the thing before is written; what begins
with "다음" is still to come.
"""

from collections.abc import Callable, Sequence
from functools import cache

from notes.system.compiled_tables import kept_pattern

from . import load_words

_HANGUL = kept_pattern(r"[가-힣]")
_TWO = 2
"""Syllables of a noun, and nouns of a compound, at least."""
_FIELDS = frozenset(
    {
        "goal",
        "hypothesis",
        "expected",
        "result",
        "retrospective",
        "success_factors",
        "failure_factors",
        "learned",
        "next_action",
    }
)
"""Roles whose name decides as the last noun. A deed's does not: "회의 활동" may be anything."""
_WRITTEN = _FIELDS | {"execution", "problem", "metric"}
"""Roles of which a header says in which form they are written."""

Roles = Callable[[str], Sequence[str]]
"""The roles of a phrase of the vocabulary, () for any other text."""


def spaced(text: str) -> str:
    """Return a folded Korean header written in one with its last noun apart.

    >>> spaced("테스트결과"), spaced("결과"), spaced("test result")
    ('테스트 결과', '결과', 'test result')
    """
    if " " in text or not _HANGUL.search(text):
        return text
    ends = (end for end in _words("nouns") if text.endswith(end))
    last = next((end for end in ends if len(text) - len(end) >= _TWO), "")
    return f"{text[: -len(last)]} {last}" if last else text


def without_form(text: str, roles: Roles) -> str:
    """Return a header without the last word where that only says in which form a field is
    written.
    """
    rest, _, last = text.rpartition(" ")
    forms = _words("forms_ko") if _HANGUL.search(last) else _words("forms_of_fields")
    return rest if last in forms and not _WRITTEN.isdisjoint(roles(rest)) else ""


def deciding_noun(text: str, roles: Roles) -> str:
    """Return the noun that decides what a Korean compound names, "" where none does."""
    words = text.split()
    if len(words) < _TWO or not _HANGUL.search(text):
        return ""
    first = next((word for word in _words("deciding_ko") if words[0].startswith(word)), "")
    named = words[-1] not in _words("leaning_ko") and not _FIELDS.isdisjoint(roles(words[-1]))
    return first or (words[-1] if named else "")


def last_noun(text: str, roles: Roles) -> list[tuple[str, str]]:
    """Return the last noun of a Korean compound with each field that it names."""
    noun = text.rpartition(" ")[2]
    decides = deciding_noun(text, roles)
    if decides in _words("deciding_ko") and noun in _words("to_come_ko"):
        return [(noun, "next_action")]  # "다음 접촉 계획" is still to come, whatever is planned
    if decides != noun:
        return []
    return [(noun, role) for role in roles(noun) if role in _FIELDS]


def is_qualifier(role: str, phrase: str, *, text: str, roles: Roles) -> bool:
    """Return whether a meaning comes of a word that only says of what a header's last noun
    is, or its form.
    """
    form = text.rpartition(" ")[2] if without_form(text, roles) else ""
    noun = "" if form else deciding_noun(text, roles)
    if not noun:
        return bool(form) and phrase == form
    named = roles(noun) if noun not in _words("deciding_ko") else ("next_action",)
    return noun not in phrase and role not in named


@cache
def _words(kind: str) -> tuple[str, ...]:
    return tuple(sorted(load_words("headers")[kind], key=len, reverse=True))
