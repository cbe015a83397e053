"""How often something costly is done: counted, and never a clock (ADR 0440)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from fakes.stored_notes import inputs, log, stored, trial
from fakes.text_grids import notes

from notes.model.notes import ActionItem
from notes.model.periods import Week
from reports.analysis.commitments import all_commitments
from reports.analysis.commitments.period_commitments import commitment_ledger
from reports.analysis.data import person_spellings, team_log
from reports.analysis.text.note_references import PrefixIndex
from reports.analysis.text.vocabulary import words
from reports.analysis.weekly import weekly_report
from reports.archive.pages.team import TeamNotes
from sync.contents.row_buffer import RowBuffer
from sync.contents.workbook import Grid, Value, Workbook
from sync.parse_result import ParseOptions
from sync.parsing.columns import role_choices
from sync.parsing.columns.column_meanings import assign_roles
from sync.parsing.layout import body_rows, tab_layout
from sync.parsing.logs.content import parse_content
from sync.parsing.profiles import column_profile
from sync.parsing.records import other_records
from sync.parsing.table_analysis import table_kinds
from sync.parsing.table_analysis.reshaping import cards_by_category
from sync.parsing.tables.record_table import TableColumn
from sync.parsing.vocabulary import header_phrases, spoken_headers

HEADER: list[Value] = ["날짜", "목표", "실행", "결과", "배운 점", "담당자"]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Callable[[object, str], list[int]]:
    """Give a function that counts the calls of another one, which does what it always does."""

    def count(place: object, name: str) -> list[int]:
        calls, real = [0], getattr(place, name)

        def called(*given: Any, **named: Any) -> Any:
            calls[0] += 1
            return real(*given, **named)

        monkeypatch.setattr(place, name, called)
        return calls

    return count


def workbook(rows: int) -> Workbook:
    lines: list[list[Value]] = [HEADER]
    for number in range(rows):
        day = (date(2026, 1, 5) + timedelta(days=number % 300)).isoformat()
        lines.append(
            [
                day,
                "재방문율 20%",
                f"안내문을 {number}번째로 바꿨다",
                "성공",
                f"짧은 글 {number}",
                "김하늘",
            ]
        )
    return Workbook("log.xlsx", (Grid("실험일지", lines),))


def read(book: Workbook) -> int:
    return sum(reading.notes for reading in parse_content(book, ParseOptions()))


def test_a_tall_tab_is_unpacked_seven_times_at_most(
    counted: Callable[[object, str], list[int]],
) -> None:
    unpacked, stored_once = counted(RowBuffer, "_read"), counted(RowBuffer, "put")
    assert read(workbook(9000)) == 9000
    chunks = stored_once[0] - unpacked[0]
    assert chunks > 10
    assert unpacked[0] <= 7 * chunks


def test_changed_pages_mean_what_the_whole_log_meant_and_no_header_is_asked(
    counted: Callable[[object, str], list[int]],
) -> None:
    asked, sounded = (
        counted(role_choices, "header_meanings"),
        counted(column_profile, "classify_column"),
    )
    given = {"Hypothesis": "hypothesis", "Learned": "learned", "Idea of": "", "Name": "title"}
    columns = [TableColumn(name, "", name, ["we shorten the form"] * 5) for name in given]
    for first in (assign_roles(columns, given, "log"), assign_roles(columns, given, "Protokoll")):
        assert [one.role for one in first] == ["hypothesis", "learned", "", "title"]
    assert (asked[0], sounded[0]) == (0, 0)
    assign_roles(columns, {"Hypothesis": "hypothesis"}, "log")
    assert asked[0] > 0 < sounded[0]


def test_the_words_of_a_known_phrase_are_looked_at_where_a_header_shares_a_piece_with_it(
    counted: Callable[[object, str], list[int]],
) -> None:
    header_phrases._words_of.cache_clear()
    header_phrases.header_meanings.cache_clear()
    looked_at = counted(header_phrases, "_stems")
    book = header_phrases.build_phrasebook(
        [("learned", f"lesson {number}") for number in range(500)] + [("goal", "objective")]
    )
    assert looked_at[0] == 0
    assert book.near("objectives")["goal"][1] == "objective"
    assert looked_at[0] <= 3


def test_a_column_of_sentences_is_read_as_cards_only_beside_one_that_names_their_parts(
    counted: Callable[[object, str], list[int]],
) -> None:
    judged = counted(cards_by_category, "are_sentences")
    assert read(workbook(200)) == 200
    assert judged[0] == 0


def test_the_cells_of_a_log_of_six_columns_are_not_looked_up_as_headers(
    counted: Callable[[object, str], list[int]],
) -> None:
    as_cards, as_definitions = (
        counted(tab_layout, "names_cards"),
        counted(table_kinds, "_lists_fields"),
    )
    assert read(workbook(200)) == 200
    assert (as_cards[0], as_definitions[0]) == (1, 0)


def test_an_ordinary_row_is_not_read_as_a_period(
    counted: Callable[[object, str], list[int]],
) -> None:
    periods = counted(body_rows, "read_period_label")
    assert read(workbook(200)) == 200
    assert periods[0] <= 5


def test_a_column_whose_first_cell_names_no_stage_is_left_there(
    counted: Callable[[object, str], list[int]],
) -> None:
    stages = counted(cards_by_category, "stage_of_label")
    assert read(workbook(200)) == 200
    assert stages[0] == len(HEADER)


def test_what_a_cross_says_is_asked_once_a_column(
    counted: Callable[[object, str], list[int]],
) -> None:
    crosses = "".join(f"| 2026-11-16 | Ring firm {number} | x |\n" for number in range(60))
    asked = counted(other_records, "_cross_among")
    found = notes(f"| Week of | Action | Done |\n{crosses}| 2026-11-16 | Send the list | no |")
    details = [note.details for note in found if isinstance(note.details, ActionItem)]
    assert [one.finished for one in details] == [True] * 60 + [False]
    assert asked == [1]


def test_only_the_promises_that_are_shown_are_put_into_words(
    counted: Callable[[object, str], list[int]],
) -> None:
    worded = counted(all_commitments, "as_commitment")
    notes = [
        stored(
            number,
            title=f"시도 {number}",
            execution="x",
            next_action=f"다음에는 안내문 {number}번을 손본다",
            end_date=date(2026, 1, 5) + timedelta(days=number),
        )
        for number in range(1, 200)
    ]
    whole = log(*notes, period=Week.parse("2026-W40"))
    ledger = commitment_ledger(whole)
    assert ledger.due == 199
    assert worded[0] == len(ledger.items) < 20


def test_a_promise_is_asked_once_whether_it_says_that_it_is_done_whatever_the_days(
    counted: Callable[[object, str], list[int]],
) -> None:
    asked = counted(all_commitments, "is_reported_done")
    notes = [
        stored(
            number,
            title=f"시도 {number}",
            next_action=f"안내문 {number}번을 손본다",
            end_date=date(2026, 1, 5) + timedelta(days=number),
        )
        for number in range(1, 51)
    ]
    whole = log(*notes)
    for day in (date(2026, 11, 22), date(2026, 11, 15), date(2026, 3, 1)):
        all_commitments.standing(whole, until=day)
    assert asked[0] == 50


def test_the_weeks_of_a_team_are_sorted_once_for_all_pages_of_its_archive(
    counted: Callable[[object, str], list[int]],
) -> None:
    compared = counted(Week, "__lt__")
    weeks = {Week(2026, number): () for number in range(1, 41)}
    known = TeamNotes("team", (), weeks, {}, {})
    assert known.weeks[0] == Week(2026, 40)
    once = compared[0]
    assert [known.weeks for _ in range(5)] == [known.weeks] * 5
    assert compared[0] == once


def test_only_the_window_of_a_report_is_sorted_into_weeks_and_periods(
    counted: Callable[[object, str], list[int]],
) -> None:
    sorted_in, looked_at = counted(team_log, "_by_week"), counted(team_log, "is_in_period_span")
    recent = [trial(number, f"시도 {number}") for number in range(1, 6)]
    older = tuple(
        stored(
            number,
            title=f"옛 시도 {number}",
            execution="x",
            next_action="안내문을 손본다",
            end_date=date(2024, 1, 5) + timedelta(days=number),
        )
        for number in range(10, 210)
    )
    report = weekly_report(inputs(*recent, ledger=older))
    assert report.commitments.due == 200
    assert sorted_in[0] <= 2
    assert looked_at[0] <= 4 * len(recent)


SIGNS = [
    *words("honorific"),
    *(f" {title}" for title in words("person_title")),
    *("한테", "에게", "께", "께서", "이가", "이와", "이랑", "이네", "이는", "이를", "이의", "이도"),
    *("이한테", "이에게", "랑"),
]


@pytest.mark.parametrize("sign", SIGNS)
def test_every_sign_of_a_korean_name_is_looked_for(sign: str) -> None:
    for name in ("하준", "서연", "김하늘", "박", "이도윤"):
        text = f"어제 {name}{sign} 자료를 보냈다"
        if person_spellings._named().search(text):
            assert person_spellings._may_name().search(text)


@pytest.mark.parametrize("around", ["{0}", "어제 {0}", "어제{0}", "({0})", "어제 {0} 자료"])
@pytest.mark.parametrize("honorific", words("honorific"))
@pytest.mark.parametrize(
    "name", ["하", "하준", "하 준", "하준 ", "손", "단골손", "고객", "a하", ""]
)
def test_a_text_is_searched_for_a_name_wherever_an_honorific_could_follow_one(
    name: str, honorific: str, around: str
) -> None:
    text = around.format(name + honorific)
    found = person_spellings._named().search(text)
    assert not (found and not person_spellings._may_name().search(text)), text


def test_a_guest_is_no_reason_to_search_for_names(
    counted: Callable[[object, str], list[int]],
) -> None:
    searched = counted(person_spellings, "_of_korean")
    texts = ("손님 수를 셌다", "손님", "다음 손님부터 묻는다", "문 앞 손님")
    person_spellings.names_in([stored(at, execution=text) for at, text in enumerate(texts, 1)])
    assert searched[0] == 0


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("sent to @mina-lee today", "mina-lee"),
        ("ask Priya for the list", "Priya"),
        ("Dr. Grant looked at it", "Grant"),
        ("박 대리에게 물었다", "박 대리"),
    ],
)
def test_a_name_is_found_in_the_first_text_and_in_the_last(text: str, name: str) -> None:
    others = [stored(number, execution=f"표를 {number}번 고쳤다") for number in range(2, 30)]
    for found in (stored(1, execution=text), stored(99, execution=text)):
        assert name in person_spellings.names_in([*others, found])


@pytest.mark.parametrize(
    "word", ["쿠폰", "쿠폰문구", "쿠폰문구를", "쿠폰문구를줄인다", "쿠폰문구를줄인다면"]
)
def test_a_word_is_found_in_a_text_whatever_its_length(word: str) -> None:
    index = PrefixIndex(2)
    for other in ("쿠폰", "쿠폰문구를줄인다", word):
        index.add(other, other)
    assert word in {found for found, _ in index.within(f"다음에는{word}고했다")}


def test_a_log_compiles_only_the_spoken_phrases_that_its_headers_may_be() -> None:
    spoken_headers._compiled.cache_clear()
    spoken_headers.spoken_roles.cache_clear()
    plain = ["담당 부서 번호", "team in charge", "예산 코드"]
    assert [spoken_headers.spoken_roles(header) for header in plain] == [()] * 3
    assert spoken_headers._compiled.cache_info().currsize <= 2
    assert spoken_headers.spoken_roles("뭘 바꿔 봤는지") == ("execution",)


def test_what_follows_a_promise_is_looked_at_again_only_where_a_note_of_the_period_does(
    counted: Callable[[object, str], list[int]],
) -> None:
    looked_at = counted(all_commitments, "_is_doubtful")
    notes = [
        trial(
            number,
            f"시도 {number}",
            next_action=f"{number}번째 전단 다시 붙이기",
            owners=("민지",),
            end_date=date(2026, 11, 20) - timedelta(days=7 * number),
        )
        for number in range(40)
    ]
    commitment_ledger(log(*notes))
    assert looked_at[0] <= 40 + all_commitments._LIKELY


def test_an_index_of_many_beginnings_finds_what_one_of_few_does() -> None:
    few, many = PrefixIndex(2), PrefixIndex(2)
    named = ["쿠폰", "쿠폰문구를", "aba", "abab"]
    for word in (*named, *(f"{number}번째다른말" for number in range(100, 140))):
        many.add(word, word)
    for word in named:
        few.add(word, word)
    for text in ("쿠폰쿠폰문구를쿠", "xababab", "아무말도없다", ""):
        found = [found for found, _ in few.within(text)]
        assert found == [found for found, _ in many.within(text)]
        assert {*found} == {word for word in named if word in text}
