"""Records each command that writes to the store.

A record has the start, the result, and the id that stands in every log line.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from loopnote.runtime.logging import bind_run
from loopnote.services.wiring import Wiring
from notes.store.store import Store

from .same_store import remember_first


@dataclass(slots=True)
class RunRecording:
    """A recorded run; `ok` is its result so far."""

    run_id: str
    ok: bool = True


@contextmanager
def record_run(wiring: Wiring, store: Store, command: str) -> Iterator[RunRecording]:
    """Record a run and its result; its log lines have its id."""
    record = RunRecording(store.begin_run(command, wiring.clock()))
    bind_run(record.run_id)
    try:
        yield record
    except Exception as error:
        store.end_run(
            record.run_id, wiring.clock(), ok=False, error=wiring.redactor.redact(str(error))
        )
        raise
    store.end_run(record.run_id, wiring.clock(), ok=record.ok)
    remember_first(wiring, store, record.run_id, now=wiring.clock())
