import html
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from fakes.sample_reports import SAMPLES, full_ko
from fakes.sample_views import language_of, preview_sample, sample_view, several_sample

from notes.model.notes import Language
from reports.analysis.records.report_record import Headline, LeaderLines
from reports.page.builders.mail_excerpt import MAIL_CHARACTERS, statements
from reports.page.builders.weekly_page import page_view
from reports.page.messages.page_sentences import load_messages
from reports.page.render import render_mail_html, render_page, render_text
from reports.page.safe import columns
from reports.page.view import ClaimBlock, Lines, PageView, Section, TwoColumns

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
def test_a_next_action_is_printed_only_where_the_report_has_one(
    name: str, language: Language
) -> None:
    named = {
        {"business": "q1", "learning": "q2", "people": "q3"}.get(one.section, one.section)
        for one in SAMPLES[name]().actions
    }
    named |= {"signals"} if "traps" in named else set()
    for section in sample_view(name, language).parts[0].sections:
        assert not section.next or section.id in named or section.id == "data"


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_list_holds_three_at_most(name: str) -> None:
    for section in sample_view(name).parts[0].sections:
        assert all(len(one.items) <= (6 if section.id == "q1" else 3) for one in _lists(section)), (
            section.id
        )


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_the_first_screen_has_three_lines_and_a_headline(name: str, language: Language) -> None:
    part = sample_view(name, language).parts[0]
    assert [line.section for line in part.key_lines] == ["q1", "q2", "q3"]
    assert all(columns(line.text) <= 200 for line in part.key_lines)
    assert columns(part.headline) <= 110


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_the_first_screen_takes_at_most_twelve_lines(name: str, language: Language) -> None:
    text = render_text(sample_view(name, language))
    first = text.partition("─────")[0].partition("\n--\n")[0]
    lines = [line for line in first.splitlines()[2:] if line.strip()]
    assert len(lines) <= 12, lines


@pytest.mark.parametrize("name", [f"full_{language}" for language in ("ko", "en")])
def test_the_decision_stands_with_its_answers_above_the_first_section(name: str) -> None:
    view = sample_view(name)
    for made in (
        render_mail_html(view),
        render_page(view),
        render_text(view),
        render_text(view, whole=True),
    ):
        ask, section = view.parts[0].ask, view.parts[0].sections[0].title
        assert ask
        assert 0 < made.index(ask.button) < made.index(ask.others[0].text) < made.index(section)


def _visible(markup: str) -> str:
    bare = re.sub(
        r"(?s)<!--.*?-->|<head\b.*?</head>|<style\b.*?</style>|<div class=\"pre\".*?</div>",
        " ",
        markup,
    )
    text = html.unescape(re.sub(r"<[^>]*>", " ", bare))
    return " ".join(re.sub("[\u034f\u200b-\u200f]", "", text).split())


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_a_mail_says_no_more_than_a_minute_of_reading(name: str, language: Language) -> None:
    view = sample_view(name, language)
    assert len(_visible(render_mail_html(view))) <= MAIL_CHARACTERS


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_mail_about_several_teams_takes_no_longer(language: Language) -> None:
    view = several_sample(language)
    assert len(_visible(render_mail_html(view))) <= MAIL_CHARACTERS
    assert all(part.ask or part.quiet for part in view.parts)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_of_several_teams_with_much_to_say_the_worst_stands_whole(language: Language) -> None:
    view = several_sample(language, ("full",) * 5)
    assert len(_visible(render_mail_html(view))) <= MAIL_CHARACTERS
    first, *others = view.parts
    assert first.key_lines
    assert first.key_number
    assert first.key_number.chart
    assert all(part.headline and (part.ask or part.quiet) for part in others)
    assert all(part.key_number is None or part.key_number.chart is None for part in others)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_what_the_mail_leaves_out_is_counted_and_stands_on_the_page(name: str) -> None:
    view = sample_view(name)
    (part,) = view.parts
    shown = sum(
        len(block.items)
        for section in part.brief
        for block in section.blocks
        if isinstance(block, Lines)
    )
    whole = sum(statements(section) for section in part.sections if not section.page_only)
    left = whole - shown - len(part.key_lines)
    assert left <= 0 or str(left) in part.left_out
    assert {section.id for section in part.brief} <= {section.id for section in part.sections}


def test_a_subject_of_the_first_screen_is_not_told_again_below() -> None:
    text = render_text(sample_view("full_ko")).partition("근거가 있는 곳")[0]
    for once in ("주말 문자 이벤트", "추천 쿠폰 금액 올리기", "첫 상자에 손편지", "결제 실패 당일"):
        assert text.count(once) == 1, once


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
    assert all([bool(text) for _, text in card.lines] == [True] * 3 for card in part.cards)


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
    ask = sample_view("full_ko").parts[0].ask
    assert ask
    assert ask.url.startswith("mailto:loopnote@example.org?subject=%5B%EC%A0%95")
    assert all(other.url.startswith("mailto:") for other in ask.others)


def test_a_decision_that_was_asked_before_says_so() -> None:
    report = full_ko()
    assert report.leader.decision
    again = replace(report.leader.decision, asked=2, first_asked="2026-W46")
    view = page_view(
        replace(report, leader=replace(report.leader, decision=again)), load_messages("ko")
    )
    assert "두 번째 여쭙니다" in render_text(view)
    assert "두 번째 여쭙니다" not in render_text(page_view(report, load_messages("ko")))


def test_where_nothing_could_be_read_nothing_is_said_about_the_work() -> None:
    report = full_ko()
    unread = replace(
        report, leader=LeaderLines(Headline("unread", since=datetime(2026, 11, 9, tzinfo=UTC)))
    )
    text = render_text(page_view(unread, load_messages("ko")), whole=True)
    assert "팀의 기록을 11월 9일(월) 뒤로 읽지 못했습니다" in text
    for silent in ("실행", "배움", "사람", "결정", "약속"):
        assert silent not in text, silent


def test_worst_news_come_first_in_a_mail_for_several_teams() -> None:
    assert [part.team for part in several_sample("ko").parts] == ["팀 2", "팀 1", "팀 0"]


@pytest.mark.parametrize("teams", [3, 5, 20, 60])
def test_a_mail_for_many_teams_stays_below_the_limit(teams: int) -> None:
    view = several_sample("ko", ("full",) * teams)
    assert len(render_mail_html(view).encode()) < 90 * 1024
    assert len(view.parts) == min(teams, 3)
    text = render_text(view)
    assert sum(f"팀 {at}\n" in text or f"[팀 {at}]" in text for at in range(teams)) == min(
        teams, 43
    )


def test_the_preview_asks_no_decision_and_names_the_cells() -> None:
    view = preview_sample("ko")
    text = render_text(view)
    assert "가장 쉽게 채울 칸" in text
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
    assert "2026년 11월 23일 07:50에 읽음" in render_text(sample_view("full_ko"), whole=True)
