"""The stamp of the reader is made of its code and its words, wherever its own module stands."""

from hashlib import blake2b
from pathlib import Path

import pytest

from sync.pulls.reading_fingerprint import reader_folders, reader_version


def test_the_readers_stamp_is_made_of_files() -> None:
    assert reader_version() != blake2b(b"", digest_size=8).hexdigest()


def test_every_kind_of_source_belongs_to_the_reader() -> None:
    sync = Path(__file__).parents[2] / "sync"
    names = {one.name for one in reader_folders(sync)}
    assert names == {"parsing", "files", "sheets", "notion"}


def test_another_letter_in_a_word_list_is_another_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    before = reader_version.__wrapped__()
    read = Path.read_bytes
    monkeypatch.setattr(
        Path,
        "read_bytes",
        lambda path: read(path) + (b"#" if path.name == "columns.toml" else b""),
    )
    assert reader_version.__wrapped__() != before
