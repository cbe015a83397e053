"""The shelves: what waits, team by team, every statement with the note that it comes from."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from fakes.stored_notes import LONG_AGO, TEAM, inputs, metric, series, stored

from notes.model.notes import Place, Problem, SourceHealth, StoredProblem
from reports.analysis.commitments import all_commitments, promises
from reports.analysis.data.team_log import TeamLog, build_log
from reports.analysis.records.evidence import Evidence
from reports.analysis.records.section_results import Commitment
from reports.analysis.text.quoting import KnownPeople
from reports.archive.collections.builder import MAX_PROBLEMS, CollectionBuilder, CollectionInputs
from reports.archive.collections.commitments import commitments_part
from reports.archive.collections.learnings import learnings_part
from reports.archive.collections.people import people_part
from reports.archive.collections.playbook import playbook_part
from reports.archive.collections.problems import problems_part
from reports.archive.note_catalogue import CatalogueBuilder, NoteSigns, NoteSurvey, title_of
from reports.archive.site import Site
from reports.page.messages.page_sentences import load_messages

NOTES = (
    stored(1, title="카드", key="T-1", learned="첫날이 정한다", execution="x", end_date=date(2025,
    3, 2),
           goal="재주문"),
    stored(2, title="적용 하나", links=("T-1",), execution="T-1", outcome="success",
    start_date=date(2025, 6, 1),
           owners=("박가온",), metric=metric("재주문", 11, 22)),
    stored(3, title="적용 둘", links=("T-1",), execution="T-1", outcome="success",
    start_date=date(2026, 2, 1),
           owners=("이준",)),
    stored(4, title="전화", learned="저녁이 낫다", execution="x", end_date=date(2026, 11, 18),
    applied_to="예정",
           url="javascript:alert(1)"),
    stored(5, title="게시판", execution="붙이는 중", outcome="running", start_date=date(2026, 11,
    17), goal="재주문"),
    stored(6, title="안내", execution="x", end_date=date(2025, 3, 2), owners=("윤슬기",),
           next_action="단체 안내문 만들기"),
)  # fmt: skip
PROBLEMS = (
    StoredProblem(
        "trials",
        TEAM.name,
        Problem(Place("log", 4, "C"), "unreadable_date", "<b>내일</b>"),
        LONG_AGO,
    ),
)
HEALTH = (
    SourceHealth(
        "trials", TEAM.name, last_success=datetime(2026, 11, 20, tzinfo=UTC), skipped={"blank": 3}
    ),
)


def collection(name, notes=NOTES, language="ko"):
    survey = NoteSurvey()
    for one in notes:
        survey.add(one.id, NoteSigns.of(one))
    people = survey.names([TEAM])
    cataloguer = CatalogueBuilder(survey, people, {TEAM.name: ZoneInfo("Asia/Seoul")})
    for one in notes:
        cataloguer.add(cataloguer.record(one))
    site = Site(
        load_messages(language),
        {TEAM.name: TEAM},
        {TEAM.name: "team"},
        cataloguer.catalogue(),
        people,
    )
    return CollectionBuilder(site, name, TEAM.name)


def given(*notes, **more):
    log = build_log(inputs(*notes))
    return CollectionInputs(log, log, **more)


def told(part):
    return {group.title: [item.text for item in group.items] for group in part.groups}


def test_a_promise_whose_answer_nothing_finds_is_not_listed_as_unanswered():
    notes = (replace(NOTES[5], note=replace(NOTES[5].note, next_action="1월에 다시 묻기")),)
    part = commitments_part(collection("commitments", notes), given(*notes))
    assert told(part) == {"답이 있는지 모르는 것 1건": ["1월에 다시 묻기"]}
    assert not any("닮은 기록" in fact for fact in part.groups[0].items[0].facts)


@pytest.mark.parametrize(("weeks", "title"), [(2, "주문"), (1, "주문 · 2026-11-16")])
def test_a_row_of_many_weeks_is_not_named_by_its_first(weeks, title):
    days = [date(2026, 11, 16), date(2026, 11, 23)][:weeks]
    row = series(9, "주문", dict.fromkeys(days, 3.0))
    assert title_of(row.note, KnownPeople.of(())) == title


def test_open_commitments_stand_by_state_with_owner_and_note():
    part = commitments_part(collection("commitments"), given(*NOTES))
    assert told(part) == {"답을 찾지 못한 것 1건": ["단체 안내문 만들기"]}
    (item,) = part.groups[0].items
    assert "윤슬기 님" in item.facts
    assert item.notes[0].href == "../notes/n0/n006.html"
    assert item.places[0].url == "https://sheet.example/#A6"


def test_two_notes_of_one_title_are_told_apart_by_their_days():
    stopped, again = (
        stored(number, title="맛보기 칸", execution="x", start_date=day)
        for number, day in ((1, date(2026, 10, 29)), (2, date(2026, 11, 16)))
    )
    other = stored(3, title="안내문", execution="x", start_date=date(2026, 11, 16))
    notes = (stopped, again, other)
    links = collection("commitments", notes).notes(Evidence(one.id) for one in notes)
    assert [link.text for link in links] == [
        "맛보기 칸, 2026년 10월 29일(목)", "맛보기 칸, 2026년 11월 16일(월)", "안내문",
    ]  # fmt: skip


def test_only_the_commitments_that_are_shown_are_put_into_words(monkeypatch):
    worded: list[str] = []

    def counted(promise: promises.Promise, log: TeamLog) -> Commitment:
        worded.append(promise.text)
        return promises.as_commitment(promise, log)

    monkeypatch.setattr(all_commitments, "as_commitment", counted)
    notes = [
        stored(
            number,
            title=f"시도 {number}",
            execution="x",
            next_action=f"안내문 {number}번을 손본다",
            end_date=date(2025, 1, 5) + timedelta(days=number),
        )
        for number in range(1, MAX_PROBLEMS + 101)
    ]
    part = commitments_part(collection("commitments", notes), given(*notes))
    assert part.groups[0].more
    assert len(worded) == len(part.groups[0].items) == MAX_PROBLEMS


def test_learnings_wait_announced_before_silent_and_applied_ones_are_counted_only():
    part = learnings_part(collection("learnings"), given(*NOTES))
    assert part.intro == "배움 2건 중 1건을 적용했습니다."
    assert told(part) == {"적용 예정 1건": ["저녁이 낫다"]}
    assert part.groups[0].items[0].places == ()


def test_gaps_are_by_gap_and_nobody_is_ranked():
    part = people_part(collection("people"), given(*NOTES))
    assert told(part) == {"혼자 진행 중 1건": ["게시판"]}


def test_help_that_a_note_asks_for_is_a_gap_of_its_own():
    asks = replace(NOTES[4], note=replace(NOTES[4].note, needs="법무 검토 한 번"))
    part = people_part(collection("people", (asks,)), given(asks))
    assert told(part) == {"도움이 필요하다고 적힘 1건": ["게시판"]}
    assert "법무 검토 한 번" in part.groups[0].items[0].facts


def test_the_playbook_holds_what_worked_over_years():
    part = playbook_part(collection("playbook"), given(*NOTES))
    assert told(part) == {
        "하기 1가지": ["첫날이 정한다"],
        "플레이북에 가까운 배움": ["저녁이 낫다"],
    }
    assert [one.text for one in part.groups[0].items[0].notes] == ["카드", "적용 하나", "적용 둘"]


def test_problems_stand_by_source_with_the_plain_sentence_and_the_note():
    part = problems_part(collection("problems"), given(*NOTES, problems=PROBLEMS, health=HEALTH))
    (group,) = part.groups
    assert group.title == "trials · 1곳"
    assert "빈 줄 3" in group.remark
    assert group.items[0].text == "‘<b>내일</b>’를 날짜로 읽을 수 없습니다"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_team_without_anything_says_so(language):
    for name, part in (
        ("commitments", commitments_part), ("learnings", learnings_part), ("people", people_part),
        ("playbook", playbook_part), ("problems", problems_part),
    ):  # fmt: skip
        made = part(collection(name, (), language), given())
        assert made.intro
        assert all(not group.items for group in made.groups)


def test_a_page_is_not_longer_than_a_browser_bears():
    many = [
        replace(PROBLEMS[0], problem=Problem(Place("log", row), "unknown_status", "?"))
        for row in range(MAX_PROBLEMS + 7)
    ]
    (group,) = problems_part(collection("problems"), given(problems=many)).groups
    assert (len(group.items), group.more) == (MAX_PROBLEMS, "외 7건")
