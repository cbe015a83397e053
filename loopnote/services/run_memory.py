"""What is remembered outside of the store: that there was one, what was sent, and whom to tell.

A store that was lost, emptied or restored from an old backup cannot say so itself. This file, in
the configuration's folder (or the user's state folder, where that one may not be written), knows
the last run that the store has to know, the mails that are settled, and whom to tell of trouble
when neither the store nor the configuration can be read (ADR 0812).
"""

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from notes.model.deliveries import OPEN, Alarm, Delivery
from notes.system.home_folder import with_home
from notes.system.private_file import write_private

KEPT_MAILS = timedelta(days=45)
"""How long a settled mail is remembered: a monthly report is due once in 31 days, and moved by a
holiday at most 15."""

_VERSION = 1
"""Form of the file: a later one can tell the first from itself."""


@dataclass(frozen=True, slots=True)
class KnownStore:
    """A store that was used: a digest of its address, how it is called, and the last run in it."""

    address: str
    where: str
    run_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RunMemory:
    """What one configuration's last run left behind.

    `sent` are the settled lines of the ledger, `contact` is (operator, mail) as the configuration
    had them, without secrets, `troubles` those of the watcher itself that are open.
    """

    store: KnownStore | None = None
    sent: tuple[Delivery, ...] = ()
    contact: Mapping[str, Any] | None = None
    troubles: tuple[Alarm, ...] = ()

    def knows(self, url: str) -> bool:
        """Say whether there was a store at this address."""
        return self.store is not None and self.store.address == address_digest(url)


def address_digest(url: str) -> str:
    """Return what stands for a store's address: it may hold a password, and never stands in
    the file.
    """
    return sha256(url.encode()).hexdigest()[:16]


def memory_files(config: Path) -> tuple[Path, ...]:
    """Return where a configuration's memory may lie, the better place first."""
    own = config.absolute()
    beside = own.with_name(f".{own.name}.state")
    base = os.environ.get("XDG_STATE_HOME") or "~/.local/state"
    try:
        state = with_home(base)
    except RuntimeError:  # a user without a home
        return (beside,)
    return beside, state / "loopnote" / f"{sha256(str(own).encode()).hexdigest()[:16]}.state"


def read_memory(config: Path) -> RunMemory:
    """Return what is remembered for a configuration; nothing where there is no such file, or
    it makes no sense.
    """
    newest = sorted(filter(_is_ours, memory_files(config)), key=_written, reverse=True)
    for file in newest:
        with suppress(OSError, ValueError, KeyError, TypeError):
            return _decoded(json.loads(file.read_text(encoding="utf-8")))
    return RunMemory()


def write_memory(config: Path, memory: RunMemory) -> bool:
    """Put a memory in the place of the one before, readable by its owner only; say whether
    that was possible.
    """
    text = json.dumps(_encoded(memory), ensure_ascii=False, indent=1)
    return any(_written_to(file, text) for file in memory_files(config))


def settled(lines: Iterable[Delivery], now: datetime) -> tuple[Delivery, ...]:
    """Return the lines of the ledger that must never be sent again by themselves, of the last
    weeks, by report.
    """
    kept = [one for one in lines if one.state not in OPEN and abs(now - one.changed) < KEPT_MAILS]
    return tuple(sorted(kept, key=lambda one: (one.report, one.mailbox)))


def _is_ours(file: Path) -> bool:
    try:
        found = file.lstat()
    except OSError:
        return False
    return not hasattr(os, "getuid") or found.st_uid in {os.getuid(), 0}


def _written(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


def _written_to(file: Path, text: str) -> bool:
    try:
        if not file.name.startswith("."):
            file.parent.mkdir(parents=True, exist_ok=True)
        write_private(file, text)
    except OSError:
        return False
    return True


def _encoded(memory: RunMemory) -> dict[str, Any]:
    store = memory.store
    return {
        "version": _VERSION,
        "store": store
        and {
            "address": store.address,
            "where": store.where,
            "run": store.run_id,
            "at": store.at.isoformat(),
        },
        "sent": [
            [one.report, one.mailbox, one.state, one.changed.isoformat()] for one in memory.sent
        ],
        "contact": memory.contact,
        "troubles": [
            [one.id, one.subject, one.since.isoformat(), one.told and one.told.isoformat()]
            for one in memory.troubles
        ],
    }


def _decoded(data: Mapping[str, Any]) -> RunMemory:
    store = data["store"]
    return RunMemory(
        store=KnownStore(
            store["address"], store["where"], store["run"], datetime.fromisoformat(store["at"])
        )
        if store
        else None,
        sent=tuple(
            Delivery(report, mailbox, state, datetime.fromisoformat(changed))
            for report, mailbox, state, changed in data["sent"]
        ),
        contact=data["contact"],
        troubles=tuple(
            Alarm(
                id_, subject, datetime.fromisoformat(since), told and datetime.fromisoformat(told)
            )
            for id_, subject, since, told in data["troubles"]
        ),
    )
