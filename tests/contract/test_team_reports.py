"""A team's report is read and computed once a sending, however many mails show it (ADR 0412)."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from fakes.entries import entry, new

from loopnote.config.read import load
from loopnote.services import team_reports
from loopnote.services.mails import MailBuilder
from loopnote.services.reports import ReportService
from loopnote.services.subscriptions import subscriptions
from notes.model.deliveries import DueMail
from notes.model.periods import Week
from notes.store.delivery.ledger import Deliveries
from notes.store.store import Store

NOW = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
WEEK = Week(2026, 47)
DAY = date(2026, 11, 17)
TEAM = '[[teams]]\nname = "team {0}"\nlanguage = "en"\ntimezone = "Asia/Seoul"\n'
SOURCE = '[[sources]]\nname = "s{0}"\nteam = "team {0}"\nkind = "file"\npath = "l{0}.csv"\n'
OWN = '[[recipients]]\naddress = "l{0}@example.org"\nteams = ["team {0}"]\n'
LEADERS = """
[[recipients]]
address = "all@example.org"

[[recipients]]
address = "two@example.org"
teams = ["team 0", "team 1"]

[[recipients]]
address = "initials@example.org"
names = "initials"
"""


class CountingService(ReportService):
    made: Counter[str]

    def inputs(self, team, period, now):
        self.made[f"inputs of {team.name}"] += 1
        return super().inputs(team, period, now)

    def report_of(self, inputs):
        self.made[f"report of {inputs.team.name}"] += 1
        return super().report_of(inputs)


@pytest.fixture
def sending(tmp_path: Path) -> Iterable[tuple[MailBuilder, CountingService]]:
    text = "\n".join(part.format(number) for number in range(3) for part in (TEAM, SOURCE, OWN))
    (tmp_path / "config.toml").write_text(text + LEADERS, encoding="utf-8")
    config = load(tmp_path / "config.toml").config
    with Store.open(f"sqlite:///{tmp_path}/notes.db") as store:
        for number in range(3):
            with store.update(f"s{number}", f"team {number}", "r", now=NOW) as update:
                rows = [
                    entry(row, f"goal {row} of {number}", start_date=DAY) for row in range(2, 6)
                ]
                update.save(new(*rows))
                update.finish({})
        service = CountingService(config, store)
        service.made = Counter()
        yield MailBuilder(config, service, Deliveries(store.database), clock=lambda: NOW), service


def mails_of(builder: MailBuilder) -> list[bytes]:
    built = []
    for one in subscriptions(builder._config):
        due = DueMail(
            kind=one.kind,
            scope=one.scope,
            period=WEEK,
            address=one.address,
            at=NOW,
            until=NOW,
            language=one.language,
            audience=one.audience,
        )
        built.append(builder(due, 1).message.body)
    return built


def test_six_mails_of_three_teams_compute_three_reports(sending) -> None:
    builder, service = sending
    assert len(mails_of(builder)) == 6
    assert len(service.made) == 6
    assert set(service.made.values()) == {1}


def test_what_memory_does_not_hold_is_read_again_and_the_mails_are_the_same(
    sending, monkeypatch
) -> None:
    builder, service = sending
    first = mails_of(builder)
    monkeypatch.setattr(team_reports, "_MOST_NOTES", 1)
    again = mails_of(MailBuilder(builder._config, service, builder._ledger, clock=lambda: NOW))
    assert again == first
    assert service.made["report of team 0"] == 2
    assert service.made["inputs of team 0"] > 2
