"""What a scheduler of this machine is to start, for `init`: program, configuration, user."""

import getpass
import shutil
from pathlib import Path

from loopnote.runtime.machine import command_words, shipped_file
from loopnote.runtime.schedule_files import ScheduledRun
from loopnote.services.wiring import Wiring


def scheduled_run(wiring: Wiring, language: str) -> ScheduledRun:
    """Return what a scheduler of this machine is to start, and the folders that a run writes
    into.
    """
    loaded = wiring.loaded
    here, folders = loaded.path.parent, loaded.written_folders()
    scheme, _, store = wiring.store_url().partition(":///")
    folders += [Path(store).parent] if scheme == "sqlite" and store else []
    outside = [folder for folder in folders if not folder.is_relative_to(here)]
    return ScheduledRun(
        program=command_words(),
        config=loaded.path,
        language=language,
        user=_user(),
        writable=(here, *dict.fromkeys(outside)),
        has_timeout=shutil.which("timeout") is not None,
        timer=Path(shipped_file("examples/loopnote.timer")).read_bytes(),
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without an entry, as in a container
        return "loopnote"
