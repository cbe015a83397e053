"""No parser's time grows faster than its text: a cell of one sign, eight thousand times, cost
minutes.

`python -m bench.linear` tries the whole grammar of nasty texts, and pairs of pieces.
"""

import re
import sys

import pytest

from bench.linear import HEADS, PIECES, RATIO, least_ratio, parsers, read_row
from bench.linear_layouts import layouts
from bench.text_functions import table_functions

PARSERS = parsers()
SIZE = 4_000


OF_NO_CELL = {
    "sync.parsing.vocabulary.header_phrases": "the shipped phrases; headers by known_role",
    "sync.notion.messages": "answers of a service",
    "sync.notion.property_names": "names of properties, by known_role",
    "sync.parsing.overrides": "the operator's settings",
}
"""Modules that no layout reaches, and why they need not be."""


def worst(parse, pieces, size=SIZE):
    """Return the highest ratio over pieces, with a head that looks like a beginning and a
    tail that disappoints.
    """
    parse("warm up")
    found = []
    for number, piece in enumerate(pieces):
        head = HEADS[number % len(HEADS)]
        half, whole = (head + piece * (length // len(piece)) + "x" for length in (size // 2, size))
        found.append((least_ratio(parse, half, whole), piece, head))
    return max(found)


@pytest.mark.slow
def test_a_square_is_noticed_at_every_try():
    square = re.compile("a+b")
    assert least_ratio(square.search, "a" * 20_000, "a" * 40_000) > RATIO


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in PARSERS if not name.startswith("log: ")])
def test_twice_the_text_takes_twice_the_time(name):
    high, piece, head = worst(PARSERS[name], PIECES)
    assert high <= RATIO, f"{high:.1f} times as long: {head!r} and many {piece!r}"


LOGS = [name for name in PARSERS if name.startswith("log: ")]
TURNS = 12
"""A log takes a hundred times as long as a cell: each layout gets one piece of twelve, its
neighbours the others."""
LOG_SIZE = 2_000


@pytest.mark.slow
@pytest.mark.parametrize("name", LOGS)
def test_twice_the_text_in_a_log_takes_twice_the_time(name):
    high, piece, head = worst(PARSERS[name], PIECES[LOGS.index(name) % TURNS :: TURNS], LOG_SIZE)
    assert high <= RATIO, f"{high:.1f} times as long: {head!r} and many {piece!r}"


def test_whoever_writes_a_reader_of_texts_or_tables_has_it_tried():
    """A reader of texts is found by its types; a module that reads tables runs while some
    layout is read.
    """
    tables, reached = table_functions(), set()
    missed = {function.__module__ for function in tables.values()} - set(OF_NO_CELL)
    forget_what_was_read()
    for text in ("Keep: 짧게\nProblem: 늦다", "쿠폰 10% → 12%", "we did it"):
        for read in [*layouts().values(), read_row]:
            if missed:  # noting every call takes three times as long as reading
                sys.setprofile(lambda frame, _event, _argument: reached.add(frame.f_code))
                try:
                    read(text)
                finally:
                    sys.setprofile(None)
                missed -= {one.__module__ for one in tables.values() if one.__code__ in reached}
    assert not missed, "give bench/linear_layouts.py a log that they read"


def forget_what_was_read():
    """Empty the caches: what another test read is not read again."""
    for name, module in list(sys.modules.items()):
        if name.startswith("sync."):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def test_a_cell_beyond_the_longest_is_kept_and_said_and_not_looked_into():
    from sync.contents.workbook import Grid, Workbook
    from sync.parse_result import ParseOptions, join_results
    from sync.parsing.logs.content import parse_content

    long = "Keep: 쿠폰 " * 2_000
    rows = [
        ["날짜", "목표", "가설", "회고"],
        ["2026-11-16", "재방문 40%", "쿠폰을 주면 온다", long],
    ]
    rows.append(["2026-11-17", "별점 4.8", "포장을 바꾼다", "짧게 끝냈다"])
    found = join_results(parse_content(Workbook("log", (Grid("기록", rows),)), ParseOptions()))
    [problem] = [problem for problem in found.problems if problem.code == "long_value"]
    assert (problem.place.row, problem.place.col) == (2, "D")
    assert found.entries[0].note.retrospective == long.strip()
