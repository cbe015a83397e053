"""What follows from the reader's own files is kept beside the byte code, and never out of date."""

import importlib
import pkgutil
import re
import sys

import pytest

import sync.parsing
from notes.system import compiled_tables
from notes.system.compiled_tables import compiled
from sync.files.text_tables.csv_files import read_csv
from sync.parse_result import ParseOptions
from sync.parsing.logs.content import parse_content
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


@pytest.fixture
def patterns(room, monkeypatch):
    """Give what a new process has for patterns, kept beside the room; and what it compiled."""
    compiled_here = []
    compile_ = re.compile

    def counted(expression, flags=0):
        compiled_here.append(expression)
        return compile_(expression, flags)

    monkeypatch.setattr(compiled_tables, "_HERE", room)
    monkeypatch.setattr("re.compile", counted)
    monkeypatch.setattr("atexit.register", lambda _work: None)

    def new_process():
        compiled_here.clear()
        return compiled_tables._Patterns()

    return new_process, compiled_here


EXPRESSIONS = [
    (r"(?P<year>\d{4})년?|(가|나)+?(?!다)", 0),
    (r"\b(?:one|TWO)\b[^\W\d_]*", int(re.IGNORECASE | re.MULTILINE)),
    (r"(?<=[가-힣])\s(?P<rest>.*)$", int(re.DOTALL)),
]


def test_a_pattern_is_compiled_in_one_process_and_taken_from_there_by_the_next(patterns):
    new_process, compiled_here = patterns
    first = new_process()
    made = [first.of(*one) for one in EXPRESSIONS]
    assert [one for one, _ in EXPRESSIONS] == compiled_here
    first.keep()
    second = new_process()
    assert [second.of(*one) for one in EXPRESSIONS] == made
    assert not compiled_here
    assert second.of(*EXPRESSIONS[0]).search("2026년").groupdict() == {"year": "2026"}


def test_patterns_of_other_processes_stay_beside_the_new_ones(patterns):
    new_process, compiled_here = patterns
    first, second = new_process(), new_process()
    first.of(*EXPRESSIONS[0])
    second.of(*EXPRESSIONS[1])
    first.keep()
    second.keep()
    third = new_process()
    third.of(*EXPRESSIONS[0])
    third.of(*EXPRESSIONS[1])
    assert not compiled_here


def test_where_too_many_are_kept_those_of_this_process_stay(patterns, monkeypatch):
    new_process, compiled_here = patterns
    for one in EXPRESSIONS[:2]:
        process = new_process()
        process.of(*one)
        monkeypatch.setattr(compiled_tables, "_MOST_PATTERNS", 1)
        process.keep()
    last = new_process()
    last.of(*EXPRESSIONS[1])
    assert not compiled_here
    last.of(*EXPRESSIONS[0])
    assert compiled_here == [EXPRESSIONS[0][0]]


def test_an_engine_that_makes_something_else_of_a_code_leaves_every_process_to_compile(
    patterns, room, monkeypatch
):
    new_process, _ = patterns
    other = re.compile("other")
    monkeypatch.setattr(compiled_tables, "_pattern_of", lambda _code: other)
    process = new_process()
    assert process.of(*EXPRESSIONS[0]).pattern == EXPRESSIONS[0][0]
    process.keep()
    assert not list(room.rglob("*.tables"))


def test_a_python_that_tells_no_code_leaves_every_process_to_compile(patterns, room, monkeypatch):
    new_process, _ = patterns
    monkeypatch.delattr("re._compiler._code")
    process = new_process()
    assert process.of(*EXPRESSIONS[2]).flags == EXPRESSIONS[2][1] | re.UNICODE
    process.keep()
    assert not list(room.rglob("*.tables"))


def test_every_pattern_of_the_reader_is_the_one_that_python_makes():
    for module in pkgutil.walk_packages(sync.parsing.__path__, "sync.parsing."):
        importlib.import_module(module.name)
    kept = compiled_tables._PATTERNS._made
    assert len(kept) > 200
    for expression, flags in kept:
        code = compiled_tables._code_of(expression, flags)
        assert compiled_tables._pattern_of(code) == re.compile(expression, flags)


def test_no_pattern_that_is_kept_holds_a_word_of_a_log():
    head = "날짜,목표,가설,실행,결과,배운 점,담당자,지표\n"
    line = "2026-11-{day:02d},{word} 늘리기,{word}면 는다,{word}를 보냄,{word}가 12%에서 15%로,"
    line += "{word},{word},{word} 3건\n"
    for word in ("문자열하나", "Zubrowka"):
        content = head + "".join(line.format(day=day, word=word) for day in range(1, 9))
        workbook = read_csv(content.encode(), "log.csv", "log")
        assert any(one.entries for one in parse_content(workbook, ParseOptions()))
        assert not [
            one for one, _ in compiled_tables._PATTERNS._made if word.lower() in one.lower()
        ]
