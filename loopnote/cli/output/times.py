"""Instants as a person at this machine reads them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from loopnote.runtime.machine import machine_zone
from loopnote.runtime.messages.terminal import language


def local_text(at: datetime, zone: str = "") -> str:
    """Return an instant in a time zone with the zone's name; in the machine's where none is
    given.
    """
    zone = zone or machine_zone(language())
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} {zone}"
