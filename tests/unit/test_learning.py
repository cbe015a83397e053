from datetime import UTC, date, datetime

import pytest
from fakes.stored_notes import inputs, log, metric, stored, trial

from reports.analysis.questions.learning import answer_learning
from reports.analysis.text.application import read_application
from reports.analysis.weekly import weekly_report


@pytest.mark.parametrize(
    "text", ["", "-", "없음", "TBD", "n/a", "N/A", "미정", " - ", "해당 없음", "."]
)
def test_a_placeholder_is_no_application(text: str) -> None:
    assert read_application(text) == "none"


@pytest.mark.parametrize(
    "text",
    [
        "예정",
        "다음 주 3지점에 적용 예정",
        "planned for next sprint",
        "will use in Q1",
        "안내문에 적용하기로",
    ],
)
def test_an_announcement_is_no_application(text: str) -> None:
    assert read_application(text) == "planned"


@pytest.mark.parametrize(
    "text",
    ["예약 안내문", "온보딩 메일 3번", "checkout page", "안내문에 적용함, 앱은 다음 달 예정"],
)
def test_a_place_is_an_application(text: str) -> None:
    assert read_application(text) == "applied"


def test_only_applied_learnings_enter_the_page_and_the_others_are_counted() -> None:
    answer = answer_learning(
        log(
            trial(1, "가", learned="첫날이 정한다", applied_to="두 번째 상자 안내"),
            trial(2, "나", learned="쿠폰은 약하다", applied_to="다음 주 예정"),
            trial(3, "다", learned="저녁이 낫다"),
        )
    )
    assert [pair.learned for pair in answer.pairs] == ["첫날이 정한다"]
    assert (answer.applied_total, answer.learned_total) == (1, 3)
    assert dict(answer.counts) == {
        "learned": 1,
        "planned": 1,
        "applied": 1,
        "confirmed": 0,
        "standard": 0,
    }
    assert [(one.state, one.planned) for one in answer.unapplied] == [
        ("planned", "다음 주 예정"),
        ("learned", ""),
    ]


def test_two_hundred_unapplied_learnings_do_not_lengthen_the_page() -> None:
    many = [trial(n, f"시도 {n}", learned=f"배움 {n}") for n in range(1, 201)]
    answer = answer_learning(log(*many))
    assert (answer.pairs, answer.suggestions, answer.learned_total) == ((), (), 200)


@pytest.mark.parametrize(
    ("later", "how"),
    [
        ({"links": ("T-7",)}, "link"),
        ({"links": ("보관법 카드",)}, "link"),
        ({"execution": "T-7에서 배운 대로 두 번째 상자 구성"}, "named"),
        ({"hypothesis": "‘보관법 카드’에서 배운 것이 여기서도 통한다"}, "named"),
    ],
)
def test_a_later_note_that_links_to_the_learning_or_names_it_applies_it(later, how) -> None:
    old = stored(
        1,
        key="T-7",
        title="보관법 카드",
        end_date=date(2026, 10, 20),
        learned="첫날이 정한다",
        outcome="success",
        execution="x",
    )
    new = trial(2, "둘째 상자", start_date=date(2026, 11, 16), owners=("고은별",), **later)
    answer = answer_learning(log(old, new))
    pair = answer.pairs[0]
    assert (pair.state, pair.how, pair.applied and pair.applied.note_id) == ("applied", how, "n002")
    assert pair.appliers == ("고은별",)


def test_a_longer_key_is_not_the_key() -> None:
    old = stored(
        1,
        key="T-7",
        title="카드",
        end_date=date(2026, 10, 20),
        learned="첫날이 정한다",
        execution="x",
    )
    new = trial(2, "둘째", start_date=date(2026, 11, 16), execution="T-71 을 보고 함")
    assert answer_learning(log(old, new)).pairs == ()


def test_a_planned_note_applies_nothing_yet() -> None:
    old = stored(
        1,
        key="T-7",
        title="보관법 카드",
        end_date=date(2026, 11, 16),
        learned="첫날이 정한다",
        execution="x",
    )
    new = stored(2, title="둘째", start_date=date(2026, 11, 20), outcome="planned", links=("T-7",))
    assert answer_learning(log(old, new)).applied_total == 0


def test_an_application_with_an_effect_is_confirmed() -> None:
    old = stored(
        1,
        key="T-7",
        title="보관법 카드",
        end_date=date(2026, 10, 20),
        learned="첫날이 정한다",
        execution="x",
    )
    new = trial(
        2, "둘째", start_date=date(2026, 11, 16), links=("T-7",), metric=metric("유지", 48, 57)
    )
    pair = answer_learning(log(old, new)).pairs[0]
    assert (pair.state, pair.effect and pair.effect.change) == ("confirmed", 9)


def test_an_application_written_into_an_old_note_this_week_is_of_this_week() -> None:
    note = stored(
        1, title="옛", end_date=date(2026, 9, 1), learned="첫날이 정한다", applied_to="안내문",
        execution="x",
        written={"applied_to": datetime(2026, 11, 17, tzinfo=UTC)},
    )  # fmt: skip
    assert answer_learning(log(note)).applied_total == 1


def test_a_failed_trial_is_a_learning_like_any_other() -> None:
    answer = answer_learning(
        log(
            trial(1, "성공", day=17, outcome="success", learned="가", applied_to="안내문"),
            trial(
                2,
                "실패",
                day=19,
                outcome="failure",
                hypothesis="쿠폰이 추천을 늘린다",
                learned="나",
                applied_to="카드",
            ),
        )
    )
    assert [(pair.learned, pair.from_failure) for pair in answer.pairs] == [
        ("나", True),
        ("가", False),
    ]
    assert answer.pairs[0].hypothesis == "쿠폰이 추천을 늘린다"


def test_likeness_only_suggests_an_application() -> None:
    old = stored(
        1,
        title="알림",
        end_date=date(2026, 11, 16),
        execution="x",
        learned="배송 알림은 전날 저녁에 보내는 것이 낫다",
    )
    new = trial(
        2,
        "시간 변경",
        start_date=date(2026, 11, 18),
        execution="배송 알림을 전날 저녁에 보내는 것으로 바꿔 봄",
    )
    answer = answer_learning(log(old, new))
    assert answer.applied_total == 0
    assert [one.later.note_id for one in answer.suggestions] == ["n002"]


def test_a_new_hypothesis_like_a_failed_one_is_shown_once_with_the_reason() -> None:
    old = stored(
        1, title="할인권", end_date=date(2026, 8, 14), outcome="failure", execution="x",
        hypothesis="할인 문자를 보내면 해지가 줄어든다",
        failure_factors="할인이 끝나는 달에 한꺼번에 해지",
    )  # fmt: skip
    new = stored(
        2, title="새", start_date=date(2026, 11, 18), hypothesis="할인 문자를 보내면 해지를 미룬다"
    )
    other = stored(
        3, title="새 둘", start_date=date(2026, 11, 18), hypothesis="할인 문자를 보내면 해지가 준다"
    )
    alarm = answer_learning(log(old, new, other)).same_failure
    assert alarm is not None
    assert (alarm.old.evidence.note_id, alarm.old.why) == (
        "n001",
        "할인이 끝나는 달에 한꺼번에 해지",
    )
    assert set(alarm.old.words) & {"할인", "문자를", "보내면"}
    assert answer_learning(log(new, other)).same_failure is None


def test_a_repeated_success_raises_no_alarm() -> None:
    old = stored(
        1,
        title="a",
        end_date=date(2026, 8, 14),
        outcome="success",
        execution="x",
        hypothesis="저녁에 보내면 낫다",
    )
    new = stored(2, title="b", start_date=date(2026, 11, 18), hypothesis="저녁에 보내면 낫다")
    assert answer_learning(log(old, new)).same_failure is None


def test_older_failures_outside_the_window_are_known_too() -> None:
    old = stored(
        1,
        title="a",
        end_date=date(2024, 8, 14),
        outcome="failure",
        execution="x",
        hypothesis="저녁에 보내면 낫다",
    )
    new = stored(2, title="b", start_date=date(2026, 11, 18), hypothesis="저녁에 보내면 낫다")
    report = weekly_report(inputs(new, past=(old,)))
    assert report.learning.same_failure is not None


def test_a_note_from_before_the_learning_cannot_apply_it() -> None:
    earlier = stored(
        1,
        title="둘째",
        start_date=date(2026, 11, 2),
        end_date=date(2026, 11, 20),
        execution="x",
        links=("T-7",),
    )
    lesson = trial(
        2, "보관법 카드", key="T-7", start_date=date(2026, 11, 16), learned="첫날이 정한다"
    )
    assert answer_learning(log(earlier, lesson)).applied_total == 0


@pytest.mark.parametrize(
    ("applied_to", "states"),
    [("두 번째 상자 안내", ["applied"]), ("다음 주 예정", ["planned"]), ("-", []), ("", [])],
)
def test_what_was_put_to_use_was_learned_though_the_log_has_no_column_for_it(
    applied_to: str, states: list[str]
) -> None:
    note = trial(1, "가", retrospective="이름을 부르면 온다", applied_to=applied_to)
    answer = answer_learning(log(note))
    assert [state for state, n in answer.counts if n] == states
    assert all(pair.learned == "이름을 부르면 온다" for pair in answer.pairs)


def test_a_written_learning_is_not_replaced_by_the_looking_back() -> None:
    note = trial(1, "가", retrospective="힘들었다", learned="이름이 통한다", applied_to="안내문")
    assert [pair.learned for pair in answer_learning(log(note)).pairs] == ["이름이 통한다"]
