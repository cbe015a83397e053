"""A person's name erased from all that loopnote keeps, and what still names them named."""

from itertools import islice
from pathlib import Path

from loopnote.services.wiring import Wiring
from notes.model.erased_names import as_written
from notes.model.errors import StoreError
from notes.store.maintenance.erasure import (
    ErasureCounts,
    Replace,
    holds_name,
    mail_holds_name,
    name_finder,
    text_holds_name,
)
from notes.store.tables.run_lock import run_lock
from notes.system.private_file import remove_leftovers

MARK = "(…)"
"""What stands where a name stood."""

_LOOKED_THROUGH = 20_000
_LARGEST = 64 << 20
"""Files around the configuration that are looked through, and their bytes at most: more than a
folder of a team's logs has; judgement."""


def erase(wiring: Wiring, names: list[str], nicknames: list[str]) -> ErasureCounts:
    """Replace a person's names everywhere in the store; return how many records named them, and
    what is left.

    Raises:
        StoreError: the store cannot be written, or a run is at work in it.
    """
    with wiring.store() as store, run_lock(store.database, wiring.clock()) as mine:
        if not mine:
            raise StoreError(
                "a run is at work in the store, and could write the name again",
                hint="wait until it is done, then run the same command again",
            )
        return store.erase(names, mark=MARK, nicknames=nicknames, now=wiring.clock())


def files_that_name(wiring: Wiring, names: list[str], nicknames: list[str]) -> list[Path]:
    """Return the files around the configuration that still name the person, which loopnote does not
    change.

    Logs, mails in the outbox, written pages, exports, backups; what lies elsewhere, or is packed
    (.xlsx, .zip), is not seen, nor are nicknames in files that are no text. What killed commands
    left half-written there is removed first.
    """
    folders = [wiring.loaded.path.parent, *wiring.loaded.written_folders()]
    files = {
        file.resolve() for folder in folders for file in islice(folder.rglob("*"), _LOOKED_THROUGH)
    }
    for folder in {file.parent for file in files}:
        remove_leftovers(folder)
    written, finder = as_written(names), name_finder(names, nicknames)
    return sorted(file for file in files if _names_somebody(file, written, finder))


def _names_somebody(file: Path, names: list[str], finder: Replace) -> bool:
    try:
        if not file.is_file() or file.stat().st_size > _LARGEST:
            return False
        if file.suffix == ".eml":
            return mail_holds_name(file.read_bytes(), finder)
        return holds_name(file, names) or text_holds_name(file, finder)
    except OSError:
        return False
