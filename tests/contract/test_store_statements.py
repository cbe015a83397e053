"""Statements of text, by which every command asks the store (ADR 0470), on both databases."""

from pathlib import Path

import pytest
from fakes.entries import MONDAY

from notes.model.errors import StoreBusyError, StoreError
from notes.store.delivery.alarms import Heartbeats
from notes.store.note_rows.decoded_rows import COLUMNS
from notes.store.note_rows.writer import VERSION_COLUMNS
from notes.store.sql.schema import note, note_version, source
from notes.store.sql.statements import among, listed
from notes.store.store import Store

NAMED = {"name": "100 % of ‘it’ :now"}


def beats(store: Store) -> list[str]:
    with store.database.asking() as statements:
        return [row["name"] for row in statements.rows("SELECT name FROM heartbeat ORDER BY name")]


def test_a_value_is_only_a_value_whatever_signs_it_has(store: Store) -> None:
    Heartbeats(store.database).record_beat(NAMED["name"], MONDAY)
    with store.database.asking() as statements:
        assert statements.rows("SELECT name FROM heartbeat WHERE name = :name", NAMED)
        assert statements.rows("SELECT 1 FROM heartbeat WHERE name = :name", {"name": "x"}) == []


def test_a_change_says_how_many_rows_it_wrote(store: Store) -> None:
    for name in ("a", "b"):
        Heartbeats(store.database).record_beat(name, MONDAY)
    marks, values = listed("name", ["a", "b", "c"])
    with store.database.changing() as statements:
        assert statements.change(f"DELETE FROM heartbeat WHERE name IN ({marks})", values) == 2
    assert beats(store) == []


@pytest.mark.parametrize("names", [["a", "b'; --"], [":b", "100 %"], []])
def test_one_value_says_that_a_text_is_one_of_many(store: Store, names: list[str]) -> None:
    for name in ("a", "b'; --", ":b", "100 %", "c"):
        Heartbeats(store.database).record_beat(name, MONDAY)
    with store.database.asking() as statements:
        chosen, values = among(statements, "name", names)
        found = statements.lines(f"SELECT name FROM heartbeat WHERE {chosen}", values)
    assert {name for (name,) in found} == {*names}


def test_a_long_answer_comes_in_parts_and_may_be_left(store: Store) -> None:
    every = [f"n{number}" for number in range(7)]
    for name in every:
        Heartbeats(store.database).record_beat(name, MONDAY)
    with store.database.asking() as statements:
        asked = "SELECT name FROM heartbeat WHERE name <> :not ORDER BY name"
        parts = [list(part) for part in statements.parts(asked, {"not": "n6"}, 4)]
        assert parts == [[("n0",), ("n1",), ("n2",), ("n3",)], [("n4",), ("n5",)]]
        left = statements.parts(asked, {"not": ""}, 2)
        assert next(left) == [("n0",), ("n1",)]
        left.close()
        assert statements.lines("SELECT count(*) FROM heartbeat") == [(7,)]


def test_the_columns_that_a_pull_names_are_those_of_the_tables() -> None:
    assert tuple(note.columns.keys()) == COLUMNS
    assert tuple(note_version.columns.keys()) == VERSION_COLUMNS


def test_a_source_that_only_failed_has_every_column_as_one_never_read(store: Store) -> None:
    store.record_failure("log", "Bookshop", MONDAY, error="gone", hint="look")
    with store.database.asking() as statements:
        (row,) = statements.rows("SELECT * FROM source")
    defaults = {each.name: getattr(each.default, "arg", None) for each in source.columns}
    told = {"name", "team", "last_attempt", "error", "hint", "failures"}
    assert {name: row[name] for name in row.keys() if name not in told} == {  # noqa: SIM118
        name: value for name, value in defaults.items() if name not in told
    }


def _delete_and_fail(store: Store) -> None:
    with store.database.changing() as statements:
        statements.change("DELETE FROM heartbeat")
        raise KeyError


def test_a_block_that_fails_has_written_nothing_and_the_next_one_goes_on(store: Store) -> None:
    Heartbeats(store.database).record_beat("before", MONDAY)
    with pytest.raises(KeyError):
        _delete_and_fail(store)

    Heartbeats(store.database).record_beat("later", MONDAY)
    assert beats(store) == ["before", "later"]


def test_a_reader_sees_one_moment_while_another_connection_writes(store: Store) -> None:
    with store.database.asking() as statements:
        assert statements.rows("SELECT name FROM heartbeat") == []
        Heartbeats(store.database).record_beat("meanwhile", MONDAY)
        assert statements.rows("SELECT name FROM heartbeat") == []
    assert beats(store) == ["meanwhile"]


def test_a_statement_that_is_refused_is_a_store_error_with_a_next_step(store: Store) -> None:
    with pytest.raises(StoreError) as caught, store.database.asking() as statements:
        statements.rows("SELECT nothing FROM heartbeat")
    assert caught.value.hint
    assert beats(store) == []


def test_a_change_waits_for_the_writer_before_it_and_says_so_when_that_is_too_long(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    with Store.open(url) as store, Store.open(url, patience=0.05) as other:
        with store.database.changing() as statements:
            statements.change("DELETE FROM heartbeat")
            with pytest.raises(StoreBusyError):
                Heartbeats(other.database).record_beat("b", MONDAY)
        Heartbeats(other.database).record_beat("b", MONDAY)
        assert beats(store) == ["b"]


def test_an_address_with_parameters_is_asked_the_same_through_sqlalchemy(tmp_path: Path) -> None:
    plain, with_parameters = (f"sqlite:///{tmp_path}/a b.db{more}" for more in ("", "?timeout=3"))
    with Store.open(with_parameters) as store:
        run = store.begin_run("sync", MONDAY)
        store.end_run(run, MONDAY, ok=False, error="x")
        found = store.runs()
    with Store.open(plain) as store:
        assert store.runs() == found
        assert found[0].ok is False
    assert [path.name for path in tmp_path.iterdir()] == ["a b.db"]


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_no_connection_is_left_open_for_a_child_to_inherit(store_url: str) -> None:
    with Store.open(store_url) as store:
        Heartbeats(store.database).record_beat("a", MONDAY)
        store.database.let_go()
        assert store.database._unused == []
        assert beats(store) == ["a"]


@pytest.mark.parametrize(
    "store_url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
def test_sessions_of_a_server_outlast_a_fork(store_url: str) -> None:
    def session() -> int:
        with store.database.asking() as statements:
            return int(statements.lines("SELECT pg_backend_pid()")[0][0])

    with Store.open(store_url) as store:
        before = session()
        store.database.let_go()
        assert session() == before
