"""Behavioural KPIs as teams write them, computed from dates where they exist (method §8).

Examples: "주 3회", "24시간 내 90%".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from notes.model.notes import ActionItem, PlanCard, StoredNote
from reports.analysis.data.period_membership import is_executed, own_days
from reports.analysis.data.planned_work import actions_in, is_action_done, plans_in
from reports.analysis.data.team_log import TeamLog
from reports.analysis.metrics.metric_series import find_series, metric_series_of
from reports.analysis.records.evidence import Evidence
from reports.analysis.records.section_results import Behaviour
from reports.analysis.text.quoting import comparison_key

_TIMES = re.compile(
    r"(?:매?주|일주일에|주당)\s*(?P<ko>\d+)\s*(?P<counter>회|번|건|명|통|곳)(?:\s*이상)?"
    r"|(?<!\d)(?P<en>\d+)\s*(?:times|x)\s*(?:a|per|/)\s*week"
    r"|(?<!\d)(?P<en2>\d+)\s+(?P<thing>[A-Za-z][A-Za-z -]{2,30}?)\s+(?:a|per|each)\s+week",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"(?<!\d)(?P<hours>\d+)\s*(?P<unit>시간|일|분)\s*(?:이내|내|안)(?:에)?\D{0,8}?(?P<share>\d+(?:\.\d+)?)\s*%"
    r"|(?<!\d)(?P<share2>\d+(?:\.\d+)?)\s*%\D{0,40}?within\s+(?P<hours2>\d+)\s*(?P<unit2>h|hours?|days?|minutes?|min)",
    re.IGNORECASE,
)
_HOURS = {"시간": 1.0, "일": 24.0, "분": 1 / 60, "h": 1.0, "d": 24.0, "m": 1 / 60}
"""Hours of each unit, whole or by its first letter."""
_ACTS = frozenset({"회", "번"})
"""Counters of doing something: who does it once has one. A trial about sales is no sale."""
_SHORTEST = 2
"""Letters below which a thing would be found in nearly every text: judgement."""

Basis = Literal["dates", "self_reported", "none"]


@dataclass(frozen=True, slots=True)
class BehaviourTarget:
    """A behaviour that a text asks for: times a week, or a share within hours.

    `thing` is what is done; `of_things` says that things are counted ("주 20건", "20 demos a week")
    and not how often it is done.
    """

    text: str
    thing: str
    evidence: Evidence
    times: float | None = None
    share: float | None = None
    hours: float | None = None
    unit: str = ""
    of_things: bool = False


def measure_behaviours(log: TeamLog) -> tuple[Behaviour, ...]:
    """Return the period's behavioural KPIs, each text once: plan, goals, actions, metrics.

    A goal of so many things a week is a result and judged as a goal (method §5).
    """
    seen: dict[str, Behaviour] = {}
    for wanted in _wanted(log):
        seen.setdefault(comparison_key(wanted.text), _measured(wanted, log))
    return tuple(seen.values())[: log.rules.list_size]


def _wanted(log: TeamLog) -> Iterator[BehaviourTarget]:
    for text, evidence in _texts(log):
        for line in text.splitlines():
            found = read_behaviour(line, evidence, log)
            if found is not None:
                yield found
    for stored in log.period_notes:
        found = read_behaviour(stored.note.goal, log.evidence(stored), log)
        if found is not None and not found.of_things:
            yield found


def _texts(log: TeamLog) -> Iterator[tuple[str, Evidence]]:
    for stored, card in plans_in(log, log.period):
        for text in _card_texts(card):
            yield text, log.evidence(stored)
    for stored, item in actions_in(log, log.period):
        yield item.text or stored.note.title, log.evidence(stored)
    for line in metric_series_of(log):
        here = line.last_in(log.period)
        if here is not None:
            yield line.name, log.evidence(here[1])


def _card_texts(card: PlanCard) -> tuple[str, ...]:
    return (
        card.key_result,
        *card.business,
        *card.learning,
        *card.people,
        *card.big3,
        *(text for _, text in card.other),
    )


def read_behaviour(line: str, evidence: Evidence, log: TeamLog) -> BehaviourTarget | None:
    """Return the behaviour that a line asks for; None where it asks for none."""
    within = _WITHIN.search(line)
    if within:
        share = float(within["share"] or within["share2"]) / 100
        unit = (within["unit"] or within["unit2"]).lower()
        hours = float(within["hours"] or within["hours2"]) * _HOURS.get(
            unit, _HOURS.get(unit[0], 1.0)
        )
        return BehaviourTarget(
            log.quote(line), _rest(line, within), evidence, share=share, hours=hours
        )
    times = _TIMES.search(line)
    if times:
        count = float(times["ko"] or times["en"] or times["en2"])
        thing = times["thing"] or _rest(line, times)
        counter = times["counter"] or ""
        return BehaviourTarget(
            log.quote(line),
            thing,
            evidence,
            times=count,
            unit=counter,
            of_things=bool(times["thing"] or (counter and counter not in _ACTS)),
        )
    return None


def _rest(line: str, found: re.Match[str]) -> str:
    return f"{line[: found.start()]} {line[found.end() :]}".strip(" :·-–()\t")


def _measured(wanted: BehaviourTarget, log: TeamLog) -> Behaviour:
    """Return the behaviour with its actual value: from dates, else as the team reports it."""
    dated = _dated(wanted, log)
    if wanted.times is not None and dated:
        count = sum(_times_done(stored) for stored in dated)
        return _behaviour(wanted, count, len(dated), basis="dates")
    if wanted.hours is not None:
        within = [_is_within(stored, wanted.hours) for stored in dated]
        if within and None not in within:
            return _behaviour(wanted, within.count(True) / len(within), len(within), basis="dates")
    reported = _reported(wanted, log)
    if reported is not None:
        return _behaviour(wanted, reported, 0, basis="self_reported")
    return _behaviour(wanted, None, 0, basis="none")


def _times_done(stored: StoredNote) -> float:
    """Return how often a record did the behaviour: its count in the action log, else once."""
    details = stored.note.details
    return details.done if isinstance(details, ActionItem) and details.done is not None else 1.0


def _behaviour(
    wanted: BehaviourTarget, actual: float | None, cases: int, *, basis: Basis
) -> Behaviour:
    goal = wanted.times if wanted.times is not None else wanted.share
    met = None if actual is None or goal is None else actual >= goal - 1e-9
    return Behaviour(
        text=wanted.text,
        evidence=wanted.evidence,
        times=wanted.times,
        share=wanted.share,
        within_hours=wanted.hours,
        actual=actual,
        cases=cases,
        met=met,
        basis=basis,
        unit=wanted.unit,
    )


def _dated(wanted: BehaviourTarget, log: TeamLog) -> list[StoredNote]:
    """Return the period's dated records that did the behaviour, without lines that ask for it."""
    thing = comparison_key(wanted.thing)
    if len(thing) < _SHORTEST:
        return []
    records = (*log.period_notes, *(stored for stored, _ in actions_in(log, log.period)))
    return [
        stored
        for stored in records
        if _did(stored, thing, log) and not _only_asks(stored, wanted, log)
        if not wanted.of_things or isinstance(stored.note.details, ActionItem)
    ]


def _only_asks(stored: StoredNote, wanted: BehaviourTarget, log: TeamLog) -> bool:
    """Return whether a record is the one that asks for the behaviour; a trial whose goal it is does
    something for it.
    """
    return stored.id == wanted.evidence.note_id and log.quote(stored.note.goal) != wanted.text


def _did(stored: StoredNote, thing: str, log: TeamLog) -> bool:
    """Return whether a record was carried out on a day of the period and is about the thing."""
    note = stored.note
    if isinstance(note.details, ActionItem):
        done = is_action_done(stored, note.details) is True or bool(note.details.done)
        texts: tuple[str, ...] = (note.title, note.details.text)
    else:
        done, texts = is_executed(note), (note.title, note.execution)
    dated = any(day in log.period for day in own_days(note))
    return (
        done
        and dated
        and any(thing in comparison_key(text) and not _TIMES.search(text) for text in texts)
    )


def _is_within(stored: StoredNote, hours: float) -> bool | None:
    """Return whether a record took at most so many hours; None where its days leave it open.

    Days apart are at least that many days less one, and at most that many and one, each less a
    moment.
    """
    start, end = stored.note.start_date, stored.note.end_date
    if start is None or end is None:
        return None
    days = (end - start).days
    if 24 * (days + 1) <= hours or (hours % 24 == 0 and days == 0 and hours >= 24):
        return True
    if hours % 24 == 0 and hours > 24:
        return 24 * days <= hours
    return False if 24 * (days - 1) >= hours else None


def _reported(wanted: BehaviourTarget, log: TeamLog) -> float | None:
    """Return the value that the team itself reports for the behaviour; a share as 0..1."""
    for stored, item in actions_in(log, log.period):
        if item.done is not None and comparison_key(
            item.text or stored.note.title
        ) == comparison_key(wanted.text):
            return _as_share(item.done, wanted)
    lines = metric_series_of(log)
    line = find_series(lines, wanted.text) or find_series(lines, wanted.thing)
    here = line.last_in(log.period) if line else None
    return None if here is None else _as_share(here[0].value, wanted)


def _as_share(value: float, wanted: BehaviourTarget) -> float:
    return value / 100 if wanted.share is not None and value > 1 else value
