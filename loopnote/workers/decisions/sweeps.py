"""Which sources are pulled together: one sweep per credential, a slow one of its own (ADR 1004).

Pure.

A sweep walks teams, not sources: the sources of a team are pulled one after the other as of the
same instant, so that a row that moved between them is found, as in a run. A team belongs to the
credential of its first source; what its other sources ask of other credentials is counted there
(`shared_pace`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from loopnote.config.model import AnySource, Config, FileSourceSettings

from .jobs import SLOW

LARGE_ROWS = 20_000
"""Rows from which a source is swept apart: some ten seconds of computing (`python -m
bench.read_50000`)."""


@dataclass(frozen=True, slots=True)
class SourcePulse:
    """When a source was last tried, and what is known of its size and health."""

    last_attempt: datetime | None = None
    well: bool = False
    rows: int = 0

    def is_stale(self, now: datetime, patience: timedelta) -> bool:
        """Say whether it is to be pulled again."""
        return self.last_attempt is None or not now - patience < self.last_attempt <= now

    @property
    def is_slow(self) -> bool:
        """Whether pulling it may take long: it is large, failed, or was never read."""
        return not self.well or self.rows >= LARGE_ROWS


NEVER = SourcePulse()

SERVICES: Mapping[str, str] = {"google_sheets": "google", "notion": "notion"}
"""The service of each kind of source that has one, as `service_budgets` names it."""


def credential_of(source: AnySource) -> str:
    """Return whose pace a source keeps to; a file keeps to none, and stands for its team alone."""
    if isinstance(source, FileSourceSettings):
        return f"file:{source.team}"
    return f"{SERVICES[source.kind]}:{source.account}"


def sweep_of(sources: Iterable[AnySource], pulses: Mapping[str, SourcePulse]) -> str:
    """Return the sweep that pulls a team's sources."""
    every = list(sources)
    slow = any(pulses.get(one.name, NEVER).is_slow for one in every)
    return credential_of(every[0]) + (SLOW if slow else "")


def teams_of_sweep(config: Config, key: str) -> list[str]:
    """Return the teams that a sweep, quick or slow, may have to pull."""
    credential = key.removesuffix(SLOW)
    return [
        team
        for team, sources in config.sources_by_team.items()
        if credential_of(sources[0]) == credential
    ]


def stale_sources(
    sources: Iterable[AnySource],
    pulses: Mapping[str, SourcePulse],
    now: datetime,
    *,
    patience: timedelta,
) -> list[AnySource]:
    """Return the sources that are to be pulled again."""
    return [one for one in sources if pulses.get(one.name, NEVER).is_stale(now, patience)]


def teams_to_sweep(
    config: Config,
    pulses: Mapping[str, SourcePulse],
    now: datetime,
    *,
    first: Iterable[str] = (),
    among: Iterable[str] | None = None,
) -> dict[str, list[str]]:
    """Return the teams with something to pull by their sweep, of all or `among` some.

    Those of `first` (a mail of theirs is due soon) lead, then who has waited longest.
    """
    patience, soon = timedelta(minutes=config.schedule.sync_every_minutes), set(first)
    every = config.sources_by_team
    waiting: list[tuple[bool, float, int, str, str]] = []
    for place, team in enumerate(every if among is None else among):
        sources = every[team]
        stale = stale_sources(sources, pulses, now, patience=patience)
        if stale:
            waited = min(_seconds_of(pulses.get(one.name, NEVER)) for one in stale)
            waiting.append((team not in soon, waited, place, team, sweep_of(sources, pulses)))
    found: dict[str, list[str]] = {}
    for _, _, _, team, sweep in sorted(waiting):
        found.setdefault(sweep, []).append(team)
    return found


def _seconds_of(pulse: SourcePulse) -> float:
    return pulse.last_attempt.timestamp() if pulse.last_attempt else 0.0
