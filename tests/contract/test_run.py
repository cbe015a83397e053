"""Rounds over simulated time: each report once or reported, each streak told once."""

import random
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from zoneinfo import ZoneInfo

import pytest
from fakes.ports import free_port
from fakes.run_fixture import Clock, ReportMaker, run_context, subscription
from fakes.smtp import MailHost, MailHostRunning

from loopnote.alerts.conditions import Failure
from loopnote.delivery.send import NothingToSend, send_again, send_correction, send_period
from loopnote.services.run import OperatorContact, run_once
from notes.model.errors import RenderError
from notes.model.notes import SourceHealth
from notes.model.periods import Week
from notes.store.delivery.alarms import Alarms
from notes.store.delivery.ledger import Deliveries
from reports.delivery.smtp import SmtpTransport
from reports.delivery.smtp_connection import MailSettings
from sync.pulls.pull import PullResult

SEOUL = ZoneInfo("Asia/Seoul")
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=SEOUL)


@pytest.fixture
def host():
    return MailHost()


@pytest.fixture
def transport(host):
    with MailHostRunning(host) as running:
        yield server(running.port)


def server(port: int) -> SmtpTransport:
    return SmtpTransport(
        MailSettings("127.0.0.1", "loop@example.org", port, "none", command_s=0.5, body_s=0.5)
    )


def to(host: MailHost, name: str) -> list[bytes]:
    return [taken.body for taken in host.bodies if taken.address == f"{name}@example.org"]


def subjects(host: MailHost) -> list[str]:
    return [message_from_bytes(body, policy=default)["Subject"] for body in to(host, "op")]


def test_a_monday_sends_each_report_once_however_often_it_runs(store, host, transport):
    clock = Clock(MONDAY)
    home = run_context(store, transport, clock, subscription("mina"), subscription("june"))
    first = run_once(home)
    assert [one.state for one in first.sent.delivered] == ["sent", "sent"]
    assert first.ok
    assert first.next.at == MONDAY + timedelta(days=7)
    for minutes in (1, 30, 600):
        clock.now = MONDAY + timedelta(minutes=minutes)
        assert run_once(home).sent.delivered == ()
    assert len(host.bodies) == 2
    assert len(set(to(host, "mina") + to(host, "june"))) == 1


def test_one_mail_is_made_for_all_who_read_the_same(store, host, transport):
    maker = ReportMaker()
    english = replace(subscription("june"), language="en")
    run_once(
        run_context(
            store,
            transport,
            Clock(MONDAY),
            subscription("a"),
            subscription("b"),
            english,
            maker=maker,
        )
    )
    assert maker.made == ["team/2026-W47/weekly"] * 2
    assert to(host, "a") == to(host, "b") != to(host, "june")


def test_a_report_that_cannot_be_made_stops_nobody_else_and_is_told_once(store, host, transport):
    clock, maker = Clock(MONDAY), ReportMaker()
    maker.fails["bad/2026-W47/weekly"] = RenderError(
        "the template broke", hint="mend templates/weekly.html.j2"
    )
    home = run_context(
        store, transport, clock, subscription("a"), subscription("b", scope="bad"), maker=maker
    )
    result = run_once(home)
    assert not result.ok
    assert len(to(host, "a")) == 1
    for hours in (1, 2, 3):
        clock.now = MONDAY + timedelta(hours=hours)
        run_once(home)
    assert [subject.partition(":")[0] for subject in subjects(host)] == [
        "[loopnote] please look"
    ] * 2  # failed; late
    maker.fails.clear()
    clock.now = MONDAY + timedelta(hours=4)
    assert run_once(home).ok
    assert len(to(host, "b")) == 1
    assert "solved" in subjects(host)[-1]


def test_if_nothing_can_be_said_for_the_whole_day_the_operator_hears_that_it_was_missed(
    store, host, transport
):
    clock, maker = Clock(MONDAY - timedelta(days=1)), ReportMaker()
    maker.withholds["team/2026-W47/weekly"] = NothingToSend("every source failed", final=False)
    home = run_context(store, transport, clock, subscription("mina"), maker=maker)
    for hours in range(0, 72, 6):
        clock.now = MONDAY + timedelta(hours=hours - 24)
        run_once(home)
    assert to(host, "mina") == []
    assert any("did not go out to mina@example.org" in subject for subject in subjects(host))
    assert len(subjects(host)) == len(set(subjects(host)))


def test_a_preview_with_nothing_to_mend_is_settled_for_good(store, host, transport):
    clock, maker = Clock(datetime(2026, 11, 20, 15, 0, tzinfo=SEOUL)), ReportMaker()
    maker.withholds["team/2026-W47/preview"] = NothingToSend("nothing is missing")
    home = run_context(
        store,
        transport,
        clock,
        subscription("mina", kind="preview", send_at="Fri 15:00"),
        maker=maker,
    )
    assert len(run_once(home).sent.skipped) == 1
    maker.withholds.clear()
    clock.now += timedelta(hours=1)
    assert run_once(home).sent.skipped == ()
    clock.now += timedelta(hours=30)
    assert run_once(home).ok
    assert not host.bodies


def test_a_server_that_is_down_is_told_when_it_is_back(store, host):
    clock = Clock(MONDAY)
    pings: list[bool] = []

    def pinged(ok: bool) -> str:
        pings.append(ok)
        return "ok"

    down = run_context(
        store,
        server(free_port()),
        clock,
        subscription("mina"),
        operator=OperatorContact("op@example.org", "en", "loop@example.org", pinged),
    )
    result = run_once(down)
    assert not result.ok
    assert "no connection" in result.notification.fault
    assert pings == [False]
    with MailHostRunning(host) as running:
        clock.now += timedelta(hours=2)
        up = replace(down, delivery=replace(down.delivery, transport=server(running.port)))
        assert run_once(up).sent.ok
    assert len(to(host, "mina")) == 1


def test_a_refused_and_a_doubtful_mail_are_told_once_and_never_resent(store, host, transport):
    host.behaviour = {"gone@example.org": ["refuse"], "lost@example.org": ["cut_after_body"]}
    clock = Clock(MONDAY)
    home = run_context(
        store, transport, clock, subscription("gone"), subscription("lost"), subscription("mina")
    )
    for hours in range(12):
        clock.now = MONDAY + timedelta(hours=hours)
        run_once(home)
    (text,) = host.texts_to("op@example.org")
    assert "gone@example.org was refused" in text
    assert "reached lost@example.org" in text
    assert Counter(taken.address.partition("@")[0] for taken in host.bodies) == {
        "lost": 1,
        "mina": 1,
        "op": 1,
    }


def test_a_source_that_keeps_failing_is_one_mail_at_the_start_and_one_at_the_end(
    store, host, transport
):
    clock = Clock(datetime(2026, 11, 24, 8, 0, tzinfo=SEOUL))
    good = SourceHealth("log", "team", clock.now, clock.now)
    bad = replace(good, error="refused (403)", hint="share it again", failures_in_a_row=3)
    states = [good, bad, bad, bad, bad, good, good]
    home = run_context(store, transport, clock, health=lambda: [states[0]])
    for _ in range(7):
        run_once(home)
        states.pop(0)
        clock.now += timedelta(hours=3)
    assert subjects(host) == [
        "[loopnote] please look: the source “log” cannot be read",
        "[loopnote] solved: the source “log” can be read again",
    ]


def test_the_mail_account_is_tried_the_day_before(store):
    clock = Clock(MONDAY - timedelta(hours=60))
    home = run_context(store, server(free_port()), clock, subscription("mina"))
    assert run_once(home).ok
    clock.now = MONDAY - timedelta(hours=20)
    assert [one.id for one in run_once(home).alerts] == ["mail.login"]


def test_a_log_in_that_nobody_tried_again_is_not_called_recovered(store, host, transport):
    clock = Clock(MONDAY - timedelta(hours=20))
    broken = run_context(store, server(free_port()), clock, subscription("mina"))
    run_once(broken)  # the log-in fails, and the operator's mail cannot leave either
    alarms = Alarms(store.database)
    alarms.told(alarms.open(), clock.now)
    clock.now += timedelta(hours=1)  # too early for another try
    result = run_once(run_context(store, transport, clock, subscription("mina")))
    assert result.notification.changes.recovered == ()
    assert [one.id for one in alarms.open()] == ["mail.login"]
    assert subjects(host) == []


def test_a_person_may_send_a_week_and_correct_it_and_send_again(store, host, transport):
    host.behaviour = {"lost@example.org": ["cut_after_body", "take"]}
    home = run_context(
        store,
        transport,
        Clock(MONDAY + timedelta(days=2)),
        subscription("mina"),
        subscription("lost"),
    )
    week = Week(2026, 47)
    assert [
        one.state for one in send_period(home.delivery, home.subscriptions, week).delivered
    ] == ["sent", "unknown"]
    assert [
        one.state for one in send_period(home.delivery, home.subscriptions, week).delivered
    ] == ["held", "held"]
    lost = [one for one in home.subscriptions if one.address.startswith("lost")]
    assert [one.state for one in send_again(home.delivery, lost, week).delivered] == ["sent"]
    assert len(set(to(host, "lost"))) == 1
    corrected = send_correction(home.delivery, home.subscriptions, week)
    assert [one.report for one in corrected.delivered] == ["team/2026-W47/weekly/r2"] * 2
    assert b"[corrected]" in to(host, "mina")[-1]


@pytest.mark.parametrize(
    "seed", [0, *[pytest.param(n, marks=pytest.mark.slow) for n in range(1, 10)]]
)
def test_in_a_week_full_of_failures_nobody_gets_two_and_every_missing_one_is_reported(
    store, host, transport, seed
):
    """A round every other hour from Friday to Thursday.

    Servers, readers, reports and the clock fail now and then.
    """
    chance = random.Random(seed)  # the same week every time
    words = [
        "take",
        "refuse",
        "greylist",
        "refuse_body",
        "defer_body",
        "cut_before_body",
        "cut_after_body",
    ]
    names = [f"r{n}" for n in range(6)]
    host.behaviour = {
        f"{name}@example.org": [chance.choice(words) for _ in range(4)] for name in names
    }
    maker = ReportMaker()
    clock = Clock(MONDAY - timedelta(days=3))
    previews = [subscription(name, kind="preview", send_at="Fri 15:00") for name in names[:2]]
    home = run_context(
        store, transport, clock, *[subscription(name) for name in names], *previews, maker=maker
    )
    dead = replace(home, delivery=replace(home.delivery, transport=server(free_port())))
    for step in range(0, 6 * 24, 2):
        clock.now = (
            MONDAY + timedelta(hours=step - 3 * 24) - timedelta(hours=chance.choice([0, 0, 0, 5]))
        )
        maker.fails = (
            {"team/2026-W47/weekly": RenderError("broken")} if chance.random() < 0.3 else {}
        )
        run_once(dead if chance.random() < 0.2 else home)
    bodies = Counter(
        (taken.address, taken.body) for taken in host.bodies if not taken.address.startswith("op@")
    )
    assert max(bodies.values()) == 1
    lines = Deliveries(store.database).latest()
    told = " ".join(host.texts_to("op@example.org"))
    for one in home.subscriptions:
        line = lines[f"team/2026-W47/{one.kind}", one.address]
        assert line.state == "sent" or one.address in told, line


def test_an_archive_that_fails_stops_no_mail_and_is_told_once(store, host, transport):
    clock, faults = Clock(MONDAY), [Failure("/srv/archive", "no space left", "free some")]
    home = run_context(
        store,
        transport,
        clock,
        subscription("a"),
        archive=lambda _sent: faults[0] if faults else None,
    )
    result = run_once(home)
    assert not result.ok
    assert len(to(host, "a")) == 1
    assert [one.id for one in result.alerts] == ["archive.failed"]
    clock.now = MONDAY + timedelta(hours=1)
    run_once(home)
    assert len(subjects(host)) == 1
    faults.clear()
    clock.now = MONDAY + timedelta(hours=2)
    assert run_once(home).ok
    assert "solved" in subjects(host)[-1]


def test_the_archive_is_told_whether_mails_went_out(store, host, transport):
    clock = Clock(MONDAY)
    heard: list[bool] = []
    home = run_context(store, transport, clock, subscription("a"), archive=heard.append)
    run_once(home)
    clock.now = MONDAY + timedelta(hours=1)
    run_once(home)
    assert heard == [True, False]


def test_a_clock_far_from_the_last_run_reads_and_sends_nothing_and_says_so_once(
    store, host, transport
):
    pulled: list[datetime] = []

    def pull() -> tuple[PullResult, ...]:
        pulled.append(clock.now)
        return ()

    clock = Clock(MONDAY)
    home = run_context(store, transport, clock, subscription("mina"), pull=pull)
    assert run_once(home).ok
    for jump in (timedelta(weeks=268), timedelta(weeks=268, minutes=30), -timedelta(weeks=1300)):
        clock.now = MONDAY + jump
        result = run_once(home)
        assert [one.id for one in result.alerts] == ["clock.jumped"]
        assert not result.ok
        assert result.stood_still
    assert len(pulled) == len(to(host, "mina")) == 1
    assert len(to(host, "op")) == 1
    clock.now = MONDAY + timedelta(hours=1)
    assert run_once(home).ok
    assert "solved: the clock" in subjects(host)[-1]
    assert len(to(host, "mina")) == 1


@pytest.mark.parametrize(
    "gap", [timedelta(days=34), -timedelta(hours=20), timedelta(days=7), timedelta(0)]
)
def test_a_schedule_a_holiday_and_a_mended_clock_are_no_jump(store, transport, gap):
    clock = Clock(MONDAY)
    home = run_context(store, transport, clock)
    run_once(home)
    clock.now += gap
    assert run_once(home).alerts == ()


def test_a_service_or_a_person_who_says_that_the_clock_is_right_is_believed(store, host, transport):
    clock = Clock(MONDAY)
    home = run_context(store, transport, clock, subscription("mina"))
    run_once(home)
    clock.now = MONDAY + timedelta(weeks=20)
    assert run_once(home).stood_still
    believed = run_once(replace(home, clock_is_right=lambda _now: True))
    assert [one.state for one in believed.sent.delivered] == ["sent"]
    clock.now += timedelta(weeks=1)
    assert not run_once(home).stood_still


def test_mondays_missed_for_longer_than_a_week_are_told_together_and_once(store, host, transport):
    clock = Clock(MONDAY)
    home = run_context(store, transport, clock, subscription("mina"), subscription("june"))
    run_once(home)
    clock.now = MONDAY + timedelta(days=31)  # three Mondays went by without a machine
    result = run_once(home)
    told = [one for one in result.alerts if one.id == "report.missed_long"]
    assert [dict(one.facts) for one in told] == [
        {"count": "6", "first": "2026-11-29", "last": "2026-12-13"}
    ]
    text = host.texts_to("op@example.org")[-1]
    assert "6 mails from 2026-11-29 to 2026-12-13 did not go out" in text
    clock.now += timedelta(hours=1)
    assert not [one for one in run_once(home).alerts if one.id == "report.missed_long"]
    assert len(to(host, "op")) == 1


def test_mondays_missed_long_ago_are_told_when_the_mail_server_is_back(store, host, transport):
    clock = Clock(MONDAY)
    run_once(run_context(store, transport, clock, subscription("mina")))
    clock.now = MONDAY + timedelta(days=31)
    assert run_once(
        run_context(store, server(free_port()), clock, subscription("mina"))
    ).notification.fault
    clock.now += timedelta(hours=1)
    run_once(run_context(store, transport, clock, subscription("mina")))
    assert "3 mails from" in host.texts_to("op@example.org")[-1]


def test_an_idle_run_reads_the_ledger_twice_before_and_after_sending(
    store, transport, monkeypatch
) -> None:
    clock = Clock(MONDAY)
    home = run_context(store, transport, clock, subscription("mina"), subscription("june"))
    run_once(home)
    clock.now = MONDAY + timedelta(hours=1)
    asked: Counter[str] = Counter()
    plain = Deliveries.latest

    def counted(ledger):
        asked["latest"] += 1
        return plain(ledger)

    monkeypatch.setattr(Deliveries, "latest", counted)
    assert run_once(home).sent.delivered == ()
    assert asked["latest"] == 2
