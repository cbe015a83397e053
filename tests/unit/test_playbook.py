"""The playbook over a whole log: entries, what not to do, what comes nearest.

As a page and as safe Markdown.
"""

import re
from datetime import date

import pytest
from fakes.stored_notes import log, metric, stored

from reports.analysis.learnings.playbook import playbook_entries, whole_playbook
from reports.analysis.records.section_results import Playbook, PlaybookCandidate
from reports.page.builders.playbook_markdown import playbook_markdown
from reports.page.builders.playbook_page import TeamPlaybook, playbook_view
from reports.page.markdown import link, plain
from reports.page.messages.page_sentences import load_messages
from reports.page.render import render_page
from reports.page.view import PlaceLink

DAY = date(2026, 11, 22)
LEARNED = "첫날 보관법이 재주문을 정한다"


def lesson(row=1, key="T-1", owner="윤슬기", **more):
    fields = {
        "learned": LEARNED,
        "goal": "재주문 늘리기",
        "end_date": date(2025, 3, 2),
        "execution": "카드",
        **more,
    }
    return stored(row, title=f"카드 {row}", key=key, owners=(owner,), **fields)


def use(row, owner, day, **more):
    fields = {"outcome": "success", "execution": "T-1대로 함", "links": ("T-1",), **more}
    return stored(row, title=f"적용 {row}", owners=(owner,), start_date=day, end_date=day, **fields)


def failed(row, day):
    return stored(
        row,
        title="할인권 뿌리기",
        outcome="failure",
        execution="할인권",
        end_date=day,
        failure_factors="끝나면 해지",
    )


WHOLE = (
    lesson(),
    use(2, "박가온", date(2025, 6, 1), metric=metric("재주문", 11, 22)),
    use(3, "이준", date(2026, 2, 1)),
    failed(4, date(2025, 5, 1)),
    failed(5, date(2026, 8, 1)),
    lesson(6, key="T-6", learned="저녁에 전화가 닿는다", applied_to="상담 안내문", owner="이준"),
)


def test_each_team_of_a_page_has_an_address_of_its_own_counted_from_one() -> None:
    books = [TeamPlaybook(name, Playbook()) for name in ("구독팀", "매장팀")]
    parts = playbook_view(books, load_messages("ko"), day=DAY).parts
    assert [part.id for part in parts] == ["team-1", "team-2"]


def files(book, language="ko"):
    words, books = load_messages(language), [TeamPlaybook("구독팀", book)]
    return render_page(playbook_view(books, words, day=DAY)), playbook_markdown(
        books, words, day=DAY
    )


def test_an_entry_says_what_when_who_and_since_over_years():
    (do,) = whole_playbook(log(*WHOLE)).do
    assert (do.what, do.when, do.times) == (LEARNED, "재주문 늘리기", 2)
    assert (do.owners, do.people) == (("윤슬기",), ("박가온", "이준"))
    assert (do.since, do.last) == (date(2025, 3, 2), date(2026, 2, 1))
    assert [one.note_id for one in do.evidence] == ["n001", "n002", "n003"]


def test_a_repeated_failure_is_not_to_be_done():
    (dont,) = whole_playbook(log(*WHOLE)).dont
    assert (dont.what, dont.when, dont.times, dont.last) == (
        "할인권 뿌리기",
        "끝나면 해지",
        2,
        date(2026, 8, 1),
    )
    assert playbook_entries(log(*WHOLE)) == (*whole_playbook(log(*WHOLE)).do, dont)


def test_what_comes_nearest_tells_what_it_lacks():
    alone = (
        lesson(),
        use(2, "박가온", date(2026, 6, 1)),
        lesson(6, key="T-6", learned="다른 것", applied_to="안내문"),
    )
    first, second = whole_playbook(log(*alone)).candidates
    assert (first.what, first.times, first.worked) == (LEARNED, 1, True)
    assert (second.what, second.worked) == ("다른 것", False)
    for said in ("아직 없습니다", "적용 1번 더", "다른 1명이 적용", LEARNED):
        assert said in files(whole_playbook(log(*alone)))[1]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_an_empty_log_says_where_a_playbook_begins(language):
    page, markdown = files(Playbook(), language)
    for text in (page, markdown):
        assert load_messages(language)("playbook.nothing", n=0)[:20] in text


def test_the_markdown_has_headings_lists_and_our_links_only():
    markdown = files(whole_playbook(log(*WHOLE)))[1]
    assert f"### 1. {LEARNED}" in markdown
    assert "- **이럴 때:** 재주문 늘리기" in markdown
    assert "2명이 2번 적용 · 2025년 3월 2일(일)부터 · 마지막 2026년 2월 1일(일)" in markdown
    assert "[T-1](https://sheet.example/#A1)" in markdown
    assert {line[:2] for line in markdown.splitlines() if line} <= {"# ", "##", "- "} | {
        line[:2] for line in markdown.splitlines() if line and line[0] not in "#-"
    }


@pytest.mark.parametrize(
    "evil",
    [
        "[누르세요](https://evil.example)", "![x](https://evil.example/a.png)",
        "<script>alert(1)</script>",
        "https://evil.example 보세요", "www.evil.example", "a@evil.example", "# 제목\n## 둘째",
        "- [ ] 할 일",
        "1. 하나", "| a | b |\n|---|---|", "`code` ~~지움~~ **굵게** _밑줄_", "> 인용", "---",
        "[^1]: note",
        "&lt;b&gt; &copy;", "$x^2$",
    ],
)  # fmt: skip
def test_no_cell_becomes_markup_or_a_link(evil):
    book = whole_playbook(
        log(lesson(learned=evil), use(2, "박가온", DAY), use(3, "이준", DAY, execution="T-1"))
    )
    markdown = files(book)[1]
    assert not re.search(r"(?<!\\)\]\([^)]*evil", markdown)
    assert not re.search(r"(?<!\\)<[a-z/!]", markdown)
    assert not re.search(r"https?://(?!sheet\.example)|www\.|\w@\w", markdown)
    assert all(re.match(r"#{1,3} |- \*\*|[^#>|`-]", line) for line in markdown.splitlines() if line)


def test_a_link_cannot_break_out_of_its_brackets():
    assert link(PlaceLink("x](https://evil.example) [y", "https://a.example/(b)?c=[d]&e;f")) == (
        "[x\\](https\u200b://evil.example) \\[y](https://a.example/%28b%29?c=%5Bd%5D&e%3Bf)"
    )
    assert link(PlaceLink("자리", "javascript:alert(1)")) == "자리"
    assert plain("1. *") == "1\\. \\*"


def test_where_nothing_was_applied_yet_the_successes_come_nearest() -> None:
    waiting = [
        lesson(1, key="T-1", learned="줄이 길면 앱을 연다", outcome="failure"),
        lesson(2, key="T-2", learned="첫날 전화가 남는다", outcome="success"),
        lesson(3, key="T-3", learned="저녁이 낫다", outcome="success", end_date=date(2026, 1, 5)),
    ]
    book = whole_playbook(log(*waiting))
    assert [one.what for one in book.candidates] == [
        "저녁이 낫다",
        "첫날 전화가 남는다",
        "줄이 길면 앱을 연다",
    ]
    assert (book.learned, book.applied) == (3, 0)
    assert "플레이북까지: 적용 2번 더 · 다른 2명이 적용 · 효과 확인" in files(book)[1].replace(
        "**", ""
    )


def test_only_as_many_candidates_are_made_as_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = log(
        *(lesson(row, key=f"T-{row}", learned=f"저녁 {row}시가 낫다") for row in range(1, 9))
    )
    made = []

    def counted(**facts):
        made.append(PlaybookCandidate(**facts))
        return made[-1]

    monkeypatch.setattr("reports.analysis.learnings.playbook.PlaybookCandidate", counted)
    every = whole_playbook(waiting)
    assert (len(every.candidates), len(made)) == (8, 8)
    some = whole_playbook(waiting, most=3)
    assert some.candidates == every.candidates[:3]
    assert len(made) == 8 + 3
    assert (some.learned, some.applied) == (every.learned, every.applied)
