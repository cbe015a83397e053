"""The example logs, read without any hint, against their answer keys and the score that comes
with them.
"""

import importlib.util
import json
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

EXAMPLES = Path(__file__).parents[1] / "data" / "examples"
KEYS = sorted((EXAMPLES / "key").glob("*.json"))


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("example_score", EXAMPLES / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def score_of(key_file: Path) -> float:
    from bench.answers import answer

    key = json.loads(key_file.read_text(encoding="utf-8"))
    lines = answer(EXAMPLES / "workbooks" / key["file"])
    notes = [line for line in lines if not line.get("kind")]
    problems = [line for line in lines if line.get("kind") == "problem"]
    return float(scorer().score(key, notes, problems)["overall"])


@pytest.mark.parametrize("key_file", KEYS, ids=lambda path: path.stem.split("_")[0])
def test_each_example_log_is_read_as_its_key_says(key_file: Path) -> None:
    assert score_of(key_file) >= 0.95


def test_all_example_logs_together_reach_the_promised_score() -> None:
    scores = [score_of(key_file) for key_file in KEYS]
    assert sum(scores) / len(scores) >= 0.97
