"""Lead time: how long before it is due a mail is prepared, longer where reports take longer.

Pure (ADR 1013).

reports of the largest hour of the past days ─► seconds a report
seconds a report × reports due until then    ─► when the preparation has to begin
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from notes.model.deliveries import DueMail

LONGEST_LEAD = timedelta(hours=2)
"""No mail is prepared earlier for want of time: its logs go on being edited. Judgement."""

_ENOUGH = 20
"""Reports of one hour from which their pace says something of the workers and not of one log.
Judgement."""

_SPARE = 1.5
"""How much slower than last time it may go: of four workers one or two may be missing. Judgement.
"""

_ROOM = timedelta(minutes=5)
"""By when, before the hour, the last report is to be made: a dead worker's is made anew after a
minute or two."""


def seconds_a_report(past: Iterable[DueMail], made: Mapping[str, datetime]) -> float:
    """Return in what time one report after another was made for the hour with most of them; 0.0
    where too few were.

    `made` says when each report was made, by its label.
    """
    hours: defaultdict[datetime, dict[str, datetime]] = defaultdict(dict)
    for one in past:
        at = made.get(one.report)
        if at is not None and abs(at - one.at) <= LONGEST_LEAD:
            hours[one.at][one.report] = at
    largest = max(hours.values(), key=len, default={})
    if len(largest) < _ENOUGH:
        return 0.0
    span = max(largest.values()) - min(largest.values())
    return span.total_seconds() / len(largest)


def to_prepare(
    unmade: Iterable[DueMail], now: datetime, *, usual: timedelta, seconds: float
) -> list[DueMail]:
    """Return the mails that are to be made now, of those that are not made yet, by time.

    All that is due before a mail has to be made before it, or it would be late.
    """
    found, before = list[DueMail](), set[str]()
    by_time: defaultdict[datetime, list[DueMail]] = defaultdict(list)
    for one in unmade:
        by_time[one.at].append(one)
    for at in sorted(by_time):
        before |= {one.report for one in by_time[at]}
        needed = min(timedelta(seconds=_SPARE * seconds * len(before)) + _ROOM, LONGEST_LEAD)
        if at - now <= max(usual, needed if seconds else usual):
            found += by_time[at]
    return found
