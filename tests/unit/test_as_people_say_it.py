"""Counts, units, verbs and titles as a person would say them, in both languages."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from fakes.sample_views import SETTING
from fakes.stored_notes import TEAM, inputs, log, metric, series, trial

from notes.messages import figures
from notes.model.notes import Language, Place, Problem, StoredProblem
from reports.analysis.learnings.playbook import playbook_entries
from reports.analysis.weekly import weekly_report
from reports.page.builders.weekly_page import page_view
from reports.page.formatting.person_names import kind_of_address
from reports.page.messages.page_sentences import load_messages
from reports.page.view import Lines

BEFORE, NOW = date(2026, 11, 12), date(2026, 11, 19)
FLAT = metric("유지", 40, 40)


def page(language: Language, *notes, **more):
    found = weekly_report(inputs(*notes, **more))
    return page_view(found, load_messages(language), setting=SETTING).parts[0]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "ko",
            (
                "실행한 일이 1건인데, 숫자는 나아지지 않았습니다.",
                "실행한 일이 1건인데, 숫자가 적혀 있지 않습니다.",
                (
                    "실행한 일 2건 가운데 숫자가 나아진 것은 없습니다. "
                    "1건은 숫자가 적혀 있지 않습니다."
                ),
            ),
        ),
        (
            "en",
            (
                "1 activity done; it improved no number.",
                "1 activity done; no number is written beside it.",
                "2 activities done, none of which improved a number; 1 had no number at all.",
            ),
        ),
    ],
)
def test_one_activity_is_not_spoken_of_as_of_several(
    language: Language, said: tuple[str, ...]
) -> None:
    old, flat, bare = trial(9, "옛일", 11), trial(1, "카드", metric=FLAT), trial(2, "편지")
    logs = ((old, flat), (old, bare), (old, flat, bare))
    found = [
        section.subtitle
        for notes in logs
        for section in page(language, *notes).sections
        if section.id == "q1"
    ]
    assert tuple(found) == said


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_sentence_with_a_count_can_say_none_one_and_two(language: Language) -> None:
    words = load_messages(language)
    for key in words.entries:
        facts = words.facts_of(key)
        if facts & {"n", "total"}:
            for count in (0, 1, 2):
                text = words(key, **dict.fromkeys(facts, count))
                assert "{" not in text
                assert not (language == "en" and count == 1 and " 1 activities" in text)


@pytest.mark.parametrize(
    ("unit", "headline"),
    [
        ("건", "주문이 8건 늘어 158건입니다."),
        ("건수", "주문이 8건 늘어 158건입니다."),
        ("%", "주문이 8%p 올라 158%입니다."),
        ("count", "주문이 8 올라 158입니다."),
        ("만원", "주문이 8만원 올라 158만원입니다."),
        ("시간", "주문이 8시간 늘어 158시간입니다."),
    ],
)
def test_what_is_counted_grows_and_a_rate_rises(unit: str, headline: str) -> None:
    orders = series(1, "주문", {BEFORE: 150, NOW: 158}, unit=unit)
    assert page("ko", trial(9, "옛일", 11), orders, trial(2, "편지")).headline == headline


def test_a_unit_that_only_says_that_things_are_counted_is_left_out() -> None:
    orders = series(1, "Orders", {BEFORE: 17, NOW: 18}, unit="count")
    part = page("en", trial(9, "Old", 11), orders, trial(2, "Letter"))
    assert part.headline == "Orders rose by 1 to 18."
    assert figures.difference(-2, "percent", "en") == "2 points"


@pytest.mark.parametrize(
    ("person", "form"),
    [
        ("감수자 탁은비", "person"), ("팀장 김가온", "person"), ("이준 변호사", "title"),
        ("물류 파트너", "role"), ("팀장 회의", "role"), ("개발자 커뮤니티", "role"),
    ],
)  # fmt: skip
def test_a_title_before_or_behind_a_name_is_no_part_of_it(person: str, form: str) -> None:
    assert kind_of_address(person) == form


def test_the_only_task_without_a_helper_has_its_name() -> None:
    runs = trial(
        2, "안내문", 10, start_date=date(2026, 11, 9), end_date=None, outcome="running",
        owners=("이준",),
    )  # fmt: skip
    part = page("ko", trial(9, "옛일", 4, people=("김가온",)), runs)
    assert "돕는 사람이 적히지 않은 일 1건: ‘안내문’." in [line.text for line in part.key_lines]


def test_a_tick_is_no_next_use_and_a_numbers_two_sides_are_no_cause() -> None:
    told: dict[str, Any] = {
        "metric": metric("주문", 310, 250),
        "retrospective": "주문 310 → 250",
    }
    ticked = trial(1, "카드", applied_to="Y", **told)
    lines = log(ticked).lines(ticked.note)
    assert (lines.next, lines.factors) == ("", "")
    assert log(ticked).cause(ticked.note, ticked.note.retrospective) == ""
    failed = [trial(row, "쿠폰", outcome="failure", **told) for row in (1, 2)]
    assert [one.when for one in playbook_entries(log(*failed)) if one.kind == "dont"] == [""]


def test_a_title_and_its_next_step_count_the_same_places() -> None:
    problem = Problem(
        Place(tab="log", row=3), "unreadable_number", "많음", facts=(("count", "12"),)
    )
    found = StoredProblem("trials", TEAM.name, problem, datetime(2026, 11, 20, tzinfo=UTC))
    (data,) = (
        section
        for section in page("ko", trial(9, "옛일", 11), problems=(found,)).sections
        if section.id == "data"
    )
    titles = [block.title for block in data.blocks if isinstance(block, Lines) and block.title]
    assert titles == ["읽지 못한 칸 12곳"]
    assert data.next == "읽지 못한 칸 12곳 가운데 하나 고치기"
