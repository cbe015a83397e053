"""Lines of the analysis and the page that decide alone, each with a log in which that is seen."""

from dataclasses import replace
from datetime import date

import pytest
from fakes.sample_views import SETTING
from fakes.stored_notes import (
    TEAM,
    commitments_of,
    inputs,
    log,
    metric,
    plan,
    series,
    stored,
    trial,
)

from notes.model.notes import Language, Risk
from reports.analysis.metrics.goal_numbers import goal_number
from reports.analysis.metrics.impact import claims_of
from reports.analysis.questions.learning import answer_learning
from reports.analysis.questions.people import with_offer
from reports.analysis.questions.stop_candidates import stop_candidates
from reports.analysis.records.answers import BusinessAnswer, PersonAnswer
from reports.analysis.sections.rhythm import bhag
from reports.analysis.sections.signals import find_signals
from reports.analysis.summary.section_actions import plan_action
from reports.analysis.text.note_references import PrefixIndex
from reports.analysis.weekly import weekly_report
from reports.page.builders.weekly_page import remarks
from reports.page.formatting.text_formatter import TextFormatter
from reports.page.messages.page_sentences import load_messages
from reports.page.sections.signals import leading_text

MON, LAST = date(2026, 11, 16), date(2026, 11, 9)


@pytest.mark.parametrize(("person", "given"), [("김정호", "사례집"), ("이수진", None), ("", None)])
def test_what_a_plan_gives_one_person_is_offered_to_nobody_else(
    person: str, given: str | None
) -> None:
    card = plan(1, "2026-W47", people=("김정호 님 일정 잡기. 먼저 줄 것: 사례집",))
    offer = with_offer(PersonAnswer("lever", person), log(card), ())
    assert (offer.text if offer else None) == given


def test_only_a_risk_without_a_countermeasure_asks_to_be_filled_in() -> None:
    risks = (Risk("비가 온다", "천막을 빌린다"), Risk("휴가"))
    planned = weekly_report(inputs(plan(1, "2026-W48", risks=risks))).next
    assert [action.text for action in plan_action(planned)] == ["휴가"]
    assert list(plan_action(weekly_report(inputs(trial(1, "전화"))).next)) == []


@pytest.mark.parametrize(
    ("goal", "name", "number"),
    [
        ("문의 80건", "문의", 80),
        ("콜 80건", "콜", None),
        ("문의 80건, 문의 100건", "문의", None),
    ],
)
def test_a_goal_that_names_a_metric_twice_or_by_one_letter_sets_no_number(
    goal: str, name: str, number: float | None
) -> None:
    assert goal_number(goal, name, "건") == number


def test_the_bhag_is_told_from_its_plan_or_from_its_number_alone() -> None:
    team = replace(TEAM, bhag_metric="구독 가구", bhag_from=800, bhag_to=10_000)
    planned = bhag(log(plan(1, "2026-W47", bhag="1만 가구"), team=team))
    assert planned is not None
    assert (planned.text, planned.value, planned.share) == ("1만 가구", None, None)
    counted = bhag(log(series(2, "구독 가구", {MON: 2140}), team=team))
    assert counted is not None
    assert (counted.text, counted.value) == ("", 2140)
    assert bhag(log(trial(1, "전화"), team=team)) is None


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_page_that_knows_no_week_at_all_does_not_also_count_what_lacks_one(
    language: Language,
) -> None:
    formatter = TextFormatter(load_messages(language), SETTING)
    undated = stored(1, title="전단", execution="전단을 돌렸다")
    told = remarks(formatter, weekly_report(inputs(undated, trial(2, "전화"))))
    assert formatter("data.undated", n=1) in [line.text for line in told]
    alone = weekly_report(inputs(undated))
    assert alone.leader.headline.kind == "undated"
    assert formatter("data.undated", n=1) not in [line.text for line in remarks(formatter, alone)]


def test_a_trial_left_open_is_not_called_without_effect_where_its_series_moved() -> None:
    open_trial = trial(
        1, "문구", outcome="inconclusive", next_kind="stop", metric=metric("재방문", 31, 31)
    )
    moved = log(open_trial, series(2, "재방문", {LAST: 31, MON: 40}))
    still = log(open_trial, series(2, "재방문", {LAST: 31, MON: 31}))
    assert stop_candidates(moved, claims_of(moved)) == []
    [one] = stop_candidates(still, claims_of(still))
    assert one.reason == "no_change"


@pytest.mark.parametrize("links", [("T-7",), ()])
def test_a_number_that_a_linked_trial_moved_before_was_moved_twice(links: tuple[str, ...]) -> None:
    before = stored(
        1,
        key="T-7",
        title="문 앞 안내판",
        execution="안내판을 세웠다",
        end_date=date(2026, 10, 2),
        metric=metric("재방문", 20, 30),
        outcome="success",
    )
    again = trial(2, "뒤뜰 의자", metric=metric("재방문", 30, 40), outcome="success", links=links)
    known = log(before, again)
    [claim] = claims_of(known)
    assert [one.id for one in claim.repeated] == (["n001"] if links else [])


@pytest.mark.parametrize(("owner", "state"), [("민지", "kept"), ("도윤", "unanswered")])
def test_what_somebody_else_did_for_the_same_goal_answers_no_promise(
    owner: str, state: str
) -> None:
    promise = stored(
        1,
        title="쿠폰",
        execution="쿠폰을 나눠 주었다",
        goal="손님 늘리기",
        owners=("민지",),
        next_action="점심시간에 역 앞에서 전단을 돌린다",
        next_kind="start",
        end_date=date(2026, 11, 6),
    )
    other = trial(
        2,
        "점심시간에 역 앞에서 전단 돌리기",
        goal="손님 늘리기",
        owners=(owner,),
        execution="점심시간에 역 앞에서 전단을 돌렸다",
    )
    [one] = [one for one in commitments_of(log(promise, other)) if one.evidence.note_id == "n001"]
    assert (one.state, one.answer is not None) == (state, owner == "민지")


def test_a_word_that_was_forgotten_names_no_note_any_more() -> None:
    index = PrefixIndex(2)
    for word in ("sign", "sill"):
        index.add(word, f"n-{word}")
    index.forget("sign")
    assert list(index.within("a sign on the sill")) == [("sill", ["n-sill"])]


@pytest.mark.parametrize(
    ("undirected", "uncompared", "told"), [(0, 0, False), (1, 0, True), (0, 1, True)]
)
def test_a_number_of_no_direction_or_without_a_before_may_have_moved(
    undirected: int, uncompared: int, told: bool
) -> None:
    found = BusinessAnswer(undirected=undirected, uncompared=uncompared)
    assert found.may_have_moved is told


def test_a_learning_applied_before_the_period_is_told_of_the_note_that_uses_it_now() -> None:
    old = stored(
        1, key="T-7", title="보관법 카드", end_date=date(2026, 10, 20), outcome="success",
        execution="x", learned="첫날이 정한다", applied_to="첫 상자",
    )  # fmt: skip
    use = trial(2, "두 번째 상자", links=("T-7",), execution="두 번째 상자 구성")
    (pair,) = answer_learning(log(old, use)).pairs
    assert pair.applied is not None
    assert (pair.how, pair.applied.note_id) == ("link", use.id)


def test_a_milestone_of_an_earlier_period_is_not_told_again() -> None:
    earlier, now = (
        stored(
            at, title=title, end_date=day, outcome="success", execution="x", retrospective="좋음"
        )
        for at, (title, day) in enumerate(
            [
                ("마일스톤: 100번째 손님", date(2026, 10, 20)),
                ("마일스톤: 200번째 손님", date(2026, 11, 18)),
            ],
            1,
        )
    )
    found = weekly_report(inputs(earlier, now)).milestones
    assert [one.evidence.note_id for one in found] == [now.id]


@pytest.mark.parametrize(
    ("calls", "deals", "told"),
    [
        ({LAST: 20, MON: 30}, {LAST: 5, MON: 5}, True),
        ({LAST: 20, MON: 30}, {LAST: 5, MON: 6}, False),
        ({MON: 30}, {MON: 5}, False),
    ],
)
def test_where_input_rose_and_output_did_not_both_are_named(
    calls: dict[date, float], deals: dict[date, float], told: bool
) -> None:
    found = find_signals(
        log(
            series(1, "전화", calls, role="leading"),
            series(2, "방문", {MON: 7}, role="lagging"),  # nothing to compare it with
            series(3, "계약", deals, role="lagging"),
        )
    ).leading
    text = leading_text(TextFormatter(load_messages("ko"), SETTING), found)
    assert ("전화" in text, "방문" in text, "계약" in text) == (told, False, told)
