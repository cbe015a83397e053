"""Harm is counted apart from the score: each kind of it is seen, and a careful answer has none."""

from typing import Any

from bench.corpus.harm import harm_of


def note(**fields: Any) -> dict[str, Any]:
    return {"source_ref": {"tab": "Log", "row": 2}, **fields}


def harm(right: dict[str, Any], given: dict[str, Any]) -> dict[str, int]:
    return dict(harm_of({"notes": [right]}, [given], []))


def test_what_the_log_does_not_say_is_invented() -> None:
    pair = {"name": "sales", "before": 1, "after": 2}
    given = note(owners=["Low"], goal="a81f3c2", outcome="success", metric=pair)
    assert harm(note(), given) == {
        "invented goal": 1,
        "invented outcome": 1,
        "invented owners": 1,
        "invented before/after": 1,
    }


def test_an_open_field_and_an_accepted_value_are_no_harm() -> None:
    right = note(outcome=None, owners=["Ann"], accept={"outcome": ["failure"]})
    assert harm(right, note(outcome="failure", owners=[])) == {}


def test_a_verdict_turned_round_is_harm_and_a_missing_one_is_not() -> None:
    assert harm(note(outcome="failure"), note(outcome="success")) == {"inverted verdict": 1}
    assert harm(note(outcome="failure"), note(outcome=None)) == {}


def test_a_table_is_lost_silently_only_where_nothing_says_so() -> None:
    key = {"notes": [note(goal="a")]}
    assert dict(harm_of(key, [], [])) == {"table lost silently": 1}
    assert dict(harm_of(key, [], [{"reason": "not_understood"}])) == {}
    assert dict(harm_of({"notes": []}, [note(goal="a")], [], extra=1)) == {"note from no log": 1}
