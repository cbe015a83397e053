"""What is due, at which instant, and what is no longer."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loopnote.delivery.due import WAITS, due, missed, next_due, occurrences
from notes.model.deliveries import Delivery, Subscription
from notes.model.periods import Month, Week
from notes.model.send_times import MonthAt, SendAt

SEOUL = ZoneInfo("Asia/Seoul")
MONDAY_MORNING, FRIDAY_AFTERNOON = SendAt(0, 8), SendAt(4, 15)
WEEKLY = Subscription(
    "weekly", "판교팀", "Mina@example.org", MONDAY_MORNING, "Asia/Seoul", "Asia/Seoul"
)


def at(text: str, zone: str = "Asia/Seoul") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


EIGHT = at("2026-11-23T08:00")


def line(state, changed=EIGHT, report="판교팀/2026-W47/weekly/r1", attempts=1):
    return {
        (report.rpartition("/")[0], "mina@example.org"): Delivery(
            report, "mina@example.org", state, changed, attempts
        )
    }


def test_monday_at_eight_the_week_that_ended_the_day_before_is_due():
    (one,) = due(at("2026-11-23T08:00"), [WEEKLY], {})
    assert (one.period, one.at, one.until) == (
        Week(2026, 47),
        at("2026-11-23T08:00"),
        at("2026-11-24T00:00"),
    )
    assert one.report == "판교팀/2026-W47/weekly"


def test_of_two_windows_that_meet_the_second_one_has_the_mail_of_that_moment():
    assert occurrences([WEEKLY], EIGHT - timedelta(hours=1), EIGHT) == []
    assert [one.at for one in occurrences([WEEKLY], EIGHT, EIGHT + timedelta(hours=1))] == [EIGHT]


def test_a_minute_before_nothing_is_due():
    assert due(at("2026-11-23T07:59"), [WEEKLY], {}) == []


def test_missed_hours_are_caught_up_until_the_day_is_over():
    assert due(at("2026-11-23T23:59"), [WEEKLY], {})
    assert due(at("2026-11-24T00:00"), [WEEKLY], {}) == []


def test_a_mail_of_the_late_evening_has_some_hours_all_the_same():
    late = replace(WEEKLY, send_at=SendAt.parse("Mon 23:30"))
    assert due(at("2026-11-24T03:00"), [late], {})


@pytest.mark.parametrize(("state", "open_"), [
    ("planned", True), ("sending", False), ("sent", False), ("refused", False), ("unknown", False),
    ("skipped", False),
])  # fmt: skip
def test_only_what_is_not_settled_is_due(state, open_):
    assert bool(due(at("2026-11-23T12:00"), [WEEKLY], line(state))) is open_


def test_a_deferred_mail_rests_a_little_longer_each_time():
    deferred_at = at("2026-11-23T08:00")
    for attempts, wait in enumerate(WAITS):
        ledger = line("deferred", deferred_at, attempts=attempts)
        assert due(deferred_at + wait, [WEEKLY], ledger)
        if wait:
            assert not due(deferred_at + wait - timedelta(seconds=1), [WEEKLY], ledger)


def test_a_clock_that_was_set_back_does_not_hold_a_deferred_mail():
    assert due(at("2026-11-23T08:00"), [WEEKLY], line("deferred", at("2026-11-23T11:00")))


def test_another_spelling_of_the_address_is_no_second_reader():
    shouting = replace(WEEKLY, address="MINA@EXAMPLE.ORG")
    assert not due(at("2026-11-23T12:00"), [shouting], line("sent"))


def test_what_did_not_go_out_is_missed_from_the_end_of_its_day():
    since = at("2026-11-01T00:00")
    assert (
        missed(
            at("2026-11-23T23:59"),
            since,
            [WEEKLY],
            ledger=line("sent", report="판교팀/2026-W46/weekly/r1"),
        )
        == []
    )
    (one,) = missed(
        at("2026-11-24T00:00"),
        since,
        [WEEKLY],
        ledger=line("sent", report="판교팀/2026-W46/weekly/r1"),
    )
    assert one.period == Week(2026, 47)


@pytest.mark.parametrize("state", ["sent", "refused", "unknown"])
def test_what_the_ledger_knows_the_end_of_is_not_missed(state):
    since = at("2026-11-20T00:00")
    assert missed(at("2026-11-24T00:00"), since, [WEEKLY], ledger=line(state)) == []


@pytest.mark.parametrize("state", ["deferred", "planned"])
def test_what_was_only_put_off_is_missed_when_its_day_is_over(state):
    since = at("2026-11-20T00:00")
    (one,) = missed(at("2026-11-24T00:00"), since, [WEEKLY], ledger=line(state))
    assert one.period == Week(2026, 47)


def test_what_was_due_before_loopnote_knew_the_reader_is_not_missed():
    assert missed(at("2026-11-24T12:00"), at("2026-11-23T09:00"), [WEEKLY], ledger={}) == []


def test_a_reader_far_east_waits_until_the_teams_week_is_over():
    auckland = replace(WEEKLY, timezone="Pacific/Auckland", team_timezone="America/Los_Angeles")
    (one,) = due(at("2026-11-23T22:00", "Pacific/Auckland"), [auckland], {})
    assert (
        one.at
        == at("2026-11-23T00:00", "America/Los_Angeles")
        == at("2026-11-23T21:00", "Pacific/Auckland")
    )
    assert due(at("2026-11-23T20:59", "Pacific/Auckland"), [auckland], {}) == []


def test_a_monthly_report_comes_on_the_first_monday_about_the_month_before():
    monthly = replace(WEEKLY, kind="monthly")
    found = occurrences([monthly], at("2026-11-01T00:00"), at("2027-03-01T00:00"))
    assert [(one.period, one.at.astimezone(SEOUL).date()) for one in found] == [
        (Month(2026, 10), date(2026, 11, 2)),
        (Month(2026, 11), date(2026, 12, 7)),
        (Month(2026, 12), date(2027, 1, 4)),
        (Month(2027, 1), date(2027, 2, 1)),
    ]


def test_a_monthly_report_may_come_on_a_day_of_the_month():
    monthly = replace(WEEKLY, kind="monthly", send_at=MonthAt.parse("1 08:00"))
    found = occurrences([monthly], at("2026-11-15T00:00"), at("2027-01-15T00:00"))
    assert [(one.period, one.at.astimezone(SEOUL).date()) for one in found] == [
        (Month(2026, 11), date(2026, 12, 1)),
        (Month(2026, 12), date(2027, 1, 1)),
    ]


def test_catching_up_may_end_earlier_but_never_at_once():
    delivery = replace(WEEKLY, until_hour=18)
    assert due(at("2026-11-23T17:59"), [delivery], {})
    assert not due(at("2026-11-23T18:00"), [delivery], {})
    assert due(at("2026-11-23T18:00"), [replace(delivery, send_at=SendAt(0, 17))], {})


def test_the_first_monday_of_the_year_is_about_week_53():
    (one,) = due(at("2027-01-04T09:00"), [WEEKLY], {})
    assert one.period == Week(2026, 53)


def test_the_preview_of_friday_is_about_the_week_itself():
    preview = replace(WEEKLY, kind="preview", send_at=FRIDAY_AFTERNOON)
    (one,) = due(at("2026-11-20T15:00"), [preview], {})
    assert one.period == Week(2026, 47)


def free(*days: str):
    return lambda country, day: country == "KR" and day.isoformat() in days


def test_a_public_holiday_moves_the_report_to_the_next_working_day():
    moved = replace(WEEKLY, country="KR")
    holiday = free("2026-11-23", "2026-11-24")
    assert due(at("2026-11-23T12:00"), [moved], {}, holiday=holiday) == []
    (one,) = due(at("2026-11-25T08:00"), [moved], {}, holiday=holiday)
    assert one.period == Week(2026, 47)
    assert due(at("2026-11-23T12:00"), [WEEKLY], {}, holiday=holiday)


def test_a_long_holiday_skips_the_weekend_too():
    moved = replace(WEEKLY, country="KR", send_at=SendAt.parse("Thu 08:00"))
    (one,) = occurrences(
        [moved],
        at("2026-11-26T00:00"),
        at("2026-12-01T00:00"),
        holiday=free("2026-11-26", "2026-11-27"),
    )
    assert one.at == at("2026-11-30T08:00")


def test_a_holiday_moves_the_preview_to_the_day_before():
    preview = replace(WEEKLY, kind="preview", send_at=FRIDAY_AFTERNOON, country="KR")
    (one,) = due(at("2026-11-19T15:00"), [preview], {}, holiday=free("2026-11-20"))
    assert one.period == Week(2026, 47)


def test_what_comes_next_is_what_waits_already_or_the_next_time():
    assert next_due(at("2026-11-23T09:00"), [WEEKLY], {}).period == Week(2026, 47)
    assert next_due(at("2026-11-23T09:00"), [WEEKLY], line("sent")).at == at("2026-11-30T08:00")
    assert next_due(at("2026-11-23T09:00"), [], {}) is None


@pytest.mark.parametrize(
    ("zone", "send_at", "instant"),
    [
        ("America/New_York", "Sun 02:30", "2026-03-08T07:30:00+00:00"),  # does not exist that day
        ("America/New_York", "Sun 01:30", "2026-11-01T05:30:00+00:00"),  # comes twice that day
        ("Europe/London", "Sun 01:30", "2026-03-29T01:30:00+00:00"),
        ("Africa/Cairo", "Fri 00:15", "2026-04-23T22:15:00+00:00"),  # the clocks jump at midnight
    ],
)
def test_the_hour_that_the_clocks_skip_or_repeat_is_one_instant(zone, send_at, instant):
    sunday = replace(WEEKLY, timezone=zone, team_timezone=zone, send_at=SendAt.parse(send_at))
    expected = datetime.fromisoformat(instant)
    found = occurrences([sunday], expected - timedelta(days=1), expected + timedelta(days=1))
    assert [one.at for one in found] == [expected]


ZONES = ["Asia/Seoul", "America/New_York", "Europe/Berlin", "Pacific/Kiritimati", "Pacific/Niue",
"Africa/Cairo",
         "Asia/Kathmandu", "Australia/Lord_Howe"]  # fmt: skip
INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))
APPOINTMENTS = st.builds(
    Subscription,
    kind=st.sampled_from(["weekly", "monthly", "preview"]),
    scope=st.just("team"),
    address=st.just("a@example.org"),
    send_at=st.builds(SendAt, st.integers(0, 6), st.integers(0, 23), st.integers(0, 59))
    | st.builds(SendAt, st.just(0), st.just(8)),
    timezone=st.sampled_from(ZONES),
    team_timezone=st.sampled_from(ZONES),
    country=st.sampled_from(["", "KR"]),
    until_hour=st.integers(1, 24),
)
HOLIDAYS = st.sets(st.dates(date(2020, 1, 1), date(2035, 1, 1)), max_size=30)


@given(APPOINTMENTS, INSTANTS, st.integers(1, 300), HOLIDAYS)
def test_every_period_comes_once_and_in_order_whatever_the_zone(
    subscription, start, days, holidays
):
    found = occurrences(
        [subscription],
        start,
        start + timedelta(days=days),
        holiday=lambda _country, day: day in holidays,
    )
    periods = [one.period for one in found]
    assert len(set(periods)) == len(periods)
    if not subscription.country:
        assert periods == sorted(periods)
    least = days // 7 - 3 if subscription.kind != "monthly" else days // 31 - 1
    assert len(found) >= least - (len(holidays) if subscription.country else 0)


@given(APPOINTMENTS, INSTANTS)
def test_a_report_is_never_about_a_week_that_is_not_over(subscription, start):
    for one in occurrences([subscription], start, start + timedelta(days=40)):
        assert one.at < one.until <= one.at + timedelta(hours=30)
        if one.kind != "preview":
            assert one.at.astimezone(ZoneInfo(subscription.team_timezone)).date() > one.period.last


@given(APPOINTMENTS, INSTANTS, st.lists(st.integers(1, 90), min_size=1, max_size=60))
def test_polling_at_any_steps_finds_each_mail_or_reports_it_missed(subscription, start, hours):
    """Whoever asks now and then, marking sent what is due, ends with every occurrence either
    sent once or missed.
    """
    ledger: dict[Any, Any] = {}
    sent, reported, now = [], set(), start
    for step in hours:
        now += timedelta(hours=step)
        for one in due(now, [subscription], ledger):
            sent.append(one.report)
            ledger[one.report, one.address] = Delivery(f"{one.report}/r1", one.address, "sent", now)
        reported |= {one.report for one in missed(now, start, [subscription], ledger=ledger)}
    assert len(sent) == len(set(sent))
    past = {one.report for one in occurrences([subscription], start, now) if one.until <= now}
    assert past == (set(sent) & past) | (reported & past)
    assert not set(sent) & reported
