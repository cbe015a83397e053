"""`python -m tests.world.noticed FILE`: how many figures are really compared.

Every number of every line of the kept sheets (`python -m tests.world --kept FILE`) is changed by one, one at a time;
a change that no check notices is a figure that nobody compares.
"""

import json
import re
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

from .judge import Judge
from .lines import lines_of
from .logs import load_world
from .play import ROOT, Sheet

_FIGURE = re.compile(r"(?<![\d.,W/-])\d+(?:\.\d+)?(?![\d,.]*\d|행|월|\]|\))")


def main(path: Path, most: int) -> None:
    """Print the share of changes that were noticed, and the lines of those that were not."""
    teams, noticed, missed = load_world(), 0, Counter()
    sheets = [Sheet(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    seen: set[tuple[str, str, str]] = set()
    for sheet in [one for one in sheets if one.kind in {"page", "mail"} and one.names == "names"]:
        judge = Judge(teams, ROOT / "templates" / "words")
        before = {one.line for one in judge.judge(sheet)}
        for line in lines_of(sheet.text):
            key = (sheet.team, sheet.week, line.text)
            if key in seen or line.text in before or len(seen) >= most:
                continue
            seen.add(key)
            for figure in _FIGURE.finditer(line.text):
                value = float(figure[0]) + 1
                other = line.text[: figure.start()] + f"{value:g}" + line.text[figure.end() :]
                changed = replace(sheet, text=sheet.text.replace(line.text, other, 1))
                if changed.text == sheet.text:
                    continue
                found = {one.line for one in Judge(teams, judge.words).judge(changed)}
                if found - before:
                    noticed += 1
                else:
                    missed[re.sub(r"\d+(?:\.\d+)?", "N", line.text)[:90]] += 1
    total = noticed + sum(missed.values())
    print(f"{noticed} of {total} changed figures were noticed")
    for text, count in missed.most_common(40):
        print(f"{count:4} {text}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10_000)
