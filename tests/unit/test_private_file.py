"""Files that only their owner reads, whole or not at all."""

import subprocess
import sys

import pytest

from notes.system.private_file import replaced_file, write_private

KILLED = """
import os, signal, sys
from pathlib import Path
from notes.system.private_file import replaced_path
with replaced_path(Path(sys.argv[1], "2026-11-27.jsonl")) as part:
    part.write_bytes(b"half")
    Path(f"{part}-journal").touch()
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such rights there")
def test_only_the_owner_reads_it_also_where_an_open_one_was_before(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("open", encoding="utf-8")
    path.chmod(0o644)
    write_private(path, "비밀")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_text(encoding="utf-8") == "비밀"


def test_what_a_kill_left_behind_is_taken_away(tmp_path):
    left = tmp_path / ".page.html.part"
    left.write_text("half", encoding="utf-8")
    write_private(tmp_path / "page.html", b"whole")
    assert [file.name for file in tmp_path.iterdir()] == ["page.html"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_what_a_kill_left_is_taken_away_whatever_is_written_next(tmp_path):
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    assert len(list(tmp_path.iterdir())) == 2, "the half of it and its journal"
    write_private(tmp_path / "2026-11-28.jsonl", b"whole")
    assert [file.name for file in tmp_path.iterdir()] == ["2026-11-28.jsonl"]


def test_what_a_living_process_writes_is_left_to_it(tmp_path):
    page, other = tmp_path / "page.html", tmp_path / "other.html"
    with replaced_file(page) as file:
        file.write(b"first")
        write_private(other, b"other")
        write_private(page, b"second")
    assert (page.read_bytes(), other.read_bytes()) == (b"first", b"other")


def test_what_fails_leaves_nothing(tmp_path):
    with pytest.raises(OSError, match="full"):
        _fail_in(tmp_path)
    assert not list(tmp_path.iterdir())


def _fail_in(folder):
    with replaced_file(folder / "page.html") as file:
        file.write(b"half")
        raise OSError("full")


def test_a_folder_that_is_not_there_leaves_nothing(tmp_path):
    with pytest.raises(OSError, match="No such file"):
        write_private(tmp_path / "missing" / "page.html", "x")
