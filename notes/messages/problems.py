"""Sentences for problems (what could not be understood) and for rows that were left out.

A problem keeps a code and facts; the same problem reads Korean to one reader and English to
another. To add one: a line under `[problem]` in each file of `problems/`; `{value}` and the names
in `facts` may stand in it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from notes.model.notes import Language, Problem, StoredProblem, cells_of

from .catalogue import MessageCatalogue, shipped_messages


def reason_of(problem: Problem, language: Language) -> str:
    """Return the problem as one sentence; an unknown code reads as itself."""
    words = _words(language)
    key = f"problem.{problem.code}"
    facts = dict(problem.facts)
    if problem.code == "not_understood" and facts.get("line", "").endswith('"guide" }'):
        key += "_headless" if facts.get("why") == "no header" else "_guide"  # it takes the tab out
    if not words.has(key):
        return f"{problem.code}: {problem.value}"
    if words.has(f"weekday.{facts.get('weekday')}"):
        facts["weekday"] = words(f"weekday.{facts['weekday']}")
    return words(key, **{"value": problem.value, **facts}) + _others(words, key, cells_of(problem))


def one_a_property(problems: Sequence[StoredProblem]) -> list[StoredProblem]:
    """Return the problems as they are told: cut values of one property are one, with their count.

    Every page of a database may have one (reading rules 11).
    """
    counts = Counter(_property(one) for one in problems)
    told: set[tuple[str, str, str]] = set()
    kept = []
    for one in problems:
        key = _property(one)
        if one.problem.code != _CUT or counts[key] == 1:
            kept.append(one)
        elif key not in told:
            told.add(key)
            facts = (*one.problem.facts, ("count", str(counts[key])))
            kept.append(replace(one, problem=replace(one.problem, facts=facts)))
    return kept


_CUT = "incomplete_value"
"""Of several cut values only the count is told."""


def _property(one: StoredProblem) -> tuple[str, str, str]:
    return one.source, one.problem.code, one.problem.place.property


def skipped_words(code: str, language: Language) -> str:
    """Return why a row was left out; an unknown code reads as itself."""
    words = _words(language)
    return words(f"skipped.{code}") if words.has(f"skipped.{code}") else code


def _others(words: MessageCatalogue, key: str, cells: int) -> str:
    """Return how many more cells have the problem; "" where its own sentence counts them."""
    if cells < 2 or "count" in words.facts_of(key):
        return ""
    return words("repeated.more", count=cells - 1)


def _words(language: Language) -> MessageCatalogue:
    return shipped_messages("notes.messages.problems", language)
