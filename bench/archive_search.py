"""What a keystroke costs in the archive's search, and how large its data are, in a real Chromium from file://.

python -m bench.archive_search [ROWS ...]      20,000 and 60,000 notes unless told otherwise
"""

import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.lexicon import Lexicon
from bench.store import START, entry
from loopnote.notes import StoredNote
from loopnote.store.ids import note_id

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
  const since = performance.now();
  box.dispatchEvent(new Event('input', {bubbles: true}));
  while (hits.ariaBusy === 'true') await new Promise(go => setTimeout(go));
  hits.offsetHeight;
  return performance.now() - since;
}"""


def notes(rows: int) -> Iterator[StoredNote]:
    """Yield notes of three teams over three years, some 400 characters each."""
    chance, lexicon = random.Random(1), Lexicon()
    for number in range(rows):
        team = f"team {number % 3}"
        found = entry(number, chance, sentence=lexicon.sentence)
        yield StoredNote(note_id(team, str(number)), team, "log", found.note, found.raw, 1, START, START)


def keystrokes(page: Page) -> list[list[float]]:
    """Type each query letter by letter; return the milliseconds from each to the answer on the page."""
    found = []
    for text in TYPED:
        page.evaluate(KEYSTROKE, "")
        found.append([page.evaluate(KEYSTROKE, text[: end + 1]) for end in range(len(text)) if text[end] != " "])
    return found


def measure(address: str, page: Page, slower: int) -> None:
    """Open the page on a processor so many times slower, type, and print the best of three rounds."""
    client = page.context.new_cdp_session(page)
    client.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    rounds, loads = [], []
    for _ in range(3):
        page.goto("about:blank")
        since = time.perf_counter()
        page.goto(address)
        page.wait_for_function("!/^$|Reading/.test(document.getElementById('count').textContent)", timeout=120_000)
        loads.append(time.perf_counter() - since)
        rounds.append(keystrokes(page))
    typed = [[min(same) for same in zip(*each, strict=True)] for each in zip(*rounds, strict=True)]
    every = sorted(ms for each in typed for ms in each)
    print(f"  {slower}x slower: all data read after {min(loads):.1f} s; a keystroke: ", end="")
    print(f"median {every[len(every) // 2]:.0f} ms, worst {every[-1]:.0f} ms of {len(every)}")
    print(
        "    "
        + "; ".join(f"{text} {'/'.join(f'{ms:.0f}' for ms in each)}" for text, each in zip(TYPED, typed, strict=True))
    )
    client.send("HeapProfiler.collectGarbage")
    print(f"    memory of the page's script {client.send('Runtime.getHeapUsage')['usedSize'] / 1e6:.0f} MB")


def main() -> None:
    """Make each archive, and type in it."""
    from fakes.search_site import write_site

    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for rows in [int(each) for each in sys.argv[1:]] or [20_000, 60_000]:
            since = time.process_time()
            address = write_site(Path(folder) / str(rows), list(notes(rows)))
            files = [each.stat().st_size for each in (Path(folder) / str(rows) / "search").glob("*.js")]
            print(
                f"{rows} notes: {len(files)} files, {sum(files) / 1e6:.1f} MB, largest {max(files) / 1e6:.2f} MB, ",
                end="",
            )
            print(f"made in {time.process_time() - since:.1f} s of CPU (with the notes)")
            for slower in (1, 4, 6):
                page = browser.new_page()
                measure(address, page, slower)
                page.close()


if __name__ == "__main__":
    main()
