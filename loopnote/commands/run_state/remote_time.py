"""Asks a service of the configured sources for the time, which checks this machine's."""

from datetime import datetime

from loopnote.alerts.ping import service_time
from loopnote.services.wiring import Wiring
from notes.system.clock import is_real


def remote_time(wiring: Wiring) -> tuple[str, datetime] | None:
    """Ask the first service of the sources for the time.

    Nobody is asked where the clock is a rehearsal's.
    """
    urls = {
        "notion": wiring.config.notion.base_url,
        "google_sheets": wiring.config.google.sheets_url,
    }
    asked = [urls[source.kind] for source in wiring.config.sources if source.kind in urls]
    return service_time(asked[0]) if asked and is_real(wiring.clock) else None
