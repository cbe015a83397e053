"""Lines of parsing and matching that decide alone, each with a log in which that is seen."""

from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from fakes.text_grids import lines, notes, read

from notes.model.notes import Entry, KnownRow, Note, Place, RawRow
from sync.contents.workbook import Grid
from sync.matching.assignment import Assignment
from sync.matching.evidence.edit_statistics import EditStatistics
from sync.matching.evidence.row_likelihood import RowSimilarity
from sync.matching.exact_matches import match_same_content
from sync.matching.rows.compared_rows import build_known_rows, build_rows
from sync.parsing.cells.date_grammar.date_context import DateContext
from sync.parsing.cells.date_grammar.dates import read_dated_cell
from sync.parsing.cells.numbers import header_unit
from sync.parsing.columns.role_choices import _habit
from sync.parsing.profiles.column_profile import profile
from sync.parsing.vocabulary.header_phrases import _pieces_of


def test_a_goal_above_the_second_table_is_not_that_of_the_first() -> None:
    first, _second, third, _fourth = notes(
        Grid(
            "Log",
            lines("""
날짜 | 한 일 | 결과 | 담당
2026-11-02 | 안내문을 줄였다 | 문의가 줄었다 | 민지
2026-11-03 | 사진을 넣었다 | 더 오래 머물렀다 | 도윤
 | | |
목표: 가입을 늘린다 | | |
Date | What we did | Result | Owner
2026-11-04 | Cut the notice | Fewer questions | Ann
2026-11-05 | Added photos | They stayed longer | Bo
"""),
        )
    )
    assert (first.goal, third.goal) == ("", "가입을 늘린다")


@pytest.mark.parametrize(
    ("title", "week"),
    [("2026-W45", "2026-W45"), ("■ 2026-11-02", "2026-W45"), ("■ 문 앞 안내문", ""), ("", "")],
)
def test_a_card_is_of_the_week_in_the_line_above_it_and_of_no_week_without_one(
    title: str, week: str
) -> None:
    cards = lines(f"""
{title} |
한 일 | 안내문을 두 줄로 줄였다
결과 | 문의가 줄었다
배운 점 | 짧은 글이 낫다
 |
2026-W46 |
한 일 | 사진을 세 장 넣었다
결과 | 오래 머물렀다
배운 점 | 사진이 낫다
""")
    first, second = notes(Grid("Log", cards))
    assert (first.week, second.week) == (week, "2026-W46")


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        ("What we did", "Owner", "hypothesis"),
        ("Hypothesis", "What we did", "goal"),
        ("Next action", "Owner", "goal"),
    ],
)
def test_a_reason_is_what_was_believed_only_beside_a_deed_and_no_hypothesis(
    before: str, after: str, field: str
) -> None:
    said = {
        "What we did": ("Opened a second till", "Hung out three signs"),
        "Owner": ("Ann", "Bo"),
        "Hypothesis": ("Short queues bring people back", "People do not see the door"),
        "Next action": ("Open a second till", "Hang out three signs"),
    }
    first, second = zip(said[before], said[after], strict=True)
    reading = read(f"""
        Date | {before} | Why | {after}
        2026-11-02 | {first[0]} | More sales | {first[1]}
        2026-11-03 | {second[0]} | Fewer returns | {second[1]}
    """)
    assert reading.tables[0].columns[2].field == field


def entry(row: int, cells: Mapping[str, str], tab: str = "Log") -> Entry:
    place = Place(tab=tab, row=row)
    return Entry(RawRow(place, tuple(cells.items())), Note("experiment", place))


def said(text: str, *, state: str = "open") -> dict[str, str]:
    return {"what": text, "why": f"since {text}", "where": f"at {text}", "state": state}


def waiting(
    before: Sequence[Entry], today: Sequence[Entry], *, by_id: tuple[int, int] | None = None
) -> set[tuple[int, int]]:
    """Return the equal pairs that need more evidence: (known, now); one pair may be sure before."""
    known = build_known_rows([KnownRow(f"n{at}", "log", e) for at, e in enumerate(before)], "log")
    assignment = Assignment(known, build_rows(today))
    if by_id:
        assignment.assign_equal(by_id[1], by_id[0])
    labels = {row.sheet: dict.fromkeys(said("")) for row in (known[0], known[len(before) - 1])}
    return set(match_same_content(assignment, labels, labels))


PLACES = ("the door", "the yard", "the roof", "the hall", "the gate", "the stairs")
LOG = [entry(at, said(place)) for at, place in enumerate(PLACES, start=2)]
EDITED = said(PLACES[3], state="done")


def test_an_equal_row_right_below_a_new_one_that_nearly_says_the_same_may_be_its_copy() -> None:
    today = [*LOG[:3], entry(5, EDITED), *(entry(at + 1, said(PLACES[at - 2])) for at in (5, 6, 7))]
    assert waiting(LOG, today) == {(3, 4)}


def test_an_equal_row_below_another_known_one_or_at_the_top_is_no_copy() -> None:
    twins = [*LOG[:3], entry(5, EDITED), *(entry(at + 1, said(PLACES[at - 2])) for at in (5, 6, 7))]
    assert waiting(twins, twins) == set()
    first = [*(entry(at, said(place)) for at, place in enumerate((PLACES[3], *PLACES[:3]), 2)),
             entry(6, EDITED)]  # fmt: skip
    assert waiting([*first[:4]], first) == set()


def test_a_row_at_the_end_of_another_tab_is_not_right_above() -> None:
    other = [entry(at, said(f"{place} inside"), "Attic") for at, place in enumerate(PLACES, 2)]
    started = [entry(2, said(PLACES[3])), *(entry(at + 3, said(PLACES[at])) for at in range(3))]
    assert waiting([*other, *started], [*other, entry(8, EDITED, "Attic"), *started]) == set()


def test_a_row_known_as_it_is_makes_no_copy_of_the_one_below_even_if_it_waits_itself() -> None:
    before = [*LOG, entry(8, EDITED)]
    today = [*LOG[:3], entry(5, EDITED), *(entry(at + 1, said(PLACES[at - 2])) for at in (5, 6, 7))]
    assert waiting(before, today) == {(6, 3)}  # moved by itself, above the row that it is like


def test_a_row_known_by_its_id_makes_no_copy_of_the_one_below() -> None:
    written = entry(5, said("the porch"))
    before = [*LOG[:3], written, *(entry(at + 1, said(PLACES[at - 2])) for at in (5, 6, 7))]
    today = [*before[:3], entry(5, EDITED), *before[4:]]
    assert waiting(before, today) == {(4, 4)}
    assert waiting(before, today, by_id=(3, 3)) == set()


@pytest.mark.parametrize(("filled", "told"), [(1, "begun"), (2, "half")])
def test_a_row_that_was_begun_only_is_completed_more_often_than_one_half_full(
    filled: int, told: str
) -> None:
    columns = ("what", "why", "where", "who")
    full = [{name: f"{name} of {told} {at}" for name in columns} for at in range(40)]
    today = build_rows([entry(at, cells) for at, cells in enumerate(full, start=2)])
    labels = {"\tLog": dict.fromkeys(columns)}
    pool = [today.texts(at) for at in range(40)]
    similarity = RowSimilarity(EditStatistics(today, pool), labels, labels, pool=pool)
    cells = {name: full[0][name] for name in columns[:filled]}
    before = build_rows([entry(2, cells)])
    shared = sum(
        similarity.edits.columns[name].same + similarity.edits.columns[name].rarity(cells[name])
        for name in cells
    )
    left = similarity.weight(before[0], today[0]) - shared
    assert (left > -2) == (told == "begun")  # three in ten, one in fifty


@pytest.mark.parametrize(("old", "new", "alike"), [("abc", "abc", True), ("ab", "ab", False)])
def test_texts_of_two_letters_are_never_nearly_the_same(old: str, new: str, alike: bool) -> None:
    rows = build_rows(LOG)
    similarity = RowSimilarity(EditStatistics(rows, []), {}, {}, pool=[])
    assert (similarity._alike(old, new) > 0) is alike


@pytest.mark.parametrize(
    ("new", "least", "most"),
    [
        ("Put a sign at the door so that whoever passes sees today's offer", 0.75, 0.9),  # added to
        ("Put a sign at the gate", 0.5, 0.65),  # a word replaced
        ("Moved the till", 0.0, 0.0),
    ],
)
def test_a_text_that_was_added_to_is_nearly_the_same_more_than_one_with_another_word(
    new: str, least: float, most: float
) -> None:
    similarity = RowSimilarity(EditStatistics(build_rows(LOG), []), {}, {}, pool=[])
    assert least <= similarity._alike("Put a sign at the door", new) <= most


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3/4 점심에 마당에서", date(2026, 3, 4)),  # Korean writes the month first
        ("3/4 lunch at the yard", None),
        ("13/4 lunch at the yard", date(2026, 4, 13)),
    ],
)
def test_month_or_day_comes_first_by_the_language_or_by_proof(text: str, day: date | None) -> None:
    found = read_dated_cell(text, DateContext(year=2026))
    assert (found.start, bool(found.problems)) == (day, day is None)


def test_the_unit_of_a_long_header_is_sought_at_its_end_only() -> None:
    long = "very " * 40
    assert header_unit(f"Share of {long}happy guests (%)") == ("%", 1.0)
    assert header_unit(f"% of {long}happy guests") == ("", 1.0)


def test_beginnings_of_four_letters_tell_english_words_and_not_korean_ones() -> None:
    assert "t:esti" in _pieces_of("Estimates") or "t:Esti" in _pieces_of("Estimates")
    assert not [piece for piece in _pieces_of("고객만족도조사") if piece.startswith("t:")]


@pytest.mark.parametrize("task", ["개선 과제", "개선과제"])
def test_a_task_of_improvement_names_what_another_column_says_how_to_improve(task: str) -> None:
    reading = read(f"""
        Date | {task} | 개선 방안 | 결과
        2026-11-02 | 문의 대기 | 번호표를 둔다 | 대기가 줄었다
        2026-11-03 | 반납 지연 | 문자를 보낸다 | 늦은 반납이 줄었다
        2026-11-04 | 소음 | 안내문을 붙인다 | 조용해졌다
    """)
    assert [one.field for one in reading.tables[0].columns[1:3]] == ["title", "execution"]


def test_titles_differ_from_row_to_row_and_tags_come_again() -> None:
    differ = profile(["A sign", "A lamp", "A bell", "A bench", "A map"])
    again = profile(["Shop", "Shop", "Yard", "Shop", "Yard"])
    assert _habit("title", differ) > 0 > _habit("title", again)
    assert _habit("tags", again) > 0 > _habit("tags", differ)
