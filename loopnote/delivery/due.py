"""What is due: a pure function of the clock, the subscriptions and the ledger.

    subscriptions ─► occurrences (with their instants) ─► due now · missed · next

A mail goes out at its reader's local time, never before the team's own week (or month) is over, and
is caught up until that day ends in the reader's zone. A monthly one comes on a day of the month, or
on its first such weekday. A public holiday moves a report to the next working day and a preview to
the working day before. Nothing in here knows the time, a database or a calendar: all three are
arguments.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from notes.model.deliveries import OPEN, Delivery, DueMail, ReportKind, Subscription
from notes.model.mail_addresses import mailbox
from notes.model.periods import Month, Period, Week
from notes.model.send_times import MonthAt

Holiday = Callable[[str, date], bool]
"""Returns whether a day is a public holiday of a country (ISO 3166 code)."""

Ledger = Mapping[tuple[str, str], Delivery]
"""The ledger's lines by (report label, mailbox), each of the latest revision."""

LEAST_CATCH_UP = timedelta(hours=4)
"""A mail due late in the evening may be caught up after midnight: cron is not to the minute."""

WAITS = tuple(timedelta(minutes=minutes) for minutes in (0, 4, 9, 19, 25))
"""Pause before the next attempt, by attempts so far; just under the usual cron intervals."""

LOOK_BACK = timedelta(days=8)
"""Older mails are no longer of interest: a week, and a day for time zones and catching up."""

_LONGEST_MOVE = timedelta(days=15)
"""A report moves off holidays at most so far: longer than any run of them (Lunar New Year, 9)."""


class _Time(NamedTuple):
    """When a mail about a period is due, and until when it may still go out."""

    period: Period
    at: datetime
    until: datetime


def no_holidays(country: str, day: date) -> bool:  # noqa: ARG001  the signature of Holiday
    """Return False: no day is a holiday."""
    return False


def due(
    now: datetime,
    subscriptions: Iterable[Subscription],
    ledger: Ledger,
    *,
    holiday: Holiday = no_holidays,
) -> list[DueMail]:
    """Return the mails to send now, by time, kind, scope and address; none settled or paused."""
    return [
        one
        for one in overdue(now, subscriptions, ledger, holiday=holiday)
        if may_retry(ledger, one, now)
    ]


def overdue(
    now: datetime,
    subscriptions: Iterable[Subscription],
    ledger: Ledger,
    *,
    holiday: Holiday = no_holidays,
) -> list[DueMail]:
    """Return what should have gone out by now, has not, and still may."""
    found = occurrences(
        subscriptions, now - LOOK_BACK, now + timedelta(microseconds=1), holiday=holiday
    )
    return [one for one in found if one.at <= now < one.until and is_open(ledger, one)]


def missed(
    now: datetime,
    since: datetime,
    subscriptions: Iterable[Subscription],
    *,
    ledger: Ledger,
    holiday: Holiday = no_holidays,
    look_back: timedelta = LOOK_BACK,
) -> list[DueMail]:
    """Return what was due after `since`, did not go out, and no longer will by itself.

    Nothing is looked for that was due longer ago than `look_back`.
    """
    found = occurrences(subscriptions, max(since, now - look_back), now, holiday=holiday)
    return [one for one in found if one.until <= now and is_open(ledger, one)]


def next_due(
    now: datetime,
    subscriptions: Sequence[Subscription],
    ledger: Ledger,
    *,
    holiday: Holiday = no_holidays,
) -> DueMail | None:
    """Return the next mail, one that is waiting already first; None without subscriptions."""
    ahead = occurrences(subscriptions, now - LOOK_BACK, now + timedelta(days=50), holiday=holiday)
    return next((one for one in ahead if one.until > now and is_open(ledger, one)), None)


def is_open(ledger: Ledger, one: DueMail) -> bool:
    """Return whether the ledger still allows this mail to be sent automatically."""
    line = ledger.get((one.report, mailbox(one.address)))
    return line is None or line.state in OPEN


def may_retry(ledger: Ledger, one: DueMail, now: datetime) -> bool:
    """Return whether a deferred mail may be tried again.

    A clock that was set back does not hold it for long.
    """
    line = ledger.get((one.report, mailbox(one.address)))
    if line is None or line.state != "deferred":
        return True
    wait = WAITS[min(line.attempts, len(WAITS) - 1)]
    return not timedelta(0) <= now - line.changed < wait


def occurrences(
    subscriptions: Iterable[Subscription],
    start: datetime,
    end: datetime,
    *,
    holiday: Holiday = no_holidays,
) -> list[DueMail]:
    """Return every mail due in [start, end), by time, kind, scope and address."""
    times: dict[tuple[object, ...], list[_Time]] = {}
    found = list[DueMail]()
    for one in subscriptions:
        hours = one.kind, one.send_at, one.timezone, one.team_timezone, one.country, one.until_hour
        if hours not in times:  # of a thousand readers most have theirs at the same hour
            times[hours] = list(_times(one, start, end, holiday=holiday))
        found += [due_mail(one, at.period, at.at, until=at.until) for at in times[hours]]
    return sorted(
        found, key=lambda one: (one.at, one.kind, one.scope, one.address, str(one.period))
    )


def _times(
    subscription: Subscription, start: datetime, end: datetime, *, holiday: Holiday
) -> Iterator[_Time]:
    zone = ZoneInfo(subscription.timezone)
    first = start.astimezone(zone).date() - _LONGEST_MOVE
    last = end.astimezone(zone).date() + _LONGEST_MOVE
    for nominal in _nominal_days(subscription, first, last):
        one = _time_of(subscription, zone, nominal, holiday=holiday)
        if start <= one.at < end:
            yield one


def _nominal_days(subscription: Subscription, first: date, last: date) -> Iterator[date]:
    send_at = subscription.send_at
    if isinstance(send_at, MonthAt):
        month = Month.containing(first)
        while (day := month.first.replace(day=send_at.day)) <= last:
            yield day
            month = month.back(-1)
        return
    day = first + timedelta(days=(send_at.weekday - first.weekday()) % 7)
    while day <= last:
        if subscription.kind != "monthly" or day.day <= 7:
            yield day
        day += timedelta(days=7)


def _time_of(
    subscription: Subscription, zone: ZoneInfo, nominal: date, *, holiday: Holiday
) -> _Time:
    period = period_of(subscription.kind, nominal)
    at = _instant(_working_day(subscription, nominal, holiday), subscription, zone)
    if subscription.kind != "preview":
        at = max(
            at, _midnight(period.last + timedelta(days=1), ZoneInfo(subscription.team_timezone))
        )
    until = max(
        _end_of_day(at.astimezone(zone).date(), subscription.until_hour, zone), at + LEAST_CATCH_UP
    )
    return _Time(period, at, until)


def due_mail(
    subscription: Subscription, period: Period, at: datetime, *, until: datetime
) -> DueMail:
    """Return one mail of a subscription, for that period and span of time."""
    return DueMail(
        kind=subscription.kind,
        scope=subscription.scope,
        period=period,
        address=subscription.address,
        at=at,
        until=until,
        language=subscription.language,
        audience=subscription.audience,
    )


def period_of(kind: ReportKind, day: date) -> Period:
    """Return what a mail of that day is about.

    The complete period before, or for a preview the week itself.
    """
    if kind == "preview":
        return Week.containing(day)
    return Week.containing(day).back() if kind == "weekly" else Month.containing(day).back()


def _working_day(subscription: Subscription, nominal: date, holiday: Holiday) -> date:
    if not subscription.country or not holiday(subscription.country, nominal):
        return nominal
    step = timedelta(days=-1 if subscription.kind == "preview" else 1)
    day = nominal + step
    while (day.weekday() > 4 or holiday(subscription.country, day)) and abs(
        day - nominal
    ) < _LONGEST_MOVE:
        day += step
    return day


def _instant(day: date, subscription: Subscription, zone: ZoneInfo) -> datetime:
    # A local time that the clocks skip is read with the offset before the jump, one that comes
    # twice is its first.
    clock = time(subscription.send_at.hour, subscription.send_at.minute)
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)


def _end_of_day(day: date, hour: int, zone: ZoneInfo) -> datetime:
    if hour >= 24:
        return _midnight(day + timedelta(days=1), zone)
    return datetime.combine(day, time(hour), tzinfo=zone).astimezone(UTC)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
