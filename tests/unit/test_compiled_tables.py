"""What follows from the reader's own files is kept beside the byte code, and never out of date."""

import sys

import pytest

from notes.system import compiled_tables
from notes.system.compiled_tables import compiled
from sync.parsing.profiles import text_classifier
from sync.parsing.vocabulary import header_phrases, load_words, read_words


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A folder of words that byte code may be written beside."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    folder = tmp_path / "room"
    folder.mkdir()
    (folder / "words.toml").write_text("a = 1", encoding="utf-8")
    return folder


def read(room):
    """Return what a new process gets, and whether it had to make it."""
    compiled_tables._stamp.cache_clear()
    made = []

    def make():
        made.append(True)
        return {"said": ((room / "words.toml").read_text(encoding="utf-8"), 1.5), "list": [1, 2]}

    return compiled("tables", room, make), bool(made)


def test_tables_are_made_once_for_the_same_files(room):
    first = read(room)
    assert first == ({"said": ("a = 1", 1.5), "list": [1, 2]}, True)
    assert read(room) == (first[0], False)


def test_other_words_of_the_same_length_and_time_are_other_tables(room):
    read(room)
    words = room / "words.toml"
    time = words.stat().st_mtime_ns
    words.write_text("a = 2", encoding="utf-8")
    assert words.stat().st_mtime_ns >= time
    assert read(room) == ({"said": ("a = 2", 1.5), "list": [1, 2]}, True)


@pytest.mark.parametrize("name", ["code.py", "inner/more.toml"])
def test_another_file_of_the_room_counts_like_the_words(room, name):
    read(room)
    file = room / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("", encoding="utf-8")
    assert read(room)[1]


@pytest.mark.parametrize(
    "damage",
    [
        lambda kept: kept[:-1],
        lambda kept: kept[:40] + bytes([kept[40] ^ 1]) + kept[41:],
        lambda _kept: b"",
    ],
)
def test_damaged_tables_are_made_again(room, damage):
    whole = read(room)[0]
    [kept] = room.glob("__pycache__/*.tables")
    content = kept.read_bytes()
    assert damage(content) != content
    kept.write_bytes(damage(content))
    assert read(room) == (whole, True)
    assert read(room) == (whole, False)


def test_nothing_is_written_where_no_byte_code_is(room, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert read(room)[1]
    assert read(room)[1]
    assert not list(room.glob("__pycache__/*"))


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(room):
    (room / "__pycache__").write_text("in the way", encoding="utf-8")
    assert read(room) == read(room)


def test_a_python_without_byte_code_makes_them_each_time(room, monkeypatch):
    monkeypatch.setattr(sys.implementation, "cache_tag", None)
    assert read(room)[1]
    assert read(room)[1]


def test_what_is_kept_of_the_shipped_words_is_what_they_say():
    assert {subject: load_words(subject) for subject in read_words()} == read_words()
    kept = header_phrases.phrasebook()
    built = header_phrases.build_phrasebook(header_phrases.shipped_phrases())
    assert [getattr(kept, name) for name in kept.__slots__] == [
        getattr(built, name) for name in built.__slots__
    ]
    assert text_classifier._model() == text_classifier.learned()
