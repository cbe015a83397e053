"""Every column of the store is decided upon: it is in an export, or there is a reason why not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes.model.notes import Metric, Note, Place, Series
from notes.store.export.json_types import type_check
from notes.store.export.record_fields import InvalidValueError
from notes.store.export.record_model import LEFT_OUT, MODEL
from notes.store.sql.schema import metadata


def test_every_column_of_the_store_is_in_an_export_or_left_out_for_a_reason():
    kept = {f"{each.table.name}.{field.column}" for each in MODEL for field in each.fields}
    left_out = {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if f"{table.name}.{column.name}" in LEFT_OUT or table.name in LEFT_OUT
    }
    known = {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
    }

    assert not kept & left_out
    assert known == kept | left_out
    assert all(LEFT_OUT.values())


def test_no_two_members_of_a_record_have_one_name():
    for each in MODEL:
        names = [field.name for field in each.fields]
        assert len(names) == len(set(names)), each.kind
        assert set(each.key) <= set(names)
        assert not {"is", "exact"} & set(names)


def test_a_shape_tells_what_fits():
    assert type_check(Place)({"tab": "2월", "row": 3})
    assert not type_check(Place)({"tab": 2, "row": 3})
    assert not type_check(Place)({"row": True})
    assert not type_check(Place)({"row": 10**30})
    assert type_check(Metric)({"name": "x", "before": None, "after_counts": [1, 2]})
    assert not type_check(Metric)({"after_counts": [1, 2, 3]})
    assert not type_check(Metric)({"before": float("inf")})
    assert not type_check(Metric)({"evidence": "a guess"})
    assert type_check(Series)(
        {"is": "Series", "points": [{"name": "x", "value": 1, "day": "2026-11-02"}]}
    )
    assert not type_check(Series)({"points": []})
    assert not type_check(Series)({"is": "Series", "points": [{"name": "x"}]})
    assert not type_check(Note)({"kind": "experiment"})


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["is", "name", "row", "x"]), inner)
    ),
    max_leaves=6,
)


@given(_JSON)
def test_a_shape_answers_whatever_it_is_asked(value):
    for kind in (Note, Place, Metric, Series, str, float):
        assert type_check(kind)(value) in {True, False}


@pytest.mark.parametrize("name", ["version", "revision"])
def test_versions_and_revisions_count_from_one(name: str) -> None:
    counted = [field for each in MODEL for field in each.fields if field.name == name]
    assert counted
    for field in counted:
        assert field.take(1, {}) == 1
        with pytest.raises(InvalidValueError):
            field.take(0, {})
