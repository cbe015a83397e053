"""Tries the answers of `init` against the services: does the sheet open, does the mail
server answer.
"""

import getpass
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from loopnote.config.read import LoadedConfig, parse
from loopnote.runtime.machine import command_words, shipped_file
from loopnote.runtime.schedule_files import ScheduledRun
from loopnote.services.wiring import Progress, Wiring
from notes.model.errors import LoopnoteError
from notes.model.findings import Finding


def wiring_of(data: Mapping[str, Any], path: Path) -> Wiring:
    """Return what a configuration describes that is not written yet.

    Raises:
        ConfigError: it has mistakes.
    """
    return Wiring(LoadedConfig(parse(data, path=path), path.absolute()))


def try_last_source(data: Mapping[str, Any], path: Path, *, progress: Progress) -> list[Finding]:
    """Open the last source of a configuration, and return what came of it."""
    try:
        wiring = wiring_of(data, path)
        settings = wiring.config.sources[-1]
        progress(settings.name)
        return wiring.source(settings, progress).check()
    except LoopnoteError as error:
        return [Finding.of(error, f"source {data['sources'][-1]['name']}")]


def try_mail(data: Mapping[str, Any], path: Path, *, progress: Progress) -> list[Finding]:
    """Log in at the mail server of a configuration, and return what came of it; nothing is sent."""
    try:
        wiring = wiring_of(data, path)
        progress(wiring.config.mail.host)
        return wiring.transport().check()
    except LoopnoteError as error:
        return [Finding.of(error, "mail", id_="mail.login")]


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
