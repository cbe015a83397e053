"""What pages of a fourteenth unseen world guessed, or told of what nobody had found (ADR 0687)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from fakes.stored_notes import WEEK, commitments_of, inputs, log, metric, series, stored, trial
from fakes.text_grids import notes

from notes.model.notes import Language, Place, Problem, StoredProblem
from reports.analysis.commitments.period_commitments import commitment_ledger
from reports.analysis.commitments.promise_times import last_day_of
from reports.analysis.commitments.promises import kind_of
from reports.analysis.data.contacts import last_contact
from reports.analysis.data.team_log import build_log
from reports.analysis.metrics.impact import claims_of
from reports.analysis.questions.business import answer_business
from reports.analysis.questions.people import answer_people
from reports.analysis.records.inputs import KeyPerson, ReportTeam
from reports.analysis.sections.signals import find_signals
from reports.analysis.weekly import weekly_report
from reports.page.builders.weekly_page import page_view
from reports.page.messages.page_sentences import load_messages
from sync.parsing.cells.named_people import people_names
from sync.parsing.fields.metric_fields import names_two_sides

OLD = trial(99, "old", start_date=date(2026, 8, 3), end_date=date(2026, 8, 4))
"""With it the log is not in its first week."""


def first_lines(*notes, team: ReportTeam | None = None, language: Language = "ko") -> list[str]:
    given = inputs(*notes, team=team) if team else inputs(*notes)
    view = page_view(weekly_report(given), load_messages(language))
    return [line.text for line in view.parts[0].key_lines]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("현장지원 고반장", ("고반장",)),
        ("IT지원 강민수", ("강민수",)),
        ("대외협력 윤선배", ("윤선배",)),
        ("남궁혁 김하늘", ("남궁혁", "김하늘")),
        ("물류 파트너", ("물류 파트너",)),
        ("피아노 선생님", ("피아노 선생님",)),
    ],
)
def test_an_office_before_a_name_is_no_person_and_no_part_of_the_name(cell, names) -> None:
    assert people_names(cell) == names


@pytest.mark.parametrize("written", ["IT지원 강민수", "강민수", "강민수 매니저"])
def test_a_contact_is_found_whatever_stands_around_the_name(written: str) -> None:
    note = trial(1, "알림 켜기", people=(written,), end_date=date(2026, 11, 17))
    assert last_contact("강민수", log(note)) == date(2026, 11, 17)


def test_no_overdue_contact_is_denied_where_one_was_never_seen() -> None:
    team = ReportTeam("총무팀", key_people=(KeyPerson("문하람", 28),))
    young = first_lines(trial(1, "카드", people=("이준",)), team=team)[2]
    assert young == "도움을 기다린다고 적힌 일은 찾지 못했습니다."
    old = first_lines(OLD, trial(1, "카드", people=("이준",)), team=team)[2]
    assert old == "최근 기록에 나오지 않는 사람: 문하람 님."


def test_of_a_helper_the_page_says_what_the_log_holds_and_not_what_they_could_speed_up() -> None:
    past = stored(
        1,
        title="견본 배포",
        execution="견본",
        outcome="success",
        goal="정산 3일",
        people=("박서준",),
        start_date=date(2026, 10, 5),
        end_date=date(2026, 10, 8),
    )
    now = trial(
        2, "자동 전표", goal="정산 3일", outcome="running", start_date=WEEK.first, end_date=None
    )
    assert first_lines(OLD, past, now)[2] == (
        "돕는 사람이 적히지 않은 ‘자동 전표’: "
        "목표나 지표, 태그가 같은 일 1건을 박서준 님과 함께 성공했습니다."
    )
    assert first_lines(OLD, past, now, language="en")[2] == (
        "No helper is named for “자동 전표”; "
        "1 past success of the same goal, number or tag had 박서준."
    )


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("11월 현장반 두 번 열기", date(2026, 11, 30)),
        ("다음 달에 다시 보기", date(2026, 11, 30)),
        ("Open two classes in November", date(2026, 11, 30)),
        ("Measure again in two weeks", date(2026, 10, 30)),
        ("3주 뒤 다시 재기", date(2026, 11, 6)),
        ("매년 고치기", date(2027, 12, 31)),
        ("여섯 달 뒤 다시 재기", date(2027, 4, 14)),
        ("Measure again six weeks from now", date(2026, 11, 27)),
        ("내년 12월에 다시 열기", date(2027, 12, 31)),
        ("Plan the fair for March next year", date(2027, 3, 31)),
        ("Open it in December 2027", date(2027, 12, 31)),
        ("9월 표를 다음 달에 고치기", date(2026, 11, 30)),
        ("Mend the table of September next month", date(2026, 11, 30)),
        ("연말까지 정리", date(2026, 12, 31)),
        ("Ready for the year-end review", date(2026, 12, 31)),
        ("2025년 12월 자료로 다시", None),
        ("현장반 두 번 열기", None),
        ("10월 3일 명단 다시 보기", None),
    ],
)
def test_a_promise_names_its_own_time(text: str, last: date | None) -> None:
    assert last_day_of(text, date(2026, 10, 16)) == last


def test_a_promise_whose_time_has_not_come_is_not_due() -> None:
    def due(text: str) -> int:
        note = trial(1, "현장반", end_date=date(2026, 11, 12), next_action=text)
        return commitment_ledger(log(note)).due

    assert (due("12월에 두 번 열기"), due("두 번 열기")) == (0, 1)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("사전 과제는 없애기", "stop"),
        ("이벤트는 접기", "stop"),
        ("Get rid of the homework", "stop"),
        ("종이 상자 접기", "start"),
    ],
)
def test_a_promise_that_ends_something_is_none_to_start_it(text: str, kind: str) -> None:
    assert kind_of(text, "start") == kind


def test_an_answer_goes_on_when_it_begins_and_is_kept_when_it_is_judged_each_told_once() -> None:
    promised = trial(
        1,
        "창구 통합",
        owners=("한지우",),
        goal="민원 24시간",
        end_date=WEEK.back(2).first,
        next_action="민원 배분 당번 정하기",
    )
    begun = stored(
        2,
        title="민원 배분 당번제",
        execution="민원 배분 당번 정하기",
        owners=("한지우",),
        goal="민원 24시간",
        start_date=WEEK.back(1).first,
        outcome="success",
        written={"outcome": datetime(2026, 11, 19, tzinfo=UTC)},
    )
    (found,) = commitments_of(log(promised, begun))
    assert (found.state, found.changed) == ("kept", str(WEEK))
    judged = trial(3, "게시판", outcome="success", start_date=WEEK.back(2).first)
    unjudged = replace(begun, note=replace(begun.note, outcome=None), written={})
    (found,) = commitments_of(log(promised, unjudged, judged))
    assert (found.state, found.changed) == ("running", str(WEEK.back(1)))
    (found,) = commitments_of(log(promised, unjudged))  # nobody here writes verdicts
    assert (found.state, found.changed) == ("kept", str(WEEK.back(1)))


def test_a_verdict_that_nobody_could_read_credits_and_stops_nothing() -> None:
    note = trial(1, "사진 접수", outcome=None, metric=metric("회신율", 20, 22, unit="%"))
    place = Place(tab="기록", row=3)
    note = replace(note, note=replace(note.note, place=place))
    problem = Problem(place, "unknown_status", "글쎄요 그럭저럭")
    seen = StoredProblem(note.source, note.team, problem, datetime(2026, 11, 16, tzinfo=UTC))
    given = replace(inputs(OLD, note), problems=(seen,))
    found = answer_business(build_log(given))
    assert (found.kept, found.stop) == ((), ())
    assert [one.evidence.what for one in found.contrary] == ["사진 접수"]
    signals = find_signals(build_log(given))
    assert signals.recorded is None or signals.recorded.weeks_without_failure == 0


@pytest.mark.parametrize(("title", "name"), [("사진 접수", "회신율"), ("photo form", "replies")])
def test_a_verdict_that_nobody_could_read_repeats_no_effect(title: str, name: str) -> None:
    place = Place(tab="기록", row=3)
    number = metric(name, 20, 22, unit="%")
    first = trial(1, title, day=4, place=place, metric=number)
    again = trial(2, title, outcome="success", metric=number)
    seen = StoredProblem(
        first.source, first.team, Problem(place, "unknown_status", "글쎄요"), first.first_seen
    )

    def grade(*problems: StoredProblem) -> str:
        (claim,) = claims_of(build_log(replace(inputs(first, again), problems=problems)))
        return claim.grade

    assert (grade(), grade(seen)) == ("strong", "medium")


@pytest.mark.parametrize(
    ("title", "action"),
    [
        ("알림 중단 안내 문자", "배너 광고 중단"),
        ("그만둔 손님 전화", "전단은 그만"),
        ("Stop sign at the door", "Stop the flyers"),
        ("No more queues: tickets", "No more flyers"),
    ],
)
def test_a_word_for_stopping_in_its_name_is_not_what_a_trial_stops(title: str, action: str) -> None:
    note = trial(1, title, execution="", metric=metric("구독자", 3460, 3480), next_action=action)
    assert [one.evidence.what for one in answer_business(log(note)).kept] == [title]


def test_a_trial_that_its_own_next_action_ends_has_moved_nothing() -> None:
    def kept(action: str) -> list[str]:
        note = trial(1, "댓글 이벤트", metric=metric("구독자", 3460, 3480), next_action=action)
        return [one.evidence.what for one in answer_business(log(note)).kept]

    assert kept("이벤트는 접기") == []
    assert kept("전단은 접기") == ["댓글 이벤트"]


def test_of_several_numbers_in_one_cell_none_is_set_against_the_series() -> None:
    line = series(9, "구독자", {WEEK.back(1).first: 3460, WEEK.first: 3480})

    def disputes(cell: str) -> int:
        note = trial(1, "댓글 이벤트", metric=metric("구독자", 3460, 3700))
        note = replace(note, raw=replace(note.raw, cells=(("성과", cell),)))
        return len(answer_business(log(note, line)).disputed)

    assert disputes("3,460명 → 3,700명, 이벤트 뒤 3,480명") == 0
    assert disputes("3,460명 → 3,700명") == 1


@pytest.mark.parametrize(
    "words", ["아직 판단하기 이르다", "한 달 뒤 다시 재기", "Too early to say"]
)
def test_a_trial_without_verdict_that_is_too_early_to_judge_is_not_asked_to_stop(words) -> None:
    def asked(text: str) -> str:
        note = trial(
            1,
            "감사 메일",
            outcome=None,
            metric=metric("회신율", 24, 20, unit="%"),
            failure_factors=text,
        )
        decision = weekly_report(inputs(OLD, note)).leader.decision
        return decision.kind if decision else ""

    assert asked(words) == ""
    assert asked("받는 사람이 적었다") == "wrong_way"


def test_two_sides_by_letters_are_a_comparison_only_where_one_went_on_as_before() -> None:
    assert names_two_sides("A반 퀴즈 3회, B반 기존 방식")
    assert names_two_sides("Group A with quiz, group B as before")
    assert not names_two_sides("A점과 B점에 포스터")
    (note,) = notes("""
    | 날짜 | 실행 | 지표 | 전 | 후 |
    | 2026-05-04 | A반 퀴즈 3회, B반 기존 방식 | 정답률 | 61 | 74 |
    """)
    assert note.metric
    assert note.metric.comparison


def test_what_was_learned_is_not_taken_from_elsewhere_where_the_log_writes_it_down() -> None:
    other = trial(1, "카드", learned="짧게", end_date=WEEK.back(3).first)
    note = trial(2, "짝 맺기", retrospective="첫 시간에 짝을 정함", applied_to="멘토링 과정")
    learned = [one.learned for one in weekly_report(inputs(OLD, other, note)).learning.pairs]
    assert learned == []
    alone = [one.learned for one in weekly_report(inputs(OLD, note)).learning.pairs]
    assert alone == ["첫 시간에 짝을 정함"]


def test_a_contact_counts_from_the_last_note_that_names_somebody() -> None:
    team = ReportTeam("총무팀", key_people=(KeyPerson("강민수", 21),))
    ended = WEEK.last - timedelta(days=24)
    seen = trial(1, "알림", people=("강민수",), start_date=ended, end_date=ended)
    line = first_lines(OLD, seen, trial(2, "카드", people=("이준",)), team=team)[2]
    assert line == "강민수 님이 기록에 마지막으로 나온 지 24일 되었습니다."


def test_a_list_of_big_three_is_no_kind_of_card_whatever_words_it_holds() -> None:
    cards = notes(
        r"""
        주차 | BHAG | 핵심 결과 | Business 레버 | 리스크 | 대응책 | Weekly Big 3
        2026-W38 | 인용 1위 | 게재 7건 | 카드뉴스 | 담당 휴가 | 예약 발송 | 초안 ❌\n명단 정리 ✅
        2026-W40 | 인용 1위 | 회신율 25% | 주제별 발송 | 연휴 | | 발송 ✅\n결과 정리 ✅
        2026-W43 | 인용 1위 | 게재 12건 | 간담회 | 비 | 실내 | 연습 ✅\n질문지
        2026-W46 | 인용 1위 | 방문 8,500명 | 소식란 | | | 정리 ✅\n보고 ✅
        """
    )
    assert [note.kind for note in cards] == ["plan"] * 4


def test_likeness_alone_names_nobody_to_be_asked_for_help() -> None:
    def asked(goal: str) -> str:
        past = trial(
            1,
            "고객사 담당자 인터뷰 다섯 곳",
            goal="재계약률",
            outcome="success",
            people=("박서준",),
            start_date=WEEK.back(4).first,
            end_date=WEEK.back(4).last,
        )
        now = stored(
            2,
            title="고객사 담당자 인터뷰 다섯 곳 더",
            execution="고객사 담당자 인터뷰 다섯 곳 더 하기",
            goal=goal,
            outcome="running",
            start_date=WEEK.first,
            failure_factors="자료 승인 대기로 멈춤",
        )
        decision = weekly_report(inputs(OLD, past, now)).leader.decision
        return decision.person if decision and decision.kind == "unblock" else "not asked"

    assert asked("재계약률") == "박서준"
    assert asked("") == ""


def test_a_bottleneck_that_a_note_names_does_not_block_it() -> None:
    note = trial(
        1,
        "줄 수 줄이기",
        outcome="running",
        start_date=WEEK.first,
        end_date=None,
        retrospective="제목을 고르는 단계가 병목이었다",
    )
    assert [one.kind for one in answer_people(log(note)).answers if one.kind == "blocked"] == []
