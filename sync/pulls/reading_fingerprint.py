"""What a reading depends on besides the log itself: the configuration, the words and the reader.

"Unchanged" may only be said where all of it is as it was at the last reading: a correction in the
configuration counts at the next sync, and so does an upgrade of loopnote.
"""

import json
from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

STATE_KEY = "reading"
"""Where the fingerprint stands in a source's state, beside what the source itself remembers."""

_OF_A_SOURCE = "source.py"
"""Module of every package that reads a kind of source."""


def reader_folders(root: Path) -> list[Path]:
    """Return the packages that decide what a reading says: the parser, and each kind of source."""
    return [root / "parsing", *sorted(one.parent for one in root.glob(f"*/{_OF_A_SOURCE}"))]


@cache
def reader_version() -> str:
    """Return a stamp of the code and the words that readings are made with."""
    digest = blake2b(digest_size=8)
    root = Path(__file__).parents[1]
    for folder in reader_folders(root):
        for file in sorted(folder.rglob("*")):
            if file.suffix in (".py", ".toml"):
                digest.update(file.relative_to(root).as_posix().encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


def settings_fingerprint(settings: Mapping[str, Any]) -> str:
    """Return a stamp of the settings that decide how a source is read; JSON values only."""
    text = json.dumps(settings, ensure_ascii=True, sort_keys=True, default=str)
    return blake2b(text.encode(), digest_size=8).hexdigest()


def reading_fingerprint(settings: Mapping[str, Any]) -> dict[str, str]:
    """Return both stamps, so that it can be said which of the two has changed."""
    return {"settings": settings_fingerprint(settings), "reader": reader_version()}
