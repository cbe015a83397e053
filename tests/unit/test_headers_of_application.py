"""Where something learned was put to use, as forms and teams ask for it."""

import pytest

from notes.model.notes import Note
from reports.analysis.text.application import read_application
from sync.contents.workbook import Grid, Workbook
from sync.parse_result import ParseOptions, join_results
from sync.parsing.logs.content import parse_content

ROWS = (
    (
        "타임스탬프",
        "이름",
        "이번 주에 시도한 것",
        "결과는 어땠나요?",
        "배운 점은?",
        "배운 것을 어디에 썼나요?",
    ),
    (
        "2026-11-06",
        "정유리",
        "문자로 예약 확인",
        "노쇼 8명→3명",
        "문자를 읽으신다",
        "검진 안내에도 문자로",
    ),
    (
        "2026-11-13",
        "한지호",
        "대기 시간 표시",
        "문의가 줄어든 느낌",
        "숫자로 보이면 덜 묻는다",
        "아직",
    ),
    ("2026-11-20", "정유리", "점심 교대", "대기 25분 → 18분", "교대표가 있어야 한다", ""),
)
"""A form's answers: the last question is the method's second one."""


def notes(*headers: str) -> list[Note]:
    rows = (tuple(headers), *(row[-len(headers) :] for row in ROWS[1:])) if headers else ROWS
    book = Workbook("form", (Grid("응답", rows),))
    found = join_results(parse_content(book, ParseOptions(year=2026)))
    return [entry.note for entry in found.entries]


def test_the_question_of_a_form_where_it_was_used_is_the_application() -> None:
    first = notes()[0]
    assert (first.learned, first.applied_to) == ("문자를 읽으신다", "검진 안내에도 문자로")


@pytest.mark.parametrize(
    "header",
    [
        "어디에 적용했는지",
        "배운 점을 어디에 활용했나요",
        "배운 것을 적용한 곳",
        "Where did we use what we learned?",
        "Where was it applied?",
    ],
)
def test_an_application_is_asked_for_in_many_words(header: str) -> None:
    assert notes("한 일", "결과", "배운 점", header)[0].applied_to == "검진 안내에도 문자로"


def test_where_it_will_be_used_is_no_application() -> None:
    first = notes("한 일", "결과", "배운 점", "어디에 적용할 건가요?")[0]
    assert (first.applied_to, first.next_action) == ("", "검진 안내에도 문자로")


@pytest.mark.parametrize("header", ["적용 여부", "적용했나", "Rolled out?", "Applied?"])
def test_that_it_was_not_applied_is_no_decision_to_stop(header: str) -> None:
    head = ("일자", "한 일", "결과", "배운 점", "다음", header)
    rows = [
        (f"2026-11-0{at}", f"문자로 확인 {at}", "노쇼가 줄었다", "읽으신다", "다른 지점에도", said)
        for at, said in enumerate(("적용 (11/10 전체 발송)", "미적용", "N", "Y", "적용"), start=2)
    ]
    book = Workbook("log", (Grid("기록", (head, *rows)),))
    found = [entry.note for entry in join_results(parse_content(book, ParseOptions())).entries]
    assert [note.next_kind for note in found] == [None] * 5
    assert [read_application(note.applied_to) for note in found] == ["applied", *["none"] * 4]
