"""How the time of every parser grows with its text: `python -m bench.linear` (--pairs for combinations of pieces).

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

NOTICEABLE_S = 0.02
RATIO = 2.6
SIZE = 8_000

HEADS = ("", "Keep:", "배운 점: ", "2026-11-16 ~ ", "11% → ", "김지현(", "성공 = ", "[", "목표: ")
PIECES = (
    " ", "\n", "\t", "#", "-", "*", ".", ",", ":", "/", "|", "(", ")", "[", "]", "<", ">", "=", "~", "→", "%", "@", "&",
    "+", "0", "9", "1.", "1 ", "1,", "1)", "9/", "a", "A ", "a.", "a@", "가", "가 ", "와 ", "년", "월", "주", "일", " #",
    "- ", ": ", "→ ", "( ", "()", "[]", " -", "K)", "K:", "1→", "월 ", " to ", "님 ", "Keep", "Keep:", "다음 ", "x:",
    "x=", "x-", "- [ ] ", "❌", "✅ ", "①", "\u200b", "\u0301", "'", '"', "`", "_", "__", "**", "~~", "<td>", "|-", "| ",
    "Mon ", "may ", "q1 ",
)  # fmt: skip
TAILS = ("", "!", "x", "\n", "끝")

Parser = Callable[[str], object]


def parsers() -> dict[str, Parser]:
    """Return every parser of a cell, a header or a page by name."""
    from sync.notion.bodies.markdown_body import read_markdown
    from sync.parsing.cells import (
        changes,
        dates,
        days,
        labels,
        numbers,
        outcomes,
        people,
        periods,
        text,
    )
    from sync.parsing.fields.dates import find_year
    from sync.parsing.layout import line_kinds
    from sync.parsing.layout.header_rows import known_role
    from sync.parsing.profiles import text_classifier
    from sync.parsing.profiles.column_profile import cell_sort
    from sync.parsing.vocabulary import header_phrases

    def fresh(parse: Parser) -> Parser:
        return getattr(parse, "__wrapped__", parse)

    return {
        "clean": text.clean,
        "fold": text.fold,
        "is_placeholder": text.is_placeholder,
        "split_labels": fresh(labels.split_labels),
        "role_of_label": labels.role_of_label,
        "read_date": dates.read_date,
        "read_period_label": dates.read_period_label,
        "date text": lambda one: fresh(dates._read_text)(one, dates.ANYWHERE),  # noqa: SLF001
        "parse_day": fresh(days.parse_day),
        "order_in_header": days.order_in_header,
        "order_proof": lambda one: days.order_proof([one]),
        "parse_stretch": fresh(periods.parse_named_period),
        "read_number": numbers.read_number,
        "find_numbers": lambda one: fresh(numbers.find_numbers)(numbers.plain_number_text(one)),
        "header_unit": numbers.header_unit,
        "read_changes": fresh(changes.read_changes),
        "name_before": lambda one: changes.name_before(one, len(one)),
        "read_verdict": outcomes.read_verdict,
        "is_mostly_verdict": outcomes.is_mostly_verdict,
        "read_winner": outcomes.read_winner,
        "read_next_kind": outcomes.read_next_kind,
        "leading_next_kind": outcomes.leading_next_kind,
        "parse_legend": outcomes.parse_legend,
        "read_people": people.read_people,
        "mentions": people.mentions,
        "name_key": people.name_key,
        "lines": lambda one: [
            parse(one)
            for parse in (
                line_kinds.is_total, line_kinds.is_example, line_kinds.is_hint, line_kinds.is_separator,
                line_kinds.strip_decoration, line_kinds.is_memo, line_kinds.is_decorated,
                line_kinds.stated_goal, line_kinds.stated_owner, line_kinds.tab_kind, line_kinds.is_template,
            )
        ],
        "sounds_like": text_classifier.classify_text,
        "known_role": known_role,
        "meanings": header_phrases.header_meanings,
        "sort_of": cell_sort,
        "year_in": find_year,
        "markdown_body": lambda one: read_markdown(one, {}),
        "a log's row": read_row,
    }  # fmt: skip


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
_GOOD = ("2026-11-16", "김지현", "재방문 40%", "쿠폰을 주면 온다", "쿠폰을 줬다", "재방문율", "31", "36", "성공",
         "짧을수록 낫다", "기한", "다시 한다", "쿠폰", "1주", "이준")  # fmt: skip


def read_row(text: str) -> object:
    """Read a log in which the text stands in every column of one row, and above the table."""
    from sync.parse_result import ParseOptions
    from sync.parsing.content import parse_content
    from sync.workbook import Grid, Workbook

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
            f"{name}: {high:.1f} ({len(slow)} of {len(found)} above {RATIO}) {text[:30]!r}…{text[-4:]!r}",
            flush=True,
        )
    return int(worst > RATIO)


if __name__ == "__main__":
    sys.exit(main())
