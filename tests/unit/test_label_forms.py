"""The forms in which people write a label before its text, and what only looks like one."""

import pytest
from fakes.text_grids import notes

from sync.contents.workbook import Grid, Value
from sync.parsing.cells.label_sites import label_sites
from sync.parsing.cells.labels import split_labels


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("배운 점 - 짧게 걸자\n다음 - 문자", [("dashed", "배운 점"), ("dashed", "다음")]),
        ("  - Learned - call sooner", [("dashed", "Learned")]),
        ("배운 점  \n짧게 걸자", [("alone", "배운 점")]),
        ("**Learned**\ncall sooner", [("alone", "Learned")]),
        ("[배운 점]: 짧게", [("boxed", "배운 점")]),
        ("[Learned] - sooner", [("boxed", "Learned")]),
        ("[오늘] 가설: 온다", [("named", "가설")]),
        ("실행 (어제 오후에) : 전화", [("named", "실행")]),
        ("Learned (short): sooner", [("named", "Learned")]),
        ("전화?\n가설? 온다", [("named", "가설")]),
        ("K) 짧게 P) 길다 T) 문자", [("letter", "K"), ("letter", "P"), ("letter", "T")]),
        ("[K] sooner [P] long", [("letter", "K"), ("letter", "P")]),
        ("[K]: 짧게\n[P]: 길다", [("letter", "K"), ("letter", "P")]),
        ("/  배운 점: 하나 /  다음: 둘", [("named", "배운 점"), ("named", "다음")]),
        ("잘된 점: 하나 아쉬운 점: 둘", [("named", "잘된 점"), ("named", "아쉬운 점")]),
    ],
)
def test_a_label_is_found_in_every_form(text: str, labels: list[tuple[str, str]]) -> None:
    assert [(one.form, one.name) for one in label_sites(text)] == labels


@pytest.mark.parametrize(
    "text", ["가[배운 점] 짧게", "x(K) 짧게", "[오늘] 전화", "전화 - 문자", ""]
)
def test_what_stands_inside_of_words_is_no_label(text: str) -> None:
    assert label_sites(text) == []


def test_a_text_without_its_labels_is_whole() -> None:
    text = "배운 점 (짧게): 전화\n다음: 문자"
    sites = label_sites(text)
    between = [
        text[one.end : after.start]
        for one, after in zip(sites, [*sites[1:], None], strict=True)
        if after is not None
    ]
    assert between == ["전화\n"]


def test_headings_with_marks_part_a_cell_as_the_form_asked() -> None:
    text = (
        "### 가설\n\n사진을 남기면 다툼이 준다\n\n"
        "### 어떻게 실험을 진행할 것인가요?\n\n네 면을 찍는다\n\n"
        "### 환경\n\n창고\n\n### Next steps\n\nKeep the camera"
    )
    assert [(one.role, one.text) for one in split_labels(text)] == [
        ("hypothesis", "사진을 남기면 다툼이 준다"),
        ("execution", "네 면을 찍는다"),
        ("", "창고"),
        ("next", "Keep the camera"),
    ]


def test_one_heading_with_marks_parts_nothing() -> None:
    assert [one.role for one in split_labels("# 창고\n사진을 남기면 다툼이 준다")] == [""]


def test_a_form_in_a_cell_of_a_log_gives_the_fields_of_its_note() -> None:
    rows: list[list[Value]] = [["Title", "Body", "Date"]]
    for day, (supposed, done) in enumerate(
        [
            ("사진이 있으면 다툼이 준다", "네 면을 찍는다"),
            ("쪽지가 낫다", "문에 붙인다"),
            ("늦지 않는다", "전날 알린다"),
        ],
        4,
    ):
        rows.append(
            [f"{day}호", f"### 가설\n\n{supposed}\n\n### 실행\n\n{done}", f"2026-05-0{day}"]
        )
    first, *_ = notes(Grid("log", rows))
    assert (first.hypothesis, first.execution) == ("사진이 있으면 다툼이 준다", "네 면을 찍는다")
