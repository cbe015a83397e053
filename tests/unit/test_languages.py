"""A language is a matter of catalogues: no code asks which one it writes, an unknown one is
an error.
"""

import ast
import tomllib
from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest

from notes.messages import figures
from notes.messages.language_formats import language_formats
from notes.model.errors import ConfigError, RenderError
from notes.model.notes import LANGUAGES, WRITTEN_IN

ROOT = Path(__file__).parents[2]
CATALOGUES = (
    "templates/words",
    "templates/words/archive",
    "notes/messages/problems",
    "notes/messages/formats",
    "loopnote/runtime/messages/terminal",
    "loopnote/runtime/messages/alerts",
    "loopnote/runtime/messages/configuration",
)
WRITTEN_IN_ENGLISH = ("loopnote/runtime/messages/errors", "loopnote/runtime/messages/sentences")
NAMES_A_LANGUAGE = {
    "notes/model/notes.py": "the list of languages and the two defaults",
    "reports/analysis/text/vocabulary/__init__.py": "the languages in which logs are read",
    "reports/analysis/sections/behaviour.py": "groups of a regular expression",
}
"""Modules that may name a language, and why."""


def named_languages(tree: ast.AST) -> Iterator[int]:
    """Yield the line of each text that is a language's code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value in LANGUAGES:
            yield node.lineno


def test_no_code_asks_which_language_it_writes() -> None:
    found = [
        f"{name}:{line}"
        for room in ("loopnote", "notes", "sync", "reports")
        for file in sorted((ROOT / room).rglob("*.py"))
        if (name := file.relative_to(ROOT).as_posix()) not in NAMES_A_LANGUAGE
        for line in named_languages(ast.parse(file.read_text(encoding="utf-8")))
    ]
    assert not found, "put the difference into a catalogue: notes/messages/formats, or the words"


def test_the_walk_sees_a_language_that_is_named() -> None:
    code = 'if language == "ko":\n    pass\nWORDS = {"en": 1}\ntext = "ken"\n'
    assert list(named_languages(ast.parse(code))) == [1, 3]


@pytest.mark.parametrize("folder", CATALOGUES)
def test_each_catalogue_has_a_file_a_language(folder: str) -> None:
    assert sorted(file.stem for file in (ROOT / folder).glob("*.toml")) == sorted(LANGUAGES)


@pytest.mark.parametrize("folder", WRITTEN_IN_ENGLISH)
def test_the_sentences_of_the_code_have_a_file_for_each_other_language(folder: str) -> None:
    others = sorted(set(LANGUAGES) - {WRITTEN_IN})
    assert sorted(file.stem for file in (ROOT / folder).glob("*.toml")) == others


def keys(table: dict[str, object], prefix: str = "") -> Iterator[str]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from keys(value, f"{prefix}{name}.")
        else:
            yield prefix + name


@pytest.mark.parametrize(
    "folder", ["notes/messages/formats", "loopnote/runtime/messages/configuration"]
)
def test_the_languages_have_the_same_keys(folder: str) -> None:
    files = [ROOT / folder / f"{language}.toml" for language in LANGUAGES]
    first, *others = (set(keys(tomllib.loads(one.read_text(encoding="utf-8")))) for one in files)
    assert all(one == first for one in others)


def test_an_unknown_language_is_an_error_and_not_english() -> None:
    with pytest.raises(RenderError, match=r"fr\.toml"):
        language_formats("fr")
    with pytest.raises(RenderError, match=r"fr\.toml"):
        figures.hour(time(15), "fr")  # type: ignore[arg-type]


def test_init_refuses_a_language_that_loopnote_does_not_speak() -> None:
    from notes.messages.catalogue import language_named

    with pytest.raises(ConfigError) as refused:
        language_named("english")
    assert refused.value.hint == f"one of {', '.join(LANGUAGES)}"


@pytest.mark.parametrize(
    ("at", "korean", "english"),
    [
        (time(15), "15시", "3 pm"),
        (time(0, 5), "0시 5분", "12:05 am"),
        (time(12, 30), "12시 30분", "12:30 pm"),
        (time(11, 59), "11시 59분", "11:59 am"),
    ],
)
def test_an_hour_reads_as_people_say_it(at: time, korean: str, english: str) -> None:
    assert (figures.hour(at, "ko"), figures.hour(at, "en")) == (korean, english)
