"""Counts, units, verbs and titles as a person would say them, in both languages."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from fakes.sample_views import SETTING
from fakes.stored_notes import TEAM, inputs, log, metric, series, trial

from notes.messages import figures
from notes.model.notes import Language, Place, Problem, StoredProblem
from reports.analysis.learnings.playbook import playbook_entries
from reports.analysis.weekly import weekly_report
from reports.page.builders.multi_team_page import TeamReport, multi_team_view
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


@pytest.mark.parametrize(
    ("language", "lead"),
    [
        ("ko", "2팀 모두에 나빠진 숫자가 있습니다."),
        ("en", "In each of the 2 teams a number got worse."),
    ],
)
def test_what_all_teams_share_is_said_of_all(language: Language, lead: str) -> None:
    late = metric("지연", 3, 5, lower_is_better=True)
    found = weekly_report(inputs(trial(9, "옛일", 11), trial(1, "카드", metric=late)))
    assert multi_team_view([TeamReport(found)] * 2, load_messages(language)).lead == lead


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "ko",
            "2팀 가운데 1팀에 나빠진 숫자가 있습니다. 1팀은 숫자가 움직였는지 말할 수 없습니다.",
        ),
        ("en", "In 1 of 2 teams a number got worse. Of 1 team it cannot be said."),
    ],
)
def test_of_a_team_whose_number_is_not_written_it_cannot_be_said(
    language: Language, told: str
) -> None:
    late = metric("지연", 3, 5, lower_is_better=True)
    worse = weekly_report(inputs(trial(9, "옛일", 11), trial(1, "카드", metric=late)))
    orders = series(1, "주문", {BEFORE: 150})
    silent = weekly_report(inputs(trial(9, "옛일", 11), trial(2, "편지"), orders))
    teams = [TeamReport(worse), TeamReport(silent)]
    assert multi_team_view(teams, load_messages(language)).lead.startswith(told)


def test_an_arrow_stands_apart_from_its_number_in_subject_and_text() -> None:
    orders = series(1, "주문", {BEFORE: 150, NOW: 158}, unit="건")
    found = weekly_report(inputs(trial(9, "옛일", 11), orders, trial(2, "편지")))
    view = page_view(found, load_messages("ko"), setting=SETTING)
    assert "158건 (▲ 8건)" in view.subject
    (line,) = [
        item.text.replace("\u00a0", " ")
        for section in view.parts[0].sections
        if section.id == "q1"
        for block in section.blocks
        if isinstance(block, Lines)
        for item in block.items
        if "158건" in item.text
    ]
    assert line.startswith("주문 158건 (▲ 8건)")


def test_helpers_without_names_are_thanked_by_their_number() -> None:
    won = trial(
        1, "카드", outcome="success", people=("김가온", "이준"), metric=metric("주문", 3, 5),
        end_date=NOW,
    )  # fmt: skip
    found = weekly_report(inputs(trial(9, "옛일", 11), won))
    setting = replace(SETTING, names="counts")
    view = page_view(found, load_messages("ko"), setting=setting)
    assert "함께해 준 2명께 고맙습니다." in str(view.parts[0].sections)
    assert "함께해 준 2명께" not in str(page_view(found, load_messages("ko")).parts[0].sections)


def test_what_the_next_action_itself_says_to_stop_stands_under_stop() -> None:
    last = trial(1, "쪽지", next_action="손글씨 쪽지 그만")
    (line,) = [
        item
        for section in page("ko", trial(9, "옛일", 11), last).sections
        if section.id == "next"
        for block in section.blocks
        if isinstance(block, Lines)
        for item in block.items
        if "손글씨" in item.text
    ]
    assert (line.lead, line.text) == ("그만", "손글씨 쪽지")


def test_unread_cells_beyond_the_list_are_counted_as_places() -> None:
    problems = [
        StoredProblem(
            "trials", TEAM.name, Problem(Place(tab="log", row=row), "unreadable_number", "많음"),
            datetime(2026, 11, 20, tzinfo=UTC),
        )
        for row in range(3, 8)
    ]  # fmt: skip
    (data,) = (
        section
        for section in page("ko", trial(9, "옛일", 11), problems=tuple(problems)).sections
        if section.id == "data"
    )
    assert "외 2곳" in [block.more_text for block in data.blocks if isinstance(block, Lines)]


def test_what_the_team_itself_calls_failed_is_asked_about_by_that_word() -> None:
    coupon = trial(1, "쿠폰", outcome="failure", metric=metric("주문", 164, 163), end_date=NOW)
    orders = series(2, "주문", {BEFORE: 164, NOW: 163}, unit="건")
    ask = page("ko", trial(9, "옛일", 11), coupon, orders).ask
    assert ask
    assert ask.text == "‘쿠폰’은 실패로 적혔습니다. 멈출까요?"


def test_what_came_back_is_asked_about_with_the_number_that_rose_after_it() -> None:
    ended = trial(
        1, "맛보기", 12, outcome="failure", next_action="맛보기 칸 그만하기", next_kind="stop"
    )
    again = trial(2, "큰 맛보기 칸 넣기", 18, outcome="success", metric=metric("주문", 30, 36))
    ask = page("ko", trial(9, "옛일", 4), ended, again).ask
    assert ask
    assert ask.text == "그만하기로 한 ‘맛보기 칸’이 다시 시작되었습니다. 그만둘까요?"
    assert ask.fact == "이번에는 그 뒤 주문 30 → 36."
