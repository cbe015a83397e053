"""An upgrade and the way back, as docs/how-to/server.md has it, from a store that an older loopnote
wrote.

`tests/data/upgrade` holds the workspace of 2026-11-22 (commit 0ed6549): two Mondays' runs of that
version, with mails into a folder.
"""

import gzip
import hashlib
import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from fakes.command import loopnote

pytestmark = pytest.mark.slow

OLD = Path(__file__).parents[1] / "data" / "upgrade"
MONDAY = "2026-11-23T10:00:00+09:00"
NEXT_MONDAY = "2026-11-30T10:00:00+09:00"
SENT = {
    "2026-W46": "ecf4ba4bd558e93c5f78cb3eec5f1f29590942306a119cf7e3a61db4923d828c",
    "2026-W47": "f7f61397965d3fffcc1d46f5815a61ad75e3bf5bf562f8c5151dc948cb0aa269",
}
"""SHA-256 of the mails that the older version wrote."""

NOTES = {
    "22f392ed": ("A second till helps", 1),
    "1ea7b27c": ("A sign helps", 1),
    "165bcf09": ("전화하면 다시 온다", 1),
    "781dcb3f": ("A card with a stamp helps", 2),
}
"""What `loopnote notes` of the older version said: id, hypothesis, number of versions."""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    for name in ("config.toml", "log.csv"):
        shutil.copy(OLD / name, tmp_path)
    store = gzip.decompress((OLD / "store-0001.db.gz").read_bytes())
    (tmp_path / "loopnote.db").write_bytes(store)
    return tmp_path


def schema(path: Path) -> str:
    with sqlite3.connect(path) as store:
        return str(store.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def notes(folder: Path) -> dict[str, tuple[str, int]]:
    ran = loopnote("--json", "notes", folder=folder, LOOPNOTE_NOW=MONDAY)
    found = map(json.loads, ran.out.splitlines())
    return {one["id"][:8]: (one["hypothesis"], one["version"]) for one in found}


def test_a_backup_by_the_new_version_is_the_old_store(workspace: Path) -> None:
    ran = loopnote("backup", "before-upgrade.db", folder=workspace)

    assert ran.code == 0, ran.err
    assert schema(workspace / "before-upgrade.db") == "0001"
    assert schema(workspace / "loopnote.db") == "0001"


def test_after_the_upgrade_the_notes_are_the_same_and_nothing_is_sent_again(
    workspace: Path,
) -> None:
    assert notes(workspace) == NOTES

    synced = loopnote("--json", "sync", folder=workspace, LOOPNOTE_NOW=MONDAY)
    (answer,) = map(json.loads, synced.out.splitlines())
    assert (answer["read_anew"], answer["new"], answer["gone"]) == ("reader", 0, 0), answer
    assert notes(workspace).keys() == NOTES.keys()

    ran = loopnote("run", folder=workspace, LOOPNOTE_NOW=MONDAY)
    assert ran.code == 0, ran.err
    assert not (workspace / "outbox").exists()


def test_what_the_old_version_sent_is_written_out_again_byte_for_byte(workspace: Path) -> None:
    for week, digest in SENT.items():
        ran = loopnote("replay", week, "--out", week, folder=workspace, LOOPNOTE_NOW=MONDAY)
        assert ran.code == 0, ran.err
        (mail,) = (workspace / week).glob("*.eml")
        assert hashlib.sha256(mail.read_bytes()).hexdigest() == digest


def test_the_backup_in_the_place_of_the_store_sends_nothing_twice(workspace: Path) -> None:
    loopnote("backup", "before-upgrade.db", folder=workspace)
    ran = loopnote("run", folder=workspace, LOOPNOTE_NOW=NEXT_MONDAY)
    assert ran.code == 0, ran.err
    assert len(list((workspace / "outbox").iterdir())) == 1

    for left in workspace.glob("loopnote.db*"):
        left.unlink()
    shutil.copy(workspace / "before-upgrade.db", workspace / "loopnote.db")
    refused = loopnote("run", folder=workspace, LOOPNOTE_NOW=NEXT_MONDAY)
    assert refused.code == 2
    assert "--accept-store" in refused.err

    accepted = loopnote("run", "--accept-store", folder=workspace, LOOPNOTE_NOW=NEXT_MONDAY)
    assert accepted.code == 0, accepted.err
    assert len(list((workspace / "outbox").iterdir())) == 1


def test_a_newer_store_is_refused_and_left_as_it_is(workspace: Path) -> None:
    store = sqlite3.connect(workspace / "loopnote.db")
    store.execute("UPDATE alembic_version SET version_num = '9000'")
    store.commit()
    store.close()
    before = (workspace / "loopnote.db").read_bytes()
    for command in (["status"], ["backup", "copy.db"], ["run"]):
        ran = loopnote(*command, folder=workspace, LOOPNOTE_NOW=MONDAY)
        assert ran.code == 2
        assert "newer loopnote" in ran.err
    assert (workspace / "loopnote.db").read_bytes() == before
