"""`import`: loads an export into the store."""

import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from loopnote.services.wiring import Wiring
from notes.export_formats import jsonlines
from notes.export_formats.record import NumberedRecord
from notes.model.errors import ExchangeError, StoreBusyError
from notes.store.export.import_records import ImportCounts
from notes.store.store import Store
from notes.store.tables.run_lock import run_lock

from .export_files import RECORDS, STREAM, decompress_lines, open_lines

_EVERY = 1000
"""Records between two progress messages."""

Count = Callable[[int], None]
TellStep = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did or would do.

    `unknown` are teams and sources that the configuration does not name.
    """

    taken: ImportCounts
    unknown: tuple[str, ...]


def import_file(
    wiring: Wiring, path: Path, *, keep: bool, tell: Count, indexing: TellStep
) -> ImportResult:
    """Load an export into the store, all or nothing; without `keep` only count its records.

    Raises: ExchangeError: it is no whole, unaltered export, or the store holds other records of the
        same name. StoreBusyError: another run is at work.
    """
    with _stream(path) as stream, wiring.store() as store, run_lock(store.database) as mine:
        if not mine:
            raise StoreBusyError(
                "another run is using the store", hint="wait until it is done, then import again"
            )
        taken = store.import_records(_counted(_read(stream), tell), keep=keep)
        if keep and not taken.nothing_new:
            store.bring_index_up_to_date(lambda done, of: indexing(f"{done}/{of}"))
        return ImportResult(taken, _unknown(wiring, store) if keep else ())


def _counted(records: Iterable[NumberedRecord], tell: Count) -> Iterator[NumberedRecord]:
    for count, record in enumerate(records, 1):
        if count % _EVERY == 0:
            tell(count)
        yield record


def _unknown(wiring: Wiring, store: Store) -> tuple[str, ...]:
    teams, sources = (
        {one.name for one in known} for known in (wiring.config.teams, wiring.config.sources)
    )
    strange = [f"[[sources]] {one.source}" for one in store.health() if one.source not in sources]
    return (*(f"[[teams]] {team}" for team in store.teams() if team not in teams), *strange)


@contextmanager
def _stream(path: Path) -> Iterator[IO[bytes]]:
    if path == STREAM:
        with decompress_lines(sys.stdin.buffer) as lines:
            yield lines
        return
    with open_lines(_file_of(path)) as file:
        yield file


def _file_of(path: Path) -> Path:
    """Return the file of an export that a person named, or whose folder.

    Raises:
        ExchangeError: there is none; the hint says what to load instead.
    """
    if path.is_dir():
        if (path / RECORDS).exists():
            return path / RECORDS
        raise ExchangeError(f"the folder {path} holds no {RECORDS}", hint=_INSTEAD)
    if path.suffix.lower() in {".csv", ".md"}:
        raise ExchangeError(
            f"{path.name} is for reading; it does not hold everything", hint=_INSTEAD
        )
    return path


_INSTEAD = (
    "write it with `export --out all.jsonl.gz` in the old place, "
    "then load that; the folder of a CSV export loads whole"
)
"""The next step where a file of an export was given that cannot be loaded by itself."""


def _read(stream: IO[bytes]) -> Iterator[NumberedRecord]:
    try:
        yield from jsonlines.decode_lines(stream)
    except (EOFError, zlib.error, OSError) as error:
        raise ExchangeError(
            "the file is damaged or was cut off; nothing was loaded",
            hint="copy the file again, or export once more",
        ) from error
