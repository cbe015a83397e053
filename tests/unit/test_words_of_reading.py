"""What the terminal says of a reading: every field and every reason has words of its language."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from loopnote.runtime.messages.terminal import load_catalogue
from notes.model.notes import LANGUAGES, Language
from sync.parsing.columns.roles import OVERRIDES, ROLES
from sync.parsing.records.method_tables import _NEEDED, _REASONS
from sync.parsing.vocabulary import load_words

PARSING = Path(__file__).parents[2] / "sync" / "parsing"
ANALYSIS = PARSING / "table_analysis"
GIVEN = re.compile(r'return "(?:[a-z]+", ")?((?:[A-Za-z]+,? )+[a-z]+)"$', re.MULTILINE)
"""A reason as a judgement of a table returns it: some words, after the kind where it names one."""
NAMES = ("Jira", "Asana", "Trello")


def reasons() -> set[str]:
    """Return the reasons that a table, or a column of a frame, is given."""
    judged = "\n".join(one.read_text("utf-8") for one in sorted(ANALYSIS.glob("*.py")))
    framed = {frame["reason"] for frame in load_words("families").values()}
    return {*_REASONS.values(), *framed, *GIVEN.findall(judged)} - set(NAMES)


def fields() -> set[str]:
    """Return the names of what a column may be."""
    own = {role for name, *_ in _NEEDED for role in load_words("tables")[name]}
    asked = {role.feeds for role in ROLES.values()} & {*OVERRIDES}
    named = {*ROLES, *asked, *own}
    return {name for name in named if name and not name.endswith("_part")}


def test_the_reasons_of_tables_are_found_where_they_are_given() -> None:
    assert {"a list of things to do", "numbers by period", "raw data"} <= reasons()
    assert len(reasons()) > 40


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_every_field_of_a_column_has_words(spoken: Language) -> None:
    words = load_catalogue(spoken)["field"]
    assert not {name for name in fields() if "_" in words.get(name, name)}
    assert not {name for name in fields() if spoken == "ko" and name not in words}


def test_every_reason_is_korean_in_korean() -> None:
    words = load_catalogue("ko")["reason"]
    assert not {one for one in reasons() if not re.search("[가-힣ぁ-ん]", words.get(one, one))}


def lists_in(book: object, name: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each list of words of a vocabulary, with where it stands."""
    if isinstance(book, dict):
        for key, value in book.items():
            yield from lists_in(value, f"{name} {key}")
    elif isinstance(book, list) and all(isinstance(one, str) for one in book):
        yield name, book
    elif isinstance(book, list):
        for place, value in enumerate(book):
            yield from lists_in(value, f"{name} {place}")


def test_no_list_of_words_holds_one_twice() -> None:
    twice = {
        name: several
        for file in (PARSING / "vocabulary").rglob("*.toml")
        for name, words in lists_in(tomllib.loads(file.read_text("utf-8")), file.stem)
        if (several := [word for word, times in Counter(words).items() if times > 1])
    }
    assert not twice


def test_no_word_of_verdicts_has_two_meanings_or_stands_beside_them_by_two_lists() -> None:
    book = load_words("outcomes")
    lists = [*book["words"].values(), book["hold"]["words"], book["done"]["words"]]
    times = Counter(word for words in lists for word in {one.replace(" ", "") for one in words})
    assert not [word for word, several in times.items() if several > 1]
    assert not {*book["aside"]["with"]} & {*book["leading"]["beside"]}
