"""Cleans texts of invisible characters and recognises placeholders."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar

from notes.system.compiled_tables import kept_pattern
from sync.parsing.vocabulary import load_words

C = TypeVar("C")
_UNSEEN = dict.fromkeys(
    [0x200B, 0x200C, 0x200E, 0x200F, 0x2060, 0xFEFF, 0x00AD, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E]
)
"""Signs without width and marks of direction, which pasting leaves behind."""
_SPACES = {
    0x00A0: " ",
    0x2007: " ",
    0x202F: " ",
    0x3000: " ",
    0x2009: " ",
    0x2028: "\n",
    0x2029: "\n",
    0x000B: "\n",
}
"""Characters that look like a space or a line break to a person."""
_CLEANING = {**_UNSEEN, **_SPACES}
_CONTROL = kept_pattern(r"[\x00-\x08\x0c\x0e-\x1f\x7f]")
_JOINER = kept_pattern("(?<![\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d")
_DASHES = {ord(sign): "-" for sign in "‐‑‒–—―−－﹣"} | {ord(sign): "~" for sign in "～〜∼˜"}
_NOTHING = kept_pattern(r"[-–—―_.·…~?!/\\*\s]*")
LONGEST_PLACEHOLDER = 24
"""No placeholder of words is longer than this."""
LONGEST_READ = 10_000
"""Signs up to which a cell is looked into: the longest cells of real logs have some three
thousand."""
_REPEATED = 48
"""Up to here the same text stands in many cells; longer ones are one of a kind, and keeping them
fills the memory."""
_DIRTY = kept_pattern(
    "[\x00-\x08\x0b-\x1f\x7f\u00a0\u00ad\u2007\u2009\u200b-\u200f\u2028-\u202f\u2060\u3000\ufeff]"
)
"""Control characters, soft hyphens, zero-width and no-break spaces: invisible, and no two cells
with them are equal."""
_FIRST = kept_pattern(r"[^\W_]")
"""A cell without a letter or digit may be a placeholder."""
_DASHED = kept_pattern(f"[{re.escape(''.join(map(chr, _DASHES)))}\ufe0f]")
"""Dashes of all kinds, and the selector of emoji: alone they are a placeholder."""


def clean(text: str) -> str:
    r"""Return the text in NFC without invisible characters, with plain spaces and `\n` line ends.

    Outer blanks go; everything else stays as typed (full-width digits too: `fold` is for reading
    them).

    >>> clean("  가설\u200b:\u00a0짧은 문구가 낫다\r\n")
    '가설: 짧은 문구가 낫다'
    """
    return _clean(text) if len(text) > _REPEATED else _clean_once(text)


def _clean(text: str) -> str:
    if not _DIRTY.search(text) and unicodedata.is_normalized("NFC", text):
        return text.strip()
    text = (
        unicodedata.normalize("NFC", text)
        .translate(_CLEANING)
        .replace("\r\n", "\n")
        .replace("\r", "\n")
    )
    return _CONTROL.sub("", _JOINER.sub("", text)).strip()


_clean_once = lru_cache(maxsize=1 << 11)(_clean)


def clean_cells(cells: Sequence[C]) -> list[C | str | None]:
    """Return the cells of a column with every text cleaned, None for one that holds nothing.

    They are looked at together: texts that need no cleaning, which are nearly all, cost next to
    nothing.
    """
    joined = "\n".join([cell for cell in cells if isinstance(cell, str)])
    made = (
        str.strip
        if not _DIRTY.search(joined) and unicodedata.is_normalized("NFC", joined)
        else clean
    )
    return [(made(cell) or None) if isinstance(cell, str) else cell for cell in cells]


def fold(text: str) -> str:
    """Return the text for comparing: NFKC, lower case, one dash and tilde, single spaces.

    >>> fold("９／７ – Ｗｅｅｋ")
    '9/7 - week'
    """
    return _fold(text) if len(text) > _REPEATED else _fold_once(text)


def _fold(text: str) -> str:
    text = clean(text)
    if not text.isascii() and (_DASHED.search(text) or not unicodedata.is_normalized("NFKC", text)):
        text = (
            unicodedata.normalize("NFKC", text.translate(_DASHES))
            .translate(_DASHES)
            .replace("\ufe0f", "")
        )
    return " ".join(text.split()).lower()


_fold_once = lru_cache(maxsize=1 << 11)(_fold)


def is_placeholder(text: str, *, answer: bool = False) -> bool:
    """Return whether the text stands for an empty cell (reading rules 3.2).

    With `answer` it stands under a header that asks a question, where "No" is an answer.

    >>> is_placeholder("해당 없음."), is_placeholder(" – "), is_placeholder("No"), is_placeholder(
    ...     "No", answer=True)
    (True, True, False, True)
    """
    first = text[:1]
    if first.isalnum():  # nearly every text, and no placeholder begins like most of them
        told = len(text) <= LONGEST_PLACEHOLDER and may_begin_placeholder(first)
        return told and _is_short_placeholder(text, answer)
    if len(text) <= LONGEST_PLACEHOLDER:
        return _is_short_placeholder(text, answer)
    return _FIRST.search(text) is None and _is_nothing(text)


def _is_nothing(text: str) -> bool:
    return len(text) <= 80 and _NOTHING.fullmatch(fold(text)) is not None


@lru_cache(maxsize=1 << 12)
def _is_short_placeholder(text: str, answer: bool) -> bool:
    """Return the answer for a text that is short enough; each is asked for several times."""
    first = _FIRST.search(text)
    if first is None:
        return _is_nothing(text)
    return may_begin_placeholder(first[0]) and _is_placeholder(text, answer)


@lru_cache(maxsize=1 << 10)
def may_begin_placeholder(sign: str) -> bool:
    """Return cheaply whether a placeholder may begin with this letter.

    Foreign forms of letters may always.
    """
    return sign.lower() in _first_letters() or not (sign.isascii() or "가" <= sign <= "힣")


@lru_cache(maxsize=1)
def _first_letters() -> frozenset[str]:
    return frozenset(word[:1] for word in (*_placeholders(), *_answers()))


def _is_placeholder(text: str, answer: bool) -> bool:
    plain = fold(text)
    bare = plain.strip(" .!…()[]-").replace(" ", "")
    return bare in _placeholders() or (answer and bare in _answers())


@lru_cache(maxsize=1)
def _placeholders() -> frozenset[str]:
    return frozenset(
        word.replace(" ", "").strip("()") for word in load_words("placeholders")["words"]
    )


@lru_cache(maxsize=1)
def _answers() -> frozenset[str]:
    return frozenset(load_words("placeholders")["answers"])
