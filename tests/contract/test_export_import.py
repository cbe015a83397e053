"""An export loads into another store without loss, on either database.

What is no export loads not at all.
"""

import io
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from fakes.entries import entry, new, same, weeks_later
from fakes.populated_store import MAIL, OTHER, TEAM, live, sync
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis_profiles import examples
from sqlalchemy import Connection, select

from notes.export_formats import jsonlines
from notes.export_formats.record import ExportSelection
from notes.model.errors import ExchangeError
from notes.model.periods import Week
from notes.store.delivery.ledger import Deliveries
from notes.store.sql.schema import metadata
from notes.store.store import Store


def exported(store: Store, chosen: ExportSelection | None = None) -> bytes:
    chosen = chosen or ExportSelection()
    return b"".join(jsonlines.encode_lines(store.records(chosen), chosen))


def loaded(store: Store, data: bytes, *, keep: bool = True):
    return store.import_records(jsonlines.decode_lines(io.BytesIO(data)), keep=keep)


def contents(store: Store) -> dict[str, list[dict]]:
    """Every table but the index, row numbers left out where only their order counts."""
    ordered = {"note": "seq", "problem": "id", "message": "id", "repair": "id"}
    found = {}
    with store.database.reading() as connection:
        for table in metadata.sorted_tables:
            if not table.name.startswith("search_"):
                found[table.name] = _rows(connection, table, ordered.get(table.name, ""))
    return found


def _rows(connection: Connection, table, number: str) -> list[dict]:
    order = [table.c[number]] if number else list(table.primary_key.columns)
    if table.name == "problem":
        order.insert(0, table.c.source)
    rows = [dict(row) for row in connection.execute(select(table).order_by(*order)).mappings()]
    return [
        {name: value for name, value in row.items() if name not in {number, "message_row"}}
        for row in rows
    ]


@pytest.fixture
def old(store: Store) -> Store:
    live(store)
    return store


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/other.db") as opened:
        yield opened


def test_nothing_is_lost_between_an_export_and_an_import(old: Store, other: Store) -> None:
    data = exported(old)

    taken = loaded(other, data)

    assert contents(other) == contents(old)
    assert exported(other) == data
    assert taken.new["note"] == len(list(old.notes(include_gone=True)))
    assert [note.id for note in other.notes(include_gone=True)] == [
        note.id for note in old.notes(include_gone=True)
    ]


def test_it_comes_back_into_either_database(store: Store, other: Store) -> None:
    live(other)

    loaded(store, exported(other))

    assert contents(store) == contents(other)
    assert exported(store) == exported(other)
    assert loaded(store, exported(other)).nothing_new
    sync(store, new(entry(99, "무언가 새로운 것")), 3, source="another", team=TEAM)
    assert len(store.search("무언가")) == 1


def test_the_new_store_answers_as_the_old_one_did(old: Store, other: Store) -> None:
    loaded(other, exported(old))

    for note in old.notes(include_gone=True):
        assert other.note(note.id) == note
        assert other.versions(note.id) == old.versions(note.id)
        assert other.doubt(note.id) == old.doubt(note.id)
    assert other.problems() == old.problems()
    assert other.health() == old.health()
    assert other.manual_links() == old.manual_links()
    assert other.runs() == old.runs()
    assert [note.id for note in other.search("같은")] == [note.id for note in old.search("같은")]
    assert list(other.notes(as_of=weeks_later(0.5))) == list(old.notes(as_of=weeks_later(0.5)))


def test_the_ledger_comes_along_so_that_nothing_is_sent_again(old: Store, other: Store) -> None:
    loaded(other, exported(old))

    before, after = Deliveries(old.database), Deliveries(other.database)
    assert after.lines() == before.lines()
    assert after.messages_about(Week(2026, 47)) == before.messages_about(Week(2026, 47))
    (line,) = (
        line
        for line in after.lines()
        if line.mailbox.startswith("b") and line.report.startswith(OTHER)
    )
    assert after.claim(line, "run-2", weeks_later(2)) == MAIL


def test_the_next_reading_finds_nothing_new(old: Store, other: Store) -> None:
    loaded(other, exported(old))

    with other.update("Workshop log", OTHER, "run", now=weeks_later(3)) as update:
        known = {
            row.note_id: row.entry for row in update.known.rows() if row.source == "Workshop log"
        }
        update.save(same(entry, note_id) for note_id, entry in known.items())
        update.gone_except_seen()
        counts = update.finish(update.state)

    assert (counts.new, counts.changed, counts.gone, counts.unchanged) == (0, 0, 0, 2)


def test_a_second_import_changes_nothing(old: Store, other: Store) -> None:
    data = exported(old)
    loaded(other, data)

    taken = loaded(other, data)

    assert taken.nothing_new
    assert sum(taken.alike.values()) == data.count(b"\n") - 2 - data.count(b'{"is":"metric"')
    assert exported(other) == data


def test_a_trial_run_changes_nothing(old: Store, other: Store) -> None:
    taken = loaded(other, exported(old), keep=False)

    assert taken.new["note"] > 0
    assert not any(contents(other).values())


def test_one_team_comes_beside_another(old: Store, other: Store) -> None:
    one, two = exported(old, ExportSelection(TEAM)), exported(old, ExportSelection(OTHER))
    assert OTHER.encode() not in one
    assert '"is":"run"' not in one.decode()

    loaded(other, one)
    loaded(other, two)
    loaded(other, one)

    assert {note.id for note in other.notes(include_gone=True)} == {
        n.id for n in old.notes(include_gone=True)
    }
    assert Deliveries(other.database).messages_about(Week(2026, 47), scope=OTHER) == Deliveries(
        old.database
    ).messages_about(Week(2026, 47), scope=OTHER)
    assert exported(other, ExportSelection(OTHER)) == two


def test_a_source_that_is_there_and_differs_is_refused(old: Store, other: Store) -> None:
    sync(other, new(entry(2, "another log of that name")), 0)
    sync(other, new(entry(2, "x")), 0, source="Workshop log")
    before = contents(other)
    with pytest.raises(
        ExchangeError, match="source Workshop log, source 시도 기록: in this store already"
    ) as caught:
        loaded(other, exported(old))

    assert "store of its own" in caught.value.hint
    assert contents(other) == before


def test_a_store_that_went_on_refuses_its_own_older_export(old: Store) -> None:
    data = exported(old)
    sync(old, new(entry(2, "more")), 4)

    with pytest.raises(ExchangeError, match="already"):
        loaded(old, data)


def test_an_excerpt_is_not_loaded(old: Store, other: Store) -> None:
    week = Week(2026, 45)
    excerpt = exported(old, ExportSelection(touching=(week.first, week.last)))
    assert 0 < excerpt.count(b'{"is":"note"') < exported(old).count(b'{"is":"note"')

    with pytest.raises(ExchangeError, match="excerpt"):
        loaded(other, excerpt)


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> bytes:
    with Store.open(f"sqlite:///{tmp_path_factory.mktemp('lived')}/store.db") as store:
        live(store)
        return exported(store)


@pytest.fixture(scope="module")
def empty(tmp_path_factory) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path_factory.mktemp('empty')}/store.db") as store:
        yield store


def test_a_file_that_was_cut_off_anywhere_is_refused(sample: bytes, empty: Store) -> None:
    for length in [*range(0, len(sample) - 1, 997), len(sample) - 2]:
        with pytest.raises(ExchangeError):
            loaded(empty, sample[:length])
    assert not any(contents(empty).values())


def test_a_file_without_its_last_line_is_refused(sample: bytes, empty: Store) -> None:
    lines = sample.splitlines(keepends=True)
    with pytest.raises(ExchangeError, match="ends in the middle, after"):
        loaded(empty, b"".join(lines[:-1]))
    with pytest.raises(ExchangeError, match="changed after it was written"):
        loaded(empty, b"".join(lines[:-2] + lines[-1:]))
    with pytest.raises(ExchangeError, match="changed after it was written"):
        loaded(empty, sample + b"\n")


def test_an_altered_word_is_noticed(sample: bytes, empty: Store) -> None:
    assert "다른 글".encode() in sample
    with pytest.raises(ExchangeError, match="changed after it was written"):
        loaded(empty, sample.replace("다른 글".encode(), "다룬 글".encode()))
    assert not any(contents(empty).values())


def test_a_mail_that_is_not_the_one_of_its_digest_is_refused(sample: bytes, empty: Store) -> None:
    lines = sample.splitlines(keepends=True)[:-1]
    at = next(number for number, line in enumerate(lines) if line.startswith(b'{"is":"message"'))
    lines[at] = json.dumps(json.loads(lines[at]) | {"sha256": "0" * 64}).encode() + b"\n"
    with pytest.raises(ExchangeError, match=f"line {at + 1} .* the mail is not the one"):
        loaded(empty, _resealed(lines))


def test_a_newer_format_asks_for_an_upgrade(sample: bytes, empty: Store) -> None:
    with pytest.raises(ExchangeError, match="format 2") as caught:
        loaded(empty, sample.replace(b'"format":1', b'"format":2', 1))
    assert "upgrade" in caught.value.hint


def test_a_nonsense_line_is_named(sample: bytes, empty: Store) -> None:
    lines = sample.splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if line.startswith(b'{"is":"note"'))
    for good, bad in (
        (b'"version":1', b'"version":"x"'),
        (b'"kind":"experiment"', b'"kind":"secret"'),
        (b'"fields":{', b'"fields":{"start_date":"tomorrow",'),
        (b'"digest":"', b'"digest":"zz'),
        (b'"team":', b'"teem":'),
        (b'"place":{', b'"place":{"file":{},'),
        (b'{"is":"note"', b'{"is":"knot"'),
    ):
        assert good in lines[at]
        with pytest.raises(ExchangeError, match=f"line {at + 1} is not what an export holds"):
            loaded(
                empty, b"".join([*lines[:at], lines[at].replace(good, bad, 1), *lines[at + 1 :]])
            )
    for line in (
        b"{\n",
        b"[]\n",
        b"\xff\n",
        b'{"is":NaN}\n',
        b"[" * 100_000 + b"\n",
        b"1" * 5000 + b"\n",
        b"\n",
    ):
        with pytest.raises(ExchangeError, match=f"line {at + 1} is not"):
            loaded(empty, b"".join([*lines[:at], line, *lines[at:]]))
    assert not any(contents(empty).values())


def _resealed(lines: list[bytes]) -> bytes:
    """The lines with an end that fits them: what somebody makes who knows the format."""
    from hashlib import sha256

    body = b"".join(lines)
    return body + jsonlines.line_of(
        "end", {"records": len(lines) - 1, "sha256": sha256(body).hexdigest()}
    )


_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=6),
    st.sampled_from(
        [
            "",
            "\x00",
            "\ud800",
            "2026-11-23T08:00:00.000000Z",
            "9999-99-99",
            "note",
            "../x",
            "0" * 12,
        ]
    ),
    st.just([]),
    st.just({}),
    st.lists(st.lists(st.text(max_size=2), max_size=3), max_size=2),
    st.dictionaries(
        st.sampled_from(["goal", "kind", "tab", "row", "is", "place"]),
        st.integers() | st.text(max_size=2),
    ),
)


@settings(max_examples=examples(300), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_a_stranger_puts_into_a_line_is_loaded_whole_or_not_at_all(
    sample, empty, data
) -> None:
    lines = sample.splitlines(keepends=True)[:-1]
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(1, len(lines) - 1))
        value = json.loads(lines[at])
        target = value
        names = [name for name in value if name != "is"]
        if not names:
            continue  # taken out of it before
        name = data.draw(st.sampled_from(names))
        if isinstance(value[name], dict) and value[name] and data.draw(st.booleans()):
            target = value[name]
            name = data.draw(st.sampled_from(sorted(target)))
        if data.draw(st.booleans()):
            target[name] = data.draw(_VALUES)
        else:
            del target[name]
        lines[at] = json.dumps(value).encode() + b"\n"
        if data.draw(st.booleans()):
            lines[at], lines[at - 1] = lines[at - 1] if at > 1 else lines[at], lines[at]

    with suppress(ExchangeError):
        loaded(empty, _resealed(lines), keep=False)
    assert not any(contents(empty).values())


FIRST_FORMAT = Path(__file__).parents[1] / "data" / "export-1.jsonl"


def test_an_export_of_the_first_format_still_loads(other: Store) -> None:
    """The file was written by the first version, from `fakes.populated_store`.

    It is never made anew.
    """
    taken = loaded(other, FIRST_FORMAT.read_bytes())

    assert (taken.new["note"], taken.new["version"], taken.new["message"]) == (13, 9, 2)
    assert len(Deliveries(other.database).messages_about(Week(2026, 47))) == 2
    assert all(other.versions(note.id) for note in other.notes(include_gone=True))
    assert len(other.search("같은")) == 1
