from dataclasses import replace
from datetime import date, timedelta

import pytest
from fakes.stored_notes import feedback, inputs, log, plan, stored, trial

from notes.model.notes import Outcome
from reports.analysis.data.team_log import build_log
from reports.analysis.questions.people import answer_people
from reports.analysis.records.inputs import KeyPerson, ReportTeam
from reports.analysis.records.rules import ReportRules


def cycle(
    row: int, days: int, *, people: tuple[str, ...] = (), end: date = date(2026, 11, 10), **more
):
    return stored(
        row,
        title=f"시도 {row}",
        execution="x",
        start_date=end - timedelta(days=days),
        end_date=end,
        people=people,
        **more,
    )


def test_whoever_makes_trials_faster_is_named_with_both_medians() -> None:
    quick = [cycle(n, days, people=("이준",)) for n, days in enumerate((5, 6, 7), 1)]
    slow = [cycle(n, days) for n, days in enumerate((12, 13, 20), 11)]
    found = answer_people(log(*quick, *slow)).speed
    assert [
        (one.person, one.with_days, one.without_days, one.with_notes, one.without_notes)
        for one in found
    ] == [("이준", 6, 13, 3, 3)]
    assert round(found[0].ratio, 1) == 2.2


def test_fewer_than_three_notes_on_a_side_say_nothing_of_speed() -> None:
    quick = [cycle(n, 5, people=("이준",)) for n in (1, 2)]
    slow = [cycle(n, 13) for n in (11, 12, 13, 14)]
    assert answer_people(log(*quick, *slow)).speed == ()


def test_slower_people_are_never_listed() -> None:
    slow = [cycle(n, 20, people=("이준",)) for n in (1, 2, 3)]
    others = [cycle(n, 5) for n in (11, 12, 13)]
    assert answer_people(log(*slow, *others)).speed == ()


def test_only_the_last_twelve_weeks_count_for_speed() -> None:
    quick = [cycle(n, 5, people=("이준",), end=date(2026, 8, 1)) for n in (1, 2, 3)]
    slow = [cycle(n, 13) for n in (11, 12, 13)]
    assert answer_people(log(*quick, *slow)).speed == ()


def test_a_blocked_note_without_a_helper_is_a_gap_and_a_past_helper_of_its_goal_is_named() -> None:
    gap = stored(
        1,
        title="재배송",
        goal="재구독률",
        start_date=date(2026, 11, 17),
        outcome="running",
        retrospective="냉장 상자가 없어 멈춤",
    )
    past = cycle(2, 5, people=("서다온 님",), goal="재구독률", outcome="success")
    answer = answer_people(log(gap, past)).answers[0]
    assert (answer.kind, answer.person, answer.goal, answer.sure) == (
        "blocked",
        "서다온",
        "재구독률",
        True,
    )
    assert answer.blocker == "냉장 상자가 없어 멈춤"
    assert [one.note_id for one in answer.helped] == ["n002"]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Stuck: waiting for the legal review", "waiting for the legal review"),
        ("막힘: 법무 검토를 기다리는 중", "법무 검토를 기다리는 중"),
        ("Blocked：no test phones", "no test phones"),
        ("The review is stuck: legal is slow", "The review is stuck: legal is slow"),
        ("막힘", "막힘"),
    ],
)
def test_what_blocks_a_note_is_told_without_the_word_that_labels_it(
    written: str, told: str
) -> None:
    gap = stored(
        1, title="재배송", start_date=date(2026, 11, 17), outcome="running", retrospective=written
    )
    assert answer_people(log(gap)).answers[0].blocker == told


def test_what_is_marked_as_running_is_a_gap_still_in_the_week_of_its_end() -> None:
    late = stored(
        1,
        title="a",
        execution="x",
        start_date=date(2026, 11, 9),
        end_date=date(2026, 11, 20),
        outcome="running",
    )
    assert answer_people(log(late)).gaps_total == 1


def test_a_running_note_with_a_helper_is_no_gap() -> None:
    running = stored(
        1, title="a", start_date=date(2026, 11, 17), outcome="running", people=("이준",)
    )
    assert answer_people(log(running)).gaps_total == 0


def test_a_semicolon_ends_whom_a_lever_asks() -> None:
    card = plan(1, "2026-W47", people=("Ask the cafe manager; give her the visitor counts first",))
    answer = answer_people(log(card, trial(2, "Card"))).answers[0]
    assert answer.person == "the cafe manager"


def test_the_person_of_the_people_lever_whom_nobody_mentions_is_a_gap() -> None:
    card = plan(1, "2026-W47", people=("물류 파트너와 냉장 재고 회의",))
    answer = answer_people(log(card, trial(2, "카드"))).answers[0]
    assert (answer.kind, answer.person) == ("lever", "물류 파트너")
    met = trial(3, "회의", retrospective="물류 파트너가 재고를 열어 줌")
    assert answer_people(log(card, met)).answers == ()


@pytest.mark.parametrize(
    ("lever", "person", "gift"),
    [
        ("Send Noor Haddad the clinic tour video", "Noor Haddad", "the clinic tour video"),
        ("Share the no-show list with Piet Mulder", "Piet Mulder", "Share the no-show list"),
        ("Introduce Noor Haddad to our nurse", "Noor Haddad", None),
    ],
)
def test_an_english_lever_names_whom_it_is_for_and_what_they_get(lever, person, gift) -> None:
    answer = answer_people(log(plan(1, "2026-W47", people=(lever,)), trial(2, "Cards"))).answers[0]
    assert (answer.kind, answer.person) == ("lever", person)
    assert (answer.give.text if answer.give else None) == gift


@pytest.mark.parametrize("lever", ["Prepare the slides for Monday", "Give the store team our rota"])
def test_a_day_or_a_team_is_no_persons_name(lever) -> None:
    assert answer_people(log(plan(1, "2026-W47", people=(lever,)), trial(2, "Cards"))).answers == ()


def test_a_surname_keeps_its_title_in_every_spelling() -> None:
    note = trial(1, "낭독회", people=("옆집 문 선생",), outcome="success")
    assert [one.person for one in answer_people(log(note)).thanks] == ["옆집 문 선생"]
    for lever in ("옆집 문 선생님께 포스터 드리기", "문 선생님께 포스터 드리기"):
        assert answer_people(log(note, plan(2, "2026-W47", people=(lever,)))).answers == ()


def test_a_key_person_is_overdue_from_the_last_contact() -> None:
    team = ReportTeam("구독팀", key_people=(KeyPerson("문하람", 14), KeyPerson("서다온")))
    seen = stored(
        1,
        title="a",
        end_date=date(2026, 10, 12),
        people=("문하람",),
        goal="해지율",
        outcome="success",
        execution="x",
    )
    recent = stored(2, title="b", end_date=date(2026, 11, 10), people=("서다온",), execution="x")
    found = answer_people(build_log(inputs(seen, recent, team=team))).answers
    assert [(one.person, one.last_contact, one.days_since, one.goal) for one in found] == [
        ("문하람", date(2026, 10, 12), 41, "해지율")
    ]


def test_a_key_person_who_was_never_seen_is_a_gap_without_a_date() -> None:
    team = ReportTeam("구독팀", key_people=(KeyPerson("문하람"),))
    old = stored(1, title="a", end_date=date(2026, 10, 12), execution="x")
    found = answer_people(build_log(inputs(old, team=team))).answers
    assert [(one.person, one.last_contact) for one in found] == [("문하람", None)]


def test_a_log_younger_than_the_days_between_contacts_cannot_know_that_one_is_due() -> None:
    team = ReportTeam("구독팀", key_people=(KeyPerson("문하람"),))
    assert not answer_people(build_log(inputs(trial(1, "a"), team=team))).answers


def test_what_we_give_first_ends_before_the_bracket_it_stands_in() -> None:
    card = plan(1, "2026-W47", people=("문하람 님께 부탁드리기 (먼저: 보관법 카드 결과)",))
    found = answer_people(log(card)).answers[0]
    assert found.give is not None
    assert found.give.text == "보관법 카드 결과"


def test_what_we_give_first_is_quoted_and_never_invented() -> None:
    card = plan(1, "2026-W47", people=("문하람 님 만나기. 먼저 줄 것: 보관법 카드 결과",))
    given = answer_people(log(card, trial(2, "a"))).answers[0].give
    assert given is not None
    assert (given.text, given.kind) == ("보관법 카드 결과", "written")
    bare = plan(1, "2026-W47", people=("문하람 님 만나기",))
    assert answer_people(log(bare, trial(2, "a"))).answers[0].give is None


@pytest.mark.parametrize("lever", ["문하람 상무님께 고객 소개 요청", "문하람 님에게 feedback 요청"])
def test_what_is_asked_of_a_person_is_not_what_we_give_first(lever: str) -> None:
    (found,) = answer_people(log(plan(1, "2026-W47", people=(lever,)), trial(2, "a"))).answers
    assert found.give is None


def test_at_most_three_people_are_named() -> None:
    card = plan(
        1,
        "2026-W47",
        people=("가나다 님 만나기", "라마바 님 만나기", "사아자 님 만나기", "차카타 님 만나기"),
    )
    found = answer_people(log(card))
    assert len(found.answers) == 3
    assert found.gaps_total == 4
    assert len(answer_people(log(card, rules=ReportRules(people=1))).answers) == 1


def test_giving_and_asking_are_counted_and_helpers_are_thanked_in_one_line() -> None:
    found = answer_people(
        log(
            trial(1, "a", execution="카드 원고 공유", outcome="success", people=("서다온",)),
            trial(2, "b", execution="재고 확인을 요청"),
            trial(3, "c", execution="담당자 소개 요청", outcome="failure", people=("이준",)),
            feedback(4, date(2026, 11, 18), "빠르게 도와줌", tone="praise", receiver="문하람"),
            feedback(5, date(2026, 11, 18), "더 짧게", tone="suggestion", receiver="고은별"),
        )
    )
    assert (found.gave, found.asked) == (1, 2)  # who asks for an introduction gives none
    assert [(one.person, one.why) for one in found.thanks] == [
        ("문하람", "praise"),
        ("서다온", "success"),
    ]


def test_a_label_without_a_gift_gives_nothing() -> None:
    card = plan(1, "2026-W47", people=("문하람 님 만나기. 먼저 줄 것:",))
    assert answer_people(log(card, trial(2, "a"))).answers[0].give is None


def test_a_lever_that_sets_a_target_names_nobody() -> None:
    for text in ("Answer 90% within 24 hours", "고객 문의에 24시간 안에 90% 답하기"):
        assert answer_people(log(plan(1, "2026-W47", people=(text,)), trial(2, "a"))).answers == ()
    role = answer_people(log(plan(1, "2026-W47", people=("물류 파트너",)), trial(2, "a")))
    assert [one.person for one in role.answers] == ["물류 파트너"]


def test_a_lever_that_blames_names_nobody() -> None:
    card = plan(1, "2026-W47", people=("한지우가 깜빡해서 늦음",))
    assert answer_people(log(card, trial(2, "a"))).answers == ()


def test_a_person_is_named_once_however_many_gaps_they_could_fill() -> None:
    past = cycle(2, 5, people=("서다온",), goal="재구독률", outcome="success")
    gaps = [
        stored(
            n,
            title=f"t{n}",
            goal="재구독률",
            start_date=date(2026, 11, 17),
            outcome="running",
            execution="x",
        )
        for n in (4, 5)
    ]
    found = answer_people(log(past, *gaps))
    assert ([one.person for one in found.answers], found.gaps_total) == (["서다온"], 2)


@pytest.mark.parametrize(("outcome", "people"), [(None, ()), ("success", ("문하람",))])
def test_help_that_a_note_asks_for_is_told_whether_it_ended_or_not(
    outcome: Outcome | None, people: tuple[str, ...]
) -> None:
    note = trial(1, "리콜 문자", outcome=outcome, people=people, needs="법무 검토 한 번")
    answer = answer_people(log(note))
    assert [(one.kind, one.blocker) for one in answer.answers] == [("asked", "법무 검토 한 번")]
    assert answer.unhelped == 1


@pytest.mark.parametrize("needs", ["", "없음", "-"])
def test_an_empty_cell_asks_for_no_help(needs: str) -> None:
    assert not answer_people(log(trial(1, "리콜 문자", outcome="success", needs=needs))).gaps_total


def test_help_asked_for_in_another_week_is_not_asked_again() -> None:
    old = trial(1, "리콜 문자", outcome="success", needs="법무 검토")
    old = replace(
        old, note=replace(old.note, start_date=date(2026, 10, 5), end_date=date(2026, 10, 9))
    )
    assert not answer_people(log(old)).gaps_total
