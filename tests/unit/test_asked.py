"""The page remembers what it asked, and says once what the log answered."""

from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import blake2b

from fakes.stored_notes import inputs, metric, series, stored, trial

from notes.model.deliveries import AskedDecision
from reports.analysis.summary.asked_before import asked_of
from reports.analysis.text.quoting import comparison_key
from reports.analysis.weekly import weekly_report

OLD = stored(90, title="옛것", end_date=date(2026, 10, 2))


def fell(*values: float):
    days = [date(2026, 10, 26), date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)]
    return series(2, "주문", dict(zip(days, values, strict=True)), unit="건")


def test_a_question_that_was_asked_before_says_how_often_and_since_when() -> None:
    before = sent("2026-W46", "number_worse", "주문")
    page = inputs(OLD, trial(1, "카드"), fell(200, 200, 180, 150))
    leader = weekly_report(replace(page, asked=(before,))).leader
    assert leader.decision is not None
    assert (leader.decision.kind, leader.decision.asked, leader.decision.first_asked) == (
        "number_worse",
        2,
        "2026-W46",
    )
    other = sent("2026-W46", "number_worse", "방문")
    new = weekly_report(replace(page, asked=(other,))).leader
    assert new.decision is not None
    assert (new.decision.asked, new.decision.first_asked) == (1, "")


def test_what_the_log_answered_to_the_last_question_is_said() -> None:
    asked = stored(
        1,
        title="쿠폰",
        execution="쿠폰",
        end_date=date(2026, 11, 13),
        outcome="failure",
        metric=metric("추천", 31, 31),
    )
    stopped = replace(asked, note=replace(asked.note, next_kind="stop"))
    page = inputs(OLD, stopped, trial(3, "편지"), earlier=(OLD, asked))
    question = (sent("2026-W46", "stop", "쿠폰", asked.id),)
    answered = weekly_report(replace(page, asked=question)).leader.answered
    assert answered is not None
    assert (answered.kind, answered.subject, answered.state) == ("stop", "쿠폰", "stopped")
    silent = inputs(OLD, asked, trial(3, "편지"), earlier=(OLD, asked))
    assert weekly_report(replace(silent, asked=question)).leader.answered is None
    assert weekly_report(page).leader.answered is None  # no page was sent: nobody was asked


def test_the_worst_event_of_the_week_makes_headline_and_decision() -> None:
    best = trial(1, "메뉴 이름", metric=metric("메뉴 클릭", 10, 12))
    leader = weekly_report(inputs(OLD, best, fell(170, 170, 169, 139))).leader
    assert leader.decision is not None
    assert (leader.headline.kind, leader.decision.kind, leader.decision.subject) == (
        "key_number",
        "number_worse",
        "주문",
    )
    other = series(
        5, "방문", {date(2026, 11, 9): 100.0, date(2026, 11, 16): 101.0}, unit="명", rank=1
    )
    team_number = weekly_report(inputs(OLD, best, other, fell(170, 170, 169, 139))).leader
    assert team_number.decision is not None
    assert team_number.decision.subject == "주문"


def sent(week: str, kind: str = "", subject: str = "", note: str = "") -> AskedDecision:
    """Return what the ledger remembers of a sent page, as `asked_of` writes it."""
    made = datetime(2026, 11, 1, 23, tzinfo=UTC)
    letters = blake2b(comparison_key(subject).encode(), digest_size=8).hexdigest()
    return AskedDecision(week, made, kind, letters, note)


def test_only_pages_that_were_sent_count_as_asked() -> None:
    now = inputs(OLD, trial(1, "카드"), fell(200, 200, 180, 150))
    first = weekly_report(now).leader.decision  # nothing was ever sent, however long it falls
    assert (first.asked, first.first_asked) == (1, "")
    twice = (
        sent("2026-W46", "number_worse", "주문"),
        sent("2026-W45", "number_worse", "주문"),
        sent("2026-W44", "stop", "쿠폰"),
        sent("2026-W43", "number_worse", "주문"),
    )
    third = weekly_report(replace(now, asked=twice)).leader.decision
    assert (third.asked, third.first_asked) == (3, "2026-W45")


def test_a_number_that_gave_no_question_in_between_is_asked_for_the_first_time() -> None:
    now = inputs(OLD, trial(1, "카드"), fell(200, 200, 180, 150))
    for before in (sent("2026-W46"), sent("2026-W46", "stop", "주문")):
        asked = (before, sent("2026-W45", "number_worse", "주문"))
        assert weekly_report(replace(now, asked=asked)).leader.decision.asked == 1


def test_what_is_remembered_of_a_page_is_found_again_by_the_next() -> None:
    page = weekly_report(inputs(OLD, trial(1, "카드"), fell(200, 200, 180, 150)))
    kept = asked_of(page, datetime(2026, 11, 22, 23, tzinfo=UTC))
    assert (kept.kind, kept.period) == ("number_worse", "2026-W47")
    assert kept.subject == sent("", "", "주문").subject
    assert "주문" not in kept.subject  # its words are not kept: a name in them may be erased


def test_the_answer_to_a_sent_question_is_found_by_its_note() -> None:
    past = stored(1, title="쿠폰", execution="쿠폰", end_date=date(2026, 11, 13), outcome="failure")
    stopped = replace(past, note=replace(past.note, next_kind="stop"))
    asked = (sent("2026-W46", "stop", "쿠폰", past.id),)
    page = weekly_report(replace(inputs(OLD, stopped, earlier=(OLD, past)), asked=asked))
    answered = page.leader.answered
    assert answered is not None
    assert (answered.subject, answered.state) == ("쿠폰", "stopped")


def test_a_missing_plan_is_asked_for_twice_and_then_no_more() -> None:
    note = trial(1, "카드", metric=metric("유지", 40, 48), next_action="두 번째 상자에도")
    before = tuple(sent(f"2026-W{week}", "no_plan") for week in (46, 45))
    page = inputs(OLD, note, trial(2, "수첩", next_action="수첩 더 찍기"))
    once = weekly_report(replace(page, asked=before[:1])).leader.decision
    assert once is not None
    assert once.asked == 1  # about other actions than the page before
    assert weekly_report(replace(page, asked=before)).leader.decision is None
    silent = (sent("2026-W46"), *(sent(f"2026-W{week}", "no_plan") for week in (45, 44)))
    assert weekly_report(replace(page, asked=silent)).leader.decision is None


def test_a_page_that_asked_nothing_leaves_the_question_about_a_note_open() -> None:
    failed = trial(1, "쿠폰", outcome="failure", metric=metric("추천", 31, 30))
    page = inputs(OLD, failed)
    asked = weekly_report(page).leader.decision
    before = (sent("2026-W46"), sent("2026-W45", asked.kind, asked.subject))
    again = weekly_report(replace(page, asked=before)).leader.decision
    assert (again.kind, again.asked, again.first_asked) == (asked.kind, 2, "2026-W45")
    other = (sent("2026-W46", "no_plan"), *before[1:])
    assert weekly_report(replace(page, asked=other)).leader.decision.asked == 1
