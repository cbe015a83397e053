"""Turns that few logs take: what a note lacks, names somebody else has, numbers without a week."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from fakes.stored_notes import (
    TEAM,
    commitments_of,
    feedback,
    inputs,
    log,
    metric,
    plan,
    series,
    stored,
    trial,
)

from notes.model.comparable_text import is_reformatted
from notes.model.notes import Step
from reports.analysis.data.contacts import is_mentioned
from reports.analysis.learnings import similar_notes
from reports.analysis.learnings.nearest_notes import with_related
from reports.analysis.learnings.playbook import whole_playbook
from reports.analysis.learnings.shared_learnings import shared_learnings
from reports.analysis.learnings.similar_notes import HypothesisRecord, find_similar_in_order
from reports.analysis.metrics.impact import claims_of
from reports.analysis.questions.expectations import expectations
from reports.analysis.questions.forecast import forecasts
from reports.analysis.questions.key_number import key_number
from reports.analysis.questions.people import answer_people
from reports.analysis.records.answers import PeopleAnswer, PersonAnswer
from reports.analysis.records.removed_actions import removed_in
from reports.analysis.sections.milestones import find_milestones
from reports.analysis.summary.section_actions import people_action
from reports.analysis.text.note_references import NoteNameIndex
from reports.analysis.text.person_subjects import without_doer
from reports.analysis.text.quoting import KnownPeople, comparison_key
from reports.analysis.weekly import weekly_report

MON, LAST = date(2026, 11, 16), date(2026, 11, 9)
OLD = stored(90, title="옛것", execution="옛것", end_date=date(2026, 10, 2))
THEN = datetime(2026, 11, 2, tzinfo=UTC)


def page(*notes, **more):
    return weekly_report(inputs(OLD, *notes, **more))


def test_two_numbers_are_no_other_writing_of_one() -> None:
    assert not is_reformatted("2 carts", "3 carts", None, end=None)


def test_a_promise_to_stop_whose_row_is_gone_has_vanished() -> None:
    promise = stored(
        1,
        title="전단",
        execution="전단을 돌렸다",
        next_action="전단을 그만둔다",
        next_kind="stop",
        end_date=date(2026, 11, 6),
        gone=datetime(2026, 11, 18, tzinfo=UTC),
    )
    [one] = commitments_of(log(OLD), [promise])
    assert one.state == "vanished"


def test_what_reads_like_a_stopped_thing_is_asked_about() -> None:
    promise = stored(
        1,
        title="전단",
        execution="역 앞에서 나눠 주었다",
        goal="손님 늘리기",
        owners=("민지",),
        next_action="점심시간에 전단을 돌리는 일을 그만둔다",
        next_kind="stop",
        end_date=date(2026, 11, 6),
    )
    again = trial(
        2,
        "점심시간에 전단을 돌리는 일",
        goal="손님 늘리기",
        owners=("민지",),
        execution="점심시간에 전단을 돌렸다",
    )
    [one] = commitments_of(log(promise, again))
    assert (one.state, one.sure) == ("came_back", False)


def test_who_stands_in_a_line_of_feedback_is_mentioned_in_it() -> None:
    line = feedback(1, MON, "설명이 쉬웠다", giver="민지", receiver="수아")
    assert is_mentioned(line.note, "수아")
    assert not is_mentioned(line.note, "도윤")


def test_a_question_is_asked_with_the_other_names_of_its_words() -> None:
    assert "쿠폰" in with_related("쿠폰")


def test_a_learning_that_may_not_be_quoted_is_no_candidate() -> None:
    blamed = trial(1, "전화", learned="민수가 게을러서 늦었다", owners=("민수",))
    assert not [one for one in whole_playbook(log(blamed)).candidates if "민수" in one.what]


def test_only_the_latest_notes_of_a_common_word_are_kept(monkeypatch) -> None:
    monkeypatch.setattr(similar_notes, "_LATEST", 2)
    past = [HypothesisRecord(f"n{n}", "구독팀", MON, "쿠폰을 주면 온다") for n in range(9)]
    [(_, found)] = find_similar_in_order(past, {"n8"}, least=0.5, most=9)
    assert {one.id for one in found} <= {f"n{n}" for n in range(4, 8)}


def test_a_note_that_waits_for_its_result_takes_no_number_of_a_series() -> None:
    line = series(2, "재방문", {LAST: 10, MON: 14})
    waiting = trial(1, "쿠폰", metric=metric("재방문", 10, None))
    assert claims_of(log(line, waiting)) == ()
    assert claims_of(log(line, trial(1, "쿠폰", metric=metric("재방문", None, None)))) != ()


def test_nobody_helps_with_what_they_own() -> None:
    stuck = trial(
        1,
        "납품",
        goal="납품 단축",
        owners=("민지",),
        outcome="running",
        failure_factors="막힘: 창고",
    )
    done = trial(
        2, "창고 정리", goal="납품 단축", owners=("민지",), people=("민지",), outcome="success"
    )
    assert all(one.person != "민지" for one in answer_people(log(stuck, done)).answers)


@pytest.mark.parametrize(
    ("text", "level", "change"),
    [
        ("소개 문구를 바꾸면 미팅 2건이 나온다", 2, 2),
        ("Short lines make visits +3 points", None, 3),
        ("Long lines make visits -3 points", None, -3),
    ],
)
def test_what_comes_in_and_what_has_a_sign_is_expected(text, level, change) -> None:
    found = next(iter(expectations(text, "")))
    assert (found.level, found.change) == (level, change)


def test_a_forecast_whose_series_begins_after_the_trial_is_judged_by_the_note() -> None:
    line = series(2, "재방문", {MON: 36}, unit="%")
    told = trial(
        1,
        "쿠폰",
        start_date=date(2026, 11, 2),
        hypothesis="쿠폰을 주면 재방문이 5%p 오른다",
        metric=metric("재방문", None, None, unit="%", change=5),
        more_metrics=(metric("매출", 10, 12),),
    )
    found = log(line, told)
    assert [one.verdict for one in forecasts(found, claims_of(found)).items] == ["hit"]


def test_a_level_that_is_to_stay_and_rose_is_a_surprise() -> None:
    told = trial(
        1,
        "가격",
        hypothesis="가격을 올려도 재방문은 30%로 된다",
        metric=metric("재방문", 30, 36, unit="%"),
    )
    found = log(told)
    assert [one.verdict for one in forecasts(found, claims_of(found)).items] == ["unexpected"]


def test_a_key_number_that_goes_on_under_a_longer_name_is_asked_about() -> None:
    old = series(1, "Activation", {date(2026, 10, 26): 30, date(2026, 11, 2): 31})
    new = series(2, "Activation rate", {LAST: 32, MON: 33})
    found = page(old, new, team=replace(TEAM, key_metric="Activation"))
    assert found.leader.key_renamed == "Activation rate"


def test_a_plan_without_a_card_names_no_key_number() -> None:
    bare = replace(plan(3, "2026-W47").note, details=None)
    lines = series(1, "방문", {LAST: 10, MON: 12})
    found = key_number(log(lines, replace(plan(3, "2026-W47"), note=bare)))
    assert found is not None
    assert found.name == "방문"


def test_an_action_that_was_added_is_none_that_was_erased() -> None:
    added = Step(2, THEN, "changed", (("next_action", "", "전화한다"),))
    note = replace(stored(1, next_action="전화한다"), version=2)
    assert list(removed_in([note], lambda _ids: {note.id: [added]})) == []


def test_a_milestone_is_told_once() -> None:
    note = trial(1, "첫 계약", metric=metric("계약", 1, 9, target=5), outcome="success")
    lines = series(2, "계약", {LAST: 1, MON: 9}, target=5)
    known = log(note, lines)
    assert [one.text for one in find_milestones(known, claims_of(known))] == ["계약"]


def test_a_gap_without_person_and_place_asks_for_nothing() -> None:
    bare = PersonAnswer("lever", "", "납품 단축")
    assert list(people_action(PeopleAnswer(answers=(bare,)))) == []


def test_leading_numbers_are_the_signs_of_a_week_in_which_no_result_moved() -> None:
    lines = (
        series(2, "통화", {LAST: 10, MON: 14}, role="leading"),
        series(3, "계약", {LAST: 3}),
    )
    team = replace(TEAM, key_metric="계약")
    found = page(
        plan(5, "2026-W47", business=("전화하기",)), *lines, trial(1, "전화하기"), team=team
    )
    assert found.leader.headline.kind == "signs"
    assert getattr(found.leader.headline.number, "name", "") == "통화"


def test_a_trial_that_was_left_open_before_its_own_end_is_no_candidate_to_stop() -> None:
    open_yet = stored(
        1,
        title="전화",
        execution="전화",
        outcome="inconclusive",
        start_date=MON,
        end_date=date(2026, 11, 30),
        metric=metric("재방문", 10, 10),
    )
    assert page(open_yet).business.stop == ()


def asked_about(*notes):
    decision = page(*notes).leader.decision
    return decision and (decision.kind, decision.evidence.note_id)


def test_what_moved_hardly_the_wrong_way_is_asked_about_unless_it_stops_already() -> None:
    fell = metric("재방문", 1000, 999)
    going = trial(1, "문구", metric=fell, outcome="running")
    stops = trial(2, "전단", metric=fell, next_kind="stop", next_action="전단을 그만둔다")
    assert asked_about(going) == ("wrong_way", "n001")
    assert asked_about(stops) is None


def test_a_thing_to_stop_is_asked_about_where_another_stops_by_itself() -> None:
    same = metric("손님", 10, 10)
    said = trial(
        1,
        "전단",
        next_kind="stop",
        next_action="전단을 그만둔다",
        metric=same,
        outcome="failure",
    )
    quiet = trial(2, "쿠폰", metric=same, outcome="failure")
    assert asked_about(said, quiet) == ("stop", "n002")


def test_a_goal_that_others_work_on_too_is_no_reason_to_ask_for_somebody() -> None:
    quick = [
        trial(n, f"시도 {n}", start_date=date(2026, 11, 16), goal="재방문", people=("문하람",))
        for n in (1, 2, 3)
    ]
    slow = [trial(n, f"시도 {n}", start_date=date(2026, 11, 2), goal="매출") for n in (4, 5, 6)]
    other = stored(
        7, title="문자", execution="문자", goal="민원", start_date=MON, outcome="running"
    )
    done = [replace(one, note=replace(one.note, outcome="success")) for one in (*quick, *slow)]
    answers = answer_people(log(*done, other)).answers
    assert "speed" not in {one.kind for one in answers}


def test_a_title_that_is_forgotten_names_no_note() -> None:
    index = NoteNameIndex([stored(1, title="점심시간 전단 돌리기")])
    assert index.in_text("지난번 점심시간 전단 돌리기처럼") == {"n001"}
    index.forget(comparison_key("점심시간 전단 돌리기"))
    assert index.in_text("지난번 점심시간 전단 돌리기처럼") == frozenset()


def test_a_tag_of_its_own_shares_no_learning() -> None:
    ours = trial(
        1,
        "쿠폰",
        learned="쿠폰은 짧은 것이 낫다",
        applied_to="포장",
        outcome="success",
        tags=("쿠폰",),
    )
    theirs = trial(2, "편지", tags=("편지", "쿠폰"), goal="답장 늘리기")
    several = [
        inputs(ours),
        inputs(replace(theirs, team="다른팀"), team=replace(TEAM, name="다른팀")),
    ]
    assert [one.because for one in shared_learnings(several)] == ["same_tag"]


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        ("김하늘, 박서준, 이도윤, 최민지가 전화", "전화"),
        ("Ann's list was called", "Ann's list was called"),
        ("김하늘 때문에 늦었다", "늦었다"),
        ("김하늘이 ", "하늘이 "),
    ],
)
def test_a_deed_is_told_without_whoever_did_it(sentence: str, left: str) -> None:
    assert without_doer(sentence, ("김하늘", "박서준", "이도윤", "최민지", "Ann")).endswith(
        left[-2:]
    )


@pytest.mark.parametrize("sentence", ["지민님의탓으로 늦었다", "정하늘의 부주의로 늦음"])
def test_whoever_is_said_to_be_the_cause_is_accused(sentence: str) -> None:
    assert KnownPeople.of(()).accused(sentence)
