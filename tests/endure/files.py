"""Hostile workbooks and texts: real ones with their bytes and their XML changed, read under a
child's limits.
"""

import io
import random
import re
import warnings
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import openpyxl

from notes.model.errors import SourceError
from sync.files.source import FileSource
from sync.parse_result import ParseOptions
from sync.parsing.logs.content import parse_content
from sync.pulls.child_process import Limits, in_child

from .tally import Tally

LIMITS = Limits(seconds=20, memory_mb=400)
EXAMPLES = Path(__file__).parents[1] / "data" / "examples" / "workbooks"
ROWS = [
    ["날짜", "목표", "가설", "실행", "결과", "회고"],
    ["2026-11-16", "재방문", "쿠폰을 주면 온다", "뿌렸다", "성공", "짧을수록 낫다"],
    ["2026-11-17", "별점", "포장을 바꾼다", "바꿨다", "실패", "샜다"],
]
NASTY = (
    *('r="A1048576"', 'r="XFD1"', 'r="ZZZZ99"', 'r="-1"', 'r=""', 't="s"', 't="e"', 's="99999"'),
    *("<v>1e999</v>", "<v>99999999</v>", '<row r="1048577">', "<row>", "<c>", "</sheetData>"),
    *("<mergeCell ref='A1:XFD1048576'/>", "&#0;", "&bomb;", f"<v>{'9' * 400}</v>", "\x00"),
    *(f"<is><t>{'가' * 3000}</t></is>", "<dimension ref='A1:XFD1048576'/>", "<f>A1:A1048576</f>"),
    *("<!DOCTYPE x>",),
)

Change = Callable[[random.Random, bytes], bytes]


def _workbook() -> bytes:
    made, buffer = openpyxl.Workbook(), io.BytesIO()
    for row in ROWS:
        made.active.append(row)
    made.save(buffer)
    return buffer.getvalue()


def _flipped(chance: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 30)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(chance: random.Random, data: bytes) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[min(len(data), start + chance.choice([1, 100, 10_000, 10**9])) :]


def _in_parts(chance: random.Random, data: bytes) -> bytes:
    """Return a workbook of which one XML part has something nasty in it, or an attribute
    written otherwise.
    """
    made = io.BytesIO()
    warnings.filterwarnings("ignore", "Duplicate name", UserWarning)
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", 8) as new:
        names = old.namelist()
        chosen = chance.choice([name for name in names if name.endswith(".xml")])
        for name in names:
            text = old.read(name).decode("utf-8", "replace")
            if name == chosen:
                for _ in range(chance.randint(1, 4)):
                    text = _spoiled(chance, text)
            new.writestr(name, text)
            if chance.random() < 0.03:
                new.writestr(name, text)  # twice
    return made.getvalue()


def _spoiled(chance: random.Random, text: str) -> str:
    at, nasty = chance.randrange(len(text) + 1), chance.choice(NASTY)
    kind = chance.randrange(5)
    if kind == 0:
        return text[:at] + nasty + text[at:]
    if kind == 1:
        return text.replace('"', "'", chance.randint(1, 50))
    if kind == 2:
        return re.sub(
            r'r="[A-Z]+\d+"',
            nasty if nasty.startswith("r=") else 'r="XFD9"',
            text,
            count=chance.randint(1, 9),
        )
    if kind == 3:
        piece = text[at : at + chance.randint(1, 400)]
        return text[:at] + piece * chance.choice([2, 50, 2_000]) + text[at:]
    return re.sub(r"<v>[^<]*</v>", nasty, text, count=chance.randint(1, 5))


CHANGES: tuple[Change, ...] = (_flipped, _cut, _in_parts, _in_parts, _in_parts)


def _read(path: Path) -> int:
    source = FileSource("log", "team", str(path))
    rows = 0
    for content in source.fetch({}, full=True, known=set).contents:
        rows += sum(
            len(one.entries) for one in parse_content(content, ParseOptions(), file=content.name)
        )
    return rows


def files(folder: Path, *, count: int, seed: int) -> Tally:
    """Read so many spoiled files; an error that nobody foresaw, or the end of this process,
    is harm.
    """
    tally = Tally("hostile files")
    chance = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    real = [
        _workbook(),
        *(
            file.read_bytes()
            for file in sorted(EXAMPLES.glob("*.xlsx"))
            if file.stat().st_size < 60_000
        ),
    ]
    text = "\n".join(",".join(row) for row in ROWS).encode()
    warm = folder / "warm.xlsx"
    warm.write_bytes(real[0])
    _read(warm)  # what every child would load again
    for number in range(count):
        csv = number % 6 == 5
        data = (
            chance.choice(CHANGES[:2])(chance, text)
            if csv
            else chance.choice(CHANGES)(chance, chance.choice(real))
        )
        path = folder / f"{number}.{'csv' if csv else 'xlsx'}"
        path.write_bytes(data)
        tally.tried += 1
        try:
            in_child(partial(_read, path), LIMITS, name="log")
        except SourceError as error:
            if error.code in {"source.fault", "source.died", "source.too_slow"}:
                tally.count("aborted", f"{path.name} (seed {seed}): {error}")
            if not error.hint:
                tally.count("silent", f"{path.name}: no next step: {error}")
        path.unlink()
    return tally
