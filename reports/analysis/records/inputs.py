"""Inputs of a report: team, period, and what the store holds about the window before it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Literal

from notes.model.deliveries import AskedDecision
from notes.model.notes import PAGE_LANGUAGE, Language, SourceHealth, StoredNote, StoredProblem
from notes.model.periods import Period

from .answers import BetterDirection
from .removed_actions import RemovedAction
from .rules import ReportRules

_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
"""Default of instants that are not known: before every reading."""


@dataclass(frozen=True, slots=True)
class KeyPerson:
    """A person or role to stay in touch with, at least every so many days.

    0: `ReportRules.contact_days`.
    """

    name: str
    every_days: int = 0


@dataclass(frozen=True, slots=True)
class MetricFacts:
    """What the configuration says of a metric; the log's own words outrank it."""

    role: Literal["leading", "lagging"] | None = None
    rank: int | None = None
    target: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class ReportTeam:
    """A team as the configuration describes it; only the name is needed.

    `timezone` is an IANA name. `better` says for metrics by name which way is better, `deferred`
    until which day a lagging one is not judged, `metrics` what else is known of them. `key_metric`
    names the number of the first screen ("": the BHAG's or a quarter goal's, else the series with
    most periods). `bhag_start` and `bhag_end` are the days between which the straight line runs,
    with the metric `bhag_metric` going from `bhag_from` to `bhag_to`. `spellings` are the names of
    `aliases`, both sides.
    """

    name: str
    timezone: str = "Asia/Seoul"
    language: Language = PAGE_LANGUAGE
    key_people: tuple[KeyPerson, ...] = ()
    better: Mapping[str, BetterDirection] = field(default_factory=dict)
    deferred: Mapping[str, date] = field(default_factory=dict)
    metrics: Mapping[str, MetricFacts] = field(default_factory=dict)
    key_metric: str = ""
    bhag_metric: str = ""
    bhag_from: float | None = None
    bhag_to: float | None = None
    bhag_start: date | None = None
    bhag_end: date | None = None
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportInputs:
    """All inputs of `weekly_report`; the order of notes does not matter.

    `notes` are the living notes of all kinds that touch the window, `gone` those that vanished,
    `removed` what notes said before a promise was taken out of them, `earlier` those of the window
    as they stood when the last report was made (empty where loopnote did not exist yet), `past`
    notes of before the window that are over, so that what was tried before is met again, `ledger`
    all living experiments and actions of the years before the window: promises never expire.
    `contested` are the ids of notes of which entries of the period may be another's: it is not sure
    which rows went on. `undated` counts the team's notes that bear no date at all, `known` all of
    its experiments. `sources` names the team's sources, so that one that was never read is seen
    too. `older` tells that the store holds notes from before the window or the period. `asked` is
    what the pages of earlier periods asked that were sent, the latest first; empty where none was.
    """

    team: ReportTeam
    period: Period
    rules: ReportRules = field(default_factory=ReportRules)
    now: datetime = _LONG_AGO
    notes: tuple[StoredNote, ...] = ()
    gone: tuple[StoredNote, ...] = ()
    removed: tuple[RemovedAction, ...] = ()
    earlier: tuple[StoredNote, ...] = ()
    past: tuple[StoredNote, ...] = ()
    ledger: tuple[StoredNote, ...] = ()
    contested: frozenset[str] = frozenset()
    undated: int = 0
    known: int = 0
    problems: tuple[StoredProblem, ...] = ()
    problems_total: int = 0
    health: tuple[SourceHealth, ...] = ()
    sources: tuple[str, ...] = ()
    older: bool = False
    asked: tuple[AskedDecision, ...] = ()
