import pytest
from fakes.sample_reports import full_ko
from fakes.sample_views import notes_behind

from reports.analysis.records.report_record import Headline, LeaderLines
from reports.analysis.records.section_results import NextAction, NextPeriod
from reports.page.builders.weekly_page import page_view
from reports.page.formatting.person_names import initials, kind_of_address
from reports.page.formatting.text_formatter import NameDisplay, PageOptions, TextFormatter
from reports.page.messages.page_sentences import load_messages
from reports.page.sections.next_period import next_period_section


@pytest.mark.parametrize(
    ("person", "form"),
    [
        ("이준", "person"),
        ("Dana Whitlock", "person"),
        ("김 대리", "title"),
        ("물류 파트너", "role"),
    ],
)
def test_people_are_addressed_by_name_title_or_role(person: str, form: str) -> None:
    assert kind_of_address(person) == form


def test_initials_are_made_of_both_scripts() -> None:
    assert [initials("이준"), initials("Dana Whitlock")] == ["ㅇㅈ", "D.W."]


def _told(names: NameDisplay) -> str:
    report = full_ko()
    notes, versions = notes_behind(report)
    return repr(
        page_view(
            report,
            load_messages("ko"),
            setting=PageOptions(names=names),
            notes=notes,
            versions=versions,
        )
    )


@pytest.mark.parametrize("names", ["initials", "counts"])
def test_no_name_is_left_where_names_are_not_wanted(names: NameDisplay) -> None:
    told = _told(names)
    for person in ("서다온", "문하람", "윤슬기"):
        assert person in _told("names")
        assert person not in told


def test_counted_people_stay_people() -> None:
    assert "한 사람" in _told("counts")
    assert "ㅅㄷㅇ 님" in _told("initials")


def _formatter(names: NameDisplay) -> TextFormatter:
    return TextFormatter(
        words=load_messages("ko"), setting=PageOptions(names=names), people=("서다온", "문하람")
    )


def _next_action_of(names: NameDisplay) -> str:
    action = NextAction(
        "서다온이 샘플 예약 재개", "start", full_ko().next.actions[0].evidence, ("서다온", "문하람")
    )
    found = NextPeriod(actions=(action,), actions_total=1)
    return repr(next_period_section(_formatter(names), found, LeaderLines(Headline("empty"))))


def test_the_owners_of_next_weeks_actions_are_not_named_where_people_are_counted() -> None:
    assert "(서다온 님, 문하람 님)" in _next_action_of("names")
    assert "(ㅅㄷㅇ 님, ㅁㅎㄹ 님)" in _next_action_of("initials")
    counted = _next_action_of("counts")
    assert "샘플 예약 재개" in counted
    for trace in ("서다온", "문하람", "ㅅㄷㅇ", "ㅁㅎㄹ", "님", "2명"):
        assert trace not in counted


def test_somebody_is_a_person_and_not_initials() -> None:
    counted = _formatter("counts")
    assert counted.name("서다온") == "한 사람"
    assert counted.masked("서다온이 전화했다").startswith("한 사람")
    assert "ㅅㄷㅇ" in _formatter("initials").masked("서다온이 전화했다")
    assert "ㅅㄷㅇ" not in counted.masked("서다온이 전화했다")
