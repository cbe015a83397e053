"""A workspace of one team with one log in a CSV file, read once."""

from pathlib import Path

from fakes.command import loopnote

CONFIG = """
[[teams]]
name = "책방"
language = "ko"
timezone = "Asia/Seoul"
[[sources]]
name = "기록"
team = "책방"
kind = "file"
path = "log.csv"
[operator]
address = "op@example.org"
[store]
url = "sqlite:///loopnote.db"
[mail]
transport = "folder"
folder = "outbox"
from = "loopnote@example.org"
"""


def one_log(folder: Path, rows: str) -> Path:
    """Put the log and its configuration into the folder, read it, and return the folder."""
    (folder / "log.csv").write_text(rows, encoding="utf-8")
    (folder / "config.toml").write_text(CONFIG, encoding="utf-8")
    assert loopnote("sync", folder=folder).code == 0
    return folder
