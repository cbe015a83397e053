"""The schema: made fresh, migrated step by step, from every earlier version."""

import hashlib
import json
import shutil
import sqlite3
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from fakes.entries import MONDAY, entry, new, same, weeks_later
from sqlalchemy import Connection, create_engine, insert, inspect, select
from sqlalchemy import update as update_rows

import notes.store.migrations
from notes.store.database import Database
from notes.store.migrations.migrate import bring_up_to_date, upgrade
from notes.store.sql.schema import PARTIAL_INDEXES, metadata, note, note_version, revision_mark
from notes.store.sql.stored_values import HEAD, instant_text
from notes.store.store import Store

SCRIPTS = Path(notes.store.migrations.__file__).parent
DATA = Path(__file__).parents[1] / "data"
RELEASED: dict[str, str] = {}
"""Checksums of released migrations, which are never edited: {"0001_first.py": "…"}."""

BROKEN = """
revision, down_revision = "9999", "{head}"
def upgrade():
    from alembic import op
    import sqlalchemy as sa
    op.create_table("extra", sa.Column("id", sa.Integer, primary_key=True))
    with op.batch_alter_table("run") as table:
        table.add_column(sa.Column("host", sa.Text))
    {last_line}
"""


def shape(connection: Connection) -> dict[str, Any]:
    found = inspect(connection)
    return {
        table: {
            "columns": sorted(
                (c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(table)
            ),
            "key": found.get_pk_constraint(table)["constrained_columns"],
            "foreign": sorted(
                (f["constrained_columns"], f["referred_table"])
                for f in found.get_foreign_keys(table)
            ),
            "indexes": sorted(
                (i["name"], i["column_names"], i["unique"]) for i in found.get_indexes(table)
            ),
        }
        for table in found.get_table_names()
        if not table.startswith("note_search_")
    }


def revision(connection: Connection) -> str | None:
    return connection.execute(select(revision_mark.c.version_num)).scalar()


def migrated(url: str) -> Database:
    database = Database(url)
    with database.writing() as connection:
        upgrade(connection)
    return database


def test_the_migrated_schema_is_the_fresh_one(
    store: Store, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    on_sqlite = store.database.dialect == "sqlite"
    url = (
        f"sqlite:///{tmp_path}/migrated.db"
        if on_sqlite
        else request.getfixturevalue("postgres").database()
    )
    database = migrated(url)

    with store.database.reading() as fresh, database.reading() as old:
        assert shape(old) == shape(fresh)
        assert revision(old) == revision(fresh) == HEAD
    database.close()


def test_the_tables_are_what_the_code_believes(store_url: str) -> None:
    database = migrated(store_url)
    with database.reading() as connection:
        ours = {
            "include_name": lambda name, kind, _: (
                name not in PARTIAL_INDEXES
                if kind == "index"
                else kind != "table" or not name.startswith("note_search")
            )
        }
        assert compare_metadata(MigrationContext.configure(connection, opts=ours), metadata) == []
    database.close()


def test_the_tables_that_sqlite_gets_as_text_are_those_of_the_schema(tmp_path: Path) -> None:
    Store.open(f"sqlite:///{tmp_path}/text.db").close()
    engine = create_engine(f"sqlite:///{tmp_path}/described.db")
    with engine.begin() as connection:
        metadata.create_all(connection)
        revision_mark.create(connection)
    engine.dispose()

    assert told(tmp_path / "text.db") == told(tmp_path / "described.db")


def told(path: Path) -> dict[str, str]:
    """Return what SQLite was told to make, by name."""
    connection = sqlite3.connect(path)
    made = connection.execute("SELECT name, sql FROM sqlite_master").fetchall()
    connection.close()
    return {name: "".join(sql.split()) for name, sql in made if sql}


def test_the_newest_script_is_the_one_the_code_knows() -> None:
    assert ScriptDirectory(str(SCRIPTS)).get_current_head() == HEAD


def test_a_step_that_fails_leaves_the_store_as_it_was_and_can_be_repeated(
    store_url: str, tmp_path: Path
) -> None:
    scripts = tmp_path / "scripts"
    shutil.copytree(SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    step = scripts / "versions" / "9999_extra.py"
    with Store.open(store_url) as store:  # its own tables: one more stays in them
        run_id = store.begin_run("sync", MONDAY)

        step.write_text(BROKEN.format(head=HEAD, last_line="raise ValueError('broken')"))
        with pytest.raises(ValueError, match="broken"), store.database.writing() as connection:
            upgrade(connection, scripts=str(scripts))
        with store.database.reading() as connection:
            assert revision(connection) == HEAD
            assert "extra" not in inspect(connection).get_table_names()
            assert "host" not in {
                column["name"] for column in inspect(connection).get_columns("run")
            }

        step.write_text(BROKEN.format(head=HEAD, last_line="pass"))
        with store.database.writing() as connection:
            upgrade(connection, scripts=str(scripts))
        with store.database.reading() as connection:
            assert revision(connection) == "9999"
            assert "host" in {column["name"] for column in inspect(connection).get_columns("run")}
        assert [run.id for run in store.runs()] == [run_id]


@pytest.mark.parametrize("dump", sorted(DATA.glob("store-v*.sql")), ids=lambda path: path.stem)
def test_a_store_of_an_earlier_version_is_read_without_loss(dump: Path, tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    old = sqlite3.connect(path)
    old.executescript(dump.read_text("utf-8"))
    old.close()

    with Store.open(f"sqlite:///{path}") as store:
        living, gone = (
            list(store.notes()),
            [note for note in store.notes(include_gone=True) if note.gone],
        )
        assert [note.note.goal for note in living] == ["재방문을 늘린다", "Shorter queue"]
        assert [note.note.goal for note in gone] == ["지워진 행"]
        assert [version.event for version in store.versions(living[0].id)] == ["new", "changed"]
        assert living[0].written.keys() == {"retrospective"}
        assert [found.problem.code for found in store.problems()] == ["impossible_date"]
        assert store.state("trials") == {"etag": "abc"}
        assert [found.goal for found in (hit.note for hit in store.search("재방"))] == [
            "재방문을 늘린다"
        ]
        with store.update("trials", "Bookshop", "run", now=MONDAY) as update:
            update.save(new(entry(9, "새 행")))
            assert update.finish({}).new == 1


@pytest.mark.parametrize("dump", sorted(DATA.glob("store-v*.sql")), ids=lambda path: path.stem)
def test_a_store_of_an_earlier_version_gets_the_fresh_schema(dump: Path, tmp_path: Path) -> None:
    old = sqlite3.connect(tmp_path / "old.db")
    old.executescript(dump.read_text("utf-8"))
    old.close()

    shapes = []
    for name in ("old", "new"):
        with (
            Store.open(f"sqlite:///{tmp_path}/{name}.db") as store,
            store.database.reading() as connection,
        ):
            shapes.append(shape(connection))

    assert shapes[0] == shapes[1]


def test_versions_that_name_no_change_are_folded_and_the_others_stay(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    old = sqlite3.connect(path)
    old.executescript((DATA / "store-v1.sql").read_text("utf-8"))
    note_id, changed = old.execute(
        "SELECT id, changed FROM note WHERE version = 2 AND gone IS NULL"
    ).fetchone()
    before = json.dumps(
        {"version": 2, "changed": changed, "gone": None, "source": "trials", "url": "u", "link": ""}
        | {"place": {"tab": "2월", "row": 2}, "written": {}}
    )
    old.executemany(
        (
            "INSERT INTO note_version VALUES (?, ?, '2026-12-01T00:00:00.000000Z', 'r', "
            "'changed', '[]', ?)"
        ),
        [
            (note_id, 3, before),
            (note_id, 4, before.replace(changed, "2026-12-01T00:00:00.000000Z")),
        ],
    )
    old.execute(
        "UPDATE note SET version = 4, changed = '2026-12-02T00:00:00.000000Z' WHERE id = ?",
        [note_id],
    )
    old.commit()
    old.close()

    with Store.open(f"sqlite:///{path}") as store:
        assert [version.event for version in store.versions(note_id)] == ["new", "changed"]
        assert instant_text(store.note(note_id).changed) == changed
        earliest, then = (list(store.notes(as_of=at)) for at in (MONDAY, weeks_later(1)))
        assert [one.note.retrospective for one in earliest + then if one.id == note_id] == [
            "",
            "늘었다",
        ]


def test_versions_without_content_are_folded_on_each_database(store: Store) -> None:
    row = entry(2, "대기 줄이기", hypothesis="창구를 열면 준다")
    with store.update("trials", "team", "r1", now=MONDAY) as update:
        update.save(new(row))
        update.finish({})
    (note_id,) = [one.id for one in store.notes()]
    with store.update("trials", "team", "r2", now=weeks_later(1)) as update:
        update.save([same(entry(2, "대기 줄이기", hypothesis="창구 둘이면 준다"), note_id)])
        update.finish({})
    before = {"version": 2, "changed": instant_text(weeks_later(1)), "gone": None}
    before |= {"source": "trials", "url": "", "link": "", "place": {"tab": "2월", "row": 2}}
    with store.database.writing() as connection:
        connection.execute(
            insert(note_version).values(
                note_id=note_id,
                version=3,
                at=weeks_later(2),
                run_id="r3",
                event="changed",
                changes="[]",
                before=json.dumps(before),
            )
        )
        connection.execute(update_rows(note).values(version=3, changed=weeks_later(2)))

    with store.database.writing() as connection:
        script = import_module("notes.store.migrations.versions.0002_fold_empty_versions")
        with Operations.context(MigrationContext.configure(connection)):
            script.upgrade()

    assert [one.event for one in store.versions(note_id)] == ["new", "changed"]
    assert store.note(note_id).changed == weeks_later(1)


def test_released_migrations_are_never_edited() -> None:
    for name, checksum in RELEASED.items():
        assert hashlib.sha256((SCRIPTS / "versions" / name).read_bytes()).hexdigest() == checksum


def test_two_programs_may_create_the_store_at_once(store_url: str) -> None:
    first, second = Database(store_url), Database(store_url)

    bring_up_to_date(first)
    bring_up_to_date(second)

    with first.reading() as connection:
        assert revision(connection) == HEAD
    first.close()
    second.close()
