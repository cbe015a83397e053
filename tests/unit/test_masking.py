from dataclasses import replace

import pytest
from fakes.sample_views import ENVELOPE, SETTING
from fakes.stored_notes import inputs, metric, plan, trial

from notes.model.notes import Language
from reports.analysis.data.person_spellings import names_in
from reports.analysis.weekly import weekly_report
from reports.page.builders.weekly_page import page_view
from reports.page.formatting.name_masking import masked
from reports.page.formatting.text_formatter import NameDisplay
from reports.page.mail import build_mail
from reports.page.messages.page_sentences import load_messages

PEOPLE = ("김하늘", "이준", "박서준", "서준", "선우진", "강 소장", "Dana Whitlock")


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("하늘이와 메일 40통 고쳐 쓰기", "한 사람과 메일 40통 고쳐 쓰기"),
        ("하늘언니가 쓴 첫 줄이 통했다", "한 사람이 쓴 첫 줄이 통했다"),
        ("하늘이한테 명단 받기 (haneul.kim@example.com)", "한 사람한테 명단 받기 (주소)"),
        ("준이네 웨비나 초대장", "한 사람네 웨비나 초대장"),
        ("박서준 님이 쓴 첫 줄, 서준님께", "한 사람이 쓴 첫 줄, 한 사람께"),
        ("김 대리가 하고 하늘쌤은 봤다", "한 사람이 하고 한 사람은 봤다"),
        ("우진이랑 점심, @하늘 확인", "한 사람이랑 점심, 주소 확인"),
        ("강 소장님께 부탁", "한 사람께 부탁"),
        ("김하늘 상무님께 초대장, 박서준 대리가 본 표", "한 사람께 초대장, 한 사람이 본 표"),
        ("김하늘 대표작 사진", "한 사람 대표작 사진"),
        ("Dana's list and Whitlock's card", "한 사람's list and 한 사람's card"),
        ("Dana’s list and WHITLOCK’s card", "한 사람’s list and 한 사람’s card"),
        ("하늘색 표지와 준비 시간, 표준 문서", "하늘색 표지와 준비 시간, 표준 문서"),
    ],
)
def test_every_spelling_of_a_name_is_replaced_and_its_particle_fits(
    text: str, without: str
) -> None:
    found = masked(text, PEOPLE, lambda _: "한 사람", address="주소")
    assert found.replace("(주소)", "주소") == without.replace("(주소)", "주소")


def test_names_are_learned_from_texts_as_well_as_from_columns() -> None:
    note = trial(
        1,
        "메일",
        owners=("김하늘",),
        retrospective="박서준 님이 쓴 첫 줄이 통했다. 정 대리 의견",
        next_action="최유나에게 명단",
    )
    found = names_in((note,), ("강 소장",))
    assert {"김하늘", "박서준", "최유나", "강 소장"} <= set(found)
    assert not {"고객", "손님", "선생"} & set(found)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("names", ["counts", "initials"])
def test_no_part_of_a_mail_without_names_holds_any_spelling(
    names: NameDisplay, language: Language
) -> None:
    said = "하늘이가 쓴 명단을 박서준 님께 (haneul.kim@example.com), 서준이랑 준이네"
    note = trial(
        1, said, metric=metric("하늘이 답장률", 15, 18), owners=("김하늘",), people=("이준",),
        learned=f"첫 줄이 먼저다 {said}",
        applied_to=said, next_action=said, goal=f"답장률 20% {said}", hypothesis=said,
        retrospective=said,
        success_factors=f"단계 {said}", outcome="success",
    )  # fmt: skip
    stored = replace(
        note, raw=replace(note.raw, cells=tuple((f"하늘 {n}", said) for n in range(4)))
    )
    report = weekly_report(inputs(stored))
    view = page_view(
        report,
        load_messages(language),
        setting=replace(SETTING, names=names),
        notes={stored.id: stored},
        versions={},
    )
    mail = build_mail(view, ENVELOPE)
    for part in (mail.subject, mail.text, mail.html, mail.page, mail.page_text):
        for spelling in ("하늘", "서준", "이준", "준이", "haneul"):
            assert spelling not in part, (
                spelling,
                part[part.index(spelling) - 80 : part.index(spelling) + 20],
            )


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("막내 준호랑 촬영", "막내 한 사람이랑 촬영"),
        ("정훈이와 세 곳 방문", "한 사람과 세 곳 방문"),
        ("Lunch with Jonas on Monday", "Lunch with 한 사람 on Monday"),
        ("Ask Priya for the list", "Ask 한 사람 for the list"),
        ("Mail from Google Ads to Parents", "Mail from Google Ads to Parents"),
        ("환자에게 정보를 보내기", "환자에게 정보를 보내기"),
        ("박 대리와 방문 3곳", "한 사람과 방문 3곳"),
        ("Mina Park wrote; tell mina (mina@x.com)", "한 사람 wrote; tell 한 사람 (주소)"),
    ],
)
def test_names_that_no_column_holds_are_replaced_too(text: str, without: str) -> None:
    people = names_in((trial(1, text),))
    assert masked(text, people, lambda _: "한 사람", address="(주소)") == without


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Send Grant Holloway the audit notes", "Grant Holloway"),
        ("Give Mei the reference list", "Mei"),
        ("Introduce Luis to the new baker", "Luis"),
    ],
)
def test_whom_a_plan_gives_something_is_a_name_though_no_column_holds_it(
    text: str, name: str
) -> None:
    lever = plan(1, "2026-W47", people=(text,))
    cells = replace(lever.raw, cells=(("People lever", text),))
    assert name in names_in((replace(lever, raw=cells),))
