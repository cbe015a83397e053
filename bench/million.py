"""What a week's report and a search cost in a store of many notes.

python -m bench.million [ROWS [FOLDER]]
    makes FOLDER/million.db when it is not there, then measures it
"""

import os
import random
import subprocess
import sys
from pathlib import Path

from bench.lexicon import Lexicon
from bench.store import START, entry
from notes.model.notes import Link
from notes.store.store import Store

A_SOURCE = 20_000
QUESTIONS = (
    (
        'list(store.notes(team="team 1", touching=(date(2026, 9, 7), date(2026, 9, 13)), '
        "include_gone=True))"
    ),
    (
        'list(store.notes(team="team 1", touching=(date(2024, 9, 2), date(2024, 9, 8)), '
        "include_gone=True))"
    ),
    'store.search("쿠폰", team="team 1")',
    'store.search("쿠폰")',
    'store.search("에서")',
    'store.search("부연")',
    'store.search("합니다")',
    'store.search("쿠폰 안내")',
    'store.search("부연 에서")',
    'store.search("쿠폰 매출", order="newest")',
    'store.search("가")',
    'store.search("cu")',
    'store.search("customers")',
    'store.search("zzz")',
    'store.search_count(SearchQuery("쿠폰"), 10_000)',
    'store.search_count(SearchQuery("부연"), 10_000)',
    'store.note(store.search("쿠폰", limit=1)[0].id[:8])',
    "store.health()",
    "store.problems()",
)


def make(path: Path, rows: int) -> None:
    """Fill a store: sources of 20,000 rows, five to a team, over three years; and index it."""
    chance, lexicon = random.Random(1), Lexicon()
    with Store.open(f"sqlite:///{path}") as store:
        for number in range(-(-rows // A_SOURCE)):
            with store.update(
                f"source {number}", f"team {number // 5}", "run", now=START
            ) as update:
                size = min(A_SOURCE, rows - number * A_SOURCE)
                update.save(
                    Link(entry(each, chance, sentence=lexicon.sentence), "", "new")
                    for each in range(size)
                )
                update.finish({})
            print(f"\r{number + 1} sources", end="", file=sys.stderr)
        store.bring_index_up_to_date(
            lambda done, every: print(f"\rindexed {done}/{every}", end="", file=sys.stderr)
        )


def ask(path: Path, question: str) -> None:
    """Answer one question in a process of its own, and print what it cost beyond opening the
    store.
    """
    program = f"""
import resource, time
from datetime import date
from notes.store.search.query import SearchQuery
from notes.store.store import Store
with Store.open("sqlite:///{path}") as store:
    store.teams()
    before = time.process_time()
    found = {question}
    seconds = time.process_time() - before
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
count = len(found) if isinstance(found, list) else 1
print(f"{{seconds * 1000:8.1f}} ms CPU  {{count:6}} found  peak {{peak:4.0f}} MB  ", end="")
"""
    subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        env=os.environ | {"PYTHONPATH": str(Path.cwd())},
    )
    print(question)


def main() -> None:
    """Make the store if need be, and ask."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    path = Path(sys.argv[2] if len(sys.argv) > 2 else "/tmp") / f"loopnote-{rows}.db"
    if not path.exists():
        make(path, rows)
    for question in QUESTIONS:
        ask(path, question)


if __name__ == "__main__":
    main()
