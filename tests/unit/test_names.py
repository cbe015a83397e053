import pytest
from fakes.sample_reports import full_ko
from fakes.sample_views import notes_behind

from reports.page.builders.weekly_page import page_view
from reports.page.formatting.person_names import address_form, initials
from reports.page.formatting.text_formatter import NameDisplay, PageOptions
from reports.page.messages.catalogue import load_messages


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
    assert address_form(person) == form


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
