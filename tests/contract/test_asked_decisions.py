"""What the ledger remembers of the decisions that sent pages asked."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from notes.model.deliveries import ALL_TEAMS, AskedDecision, Message, State
from notes.model.periods import Week
from notes.store.delivery.asked_decisions import asked_facts
from notes.store.delivery.ledger import Deliveries
from notes.store.store import Store

NOW = datetime(2026, 11, 22, 23, tzinfo=UTC)


@pytest.fixture
def store(tmp_path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path / 'notes.db'}") as opened:
        yield opened


def asked(week: int, kind: str) -> AskedDecision:
    return AskedDecision(f"2026-W{week}", NOW, kind, "0123", "n1")


def send(store: Store, scope: str, week: int, *, state: State = "sent", **teams: str) -> None:
    """Keep a mail about the teams, each with the kind of its decision, and settle it."""
    ledger = Deliveries(store.database)
    facts = asked_facts({team: asked(week, kind) for team, kind in teams.items()})
    key = ledger.open_report(scope, Week(2026, week), "weekly", subject="s", now=NOW, facts=facts)
    mail = Message(f"<{scope}-{week}@x>", "ko", "leaders", "s", b"x", NOW)
    line = ledger.plan(key, "lead@example.org", ledger.keep(key, mail), now=NOW)
    assert ledger.claim(line, "run", NOW)
    ledger.settle(line, "run", state, now=NOW)


def kinds(store: Store, team: str) -> list[tuple[str, str]]:
    return [(one.period, one.kind) for one in store.asked(team, "weekly")]


def test_the_latest_page_comes_first_and_one_that_asked_nothing_is_remembered(store: Store) -> None:
    send(store, "영업팀", 45, 영업팀="stop")
    send(store, "영업팀", 46, 영업팀="")
    assert kinds(store, "영업팀") == [("2026-W46", ""), ("2026-W45", "stop")]
    assert kinds(store, "개발팀") == []
    assert store.asked("영업팀", "monthly") == []


def test_a_mail_of_several_teams_asked_each_of_them(store: Store) -> None:
    send(store, ALL_TEAMS, 46, 영업팀="stop", 개발팀="unblock")
    assert kinds(store, "개발팀") == [("2026-W46", "unblock")]


def test_a_refused_mail_asked_nobody(store: Store) -> None:
    send(store, "영업팀", 46, state="refused", 영업팀="stop")
    assert kinds(store, "영업팀") == []
