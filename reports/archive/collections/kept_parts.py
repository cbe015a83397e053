"""A team's parts of the collection pages, kept from one build of the archive to the next.

A collection page shows all teams, and a team's part needs its whole log. Where nothing that a part
is made from has changed, the part of the last build is taken instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from reports.archive.archive_view import BarChart
from reports.archive.last_build.memory_lines import memory_line, read_memory_line

from .collection_view import TeamCollection


@dataclass(frozen=True, slots=True)
class KeptParts:
    """The parts of a team by collection, its charts, and the fingerprint of their inputs."""

    made_from: str
    parts: dict[str, TeamCollection]
    charts: tuple[BarChart, ...]


def kept_line(teams: Mapping[str, KeptParts]) -> bytes:
    """Return the parts of all teams on one line, an empty one where a text cannot be written."""
    return memory_line(dict(teams))


def read_kept(line: bytes) -> dict[str, KeptParts]:
    """Return the parts of an earlier build; empty where they cannot be read."""
    return read_memory_line(_decoder, line) or {}


_decoder = msgspec.json.Decoder(dict[str, KeptParts])
