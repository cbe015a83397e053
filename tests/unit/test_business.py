from datetime import date

import pytest
from fakes.stored_notes import WEEK, inputs, log, metric, series, stored, trial

from notes.model.notes import Metric
from reports.analysis.metrics.confidence_intervals import difference_interval, wilson_interval
from reports.analysis.questions.business import answer_business
from reports.analysis.weekly import weekly_report
from reports.page.builders.weekly_page import page_view
from reports.page.formatting.text_formatter import PageOptions, TextFormatter
from reports.page.messages.page_sentences import load_messages
from reports.page.sections.business import business_section


def titles(answer) -> list[str]:
    return [activity.evidence.what for activity in answer.kept]


def test_the_three_with_the_best_evidence_then_the_largest_effect_are_kept() -> None:
    answer = answer_business(
        log(
            trial(1, "작은 것", metric=metric("가", 10, 11)),
            trial(2, "큰 것", metric=metric("나", 10, 15)),
            trial(
                3,
                "비교한 것",
                metric=Metric("다", before_counts=(13, 88), after_counts=(23, 42), comparison=True),
            ),
            trial(4, "중간 것", metric=metric("라", 10, 12)),
        )
    )
    assert titles(answer) == ["비교한 것", "큰 것", "중간 것"]
    assert [activity.grade for activity in answer.kept] == ["strong", "medium", "medium"]
    assert answer.moved_total == 4


def test_the_list_is_never_padded() -> None:
    answer = answer_business(
        log(trial(1, "숫자 없음"), trial(2, "있음", metric=metric("가", 1, 2)))
    )
    assert titles(answer) == ["있음"]
    assert (answer.executed, answer.unmeasured) == (2, 1)


def test_a_number_only_claimed_in_text_is_listed_only_beside_fewer_than_three_others() -> None:
    claimed = trial(9, "말로만", metric=metric("하", 1, 2, evidence="text"))
    solid = [trial(n, f"시도 {n}", metric=metric(f"지표{n}", 10, 10 + n)) for n in (1, 2)]
    assert titles(answer_business(log(claimed, *solid))) == ["시도 2", "시도 1", "말로만"]
    third = trial(3, "시도 3", metric=metric("지표3", 10, 10.1))
    assert "말로만" not in titles(answer_business(log(claimed, *solid, third)))


@pytest.mark.parametrize(
    ("measured", "better", "by", "way"),
    [
        (metric("재고", 10, 8, target=5), "down", "target", "better"),
        (metric("이탈률", 10, 8), "down", "word", "better"),
        (metric("lead time", 10, 12), "down", "word", "worse"),
        (metric("방문", 10, 8, lower_is_better=True), "down", "metric", "better"),
        (metric("비용 절감액", 10, 12), "up", "word", "better"),
        (metric("재고", 10, 12, target=20), "up", "target", "better"),
        (metric("이탈률", 10, 12, target=20), "down", "word", "worse"),  # under its limit already
        (metric("매출", 43, 44, unit="억", target=42), "up", "word", "better"),
        (metric("complaints", 4, 6, target=8), "down", "word", "worse"),
        (metric("sign-ups", 43, 41, target=40), "up", "word", "worse"),
    ],
)
def test_the_target_then_the_log_then_words_say_which_way_is_better(
    measured, better, by, way
) -> None:
    found = answer_business(log(trial(1, "시도", metric=measured)))
    move = (found.kept or found.wrong_way)[0].move
    assert (move.better, move.better_by, move.direction) == (better, by, way)


def test_the_size_is_the_share_of_the_gap_that_was_closed_and_at_most_one() -> None:
    half = answer_business(log(trial(1, "반", metric=metric("가", 40, 50, target=60)))).kept[0].move
    past = (
        answer_business(log(trial(1, "넘음", metric=metric("가", 40, 80, target=60)))).kept[0].move
    )
    bare = answer_business(log(trial(1, "목표 없음", metric=metric("가", 40, 50)))).kept[0].move
    huge = answer_business(log(trial(1, "세 배", metric=metric("가", 10, 40)))).kept[0].move
    assert [half.size, past.size, bare.size, huge.size] == [0.5, 1.0, 0.25, 1.0]


def test_per_cent_change_by_points_and_a_before_of_zero_has_no_relative_change() -> None:
    rate = (
        answer_business(log(trial(1, "율", metric=metric("전환", 11, 22, unit="%")))).kept[0].move
    )
    zero = answer_business(log(trial(1, "영", metric=metric("신청", 0, 7, unit="건")))).kept[0].move
    assert (rate.points, rate.change, rate.relative) == (True, 11, None)
    assert (zero.points, zero.relative, zero.size) == (False, None, None)


def test_a_stated_difference_alone_is_weak_evidence() -> None:
    claim = answer_business(
        log(trial(1, "말", metric=Metric("전환", change=20, unit="%p", evidence="text")))
    ).kept[0]
    assert (claim.grade, claim.move.change, claim.move.points, claim.move.before) == (
        "weak",
        20,
        True,
        None,
    )


def test_both_counts_make_strong_evidence_with_an_interval() -> None:
    counted = Metric("응답", before_counts=(13, 88), after_counts=(13, 42), comparison=True)
    claim = answer_business(log(trial(1, "질문", metric=counted))).kept[0]
    assert claim.grade == "strong"
    assert claim.move.comparison
    assert claim.move.before == pytest.approx(14.77, abs=0.01)
    assert claim.move.interval is not None
    assert not claim.move.interval.includes_zero


def test_a_comparison_that_may_be_chance_is_none_of_the_three_and_no_improvement() -> None:
    close = Metric("응답", before_counts=(7, 60), after_counts=(8, 60), comparison=True)
    answer = answer_business(
        log(trial(1, "오전 발송", metric=close), trial(2, "제목", metric=metric("클릭", 5, 6)))
    )
    assert titles(answer) == ["제목"]
    assert answer.moved_total == 1
    assert [one.evidence.what for one in answer.unsure] == ["오전 발송"]


def test_counts_in_a_text_beside_a_comparison_group_make_two_sides_and_no_change() -> None:
    note = trial(
        1,
        "상자",
        metric=metric("재주문율", None, None),
        retrospective="받은 집 42곳 중 23곳, 대조 88곳 중 13곳",
    )
    move = answer_business(log(note)).kept[0].move
    assert (move.comparison, move.other_side, round(move.after or 0, 1)) == (True, "대조", 54.8)


def test_the_series_outranks_what_a_note_claims_of_the_same_number() -> None:
    values = {date(2026, 11, 9): 54.1, date(2026, 11, 16): 56.2}
    answer = answer_business(
        log(
            trial(1, "카드", metric=metric("재구독률", 40, 56.2)),
            series(2, "재구독률", values, unit="%"),
        )
    )
    assert [(one.move.before, one.move.after) for one in answer.kept] == [(54.1, 56.2)]
    assert answer.disputed == ()
    other = answer_business(
        log(
            trial(1, "카드", metric=metric("재구독률", 54.1, 70)),
            series(2, "재구독률", values, unit="%"),
        )
    )
    assert [(one.said.after, one.number.value) for one in other.disputed] == [(70, 56.2)]


def test_what_a_comparison_leaves_open_is_no_candidate_to_stop() -> None:
    close = Metric("응답", before_counts=(7, 60), after_counts=(8, 60), comparison=True)
    answer = answer_business(log(trial(1, "오전 발송", metric=close, outcome="inconclusive")))
    assert answer.stop == ()
    assert (
        answer_business(log(trial(1, "오전 발송", metric=close, outcome="failure"))).stop_total == 1
    )


def test_a_claim_stands_where_the_series_has_begun_only_now_and_says_the_same() -> None:
    begun = series(2, "열람률", {date(2026, 11, 16): 39.0}, unit="%")
    assert titles(
        answer_business(log(trial(1, "제목", metric=metric("열람률", 37, 39)), begun))
    ) == ["제목"]
    other = answer_business(log(trial(1, "제목", metric=metric("열람률", 37, 45)), begun))
    assert (other.kept, len(other.disputed)) == ((), 1)


def test_a_series_is_better_the_way_the_notes_of_its_name_say() -> None:
    fell = {date(2026, 11, 9): 90.0, date(2026, 11, 16): 80.0}
    note = trial(1, "Status line", metric=metric("Support tickets", 90, 80, target=60))
    answer = answer_business(log(note, series(2, "Support tickets", fell)))
    assert (answer.series_worse, titles(answer)) == ((), ["Status line"])


def test_a_running_trial_takes_no_credit_from_a_series() -> None:
    values = {date(2026, 11, 9): 15.0, date(2026, 11, 16): 19.0}
    running = stored(1, title="첫 메일", execution="첫 메일", start_date=date(2026, 11, 17),
    outcome="running",
                     metric=metric("답장률", None, None))  # fmt: skip
    assert answer_business(log(running, series(2, "답장률", values, unit="%"))).kept == ()
    over = trial(1, "첫 메일", metric=metric("답장률", None, None), outcome="success")
    assert titles(answer_business(log(over, series(2, "답장률", values, unit="%")))) == ["첫 메일"]


def test_newcombes_published_interval_is_met() -> None:
    found = difference_interval(
        (48, 80), (56, 70)
    )  # his example (a): 56/70 - 48/80 = 0.2, interval 0.0524 to 0.3339
    assert found.low == pytest.approx(5.24, abs=0.01)
    assert found.high == pytest.approx(33.39, abs=0.01)


def test_an_interval_around_zero_says_so() -> None:
    assert difference_interval((5, 20), (6, 20)).includes_zero
    assert wilson_interval(0, 20).low == 0


def test_the_same_effect_of_the_same_activity_in_another_week_makes_strong_evidence() -> None:
    past = stored(
        1,
        title="카드 넣기",
        execution="카드 넣기",
        end_date=date(2026, 10, 20),
        metric=metric("유지", 40, 48),
    )
    now = trial(2, "카드 넣기", metric=metric("유지", 48, 57))
    claim = answer_business(log(past, now)).kept[0]
    assert (claim.grade, claim.reasons) == ("strong", ("repeated",))
    assert [seen.note_id for seen in claim.repeated] == ["n001"]


def test_alike_texts_never_count_as_a_repetition() -> None:
    past = stored(
        1,
        title="카드를 넣어 보기",
        end_date=date(2026, 10, 20),
        outcome="success",
        metric=metric("유지", 40, 48),
    )
    claim = answer_business(
        log(past, trial(2, "카드를 넣어 봄", metric=metric("유지", 48, 57)))
    ).kept[0]
    assert claim.grade == "medium"


def test_two_activities_with_the_same_metric_share_the_credit() -> None:
    answer = answer_business(
        log(
            trial(1, "문구", metric=metric("해지율", 5, 4, unit="%")),
            trial(2, "쉬기", metric=metric("해지 율", 5, 3, unit="%")),
        )
    )
    assert titles(answer) == ["쉬기"]
    assert [other.what for other in answer.kept[0].shared] == ["문구"]


def test_a_number_that_moved_the_wrong_way_has_its_own_line() -> None:
    answer = answer_business(
        log(
            trial(1, "쿠폰", metric=metric("추천", 31, 24)),
            trial(2, "편지", metric=metric("유지", 1, 2)),
        )
    )
    assert titles(answer) == ["편지"]
    assert [activity.evidence.what for activity in answer.wrong_way] == ["쿠폰"]


def test_a_planned_trial_is_no_candidate() -> None:
    assert (
        answer_business(log(trial(1, "다음 주", outcome="planned", metric=metric("가", 1, 2)))).kept
        == ()
    )


def test_the_series_that_a_note_names_gives_the_numbers() -> None:
    line = series(
        9,
        "유지율",
        {date(2026, 11, 2): 40, date(2026, 11, 9): 41, date(2026, 11, 16): 46},
        unit="%",
        target=50,
    )
    note = trial(1, "카드", start_date=date(2026, 11, 17), metric=Metric("유지율"))
    claim = answer_business(log(line, note)).kept[0]
    assert (claim.grade, claim.reasons) == ("medium", ("series",))
    assert (claim.move.before, claim.move.after, claim.move.target) == (41, 46, 50)


def test_equal_claims_are_ordered_by_the_later_day_then_the_title() -> None:
    answer = answer_business(
        log(
            trial(1, "나", day=18, metric=metric("a", 10, 12)),
            trial(2, "가", day=18, metric=metric("b", 10, 12)),
            trial(3, "다", day=19, metric=metric("c", 10, 12)),
        )
    )
    assert titles(answer) == ["다", "가", "나"]


def test_a_week_of_plain_notes_makes_a_whole_report() -> None:
    report = weekly_report(inputs(trial(1, "카드", metric=metric("유지", 1, 2))))
    assert (report.scope.notes, report.scope.period, report.leader.headline.kind) == (
        1,
        WEEK,
        "first_ever",
    )


def test_a_note_whose_first_metric_went_the_wrong_way_is_never_one_of_the_three() -> None:
    note = trial(1, "쿠폰", metric=metric("추천", 31, 24), more_metrics=(metric("방문", 10, 20),))
    answer = answer_business(log(note))
    assert answer.kept == ()
    assert [activity.move.name for activity in answer.wrong_way] == ["추천"]


def test_a_wrong_second_metric_stands_below_while_the_first_is_kept() -> None:
    note = trial(1, "쿠폰", metric=metric("방문", 10, 20), more_metrics=(metric("추천", 31, 24),))
    answer = answer_business(log(note))
    assert [activity.move.name for activity in (*answer.kept, *answer.wrong_way)] == [
        "방문",
        "추천",
    ]


def test_a_number_without_a_name_moves_nothing_and_is_no_missing_number() -> None:
    note = trial(1, "카드", retrospective="11% → 22%가 되었다")
    found = answer_business(log(note))
    assert found.kept == ()
    assert found.unmeasured == 0


@pytest.mark.parametrize(("before", "said"), [(None, "말할 수 없습니다"), (14, "나아지지 않았")])
def test_a_number_without_one_before_is_not_said_to_be_no_better(
    before: float | None, said: str
) -> None:
    found = log(trial(1, "문자", metric=metric("예약", before, 14)))
    answer = answer_business(found)
    assert answer.uncompared == (before is None)
    section = business_section(TextFormatter(load_messages("ko"), PageOptions()), answer)
    assert said in section.subtitle


def test_no_number_moved_is_not_said_beside_one_that_moved_away_from_the_others() -> None:
    own = metric("가입률", 31, 28, unit="%", comparison=True)
    found = log(trial(1, "영상 넣기", metric=own, next_kind="stop"))
    report = weekly_report(inputs(*found.notes))
    assert report.business.stop[0].move is not None
    line = page_view(report, load_messages("ko")).parts[0].key_lines[0]
    assert line.text == "실행한 일이 1건입니다."
