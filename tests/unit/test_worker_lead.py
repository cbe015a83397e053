"""Mails are prepared earlier where the reports of the last days took longer than there was
time for.
"""

from datetime import UTC, datetime, timedelta

from loopnote.workers.decisions.lead_time import LONGEST_LEAD, seconds_a_report, to_prepare
from notes.model.deliveries import DueMail
from notes.model.periods import Week

MONDAY = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)  # 08:00 in Seoul
USUAL = timedelta(minutes=20)
QUARTER = timedelta(minutes=15)


def mails(count: int, at: datetime, *, first: int = 0) -> list[DueMail]:
    week, until = Week.containing(at.date()).back(), at + timedelta(hours=12)
    return [
        DueMail("weekly", f"T{number}", week, f"{number}@example.org", at, until)
        for number in range(first, first + count)
    ]


def made(past: list[DueMail], begin: datetime, *, each: float) -> dict[str, datetime]:
    return {
        one.report: begin + timedelta(seconds=each * place) for place, one in enumerate(past, 1)
    }


def prepared(ahead: list[DueMail], before: timedelta, seconds: float, usual=USUAL) -> int:
    now = ahead[0].at - before
    return len(to_prepare(ahead, now, usual=usual, seconds=seconds))


def test_the_pace_is_that_of_the_hour_with_most_reports():
    at = MONDAY - timedelta(days=7)
    many, others = mails(40, at), mails(25, at + QUARTER, first=40)
    times = made(many, at - USUAL, each=40) | made(others, at, each=1)
    assert seconds_a_report([*others, *many], times) == 39.0


def test_a_few_reports_or_those_made_on_another_day_tell_no_pace():
    at = MONDAY - timedelta(days=7)
    few = mails(19, at)
    assert seconds_a_report(few, made(few, at - USUAL, each=60)) == 0.0
    many = mails(40, at)
    assert seconds_a_report(many, made(many, at - timedelta(hours=9), each=60)) == 0.0
    assert seconds_a_report(many, {}) == 0.0


def test_mails_are_prepared_in_the_usual_time_where_that_suffices():
    for seconds in (0.0, 1.0):
        assert prepared(mails(100, MONDAY), timedelta(minutes=21), seconds) == 0
        assert prepared(mails(100, MONDAY), timedelta(minutes=20), seconds) == 100


def test_many_mails_or_slow_ones_are_prepared_earlier():
    assert prepared(mails(300, MONDAY), timedelta(minutes=66), 8.0) == 0
    assert prepared(mails(300, MONDAY), timedelta(minutes=65), 8.0) == 300


def test_what_is_due_before_has_to_be_made_before():
    both = [*mails(100, MONDAY), *mails(100, MONDAY + QUARTER, first=100)]
    before = timedelta(minutes=30)  # a hundred take 25 and 5 minutes, two hundred 50 and 5
    assert prepared(both, before, 10.0) == 200
    assert prepared(both[100:], before + QUARTER, 10.0) == 0


def test_no_mail_is_prepared_earlier_than_two_hours_unless_it_is_wanted():
    assert prepared(mails(5000, MONDAY), LONGEST_LEAD, 60.0) == 5000
    assert prepared(mails(5000, MONDAY), LONGEST_LEAD + timedelta(seconds=1), 60.0) == 0
    assert prepared(mails(1, MONDAY), timedelta(hours=3), 60.0, usual=timedelta(hours=4)) == 1
