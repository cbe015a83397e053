import html
import re
from dataclasses import replace

import pytest
from fakes.sample_reports import SAMPLES, full_ko
from fakes.sample_views import language_of, preview_sample, sample_view, several_sample

from notes.model.notes import Language
from reports.page.builders.weekly_page import page_view
from reports.page.messages.catalogue import load_messages
from reports.page.render import render_mail_html, render_page, render_text
from reports.page.safe import columns
from reports.page.view import ClaimBlock, DecisionBlock, Lines, PageView, Section, TwoColumns

EVERY = [(name, language) for name in sorted(SAMPLES) for language in ("ko", "en")]


def _lists(section: Section) -> list[Lines]:
    found = []
    for block in section.blocks:
        found += (
            [block.left, block.right]
            if isinstance(block, TwoColumns)
            else [block]
            if isinstance(block, Lines)
            else []
        )
    return found


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_every_section_ends_with_a_next_action(name: str, language: Language) -> None:
    for section in sample_view(name, language).parts[0].sections:
        assert section.next or section.page_only or section.id == "data"


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_list_holds_three_at_most(name: str) -> None:
    for section in sample_view(name).parts[0].sections:
        assert all(len(one.items) <= 3 for one in _lists(section)), section.id


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_the_first_screen_has_four_short_lines(name: str, language: Language) -> None:
    part = sample_view(name, language).parts[0]
    assert len(part.key_lines) == 4
    assert all(columns(line.text) <= 110 for line in part.key_lines)
    assert columns(part.headline) <= 110
    assert any(letter.isdigit() for letter in part.headline)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_learning_note_prints_as_exactly_three_lines(name: str) -> None:
    part = sample_view(name).parts[0]
    claims = [
        block
        for section in part.sections
        for block in section.blocks
        if isinstance(block, ClaimBlock)
    ]
    assert all(
        claim.title and len(claim.lines) == 2 and all(text for _, text in claim.lines)
        for claim in claims
    )
    assert all(len(card.lines) == 3 and all(text for _, text in card.lines) for card in part.cards)


def test_a_missing_line_is_named_as_missing() -> None:
    claims = [
        block
        for block in sample_view("full_ko").parts[0].sections[0].blocks
        if isinstance(block, ClaimBlock)
    ]
    assert claims[1].lines[1] == ("다음 적용", "적혀 있지 않음")


def test_two_hundred_unapplied_learnings_do_not_lengthen_the_page() -> None:
    report = full_ko()
    few = replace(
        report, learning=replace(report.learning, unapplied=report.learning.unapplied[:1] * 10)
    )
    many = replace(
        report, learning=replace(report.learning, unapplied=report.learning.unapplied[:1] * 200)
    )
    pages = [render_page(page_view(one, load_messages("ko"))) for one in (few, many)]
    mails = [render_mail_html(page_view(one, load_messages("ko"))) for one in (few, many)]
    assert len(pages[1]) - len(pages[0]) < 100
    assert mails[0] == mails[1]


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_links_of_mail_and_page_may_be_opened(name: str, language: Language) -> None:
    view = sample_view(name, language)
    for made in (render_mail_html(view), render_page(view)):
        for link in re.findall(r'href="([^"]*)"', made):
            assert re.match(r"https?://[a-z.]+/|mailto:[a-z]+@|#", html.unescape(link)), link


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_page_is_one_file_that_asks_for_nothing(name: str) -> None:
    made = render_page(sample_view(name))
    assert "<script" not in made
    assert not re.search(r"<(?:img|link|iframe|object|form|input)\b", made)
    assert not re.search(
        r"(?:src=|url\()(?!\")", made.split("</style>")[0].replace("default-src", "")
    )


def test_one_decision_is_asked_with_an_answer_by_mail() -> None:
    asks = [
        block
        for section in sample_view("full_ko").parts[0].sections
        for block in section.blocks
        if isinstance(block, DecisionBlock)
    ]
    assert len(asks) == 1
    assert asks[0].url.startswith("mailto:loopnote@example.org?subject=%5B%EC%A0%95")
    assert all(other.url.startswith("mailto:") for other in asks[0].others)


def test_worst_news_come_first_in_a_mail_for_several_teams() -> None:
    assert [part.team for part in several_sample("ko").parts] == ["팀 2", "팀 1", "팀 0"]


@pytest.mark.parametrize("teams", [3, 5, 20, 60])
def test_a_mail_for_many_teams_stays_below_the_limit(teams: int) -> None:
    view = several_sample("ko", ("full",) * teams)
    assert len(render_mail_html(view).encode()) < 90 * 1024
    assert len(view.parts) == min(teams, 5)
    text = render_text(view)
    assert sum(f"팀 {at}\n" in text or f"[팀 {at}]" in text for at in range(teams)) == min(
        teams, 45
    )


def test_the_preview_asks_no_decision_and_names_the_cells() -> None:
    view = preview_sample("ko")
    text = render_text(view)
    assert "가장 쉬운 손질" in text
    assert "결정 요청" not in text
    assert "T-38" in text


def _machine_praise(view: PageView) -> list[str]:
    return re.findall(
        r"훌륭|대단|잘했|멋진|수고하셨|Great|Well done|Amazing|excellent",
        render_text(view),
        re.IGNORECASE,
    )


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_machine_does_not_praise(name: str) -> None:
    assert not _machine_praise(sample_view(name, language_of(name)))


def test_instants_are_told_in_the_teams_zone() -> None:
    assert "2026년 11월 23일 07:50에 읽음" in render_text(sample_view("full_ko"))
