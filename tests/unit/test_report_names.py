"""A report's name in the sentences that an operator reads."""

import pytest
from fakes.stored_notes import stored

from loopnote.alerts.alert_texts import alert_lines
from loopnote.alerts.conditions import Alert, AlertChanges
from loopnote.cli.output.notes.note_text import headline, value_words
from loopnote.runtime.messages.errors import error_texts
from loopnote.runtime.messages.report_names import report_name, scope_name
from loopnote.runtime.messages.terminal import language


@pytest.mark.parametrize(
    ("key", "english", "korean"),
    [
        (
            "판교/팀/2026-W47/weekly/r1",
            "판교/팀 2026-W47 weekly report",
            "판교/팀 2026-W47 주간 리포트",
        ),
        ("*/2026-11/monthly", "all teams 2026-11 monthly report", "모든 팀 2026-11 월간 리포트"),
        ("a/2026-W47/preview", "a 2026-W47 Friday preview", "a 2026-W47 금요일 미리보기"),
        (
            "a/2026-W47/weekly/r3",
            "a 2026-W47 weekly report (correction 2)",
            "a 2026-W47 주간 리포트 (2번째 정정)",
        ),
        ("archive", "archive", "archive"),
        ("a/2026-W47/weekly/rX", "a/2026-W47/weekly/rX", "a/2026-W47/weekly/rX"),
    ],
)
def test_a_key_of_the_ledger_is_told_in_words(key: str, english: str, korean: str) -> None:
    assert (report_name(key, "en"), report_name(key, "ko")) == (english, korean)


def test_all_teams_are_called_so() -> None:
    assert scope_name("*", "ko") == "모든 팀"
    assert scope_name("영업", "ko") == "영업"


def test_an_alert_names_the_report_and_the_command_that_is_meant() -> None:
    facts = {
        "report": "영업/2026-W47/weekly/r1",
        "address": "a@b.example",
        "step": "loopnote send --week 2026-W47",
    }
    alert = Alert("delivery.unknown", "영업/2026-W47/weekly/r1 → a@b.example", facts=facts)
    called = "/srv/bin/loopnote --config /srv/config.toml"
    text = "\n".join(alert_lines(AlertChanges(started=(alert,)), "ko", called=called))
    assert "영업 2026-W47 주간 리포트가 도착했는지" in text
    assert f"`{called} send --week 2026-W47`" in text
    assert "weekly" not in text


def test_what_comes_next_is_told_in_korean_as_a_whole() -> None:
    english = "next is all teams 2026-W48 weekly report to a@b.example, 2026-11-30 08:00 Asia/Seoul"
    korean, _ = error_texts("ko", "", {}, message=english, hint="")
    assert korean.startswith("다음 메일은 모든 팀 2026-W48 주간 리포트 → a@b.example")


def test_changed_values_are_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOOPNOTE_LANG", "ko")
    language.cache_clear()
    try:
        assert value_words("outcome", "running") == "진행 중"
        assert value_words("next_kind", "stop") == "그만"
        metric = "name 보관 문의 · before 9 · after 4 · unit 건"
        assert value_words("metric", metric) == "보관 문의 · 전 9 · 후 4 · 단위 건"
        assert value_words("goal", "before 9") == "before 9"
    finally:
        language.cache_clear()


def test_a_note_is_named_by_what_was_done_and_not_by_its_bare_id() -> None:
    assert headline(stored(1, title="W-10", execution="Reserve the parts")) == "Reserve the parts"
    assert headline(stored(1, title="W-10", execution="")) == "W-10"
