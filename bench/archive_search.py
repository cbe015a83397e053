"""What a keystroke costs in the archive's search, and how large its data are, in a real Chromium
from file://.

python -m bench.archive_search [ROWS ...]      20,000 and 60,000 notes unless told otherwise

Milliseconds are those that the page's thread was busy, so that a busy machine tells the same. A
phone takes about four times as long.
"""

import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.lexicon import Lexicon
from bench.store import START, entry
from notes.model.notes import StoredNote
from notes.store.note_rows.note_ids import note_id

sys.path.append(str(Path(__file__).parents[1] / "tests"))

TYPED = (
    "쿠폰",
    "에서",
    "합니다",
    "전환율을",
    "뷁",
    "뷁뷁",
    "customers",
    "zzz",
    "10",
    "쿠폰 안내 예약",
    "에서 으로 합니다",
)
KEYSTROKE = """async (text) => {
  const box = document.getElementById('q'), hits = document.getElementById('hits');
  box.value = text;
  box.dispatchEvent(new Event('input', {bubbles: true}));
  while (hits.ariaBusy === 'true') await new Promise(go => setTimeout(go));
  hits.offsetHeight;
}"""


def notes(rows: int) -> Iterator[StoredNote]:
    """Yield notes of three teams over three years, some 400 characters each."""
    chance, lexicon = random.Random(1), Lexicon()
    for number in range(rows):
        team = f"team {number % 3}"
        found = entry(number, chance, sentence=lexicon.sentence)
        yield StoredNote(
            note_id(team, str(number)), team, "log", found.note, found.raw, 1, START, START
        )


def keystrokes(page: Page, busy: Callable[[], float]) -> list[list[float]]:
    """Type each query letter by letter.

    Return the milliseconds that the page worked for each letter.
    """
    found: list[list[float]] = []
    for text in TYPED:
        page.evaluate(KEYSTROKE, "")
        found.append([])
        for end in range(1, len(text) + 1):
            before = busy()
            page.evaluate(KEYSTROKE, text[:end])
            found[-1].append(busy() - before)
    return found


def measure(address: str, page: Page) -> None:
    """Open the page, type, and print the least of three rounds."""
    client = page.context.new_cdp_session(page)
    client.send("Performance.setTimeDomain", {"timeDomain": "threadTicks"})
    client.send("Performance.enable")

    def busy() -> float:
        metrics = {
            each["name"]: each["value"] for each in client.send("Performance.getMetrics")["metrics"]
        }
        return float(metrics["TaskDuration"]) * 1000

    rounds, loads = [], []
    for _ in range(3):
        page.goto("about:blank")
        before = busy()
        page.goto(address)
        page.wait_for_function(
            "!/^$|Reading/.test(document.getElementById('count').textContent)", timeout=240_000
        )
        loads.append(busy() - before)
        rounds.append(keystrokes(page, busy))
    typed = [[min(same) for same in zip(*each, strict=True)] for each in zip(*rounds, strict=True)]
    every = sorted(ms for each in typed for ms in each)
    print(f"  reading all data {min(loads) / 1000:.1f} s; ", end="")
    print(
        f"a keystroke: median {every[len(every) // 2]:.0f} ms, worst {every[-1]:.0f} ms of "
        f"{len(every)}"
    )
    for text, each in zip(TYPED, typed, strict=True):
        print(f"    {text}: {' '.join(f'{ms:.0f}' for ms in each)}")
    client.send("HeapProfiler.collectGarbage")
    print(
        (
            f"    memory of the page's script "
            f"{client.send('Runtime.getHeapUsage')['usedSize'] / 1e6:.0f} MB"
        ),
        flush=True,
    )


def main() -> None:
    """Make each archive, and type in it."""
    from fakes.search_archive import write_site

    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for rows in [int(each) for each in sys.argv[1:]] or [20_000, 60_000]:
            since = time.process_time()
            address = write_site(Path(folder) / str(rows), list(notes(rows)))
            files = [
                each.stat().st_size for each in (Path(folder) / str(rows) / "search").glob("*.js")
            ]
            print(
                (
                    f"{rows} notes: {len(files)} files, {sum(files) / 1e6:.1f} MB, largest "
                    f"{max(files) / 1e6:.2f} MB, "
                ),
                end="",
            )
            print(f"made in {time.process_time() - since:.1f} s of CPU (with the notes)")
            page = browser.new_page()
            measure(address, page)
            page.close()


if __name__ == "__main__":
    main()
