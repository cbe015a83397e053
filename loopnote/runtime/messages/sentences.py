"""Korean for the sentences of errors and findings that have no code of their own.

They are made in English where they are known, with values in them. `sentences.ko.toml` has the
Korean for each pattern; a test walks every error and finding of the code and looks it up (ADR 0912).
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from reports.page.messages.particles import resolve_particles

_VALUE = re.compile(r"\{([a-e])\}")


def in_korean(text: str) -> str | None:
    """Return an English sentence in Korean with its values, None where nobody wrote it down.

    >>> in_korean("there is no store at /srv/loopnote.db")
    '/srv/loopnote.db에 저장소가 없습니다'
    """
    if "\n" in text:  # a list of mistakes, one a line
        lines = [(line, line.lstrip()) for line in text.split("\n")]
        return "\n".join(
            line[: len(line) - len(bare)] + (in_korean(bare) or bare) for line, bare in lines
        )
    for start, pattern, korean in _patterns():
        if text.startswith(start) and (found := pattern.fullmatch(text)):
            return resolve_particles(_filled(korean, found.groupdict()))
    return None


def _filled(korean: str, values: Mapping[str, str]) -> str:
    return _VALUE.sub(lambda hole: values[hole[1]], korean)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Return (how it begins, pattern, Korean), those with the most fixed text first."""
    text = files(__package__).joinpath("sentences.ko.toml").read_text(encoding="utf-8")
    sentences: dict[str, str] = tomllib.loads(text)["sentences"]
    ordered = sorted(sentences, key=lambda english: -len(_VALUE.sub("", english)))
    return tuple((_start(english), _pattern(english), sentences[english]) for english in ordered)


def _start(english: str) -> str:
    return _VALUE.split(english, maxsplit=1)[0]


def _pattern(english: str) -> re.Pattern[str]:
    parts = _VALUE.split(english)
    fixed = [re.escape(part) for part in parts[::2]]
    holes = [f"(?P<{name}>.+?)" for name in parts[1::2]]
    text = "".join(part for pair in zip(fixed, [*holes, ""], strict=True) for part in pair)
    return re.compile(text, re.DOTALL)
