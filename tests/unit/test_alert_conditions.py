"""What the operator hears of, decided from facts alone."""

from datetime import UTC, datetime, timedelta

import pytest

from loopnote.alerts.alert_texts import alarm_block, alert_lines, alert_sentence, alert_subject
from loopnote.alerts.conditions import (
    Alert,
    AlertChanges,
    AlertInputs,
    Failure,
    LoginCheck,
    find_alerts,
    is_login_due,
    news,
)
from loopnote.delivery.holidays import public_holidays
from notes.messages.catalogue import shipped_messages
from notes.model.deliveries import Alarm, Delivery, DueMail
from notes.model.errors import ConfigError
from notes.model.notes import SourceHealth
from notes.model.periods import Week

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DUE = DueMail("weekly", "team", Week(2026, 47), "mina@example.org", NOW - 2 * HOUR, NOW + 9 * HOUR)


def line(state, *, changed=NOW, attempts=1, code="", reply="why"):
    delivery = Delivery(
        "team/2026-W47/weekly/r1", "mina@example.org", state, changed, attempts, "run", code, reply
    )
    return {(delivery.label, delivery.mailbox): delivery}


def ids(**facts) -> list[str]:
    return [one.id for one in find_alerts(AlertInputs(**{"now": NOW, "ledger": {}, **facts}))]


def test_all_is_well_is_no_news():
    assert ids(ledger=line("sent")) == []
    assert not news([], []).worth_a_mail


@pytest.mark.parametrize("state", ["refused", "unknown"])
def test_what_a_person_has_to_decide_is_told_for_some_days(state):
    assert ids(ledger=line(state)) == [f"delivery.{state}"]
    assert ids(ledger=line(state, changed=NOW - timedelta(days=9))) == []


def test_a_greylisted_mail_is_trouble_only_after_an_hour_but_a_closed_door_at_once():
    fresh = DueMail(DUE.kind, DUE.scope, DUE.period, DUE.address, NOW - HOUR / 2, DUE.until)
    assert ids(late=[fresh], ledger=line("deferred", code="451")) == []
    assert ids(late=[fresh], ledger=line("deferred", code="")) == ["report.late"]
    assert ids(late=[DUE], ledger=line("deferred", code="451")) == ["report.late"]
    assert ids(late=[DUE]) == ["report.late"]


def test_a_source_is_trouble_when_it_fails_again_and_for_hours():
    def health(failures: int, age: timedelta) -> SourceHealth:
        return SourceHealth("log", "team", NOW, NOW - age, error="no", failures_in_a_row=failures)

    assert ids(sources=[health(1, 5 * HOUR)]) == []
    assert ids(sources=[health(3, HOUR)]) == []
    assert ids(sources=[health(2, 5 * HOUR)]) == ["source.failing"]
    assert ids(sources=[health(1, HOUR)], broken=frozenset({"log"})) == ["source.failing"]
    assert ids(sources=[health(1, HOUR)], broken=frozenset({"other"})) == []
    quiet = SourceHealth("log", "team", NOW, NOW - timedelta(days=9))
    assert ids(sources=[quiet], stale_after={"log": timedelta(days=8)}) == ["source.stale"]


def test_a_streak_is_told_once_and_its_end_once():
    alert = Alert("source.failing", "log")
    open_ = Alarm("source.failing", "log", NOW, told=NOW)
    assert news([alert], []).started == (alert,)
    assert not news([alert], [open_]).worth_a_mail
    assert news([alert], [Alarm("source.failing", "log", NOW)]).started == (alert,)
    assert news([], [open_]).recovered == (open_,)
    assert news([], [Alarm("source.failing", "log", NOW)]).closed


def test_an_event_ends_without_a_word_and_what_nobody_looked_at_does_not_end():
    event = Alarm("delivery.refused", "r → a", NOW, told=NOW)
    assert news([], [event]).closed == (event,)
    login = Alarm("mail.login", "mail", NOW, told=NOW)
    assert not news([], [login], unseen=["mail.login"]).worth_a_mail


def test_a_late_report_that_was_given_up_is_not_called_over():
    late = Alarm("report.late", DUE.report, NOW, told=NOW)
    found = find_alerts(AlertInputs(NOW, {}, missed=[DUE]))
    told = news(found, [late])
    assert [one.id for one in told.started] == ["report.missed"]
    assert told.recovered == ()


@pytest.mark.parametrize(
    ("ahead", "last", "wanted"),
    [
        (HOUR, None, True),
        (30 * HOUR, None, False),
        (HOUR, HOUR, False),
        (HOUR, 7 * HOUR, True),
        (HOUR, -HOUR, True),
    ],
)
def test_the_account_is_tried_ahead_and_not_all_the_time(ahead, last, wanted):
    assert is_login_due(NOW, NOW + ahead, None if last is None else NOW - last) is wanted


def test_every_trouble_has_words_in_both_languages():
    facts = AlertInputs(
        NOW,
        {
            **line("refused"),
            ("x/2026-W46/weekly", "b@c.d"): Delivery(
                "x/2026-W46/weekly/r1", "b@c.d", "unknown", NOW
            ),
        },
        late=[DUE],
        missed=[DUE],
        failures=[Failure("team/2026-W47/weekly", "broken")],
        sources=[
            SourceHealth("a", "team", NOW, None, error="no", failures_in_a_row=3),
            SourceHealth("b", "team", NOW, NOW - timedelta(days=20)),
        ],
        stale_after={"b": timedelta(days=8)},
        login=LoginCheck("it refuses the log-in", "check mail.user"),
    )
    found = find_alerts(facts)
    assert len({one.id for one in found}) == 8
    told = news(
        found, [Alarm("source.failing", "gone", NOW, NOW), Alarm("mail.login", "mail2", NOW, NOW)]
    )
    for language in ("ko", "en"):
        assert all("{" not in alert_sentence(one, language) for one in found)
        lines = alert_lines(told, language)
        assert not [text for text in lines if "{" in text]
        assert "\n" not in alert_subject(told, language)
        assert str(len(found) + 1) in alert_subject(told, language)


def test_a_mail_about_what_is_well_again_does_not_promise_that_none_will_follow():
    over = AlertChanges(recovered=(Alarm("source.failing", "가게 기록", NOW, NOW),))
    assert alert_lines(over, "ko", called="loopnote") == (
        "기록 ‘가게 기록’을 다시 읽을 수 있습니다.",
        "지금 상태는 `loopnote status`로 볼 수 있습니다.",
    )
    assert alert_lines(over, "en")[0] == "The source “가게 기록” can be read again."


OPEN = {
    "delivery.refused": "team/2026-W47/weekly/r1 → mina@example.org",
    "delivery.unknown": "team/2026-W47/weekly/r1 → mina@example.org",
    "report.late": DUE.report,
    "report.missed": f"{DUE.report} → mina@example.org",
    "report.missed_long": "2026-10-05 – 2026-11-09",
    "report.failed": DUE.report,
}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_an_open_trouble_is_a_sentence_with_its_next_step_without_the_facts_of_its_beginning(
    language,
):
    words = shipped_messages("loopnote.runtime.messages.alerts", language)
    ids_of_all = {key.rpartition(".")[0] for key in words.under("started")}
    told = {
        one: alarm_block(Alarm(one, OPEN.get(one, "sales log"), NOW), language)
        for one in ids_of_all
    }
    assert len(told) >= 17
    for one, (what, step) in told.items():
        assert "{" not in what + step, one
        assert one not in what
        assert len(step) > 10
    assert "mina@example.org" in told["report.missed"][0]
    assert "--week 2026-W47 --team" in told["report.missed"][1]
    assert '--source "sales log"' in told["source.unread"][1]
    assert "--accept-clock" in told["clock.jumped"][1]


def test_a_trouble_of_a_newer_version_is_named_and_has_a_next_step():
    what, step = alarm_block(Alarm("moon.full", "moon", NOW), "en")
    assert what == "moon [moon.full]"
    assert "doctor" in step


def test_public_holidays_are_a_librarys_and_an_unknown_country_is_a_mistake():
    known = public_holidays(["KR"])
    assert known("KR", datetime(2026, 3, 2).date())  # for the 1st, a Sunday
    assert not known("KR", datetime(2026, 3, 3).date())
    assert not public_holidays([""])("", datetime(2026, 1, 1).date())
    with pytest.raises(ConfigError, match="XX"):
        public_holidays(["XX"])
