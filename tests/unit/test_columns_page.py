from collections.abc import Callable, Collection
from datetime import date

from loopnote.commands.reading.columns_page import (
    LEGEND,
    DrawnSource,
    Wording,
    drawing_words,
    drawn_source,
    write_drawing,
)
from loopnote.runtime.messages.terminal import language
from notes.model.findings import Finding
from sync.contents.workbook import CellFormat, Grid, Value, Workbook
from sync.parse_result import ParseOptions
from sync.pulls.pull import SourceJob
from sync.source import Fetch, FetchOutcome, State

LOG: list[list[Value]] = [
    ["우리 기록", None, None, None],
    ["날짜", "가설", "실행", "거시기"],
    [date(2026, 11, 9), "쿠폰을 보내면 예약이 는다", "<b>쿠폰</b>을 보냈다", "일찍 보내면 더 온다"],
    ["2026-13-40", "전화하면 다시 온다", "30명에게 전화했다", "전화가 낫다고 봄"],
    [date(2026, 11, 18), "밝으면 들어온다", "간판을 바꿨다", "밝으면 들어온다고 봄"],
]


class OneBook:
    name, team = "log", "영업"

    def __init__(self, *grids: Grid) -> None:
        self.grids = grids

    def check(self) -> list[Finding]:
        return []

    def fetch(self, state: State, *, full: bool, known: Callable[[], Collection[str]]) -> Fetch:
        return Fetch(iter([Workbook("log", self.grids)]), lambda: FetchOutcome({}))


def drawn(*grids: Grid) -> DrawnSource:
    return drawn_source(SourceJob(OneBook(*grids), ParseOptions()), drawing_words())


def test_each_cell_has_the_colour_of_its_meaning_and_what_is_left_out_says_why():
    (tab,) = drawn(Grid("2월", LOG)).tabs
    title, header, good, bad, _ = tab.rows
    assert (title.style, bool(title.remark)) == ("out", True)
    assert header.style == "header"
    assert [cell.style for cell in good.cells][:3] == ["when", "think", "do"]
    assert bad.cells[0].style == "wrong"
    assert "2026-13-40" in bad.cells[0].remark
    assert [column.letter for column in tab.columns] == ["A", "B", "C", "D"]


def test_a_transposed_log_has_its_meanings_beside_the_rows():
    turned = [list(row) for row in zip(*LOG[1:], strict=True)]
    source = drawn(Grid("옆으로", turned))
    rows = {row.cells[0].text: row for row in source.tabs[0].rows}
    assert rows["가설"].cells[1].style == "think"
    assert rows["실행"].remark


def test_no_cell_of_a_tab_that_is_no_log_is_shown(tmp_path):
    accounts: list[list[Value]] = [
        ["사이트", "비밀번호"],
    ]
    accounts += [[f"shop{n}.example", f"hunter{n}"] for n in range(5)]
    source = drawn(Grid("2월", LOG), Grid("계정", accounts))
    write_drawing(tmp_path / "page.html", source, drawing_words())
    html = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert ("계정" in html, "hunter" in html) == (True, False)


def test_a_tab_with_texts_that_were_not_understood_is_drawn_so_that_it_can_be_mended():
    texts: list[list[Value]] = [
        ["거시기", "머시기", "저시기"],
        [
            "손님께 쿠폰을 보내 보았더니 예약이 조금 늘었다",
            "다음에는 더 일찍 보내 보기로 했다",
            "봄",
        ],
        [
            "간판을 밝은 색으로 바꾸고 하루 동안 지켜보았다",
            "지나가던 분들이 더 많이 들어오셨다",
            "여름",
        ],
        [
            "전화로 먼저 여쭙고 나서 예약을 받기 시작했다",
            "한 번에 알아들으시는 분이 많았다",
            "가을",
        ],
    ]
    (tab,) = drawn(Grid("메모", texts)).tabs
    assert any("쿠폰" in cell.text for row in tab.rows for cell in row.cells)


def test_the_page_shows_cells_as_text_and_has_no_script(tmp_path):
    write_drawing(tmp_path / "page.html", drawn(Grid("2월", LOG)), drawing_words())
    html = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<b>쿠폰" not in html
    assert "<script" not in html
    assert html.count('class="swatch') == len(LEGEND)


def test_every_word_of_the_page_is_there_in_both_languages():
    from loopnote.runtime.messages.terminal import load_catalogue

    for one in ("ko", "en"):
        words = load_catalogue(one)["columns_page"]
        assert {f"is_{name}" for name in LEGEND} <= set(words)
    assert isinstance(drawing_words(), Wording)


def test_numbers_stand_as_the_sheet_shows_them():
    rows: list[list[Value]] = [
        ["날짜", "가설", "실행", "전", "후", "비용"],
        [date(2026, 11, 9), "쿠폰을 보내면 예약이 는다", "쿠폰을 보냈다", 0.07, 41.0, 12000.0],
    ]
    formats = {
        (2, 4): CellFormat("percent"),
        (2, 6): CellFormat("currency", "₩"),
    }
    (tab,) = drawn(Grid("2월", rows, formats=formats)).tabs
    assert [cell.text for cell in tab.rows[1].cells[3:]] == ["7%", "41", "₩12,000"]


def test_one_note_is_one_note_in_english(tmp_path, monkeypatch):
    monkeypatch.setenv("LOOPNOTE_LANG", "en")
    language.cache_clear()
    page = tmp_path / "page.html"
    write_drawing(page, DrawnSource("log", 1, 0, 1), drawing_words())
    language.cache_clear()
    assert "1 note · 0 not understood · 1 column to check" in page.read_text(encoding="utf-8")


def test_the_foot_shows_a_command_as_one_and_no_backtick(tmp_path):
    path = tmp_path / "drawing.html"
    write_drawing(path, drawn(Grid("2월", LOG)), drawing_words())
    foot = path.read_text(encoding="utf-8").partition("<footer")[2]
    assert "<code>loopnote columns --ask</code>" in foot
    assert "`" not in foot
