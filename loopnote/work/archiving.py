"""The archive brought up to date."""

from pathlib import Path

from loopnote.errors import ConfigError
from loopnote.store.store import Store
from loopnote.wiring import Progress, Wiring
from reports.archive.folder import Built


def archive(wiring: Wiring, *, out: Path | None, full: bool, progress: Progress) -> tuple[Path, Built | None]:
    """Build the archive in its folder, or in `out`; return where it is, and None while another build is at it.

    Raises:
        ConfigError: neither the caller nor the configuration names a folder.
        RenderError: a page cannot be made or written.
    """
    folder = out or wiring.archive_folder()
    if folder is None:
        raise ConfigError("no folder is named for the archive", hint="set archive.folder, or give --out DIR")
    with wiring.store() as store:
        return folder, wiring.archivist(store).build(folder.absolute(), progress=progress, full=full)


def update_archive(wiring: Wiring, store: Store, progress: Progress) -> Built | None:
    """Bring the configured archive up to date with an open store; None without one, or while a build is at it.

    Raises:
        RenderError: a page cannot be made or written.
    """
    folder = wiring.archive_folder()
    return wiring.archivist(store).build(folder, progress=progress) if folder else None
