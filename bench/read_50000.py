"""How much reading a large log costs, against what its cells cost merely to be read.

python -m bench.read_50000 [ROWS]
    ten tabs of seventeen columns, 50,000 rows in all unless told otherwise

Prints the CPU seconds of python-calamine reading the cells, of our reading and understanding, of
storing, and the ratio; and the cost per row at a fifth of the size, which shows whether the cost
grows with the rows alone.
"""

import random
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from notes.store.store import Store
from sync.files.xlsx import read_xlsx
from sync.matching.row_links import link_rows
from sync.parse_result import ParseOptions, ParseResult
from sync.parsing.logs.content import parse_content

HEADERS = (
    "번호",
    "실험명",
    "목표",
    "가설",
    "실행",
    "시작일",
    "종료일",
    "담당자",
    "함께한 사람",
    "지표",
    "이전",
    "이후",
    "판정",
    "회고",
    "배운 점",
    "다음 행동",
    "태그",
)
TABS = 10
SUBJECTS = (
    "첫 화면",
    "상담 전화",
    "주문서",
    "안내 문자",
    "진열대",
    "회원 카드",
    "시식 행사",
    "가격표",
    "뉴스레터",
    "예약 알림",
)
CHANGES = (
    "짧게 줄이기",
    "위로 옮기기",
    "색 바꾸기",
    "하루 먼저 보내기",
    "두 줄로 쓰기",
    "사진 넣기",
    "빼기",
    "둘로 나누기",
)
EFFECTS = (
    "더 오래 머문다",
    "먼저 물어본다",
    "덜 떠난다",
    "다시 온다",
    "값을 덜 따진다",
    "옆 사람에게 말한다",
)
PEOPLE = ("김하늘", "박서준", "이도윤", "최지안", "정유나", "한지호")
VERDICTS = ("성공", "실패", "보류", "진행중")


def write_log(path: Path, rows: int) -> None:
    from openpyxl import Workbook

    chance = random.Random(7)
    book = Workbook(write_only=True)
    for tab in range(TABS):
        sheet = book.create_sheet(f"{tab + 1}월")
        sheet.append([f"2026년 {tab + 1}월 실험 기록"])
        sheet.append(list(HEADERS))
        for number in range(rows // TABS):
            sheet.append(_row(chance, tab, number))
    book.save(path)


def _row(chance: random.Random, tab: int, number: int) -> list[Any]:
    subject, change, effect = (
        chance.choice(SUBJECTS),
        chance.choice(CHANGES),
        chance.choice(EFFECTS),
    )
    day = date(2026, tab + 1, 1) + timedelta(days=chance.randrange(25))
    before = chance.randrange(5, 60)
    return [
        f"EXP-{tab}-{number}",
        f"{subject} {change} {number}",
        f"{subject} 이용 {chance.randrange(10, 90)}% 달성",
        f"{subject}을 {change} 쪽으로 하면 손님이 {effect} ({number})",
        f"{subject}: {change}, {chance.randrange(2, 40)}곳에서 진행",
        day,
        day + timedelta(days=chance.randrange(1, 12)),
        chance.choice(PEOPLE),
        chance.choice(PEOPLE) if chance.random() < 0.4 else None,
        f"{subject} 이용률",
        f"{before}%",
        f"{before + chance.randrange(-5, 20)}%",
        chance.choice(VERDICTS),
        f"{effect}는 말은 맞았지만 {chance.randrange(2, 30)}명은 그대로였다",
        f"{change}보다 먼저 물어보는 것이 낫다 {number}" if chance.random() < 0.5 else None,
        f"{chance.choice(SUBJECTS)}도 {change}",
        chance.choice(("홍보", "현장", "온라인")),
    ]


def timed(work: Any) -> tuple[float, Any]:
    begin = time.process_time()
    result = work()
    return time.process_time() - begin, result


def cells_of(path: Path) -> int:
    book = CalamineWorkbook.from_path(str(path))
    return sum(
        len(row) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()
    )


def read(path: Path) -> list[ParseResult]:
    return list(
        parse_content(read_xlsx(path.read_bytes(), path.stem, lambda _tab: True), ParseOptions())
    )


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    with tempfile.TemporaryDirectory() as folder:
        large, small = Path(folder, "large.xlsx"), Path(folder, "small.xlsx")
        write_log(large, rows)
        write_log(small, rows // 5)
        few, _ = timed(lambda: read(small))
        bare, cells = timed(lambda: cells_of(large))
        understood, readings = timed(lambda: read(large))
        entries = [entry for reading in readings for entry in reading.entries]
        stored, _ = timed(lambda: store(Path(folder, "notes.db"), entries))
    print(f"{rows} rows, {cells} cells, {len(entries)} notes")
    print(f"calamine alone        {bare:6.2f} s CPU")
    print(
        f"read and understood   {understood:6.2f} s CPU   {understood / rows * 1e6:5.0f} µs a row"
    )
    print(f"  at a fifth          {few:6.2f} s CPU   {few / (rows // 5) * 1e6:5.0f} µs a row")
    print(f"linked and stored     {stored:6.2f} s CPU")
    print(f"ratio                 {(understood + stored) / bare:6.1f} x")


def store(path: Path, entries: list[Any]) -> None:
    from datetime import UTC, datetime

    now = datetime(2026, 11, 21, tzinfo=UTC)
    with Store.open(f"sqlite:///{path}") as opened:
        run = opened.begin_run("bench", now)
        with opened.update("log", "team", run, now=now) as update:
            update.save(link_rows(update.known.rows(), entries, source="log", now=now))
            update.finish({}, requests=0)


if __name__ == "__main__":
    main()
