"""What an export and an import cost: CPU a note and the peak of memory, each step in a process of
its own.

python -m bench.export [NOTES …]
    5,000 and 20,000 notes where none are named; a third of them changed once
"""

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from bench.store import START, entry
from notes.export_formats import csv_tables, jsonlines
from notes.export_formats.record import ExportSelection
from notes.model.notes import Link
from notes.store.store import Store

STEPS = ("export", "import", "import again", "csv")


def fill(store: Store, notes: int) -> None:
    """Save notes in parts, then change every third of them."""
    chance = random.Random(7)
    for start in range(0, notes, 10_000):
        numbers = range(start, min(start + 10_000, notes))
        rows = [entry(number, chance) for number in numbers]
        source = f"log {start}"
        save(store, source, 0, [Link(row, "", "new") for row in rows])
        known = [stored.id for stored in store.notes(source=source)]
        changed = [entry(number, chance) for number in numbers[::3]]
        save(
            store,
            source,
            1,
            [Link(row, known[3 * place], "key") for place, row in enumerate(changed)],
        )


def save(store: Store, source: str, week: int, links: list[Link]) -> None:
    """Save links as one update, so many weeks later."""
    with store.update(source, "team", "run", now=START + timedelta(weeks=week)) as update:
        update.save(links)
        update.finish({})


def step(name: str, folder: Path) -> int:
    """Do one step; return how many bytes it wrote or read."""
    file = folder / "all.jsonl"
    if name == "fill":
        with Store.open(f"sqlite:///{folder}/old.db") as store:
            fill(store, int((folder / "notes").read_text()))
        return 0
    if name == "export":
        with Store.open(f"sqlite:///{folder}/old.db") as store, file.open("wb") as out:
            out.writelines(
                jsonlines.encode_lines(store.records(ExportSelection()), ExportSelection())
            )
    elif name == "csv":
        with Store.open(f"sqlite:///{folder}/old.db") as store:
            return sum(
                len(row) for _, row in csv_tables.rows(store.records(ExportSelection()), "en")
            )
    else:
        with Store.open(f"sqlite:///{folder}/new.db") as store, file.open("rb") as lines:
            store.import_records(jsonlines.decode_lines(lines))
    return file.stat().st_size


def measured(work: Callable[[], int]) -> str:
    """Return CPU seconds, bytes and the peak of memory of this process."""
    begin = time.process_time()
    size = work()
    seconds = time.process_time() - begin
    return f"{seconds} {size} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}"


def main(arguments: list[str]) -> None:
    """Measure each size in a folder of its own, each step in a process of its own."""
    for notes in [int(argument) for argument in arguments] or [5_000, 20_000]:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "notes").write_text(str(notes))
            for name in ("fill", *STEPS):
                command = [sys.executable, "-m", "bench.export", "step", name, folder]
                answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
                seconds, size, peak = map(float, answer.split())
                if name != "fill":
                    print(
                        f"{notes:9,} notes  {name:13} {seconds:7.2f} s CPU  "
                        f"{seconds / notes * 1e6:6.1f} µs a note  "
                        f"{size / 1e6:7.1f} MB  peak {peak:5.0f} MB",
                        flush=True,
                    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["step"]:
        print(measured(lambda: step(sys.argv[2], Path(sys.argv[3]))))
    else:
        main(sys.argv[1:])
