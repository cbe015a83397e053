"""How often one has to change the file to follow one row from its log to the mail.

`python -m bench.row_journey [FOLDER]`, of this checkout or of another one that has the same
configuration. A log of one row is read and kept (`sync`); in a second folder it is also reported
and written as a mail (`run`, `transport = "folder"`), all in one process. The functions of the
project that run are put in the order in which each is called for the first time: the order in
which a reader meets them. A *switch of file* is a neighbour in that order that stands in another
file. Comprehensions and lambdas belong to the function around them; the bodies of modules and
classes are none.

What fewer and larger files would give is counted, too: pair by pair the two files of one folder
(of one package) that follow on each other most are taken for one, as long as the one stays below so
many lines (ADR 0040). It asks neither whether they say the same nor who else needs them.
"""

import inspect
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise, product
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType, FrameType

PACKAGES = ("loopnote", "sync", "reports", "notes")
LOG = """날짜,목표,가설,실행,결과,회고,담당자,전,후
2026-11-16,재방문율 40%,쿠폰을 주면 온다,쿠폰을 나눠 주었다,성공,쿠폰이 낫다,김하늘,31,36
"""
CONFIGURATION = """[[teams]]
name = "동네서점"
language = "ko"
timezone = "Asia/Seoul"
[[recipients]]
address = "leader@example.com"
name = "Leader"
teams = ["*"]
[mail]
transport = "folder"
from = "loopnote@example.com"
[[sources]]
name = "log"
team = "동네서점"
kind = "file"
path = "trials.csv"
"""
NOW = "2026-11-23T09:00:00+09:00"


class Met:
    """The functions of the packages below a folder, in the order of their first calls."""

    def __init__(self, root: Path) -> None:
        self._rooms = tuple(f"{root / package}{os.sep}" for package in PACKAGES)
        self._known: dict[CodeType, str] = {}

    def __call__(self, frame: FrameType, event: str, _argument: object) -> None:
        """Note a call; what `sys.setprofile` wants."""
        code = frame.f_code
        named = code.co_flags & inspect.CO_OPTIMIZED and not code.co_name.startswith("<")
        if event == "call" and named and code.co_filename.startswith(self._rooms):
            self._known.setdefault(code, code.co_filename)

    @property
    def files(self) -> list[str]:
        """The file of each function."""
        return list(self._known.values())


def switches(files: Sequence[str]) -> Counter[tuple[str, str]]:
    """Return how often each file follows on another one: (before, after)."""
    return Counter((one, other) for one, other in pairwise(files) if one != other)


def drawn_together(
    files: Sequence[str], lines: Mapping[str, int], most: int, *, room: Callable[[str], str]
) -> list[str]:
    """Return the files after drawing together those of a room that follow on each other most.

    `lines` are the lengths of the files; none drawn together has more than `most`.
    """
    now, sizes = list(files), dict(lines)
    while True:
        pairs = Counter[tuple[str, str]]()
        for (one, other), count in switches(now).items():
            if room(one) == room(other) and sizes[one] + sizes[other] <= most:
                pairs[min(one, other), max(one, other)] += count
        if not pairs:
            return now
        (one, other), _ = max(pairs.items(), key=lambda pair: (pair[1], pair[0]))
        sizes[other] += sizes[one]
        now = [other if file == one else file for file in now]


def tell_larger_files(files: Sequence[str], root: Path) -> None:
    """Print what files of at most so many lines would give, drawn together room by room."""
    lines = {file: Path(file).read_text(encoding="utf-8").count("\n") for file in set(files)}
    rooms: tuple[tuple[str, Callable[[str], str]], ...] = (
        ("a folder", lambda file: str(Path(file).parent)),
        ("a package", lambda file: Path(file).relative_to(root).parts[0]),
    )
    for (name, room), most in product(rooms, (400, 600, 1500)):
        found = drawn_together(files, lines, most, room=room)
        print(
            f"  files of {name} up to {most} lines: files {len(set(found))}, "
            f"switches {switches(found).total()}"
        )


def journey(root: Path, command: str) -> list[str]:
    """Return the file of each function that a command calls here, in this process."""
    from loopnote.cli import main

    del os.fork  # a source is then read in this process: what a child calls could not be noted
    met = Met(root)
    sys.setprofile(met)
    try:
        code = main([command])
    finally:
        sys.setprofile(None)
    assert code == 0, code
    return met.files


def main(root: Path, what: str) -> None:
    """Do a command in a folder of its own and print what was met."""
    with TemporaryDirectory() as folder:
        Path(folder, "trials.csv").write_text(LOG, encoding="utf-8")
        Path(folder, "config.toml").write_text(CONFIGURATION, encoding="utf-8")
        environment = {**os.environ, "LOOPNOTE_NOW": NOW, "PYTHONPATH": str(root)}
        command = [sys.executable, str(Path(__file__).resolve()), "--here", str(root), what]
        subprocess.run(command, cwd=folder, env=environment, check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--here"]:
        found = journey(Path(sys.argv[2]), sys.argv[3])
        count = switches(found).total()
        print(f"{sys.argv[3]}: functions {len(found)}, files {len(set(found))}, switches {count}")
        tell_larger_files(found, Path(sys.argv[2]))
    else:
        for command in ("sync", "run"):
            main(Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve(), command)
