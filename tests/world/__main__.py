"""`python -m tests.world [WEEKS] [TEAM,TEAM…] [FOLDER]`: play the world in full and print what is
wrong.

With `--kept FILE` the sheets are kept as JSON Lines; `--again FILE` judges them without playing.
"""

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # as in the tests: `fakes` is beside this folder

from .judge import Judge
from .logs import load_world, weeks_from
from .play import ROOT, Sheet, play

FIRST_WEEK, WEEKS = "2026-W40", 18
"""From the last days of September over New Year to the end of January: month ends, a year of 53
weeks."""


def main() -> int:
    """Play, judge, print; 1 where something is wrong."""
    arguments = _arguments()
    teams = load_world(arguments.teams.split(","))
    judge = Judge(teams, ROOT / "templates" / "words")
    wrong: Counter[tuple[str, ...]] = Counter()
    for sheet in _sheets(arguments, teams):
        for one in judge.judge(sheet):
            wrong[one.week, one.team, one.line, one.why] += 1
            if wrong[one.week, one.team, one.line, one.why] == 1:
                print(f"{one.week} {one.team} [{one.kind}] {one.line}\n    {one.why}", flush=True)
    print(
        f"{judge.lines} lines, {sum(judge.checked.values())} statements of {len(judge.checked)}"
        f" kinds compared, {len(wrong)} different ones wrong"
    )
    return 1 if wrong else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.world", description=__doc__)
    parser.add_argument("weeks", nargs="?", type=int, default=WEEKS)
    parser.add_argument("teams", nargs="?", default="sales,newsletter,shop,product")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--again", type=Path)
    return parser.parse_args()


def _sheets(arguments: argparse.Namespace, teams: tuple) -> Iterator[Sheet]:
    if arguments.again:
        for line in arguments.again.read_text(encoding="utf-8").splitlines():
            yield Sheet(**json.loads(line))
        return
    folder = arguments.folder or Path(tempfile.mkdtemp(prefix="loopnote-world-"))
    for sheet in play(teams, weeks_from(FIRST_WEEK, arguments.weeks), folder):
        if arguments.kept:
            with arguments.kept.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps(asdict(sheet), ensure_ascii=False) + "\n")
        yield sheet


if __name__ == "__main__":
    sys.exit(main())
