"""Why a column or a table is what it is taken for is said in the reader's language."""

import ast
from pathlib import Path
from typing import get_args

import pytest

from loopnote.runtime.messages.terminal import language, load_catalogue, reason_text
from sync.parsing.profiles.column_profile import Sort

ROOT = Path(__file__).parents[2] / "sync" / "parsing"


def texts_of_choices(file: Path) -> set[str]:
    """Return the plain reasons of RoleChoice("role", score, "reason")."""
    calls = (
        one for one in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(one, ast.Call)
    )
    return {
        str(call.args[2].value)
        for call in calls
        if isinstance(call.func, ast.Name)
        and call.func.id == "RoleChoice"
        and len(call.args) > 2
        and isinstance(call.args[2], ast.Constant)
    }


def texts_of_kinds(file: Path) -> set[str]:
    """Return the reasons of `return "kind", "reason"`, not what a return compares with."""
    returned = [
        part
        for one in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(one, ast.Return) and one.value is not None
        for part in ast.walk(one.value)
    ]
    compared = {
        side for part in returned if isinstance(part, ast.Compare) for side in part.comparators
    }
    pairs = (
        part
        for part in returned
        if isinstance(part, ast.Tuple) and len(part.elts) == 2 and part not in compared
    )
    return {
        pair.elts[1].value
        for pair in pairs
        if isinstance(pair.elts[1], ast.Constant) and isinstance(pair.elts[1].value, str)
    }


def reasons() -> set[str]:
    columns = [texts_of_choices(file) for file in (ROOT / "columns").glob("*.py")]
    kinds = texts_of_kinds(ROOT / "table_analysis" / "table_kinds.py")
    return set().union(*columns, kinds, get_args(Sort), {"empty"}) - {""}


def test_there_are_reasons_to_look_at():
    assert {"config", "raw data", "no known meaning", "tick"} <= reasons()


@pytest.mark.parametrize("spoken", ["en", "ko"])
def test_every_reason_has_its_words(spoken):
    words = load_catalogue(spoken)
    known = {**words["reason"], **words["field"]}
    unsaid = {
        one
        for one in reasons()
        if one not in known and not all(part in known for part in one.split(", "))
    }
    assert unsaid == set()


def test_the_side_of_a_number_is_said_too(monkeypatch):
    monkeypatch.setenv("LOOPNOTE_LANG", "ko")
    language.cache_clear()
    assert reason_text("“전환율” · before") == "“전환율” · 전"
    assert reason_text("no known meaning") == "아는 뜻이 없음"
    language.cache_clear()
