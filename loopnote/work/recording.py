"""A command that writes, written down: when it began, how it ended, and its id in every log line."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from loopnote.logs import bind_run
from loopnote.store.store import Store
from loopnote.wiring import Wiring


@dataclass(slots=True)
class Record:
    """A run that is written down; `ok` is what it will have been."""

    run_id: str
    ok: bool = True


@contextmanager
def recorded(wiring: Wiring, store: Store, command: str) -> Iterator[Record]:
    """Write a run down, and how it ended; its log lines carry its id."""
    record = Record(store.begin_run(command, wiring.clock()))
    bind_run(record.run_id)
    try:
        yield record
    except Exception as error:
        store.end_run(record.run_id, wiring.clock(), ok=False, error=wiring.veil.over(str(error)))
        raise
    store.end_run(record.run_id, wiring.clock(), ok=record.ok)
