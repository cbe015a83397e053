"""Files that only their owner reads, whole or not at all."""

import sys

import pytest

from notes.system.private_file import write_private


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


def test_a_folder_that_is_not_there_leaves_nothing(tmp_path):
    with pytest.raises(OSError, match="No such file"):
        write_private(tmp_path / "missing" / "page.html", "x")
