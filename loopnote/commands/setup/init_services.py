"""Tries a configuration that `init` is asking for: opens its last source, logs in at its mail
server.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from loopnote.config.read import LoadedConfig, parse
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
