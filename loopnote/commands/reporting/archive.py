"""`archive`: builds or updates the archive.

It runs on request, at the end of a run, and after a name was erased.
"""

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from loopnote.alerts.conditions import Failure
from loopnote.services.wiring import Progress, Wiring
from notes.model.errors import ConfigError, RenderError
from notes.store.delivery.alarms import Heartbeats
from notes.store.store import Store

if TYPE_CHECKING:  # the archive is loaded where one is built
    from reports.archive.archive_folder import BuildResult

_BEAT = "archive"
_DAILY = timedelta(days=1)
"""Pages depend on the day (what is overdue), so an unchanged store is published once a day."""


def archive(
    wiring: Wiring, *, out: Path | None, full: bool, progress: Progress
) -> tuple[Path, "BuildResult | None"]:
    """Build the archive in its folder or in `out`; return where, None while another build runs.

    Raises:
        ConfigError: neither the caller nor the configuration names a folder.
        RenderError: a page cannot be made or written.
    """
    folder = out or wiring.archive_folder()
    if folder is None:
        raise ConfigError(
            "no folder is named for the archive", hint="set archive.folder, or give --out DIR"
        )
    with wiring.store() as store:
        return folder, wiring.archive_builder(store).build(
            folder.absolute(), progress=progress, full=full
        )


def update_archive(wiring: Wiring, store: Store, progress: Progress) -> None:
    """Update the configured archive, if there is one, from an open store.

    Raises:
        RenderError: a page cannot be made or written.
    """
    folder = wiring.archive_folder()
    if folder is not None and wiring.archive_builder(store).build(folder, progress=progress):
        Heartbeats(store.database).record_beat(_BEAT, wiring.clock())


def archive_without_names(wiring: Wiring) -> bool:
    """Update the configured archive after names were erased; return whether there is one.

    Raises:
        RenderError: a page cannot be made or written; the names still stand in the archive.
    """
    folder = wiring.archive_folder()
    if folder is None:
        return False
    for part in folder.glob("*.part"):  # of a build that was killed
        part.unlink(missing_ok=True)
    with wiring.store() as store:
        update_archive(wiring, store, lambda _: None)
    return True


def after_a_round(
    wiring: Wiring, store: Store, progress: Progress, *, sent: bool
) -> Failure | None:
    """Update the configured archive if a source or the day changed; return why it failed.

    The scheduler calls this every minute; most calls only read one heartbeat.
    """
    folder = wiring.archive_folder()
    if folder is None:
        return None
    read = [one.last_success for one in store.health() if one.last_success]
    if not (
        sent
        or is_due(Heartbeats(store.database).last(_BEAT), max(read, default=None), wiring.clock())
    ):
        return None
    try:
        update_archive(wiring, store, progress)
    except RenderError as error:
        return Failure(str(folder), str(error), error.hint)
    return None


def is_due(last: datetime | None, read: datetime | None, now: datetime) -> bool:
    """Return whether an archive that was last updated then may be out of date.

    A log was read since, or a day is over.
    """
    return last is None or (read is not None and read >= last) or not last <= now < last + _DAILY
