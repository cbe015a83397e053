"""`python -m tests.world.noticed FILE`: how many figures are really compared.

Every number of every line of the kept sheets (`python -m tests.world --kept FILE`) is changed by
one, one at a time; a change that no check notices is a figure that nobody compares.
"""

import json
import re
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

from .judge import Judge
from .logs import load_world
from .play import ROOT, Sheet

_FIGURE = re.compile(r"(?<![\d.,W/-])\d+(?:\.\d+)?(?![\d,.]*\d|행|월|\]|\))")

_CONTEXT = 9
"""Lines above that a line may need: its claim, the metric it goes on about."""


def main(path: Path, most: int) -> None:
    """Print the share of changes that were noticed, and the lines of those that were not."""
    teams, noticed = load_world(), 0
    missed: Counter[str] = Counter()
    sheets = [Sheet(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    words = ROOT / "templates" / "words"
    seen: set[tuple[str, str, str]] = set()
    for sheet in [one for one in sheets if one.kind in {"page", "mail"} and one.names == "names"]:
        lines = sheet.text.splitlines()
        for at, line in enumerate(lines):
            key = (sheet.team, sheet.week, line)
            if key in seen or len(seen) >= most or not _FIGURE.search(line):
                continue
            seen.add(key)
            before = lines[max(0, at - _CONTEXT) : at]
            for figure in _FIGURE.finditer(line):
                other = f"{line[: figure.start()]}{float(figure[0]) + 1:g}{line[figure.end() :]}"
                right, changed = (
                    {
                        one.line
                        for one in Judge(teams, words).judge(replace(sheet, subject="", text=text))
                    }
                    for text in ("\n".join([*before, line]), "\n".join([*before, other]))
                )
                if changed - right:
                    noticed += 1
                else:
                    missed[re.sub(r"\d+(?:\.\d+)?", "N", line.strip())[:90]] += 1
    total = noticed + sum(missed.values())
    print(f"{noticed} of {total} changed figures were noticed")
    for text, count in missed.most_common(40):
        print(f"{count:4} {text}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10_000)
