"""Throws anything at every parser: `python -m bench.fuzz --seconds 60 cells csv`.

Guided by coverage where the `atheris` library is there (`pip install atheris`; not a dependency),
else by chance. A parser may refuse by an error of its own kind; anything else, and anything slow,
is a find, told with its input.
"""

import argparse
import contextlib
import importlib.util
import io
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

from notes.model.errors import LoopnoteError

SLOW_S = 5.0
SEEDS = (
    "2026. 2. 3.(화) ~ 2월 12일",
    "2월 1주차",
    "W47",
    "26.02.03",
    "지난주",
    "3 Feb 2026",
    "11% → 22%",
    "1,200만원",
    "2억 3,400만원",
    "27%에서 9%로",
    "-3.5%p",
    "13/42 vs 13/88",
    "▲ 2.1",
    "김지현, 이준님 (디자인)",
    "@mina & 박서연 외 2명",
    "성공 ✅",
    "보류/Keep",
    "Keep: a\nProblem: b\nTry: c",
    "배운 점: 짧게\n다음: 반복",
    "# 회고\n- [x] 한 일\n> 배운 점\n<table><tr><td>a</td></tr></table>",
    "날짜,목표,가설,실행,결과\n2026-11-16,a,b,c,성공\n",
    'date;goal;result\n3/2/2026;"a\n;b";ok\n',
    '[[teams]]\nname = "a"\n',
    '[mail]\nport = 587\nsecurity = "tls"\n',
    "https://www.notion.so/a-0123456789abcdef0123456789abcdef?v=1",
    "Mon 08:00",
    "2026-W53",
    "javascript:alert(1)",
    "전환율 쿠폰",
    "mina@example.org",
    "=?utf-8?b?4pyF?=",
    "\u202é\x00\ufeff",
    "OKR(1Q) 100→120건",
)


def _cells(text: str) -> None:
    from sync.parsing.cells import changes, labels, named_people, numbers, outcomes
    from sync.parsing.cells.date_grammar import dates, days, named_periods

    dates.read_date(text)
    dates.read_period_label(text)
    days.parse_day(text)
    named_periods.parse_named_period(text)
    numbers.read_number(text)
    numbers.header_unit(text)
    changes.read_changes(text)
    named_people.read_people(text)
    named_people.mentions(text)
    outcomes.read_verdict(text)
    outcomes.parse_legend(text)
    outcomes.read_next_kind(text)
    labels.reflect(labels.split_labels(text))


def _csv(text: str) -> None:
    from sync.files.text_tables.csv_files import read_csv
    from sync.parse_result import ParseOptions
    from sync.parsing.logs.content import parse_content

    for reading in parse_content(
        read_csv(text.encode("utf-8", "surrogatepass"), "fuzz.csv", "fuzz"), ParseOptions()
    ):
        assert reading is not None


def _raw_csv(data: bytes) -> None:
    from sync.files.text_tables.csv_files import read_csv

    read_csv(data, "fuzz.csv", "fuzz")


def _xlsx(data: bytes) -> None:
    """Put the bytes into a workbook where its sheet or its styles should be, and try them as
    a file of their own.
    """
    from sync.files.xlsx import read_xlsx

    with contextlib.suppress(LoopnoteError):
        read_xlsx(data, "fuzz.xlsx", lambda _tab: True)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", data[: len(data) // 2])
        archive.writestr("xl/worksheets/sheet1.xml", data[len(data) // 2 :])
    read_xlsx(packed.getvalue(), "fuzz.xlsx", lambda _tab: True)


def _markdown(text: str) -> None:
    from sync.notion.bodies.markdown_body import read_markdown

    read_markdown(text, {})


def _config(text: str) -> None:
    from loopnote.config.read import parse

    with contextlib.suppress(tomllib.TOMLDecodeError):
        parse(tomllib.loads(text), path=Path("config.toml"))


def _small(text: str) -> None:
    from notes.model.mail_addresses import address_error, mailbox
    from notes.model.periods import parse_period
    from notes.model.send_times import MonthAt, SendAt
    from notes.store.search.ngrams import ngrams, terms
    from sync.notion.address import parse_notion_id

    ngrams(text)
    terms(text)
    parse_notion_id(text)
    address_error(mailbox(text))
    for parse in (SendAt.parse, MonthAt.parse, parse_period):
        with contextlib.suppress(ValueError):
            parse(text)


def _shown(text: str) -> None:
    from reports.page import safe

    for url in (safe.safe_url(text), safe.mailto(text, text, text)):
        assert not url or url.split(":", 1)[0].lower() in {"http", "https", "mailto"}, url
    assert "\n" not in safe.clean(text)
    safe.soft_breaks(safe.inert(safe.shortened(text, 40)))


def _text(parse: Callable[[str], None]) -> Callable[[bytes], None]:
    return lambda data: parse(data.decode("utf-8", "replace"))


TARGETS: dict[str, Callable[[bytes], None]] = {
    "cells": _text(_cells),
    "csv": _text(_csv),
    "raw_csv": _raw_csv,
    "xlsx": _xlsx,
    "markdown": _text(_markdown),
    "config": _text(_config),
    "small": _text(_small),
    "shown": _text(_shown),
}
"""The parsers by name; each takes any bytes and may only raise LoopnoteError."""


def try_one(name: str, data: bytes) -> None:
    """Give one input to a parser; a refusal is an answer."""
    with contextlib.suppress(LoopnoteError):
        TARGETS[name](data)


def mutated(chance: random.Random) -> bytes:
    """Return a seed, or several, cut, joined, repeated and spoiled."""
    text = "".join(chance.choice(SEEDS) for _ in range(chance.randint(1, 3)))
    data = bytearray(text.encode())
    for _ in range(chance.randint(0, 8)):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(4):
            case 0:
                data[at:at] = bytes([chance.randrange(256)])
            case 1:
                del data[at : at + chance.randint(1, 6)]
            case 2:
                data[at:at] = data[max(0, at - 12) : at] * chance.randint(1, 40)
            case _:
                data[at:at] = chance.choice(SEEDS).encode()[: chance.randint(1, 12)]
    return bytes(data)


def by_chance(name: str, seconds: float, seed: int) -> int:
    """Try mutated seeds for so long; return how many were tried."""
    chance, tried, end = random.Random(seed), 0, time.monotonic() + seconds
    while time.monotonic() < end:
        data, started = mutated(chance), time.monotonic()
        try:
            try_one(name, data)
        except Exception as error:
            raise SystemExit(f"{name}: {type(error).__name__}: {error}\ninput: {data!r}") from error
        if time.monotonic() - started > SLOW_S:
            raise SystemExit(f"{name}: slow\ninput: {data!r}")
        tried += 1
    return tried


def _guided(name: str, seconds: float) -> tuple[int, int]:
    """Fuzz in a process of its own, since the fuzzer never returns."""
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(SEEDS):
            (Path(corpus) / str(number)).write_bytes(seed.encode())
        command = [sys.executable, "-m", "bench.fuzz", "--guided", name, corpus]
        command += [
            f"-max_total_time={int(seconds)}",
            "-timeout=20",
            "-rss_limit_mb=2048",
            "-max_len=2000",
            f"-artifact_prefix={corpus}/",
        ]
        ran = subprocess.run(
            [*command, "-print_final_stats=1"],
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        if ran.returncode:
            print(ran.stderr[-4000:])
        tried = re.search(r"number_of_executed_units: (\d+)", ran.stderr)
        return ran.returncode, int(tried[1]) if tried else 0


def _guided_child(name: str, arguments: list[str]) -> None:
    import atheris  # type: ignore[import-untyped,unused-ignore]

    with atheris.instrument_imports(include=["sync", "loopnote", "reports", "notes"]):
        try_one(name, b"2026-11-16")
    atheris.Setup([sys.argv[0], *arguments], lambda data: try_one(name, data))
    atheris.Fuzz()


def main() -> int:
    """Fuzz the parsers named, or all of them."""
    if sys.argv[1:2] == ["--guided"]:
        _guided_child(sys.argv[2], sys.argv[3:])
        return 0
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("targets", nargs="*", choices=[*TARGETS, []])
    options.add_argument("--seconds", type=float, default=20.0, help="for each parser")
    options.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4)))
    asked = options.parse_args()
    guided = importlib.util.find_spec("atheris") is not None
    code = 0
    for name in asked.targets or TARGETS:
        if guided:
            found, tried = _guided(name, asked.seconds)
            code |= found
            result = "a find" if found else "nothing found"
            print(
                f"{name}: {tried} inputs in {asked.seconds:.0f} s, guided by coverage: {result}",
                flush=True,
            )
        else:
            tried = by_chance(name, asked.seconds, asked.seed)
            print(
                (
                    f"{name}: {tried} inputs in {asked.seconds:.0f} s (seed {asked.seed}): "
                    f"nothing found"
                ),
                flush=True,
            )
    return code


if __name__ == "__main__":
    raise SystemExit(main())
