"""The corpus of invented logs is read as well as it was, and nothing that a reading says is
invented.
"""

from collections import Counter
from typing import Any

import pytest

from bench.corpus.logs import every_log
from bench.corpus.run import measured, score_module


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What each log scored, and the harm that its reading did."""
    score, folder = score_module(), tmp_path_factory.mktemp("corpus")
    return [measured(log, score, folder) for log in every_log()]


def test_the_logs_together_score_as_when_they_were_last_measured(
    results: list[dict[str, Any]],
) -> None:
    assert sum(one["overall"] for one in results) / len(results) >= 0.99


def test_no_log_of_the_corpus_is_lost(results: list[dict[str, Any]]) -> None:
    assert {one["workbook"] for one in results if one["overall"] < 0.85} == set()


def test_no_reading_invents_a_fact_or_turns_a_verdict_round(results: list[dict[str, Any]]) -> None:
    assert sum((one["harm"] for one in results), Counter()) == Counter()
