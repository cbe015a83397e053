"""How the time of every parser grows with its text: `python -m bench.linear` (--pairs for
combinations of pieces).

Nasty texts are made from a small grammar: a head that looks like the beginning of something, a
piece repeated n times, a tail that disappoints. Each parser reads the text at n and at 2n signs; a
parser of linear time needs twice as long. Times are CPU seconds, the least of three; below
`NOTICEABLE_S` nothing is compared.
"""

import argparse
import itertools
import sys
from collections.abc import Callable, Iterator
from time import process_time

from .linear_layouts import layouts
from .text_functions import text_functions

NOTICEABLE_S = 0.02
RATIO = 2.6
SIZE = 8_000

HEADS = ("", "Keep:", "배운 점: ", "2026-11-16 ~ ", "11% → ", "김지현(", "성공 = ", "[", "목표: ")
PIECES = (
    " ", "\n", "\t", "#", "-", "*", ".", ",", ":", "/", "|", "(", ")", "[", "]", "<", ">", "=", "~",
    "→", "%", "@", "&",
    "+", "0", "9", "1.", "1 ", "1,", "1)", "9/", "a", "A ", "a.", "a@", "가", "가 ", "와 ", "년",
    "월", "주", "일", " #",
    "- ", ": ", "→ ", "( ", "()", "[]", " -", "K)", "K:", "1→", "월 ", " to ", "님 ", "Keep",
    "Keep:", "다음 ", "x:",
    "x=", "x-", "- [ ] ", "❌", "✅ ", "①", "\u200b", "\u0301", "'", '"', "`", "_", "__", "**",
    "~~", "<td>", "|-", "| ",
    "Mon ", "may ", "q1 ",
)  # fmt: skip
TAILS = ("", "!", "x", "\n", "끝")

Parser = Callable[[str], object]


def parsers() -> dict[str, Parser]:
    """Return every reader of a cell, a header, a log or a page by name: those that are found,
    and some by hand.
    """
    return {
        **{name.removeprefix("sync.parsing."): one for name, one in text_functions().items()},
        **_by_hand(),
        **{f"log: {name}": one for name, one in layouts().items()},
        "log: every cell of a row": read_row,
    }


def _by_hand() -> dict[str, Parser]:
    """Return readers that need another argument than the text, or a prepared one."""
    from inspect import unwrap

    from sync.parsing.cells import changes, numbers
    from sync.parsing.cells.date_grammar import dates

    read_text, find_numbers = unwrap(dates._read_text), unwrap(numbers.find_numbers)  # noqa: SLF001
    return {
        "date text": lambda one: read_text(one, dates.ANYWHERE),
        "numbers of a plain text": lambda one: find_numbers(numbers.plain_number_text(one)),
        "name before the end": lambda one: changes.name_before(one, len(one)),
    }


HEADERS = (
    "날짜",
    "담당",
    "목표",
    "가설",
    "실행",
    "지표",
    "이전",
    "이후",
    "결과",
    "회고",
    "배운 점",
    "다음 행동",
    "태그",
    "기간",
    "도움",
)
_GOOD = ("2026-11-16", "김지현", "재방문 40%", "쿠폰을 주면 온다", "쿠폰을 줬다", "재방문율", "31",
"36", "성공",
         "짧을수록 낫다", "기한", "다시 한다", "쿠폰", "1주", "이준")  # fmt: skip


def read_row(text: str) -> object:
    """Read a log in which the text stands in every column of one row, and above the table."""
    from sync.contents.workbook import Grid, Workbook
    from sync.parse_result import ParseOptions
    from sync.parsing.logs.content import parse_content

    width = len(HEADERS)
    rows = [[text], [None], list(HEADERS), list(_GOOD), [text] * width, list(_GOOD)]
    return list(parse_content(Workbook("log", (Grid("기록", rows),)), ParseOptions()))


def texts(size: int, *, pairs: bool) -> Iterator[str]:
    """Give the nasty texts of about a size; `pairs` takes two pieces in turn as well."""
    pieces = (
        [*PIECES, *("".join(two) for two in itertools.permutations(PIECES, 2))] if pairs else PIECES
    )
    for piece in pieces:
        for head, tail in (
            itertools.product(HEADS, TAILS)
            if not pairs
            else (("", ""), ("Keep:", "!"), ("배운 점: ", "x"))
        ):
            yield head + piece * (size // len(piece)) + tail


def seconds(parse: Parser, text: str, times: int = 3) -> float:
    """Return the least CPU time of some tries; one where it is long."""
    least = float("inf")
    for _ in range(times):
        started = process_time()
        parse(text)
        least = min(least, process_time() - started)
        if least > 0.5:
            break
    return least


def ratio(parse: Parser, half: str, whole: str) -> float:
    """Return how much longer the whole takes than the half; 0 where neither is worth a look."""
    if seconds(parse, whole, 1) < NOTICEABLE_S:
        return 0.0
    twice = seconds(parse, whole)
    return twice / max(seconds(parse, half), NOTICEABLE_S / 4) if twice >= NOTICEABLE_S else 0.0


def least_ratio(parse: Parser, half: str, whole: str, *, tries: int = 6) -> float:
    """Return the lowest of some ratios, the first that is within `RATIO`.

    A square takes four times as long at every try; a busy machine disturbs one try or two.
    """
    found = ratio(parse, half, whole)
    for _ in range(tries - 1):
        if found <= RATIO:
            break
        found = min(found, ratio(parse, half, whole))
    return found


def main() -> int:
    """Print the parsers whose time grows faster than their text."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("names", nargs="*")
    options.add_argument("--size", type=int, default=SIZE)
    options.add_argument("--pairs", action="store_true")
    asked = options.parse_args()
    worst = 0.0
    for name, parse in parsers().items():
        if asked.names and name not in asked.names:
            continue
        parse("warm up")
        found = [
            (least_ratio(parse, half, whole), whole)
            for half, whole in zip(
                texts(asked.size // 2, pairs=asked.pairs),
                texts(asked.size, pairs=asked.pairs),
                strict=True,
            )
        ]
        high, text = max(found)
        slow = [one for one in found if one[0] > RATIO]
        worst = max(worst, high)
        print(
            (
                f"{name}: {high:.1f} ({len(slow)} of {len(found)} above {RATIO}) "
                f"{text[:30]!r}…{text[-4:]!r}"
            ),
            flush=True,
        )
    return int(worst > RATIO)


if __name__ == "__main__":
    sys.exit(main())
