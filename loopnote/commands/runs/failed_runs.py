"""Tells the operator of failed runs: of one that cannot even begin, or ends half-way.

    any exception of a run ─► ping URL /fail ─► one mail a streak to the operator ─► the exception
    goes on

Whom to tell is read from what is left of the configuration, else from what the last run remembered
outside of the store (ADR 0812). What was told is remembered there, too: the store may be the
trouble.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from loopnote.alerts.conditions import Alert, AlertChanges
from loopnote.config.contact import contact_of, read_contact
from loopnote.config.read import LoadedConfig
from loopnote.runtime.redaction import Redactor
from loopnote.services.run import send_to_operator
from loopnote.services.run_memory import RunMemory, read_memory, write_memory
from loopnote.services.transports import operator, transport
from notes.model.deliveries import Alarm
from notes.model.errors import ConfigError, LoopnoteError, StoreError
from notes.system.clock import clock_from_environment, system_clock
from notes.system.time_limit import RoundTimeUpError

log = logging.getLogger(__name__)


@contextmanager
def failures_told(config: Path, *, whole: bool = True) -> Iterator[None]:
    """Let the ping URL and the operator hear of whatever ends the block; the exception goes on.

    `whole`: the block is a whole run, so that an end without an exception ends a streak.

    Raises:
        LoopnoteError: the round's total time was up, or as the block raised it.
    """
    try:
        yield
    except RoundTimeUpError as error:
        ended = LoopnoteError(
            f"the run was not done within {error.seconds:.0f} seconds, and was ended",
            hint="look at what makes it slow with `loopnote status`, or raise [limits] run_minutes",
        )
        tell_trouble(config, ended)
        raise ended from error
    except Exception as error:
        tell_trouble(config, error)
        raise
    if whole:
        tell_recovery(config)


def tell_trouble(config: Path, error: Exception) -> None:
    """Tell ping URL and operator that a run could not be done; a streak of one trouble is one
    mail.
    """
    alert, memory, now = _alert(error), read_memory(config), _now()
    contact = _contact(config, memory)
    if contact is None:
        return
    operator(contact).ping(False)
    streak = Alarm(alert.id, alert.subject, now)
    open_ = {(one.id, one.subject): one for one in memory.troubles}
    if (known := open_.get(alert.key)) is not None and known.told is not None:
        return
    told = _mailed(contact, AlertChanges(started=(alert,)), now)
    open_[alert.key] = replace(known or streak, told=now if told else None)
    write_memory(config, replace(memory, troubles=tuple(open_.values())))


def tell_recovery(config: Path) -> None:
    """Tell the operator that runs work again, where they had heard that one did not."""
    memory = read_memory(config)
    if not memory.troubles:
        return
    contact, now = _contact(config, memory), _now()
    over = tuple(one for one in memory.troubles if one.told is not None)
    if not over or contact is None or _mailed(contact, AlertChanges(recovered=over), now):
        write_memory(config, replace(memory, troubles=()))


def _alert(error: Exception) -> Alert:
    message, hint = str(error) or type(error).__name__, getattr(error, "hint", "")
    if not isinstance(error, LoopnoteError):
        message = f"something unforeseen happened: {type(error).__name__}: {message}"
    message = " ".join(message.split())
    kind = (
        "watch.config"
        if isinstance(error, ConfigError)
        else "watch.store"
        if isinstance(error, StoreError)
        else "watch.failed"
    )
    # Numbers (seconds, processes, ports) differ from run to run in one and the same trouble.
    return Alert(kind, re.sub(r"\d+", "…", message)[:200], message, hint)


def _contact(config: Path, memory: RunMemory) -> LoadedConfig | None:
    found = read_contact(config)
    if found is not None:
        return found
    return contact_of(memory.contact, config) if memory.contact else None


def _now() -> datetime:
    try:
        return clock_from_environment()()
    except ConfigError:
        return system_clock()


def _mailed(contact: LoadedConfig, changes: AlertChanges, now: datetime) -> bool:
    """Mail the operator; say whether the mail was taken, or nobody wants one."""
    to = operator(contact)
    if not to.address:
        return True
    try:
        fault, _ = send_to_operator(to, transport(contact, Redactor()), changes, now=now)
    except LoopnoteError as error:
        fault = str(error)
    if fault:
        log.warning("the operator could not be told: %s", fault)
    return not fault
