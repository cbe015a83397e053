"""The reduced cases in tests/data/cases/reading, scored against their keys."""

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from bench.answers import answer

DATA = Path(__file__).parents[1] / "data"
CASES = DATA / "cases/reading"
EXAMPLES = DATA / "examples"


def score_module() -> Any:
    spec = importlib.util.spec_from_file_location("example_score", EXAMPLES / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scored(folder: Path, key: dict[str, Any]) -> dict[str, Any]:
    lines = answer(folder / key["file"])
    problems = [line for line in lines if line.get("kind") == "problem"]
    notes = [line for line in lines if line.get("kind") is None]
    return score_module().score(key, notes, problems) | {"given": notes, "told": problems}


def keys(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]


CASE_KEYS = [key for key in keys(CASES / "key") if key["workbook"] != "i1_drm"]


@pytest.mark.parametrize("key", CASE_KEYS, ids=lambda key: key["workbook"])
def test_a_case_is_read_as_its_key_says(key: dict[str, Any]) -> None:
    found = scored(CASES, key)
    if not key["notes"]:
        assert found["given"] == []
        return
    assert [miss[1:] for miss in found["misses"]] == []
    assert found["overall"] == 1.0
    assert len(found["told"]) <= len(key["problems"])
