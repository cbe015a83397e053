"""Small values of the model: days in cells, weeks, mail addresses, ledger lines."""

from datetime import UTC, date, datetime

import pytest

from notes.model.comparable_text import comparable_text
from notes.model.deliveries import Delivery, SentReport, logged_state
from notes.model.mail_addresses import in_ascii
from notes.model.periods import Month

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("5~7 Mar", "March 5 - 7"),  # a range of days that the row itself has not
        ("3/25", "25/3"),  # a number above 12 is no month
        ("2026/3/5~7", "2026. 3. 5 - 7"),
        ("26.3.5", "3/5"),  # a year of two digits comes first
    ],
)
def test_one_day_written_in_two_ways_is_the_same_text(written: str, same: str) -> None:
    assert comparable_text(written) == comparable_text(same)


def test_numbers_that_are_no_day_stay_as_they_are() -> None:
    assert comparable_text("40/50") == "40/50"


def test_a_month_has_a_number_from_one_to_twelve() -> None:
    with pytest.raises(ValueError, match="no month 13"):
        Month(2026, 13)


def test_a_domain_that_no_server_can_have_stays_as_it_is() -> None:
    longer_than_a_label = "가" * 64
    assert in_ascii(f"user@{longer_than_a_label}.kr") == f"user@{longer_than_a_label}.kr"
    assert in_ascii("user@한글.kr") == "user@xn--bj0bj06e.kr"
    assert in_ascii("user@example.com") == "user@example.com"


def test_a_sent_report_counts_the_mailboxes_that_have_it() -> None:
    made = SentReport(1, "팀", "weekly", "2026-W47", 1, "ko", "team", "제목", NOW)
    assert made.sent == 0
    known = SentReport(
        1, "팀", "weekly", "2026-W47", 1, "ko", "team", "제목", NOW, states=(("sent", 2),)
    )
    assert known.sent == 2


def test_a_ledger_line_knows_its_report_without_the_revision() -> None:
    line = Delivery("팀/2026-W47/weekly/r2", "a@example.com", "sent", NOW)
    assert (line.label, line.revision) == ("팀/2026-W47/weekly", 2)


def test_days_of_the_year_before_are_no_days_of_a_month() -> None:
    assert date(2025, 11, 3) not in Month(2026, 11)


def test_a_mail_in_a_folder_is_logged_as_written_and_not_as_sent() -> None:
    assert logged_state("sent", "outbox/2026-W47.eml") == "written"
    assert logged_state("sent", "250 OK") == "sent"
    assert logged_state("refused", "outbox/2026-W47.eml") == "refused"
