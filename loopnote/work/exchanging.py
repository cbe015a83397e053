"""`export` and `import`: the store as files, and such a file into a store."""

import gzip
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from loopnote.errors import ConfigError, ExchangeError, StoreBusyError
from loopnote.exchange import jsonlines
from loopnote.exchange.record import Chosen, Numbered, Record
from loopnote.store.run_lock import run_lock
from loopnote.store.store import Store
from loopnote.store.taking_in import TakenIn
from loopnote.wiring import Wiring

RECORDS = "loopnote-export.jsonl.gz"
"""The exact records in the folder of an export for people; `import` of the folder reads them."""

STREAM = Path("-")
_EVERY = 1000
Count = Callable[[int], None]
Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written where, and how many records of each kind."""

    paths: tuple[Path, ...]
    records: dict[str, int]


class Tally:
    """Counts records as they pass, and tells how many every now and then."""

    def __init__(self, tell: Count) -> None:
        self.kinds: dict[str, int] = {}
        self._tell = tell
        self._count = 0

    def of(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield the records, counted."""
        for record in records:
            self.kinds[record.kind] = self.kinds.get(record.kind, 0) + 1
            self._count += 1
            if self._count % _EVERY == 0:
                self._tell(self._count)
            yield record


def chosen_of(wiring: Wiring, store: Store, chosen: Chosen) -> Chosen:
    """Return what was chosen.

    Raises:
        ConfigError: neither the store nor the configuration knows the team.
    """
    if chosen.team and chosen.team not in store.teams():
        wiring.team(chosen.team)
    return chosen


def export_lines(wiring: Wiring, chosen: Chosen, out: Path, *, force: bool, tell: Count) -> Exported:
    """Write the chosen records as JSON Lines into a file (compressed when its name ends in .gz), or to stdout ("-").

    Raises:
        ExchangeError: the file cannot be written, or is not ours to write over.
    """
    tally = Tally(tell)
    with wiring.open_store(create=False) as store:
        lines = jsonlines.written(tally.of(store.records(chosen_of(wiring, store, chosen))), chosen)
        if out == STREAM:
            sys.stdout.buffer.writelines(lines)
            sys.stdout.buffer.flush()
            return Exported((), tally.kinds)
        write_lines(out, lines, force=force)
    return Exported((out,), tally.kinds)


def write_lines(path: Path, lines: Iterable[bytes], *, force: bool) -> None:
    """Write the lines of an export; a file that ends in .gz is compressed, the same lines always to the same bytes."""
    with private_file(path, force=force, is_ours=_begins_as_export) as file:
        if path.suffix != ".gz":
            file.writelines(lines)
            return
        with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0, compresslevel=6) as packed:
            packed.writelines(lines)


@contextmanager
def private_file(path: Path, *, force: bool, is_ours: Callable[[Path], bool]) -> Iterator[IO[bytes]]:
    """Give a file that only its owner may read, and that takes its place when all of it is written.

    Raises:
        ExchangeError: it cannot be written, or another program's file stands there and nobody said `force`.
    """
    if path.is_dir():
        raise ExchangeError(f"{path} is a folder", hint="name a file with --out")
    if path.exists() and not force and not is_ours(path):
        raise ExchangeError(f"{path} exists, and is no export of loopnote", hint="name another file, or add --force")
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            yield file
        part.replace(path)
    except OSError as error:
        raise ExchangeError(
            f"{path} cannot be written: {error.strerror}", hint="free some space, or name another place with --out"
        ) from error
    finally:
        part.unlink(missing_ok=True)


def _begins_as_export(path: Path) -> bool:
    try:
        with _opened(path) as file:
            return jsonlines.is_ours(file.readline(200))
    except (OSError, EOFError, zlib.error, ExchangeError):
        return False


# Import


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did or would do; `unknown` are teams and sources that the configuration does not name."""

    taken: TakenIn
    unknown: tuple[str, ...]


def import_file(wiring: Wiring, path: Path, *, keep: bool, tell: Count, indexing: Told) -> Imported:
    """Load an export into the store, all or nothing; without `keep` only find out what would happen.

    Raises:
        ExchangeError: it is no whole, unaltered export, or the store holds other records of the same name.
        StoreBusyError: another run is at work.
    """
    with _stream(path) as stream, wiring.store() as store, run_lock(store.database) as mine:
        if not mine:
            raise StoreBusyError("another run is using the store", hint="wait until it is done, then import again")
        taken = store.take_in(_counted(_read(stream), tell), keep=keep)
        if keep and not taken.nothing_new:
            store.bring_index_up_to_date(lambda done, of: indexing(f"{done}/{of}"))
        return Imported(taken, _unknown(wiring, store) if keep else ())


def _counted(records: Iterable[Numbered], tell: Count) -> Iterator[Numbered]:
    for count, record in enumerate(records, 1):
        if count % _EVERY == 0:
            tell(count)
        yield record


def _unknown(wiring: Wiring, store: Store) -> tuple[str, ...]:
    teams, sources = ({one.name for one in known} for known in (wiring.config.teams, wiring.config.sources))
    strange = [f"[[sources]] {one.source}" for one in store.health() if one.source not in sources]
    return (*(f"[[teams]] {team}" for team in store.teams() if team not in teams), *strange)


@contextmanager
def _stream(path: Path) -> Iterator[IO[bytes]]:
    if path == STREAM:
        yield sys.stdin.buffer
        return
    with _opened(_file_of(path)) as file:
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
        raise ExchangeError(f"{path.name} is for reading; it does not hold everything", hint=_INSTEAD)
    return path


_INSTEAD = (
    "in the old place run `loopnote export --out all.jsonl.gz`, then load that; the folder of a CSV export loads whole"
)


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file of lines, compressed or not, whatever its name."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise ExchangeError(f"{path} cannot be read: {error.strerror}", hint="correct the path") from error
    with file:
        packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        if not packed:
            yield file
            return
        with gzip.GzipFile(fileobj=file, mode="rb") as unpacked:
            yield cast(IO[bytes], unpacked)


def _read(stream: IO[bytes]) -> Iterator[Numbered]:
    try:
        yield from jsonlines.read(stream)
    except (EOFError, zlib.error, OSError) as error:
        raise ExchangeError(
            "the file is damaged or was cut off; nothing was loaded", hint="copy the file again, or export once more"
        ) from error


def format_of(named: str, out: Path | None) -> str:
    """Return the format: as named, else JSON Lines.

    Raises:
        ConfigError: there is no such format.
    """
    known = {"": "jsonl", "jsonl": "jsonl", "json": "jsonl", "csv": "csv", "markdown": "markdown", "md": "markdown"}
    if named.lower() not in known:
        raise ConfigError(f"{named!r} is no format", hint="jsonl, csv or markdown")
    if not named and out is not None and out.suffix.lower() in {".csv", ".md"}:
        raise ConfigError(
            f"{out.name} would be one table of several", hint=f"--format csv --out {out.with_suffix('')}/"
        )
    return known[named.lower()]
