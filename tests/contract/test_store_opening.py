"""Opening: what is not a store, what is not ours, what is too new, and who may read it."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.entries import MONDAY
from sqlalchemy import update

from notes.model.errors import StoreError
from notes.store.sql.schema import revision_mark
from notes.store.store import Store


def refusal(url: str, *, create: bool = True) -> StoreError:
    with pytest.raises(StoreError) as caught:
        Store.open(url, create=create)
    assert caught.value.hint
    assert "\n" not in str(caught.value)
    return caught.value


def test_a_new_store_is_private(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with Store.open(f"sqlite:///{path}") as store:
        store.begin_run("sync", MONDAY)
        modes = {stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()}

    assert modes == {0o600}


def test_a_store_can_be_opened_again(store_url: str) -> None:
    Store.open(store_url).close()

    with Store.open(store_url) as store:
        assert list(store.notes()) == []


def test_an_up_to_date_store_opens_without_alembic(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    Store.open(url).close()
    program = (
        "import sys; from notes.store.store import Store; "
        f"Store.open({url!r}).close(); sys.exit('alembic' in sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", program],
        check=False,
        env=os.environ | {"PYTHONPATH": str(Path.cwd())},
    )

    assert done.returncode == 0


def test_a_newer_store_is_refused(store_url: str) -> None:
    with Store.open(store_url) as store, store.database.writing() as connection:
        connection.execute(update(revision_mark).values(version_num="9999"))

    assert "newer loopnote" in str(refusal(store_url))


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("dear diary " * 100)

    assert "not a loopnote store" in str(refusal(f"sqlite:///{path}"))
    assert path.read_text() == "dear diary " * 100


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE recipe (name TEXT)")
    other.commit()
    other.close()

    assert "another program" in str(refusal(f"sqlite:///{path}"))


def test_a_database_of_another_program_is_known_while_that_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("CREATE TABLE recipe (name TEXT)")
    other.execute("BEGIN IMMEDIATE")
    other.execute("INSERT INTO recipe VALUES ('bread')")

    assert "belongs to another program" in str(refusal(f"sqlite:///{path}"))
    other.close()


def test_a_file_whose_tables_were_all_removed_is_an_empty_one(tmp_path: Path) -> None:
    path = tmp_path / "emptied.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE recipe (number INTEGER PRIMARY KEY AUTOINCREMENT)")
    other.execute("DROP TABLE recipe")  # SQLite's own table of numbers stays
    other.commit()
    other.close()

    for _ in range(2):
        Store.open(f"sqlite:///{path}").close()


def test_a_truncated_store_says_so(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    Store.open(f"sqlite:///{path}").close()
    path.write_bytes(path.read_bytes()[:9000])

    assert "damaged" in str(refusal(f"sqlite:///{path}"))


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert f"{tmp_path}/missing" in str(refusal(f"sqlite:///{tmp_path}/missing/store.db"))


def test_a_missing_store_is_not_made_when_only_reading(tmp_path: Path) -> None:
    assert "there is no store" in str(refusal(f"sqlite:///{tmp_path}/store.db", create=False))


@pytest.mark.parametrize(
    "url", ["mysql://here/db", "sqlite://", "store.db", "sqlite:///:memory:", "nonsense://x"]
)
def test_other_addresses_are_refused(url: str) -> None:
    assert "sqlite:///" in refusal(url).hint


@pytest.fixture
def closed_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder that this process may not write to, also when it runs as root."""
    if os.geteuid() != 0:
        (tmp_path / "closed").mkdir(mode=0o555)
        yield tmp_path / "closed"
        return
    os.seteuid(65534)
    yield Path("/usr")
    os.seteuid(0)


def test_a_folder_that_may_not_be_written_is_named(closed_folder: Path) -> None:
    refused = refusal(f"sqlite:///{closed_folder}/store.db")

    assert (
        str(refused)
        == f"the store cannot be created at {closed_folder}/store.db: Permission denied"
    )


@pytest.mark.postgres
def test_a_postgresql_that_does_not_answer_is_named() -> None:
    assert "does not answer" in str(refusal("postgresql://loopnote:secret@127.0.0.1:1/nowhere"))
    assert "secret" not in str(refusal("postgresql://loopnote:secret@127.0.0.1:1/nowhere"))
