"""What headers of shared templates showed, and what was left over from earlier logs."""

import pytest
from fakes.text_grids import notes, read

from sync.parsing.cells.outcomes import read_winner
from sync.parsing.vocabulary.header_kinds import composed_roles
from sync.parsing.vocabulary.header_phrases import header_meanings


@pytest.mark.parametrize(
    ("cell", "outcome"),
    [
        ("B", "success"),
        ("B안 승리", "success"),
        ("B 적용", "success"),
        ("A가 더 나음", "failure"),
        ("B 문구가 더 나쁨", "failure"),
        ("B did worse", "failure"),
        ("B lost by 2 points", "failure"),
        ("A가 졌음", "success"),
        ("A was worse", "success"),
        ("C lost", None),
        ("B was not better", None),
        ("B 차이 없음", None),
        ("B lower", None),
        ("B안이 더 낮음", None),
    ],
)
def test_a_winner_that_did_worse_is_none(cell: str, outcome: str | None) -> None:
    assert read_winner(cell) == outcome


@pytest.mark.parametrize(
    ("log", "name"),
    [
        ("| Date | What we tried | Rating before | Rating after |", "Rating"),
        ("| 날짜 | 해 본 것 | 평점 전 | 평점 후 |", "평점"),
        ("| 날짜 | 해 본 것 | 시행 전 점수 | 시행 후 점수 |", "점수"),
    ],
)
def test_a_grade_between_two_sides_is_the_name_of_the_number(log: str, name: str) -> None:
    (note,) = notes(f"{log}\n| 2026-09-01 | Free tea at the desk | 3.9 | 4.2 |")
    assert note.metric is not None
    assert (note.metric.name, note.metric.before, note.metric.after) == (name, 3.9, 4.2)


@pytest.mark.parametrize(
    ("header", "running", "over"),
    [
        ("| 날짜 | 해 본 것 | 회고 |", "아직 진행 중", "의자는 상관없었다"),
        ("| Date | What we tried | Retro |", "Still running", "The chairs did not matter"),
    ],
)
def test_a_look_back_that_only_says_so_leaves_the_trial_running(
    header: str, running: str, over: str
) -> None:
    rows = f"| 2026-09-01 | 번호표를 냈다 | {running} |\n| 2026-09-08 | 의자를 옮겼다 | {over} |"
    assert [note.outcome for note in notes(f"{header}\n{rows}")] == ["running", None]


@pytest.mark.parametrize(
    ("head", "labels"),
    [
        ("| 구분 | 내용 |", ("목표", "실행", "결과", "배운 점")),
        ("| Field | Details |", ("Goal", "Action", "Result", "What we learned")),
    ],
)
def test_what_heads_the_lines_of_a_form_is_no_tag(head: str, labels: tuple[str, ...]) -> None:
    texts = ("대기 줄이기", "번호표를 냈다", "십 분 줄었다", "표가 있으면 앉는다")
    lines = "\n".join(f"| {label} | {text} |" for label, text in zip(labels, texts, strict=True))
    (note,) = notes(f"{head}\n{lines}")
    assert (note.tags, note.goal, note.learned) == ((), texts[0], texts[3])


@pytest.mark.parametrize(
    "name",
    [
        "우리 매장에 처음 온 손님 가운데 한 달 안에 다시 온 손님의 비율",
        "Share of guests who come back within thirty days",
    ],
)
def test_a_long_name_of_a_number_does_not_lose_a_weekly_table(name: str) -> None:
    found = notes(f"| 주차 | {name} | 주문 수 |\n| W40 | 31 | 120 |\n| W41 | 33 | 118 |")
    assert [note.kind for note in found] == ["metric", "metric"]


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("성공 기준", "전화가 반으로 준다"),
        ("평가 기준", "한 주에 서른 개가 나간다"),
        ("Failure criteria", "No calls in the first week"),
        ("Pass mark", "Nine of ten groups use it"),
    ],
)
def test_what_a_trial_is_judged_by_is_no_look_back(header: str, text: str) -> None:
    (first, _) = notes(
        f"| 날짜 | 해 본 것 | {header} | 배운 점 |\n"
        f"| 2026-09-01 | 상자에 사진을 넣었다 | {text} | 사진은 눈에 띈다 |\n"
        f"| 2026-09-08 | 아침에만 씻었다 | {text} again | 물은 저녁에 모자란다 |"
    )
    assert (first.goal, first.retrospective, first.outcome) == ("", "", None)


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("what the evidence showed", "result"),
        ("what the data tells us", "result"),
        ("데이터가 보여 준 것", "result"),
        ("세어 본 것", "metric_name"),
    ],
)
def test_who_or_what_told_it_does_not_change_what_a_header_names(header: str, role: str) -> None:
    assert role in composed_roles(header)


def test_an_attempt_with_what_was_learned_is_a_log() -> None:
    found = read("""
    | Attempt | What we learned | Consequence |
    | Cook on charcoal instead of gas | It takes an hour nobody has | Gas for matches |
    | Card payments only | Older fans walk away | Keep a tin with change |
    """)
    assert [entry.note.learned for entry in found.entries] == [
        "It takes an hour nobody has",
        "Older fans walk away",
    ]


@pytest.mark.parametrize("header", ["연관 문제", "관련 문제", "Related problem"])
def test_a_problem_that_a_step_belongs_to_is_first_of_all_a_problem(header: str) -> None:
    assert header_meanings(header)[0].role == "problem"
