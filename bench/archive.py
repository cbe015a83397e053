"""What the archive costs: a build of many notes, an unchanged one, and one after a single note
changed.

python -m bench.archive [ROWS …]
    5,000 and 20,000 when not given: three teams, a year, their weekly reports
"""

import gc
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.lexicon import Lexicon
from bench.store import OUTCOMES
from loopnote.config.model import Config, TeamSettings
from loopnote.services.archive import ArchiveBuilder
from notes.model.deliveries import Message
from notes.model.notes import Entry, Link, Metric, Note, Place, RawRow
from notes.model.periods import Week
from notes.store.delivery.ledger import Deliveries
from notes.store.store import Store

START = datetime(2025, 12, 1, 9, tzinfo=UTC)
FIRST = date(2025, 12, 1)
TEAMS = ("영업팀", "Workshop", "콘텐츠")
PEOPLE = ("김하늘", "이준", "박도윤", "정하은", "Maya", "Tom")


def row(number: int, chance: random.Random, lexicon: Lexicon, *, learned: str = "") -> Entry:
    """Return a plausible row: ten filled cells, a title, every fifth one naming an earlier one."""
    day = FIRST + timedelta(days=chance.randrange(364))
    named = f"EXP-{chance.randrange(max(number, 1))} 결과를 이어서 " if number % 5 == 0 else ""
    texts: dict[str, Any] = {
        "title": lexicon.sentence(chance, 4),
        "goal": lexicon.sentence(chance, 5),
        "hypothesis": named + lexicon.sentence(chance, 12),
        "execution": lexicon.sentence(chance, 14),
        "retrospective": lexicon.sentence(chance, 14),
        "learned": learned or lexicon.sentence(chance, 8),
        "next_action": lexicon.sentence(chance, 5),
    }
    place = Place("실험일지", number + 2)
    note = Note(
        "experiment",
        place,
        url=f"https://docs.google.com/spreadsheets/d/abc/edit#gid=0&range=A{place.row}",
        key=f"EXP-{number}",
        outcome=OUTCOMES[number % 4],
        start_date=day,
        owners=(PEOPLE[number % len(PEOPLE)],),
        metric=Metric("재방문율", 11.0, 11.0 + number % 9, unit="%"),
        **texts,
    )
    cells = (
        ("번호", f"EXP-{number}"),
        ("시작일", day.isoformat()),
        ("담당", note.owners[0]),
        *texts.items(),
    )
    return Entry(RawRow(place, cells), note)


def rows(count: int, *, edited: int = 0) -> Iterator[tuple[str, list[Entry]]]:
    """Yield the rows of each team; those whose number divides by `edited` say something else."""
    lexicon = Lexicon()
    for team in TEAMS:
        chance = random.Random(team)
        size = count // len(TEAMS)
        found = [row(number, chance, lexicon) for number in range(size)]
        for number in range(0, size, edited) if edited else ():
            note = replace(found[number].note, learned="다시 보니 달랐다")
            cells = tuple(
                (name, "다시 보니 달랐다" if name == "learned" else text)
                for name, text in found[number].raw.cells
            )
            found[number] = Entry(replace(found[number].raw, cells=cells), note)
        yield team, found


def fill(store: Store, count: int) -> None:
    """Fill a store: two readings, the second of which changed every third row, and a report a
    week and team.
    """
    for week, edited in ((0, 0), (1, 3)):
        for team, found in rows(count, edited=edited):
            save(store, team, found, week)
    ledger = Deliveries(store.database)
    ids = {team: [note.id for note in store.notes(team=team)] for team in TEAMS}
    chance = random.Random(3)
    lexicon = Lexicon()
    page = "<!DOCTYPE html><html><body><main>" + "".join(
        f"<p>{lexicon.sentence(chance, 12)}</p>" for _ in range(400)
    )
    for team in TEAMS:
        for number in range(52):
            period = Week.containing(FIRST + timedelta(weeks=number))
            at = START + timedelta(weeks=number + 1)
            key = ledger.open_report(
                team, period, "weekly", subject=f"[{team}] 재방문율 {number}%", now=at
            )
            behind = tuple(sorted((note_id, 1) for note_id in chance.sample(ids[team], 24)))
            mail = Message("<1@x>", "ko", "names", "", b"x" * 50_000, at, page, behind)
            line = ledger.plan(key, f"lead@{number}.example", ledger.keep(key, mail), now=at)
            ledger.claim(line, "run", at)
            ledger.settle(line, "run", "sent", now=at)


def save(store: Store, team: str, found: list[Entry], week: int) -> None:
    """Save a reading of a team's log."""
    with store.update(f"log of {team}", team, "run", now=START + timedelta(weeks=week)) as update:
        known = {line.entry.note.key: line.note_id for line in update.known.rows()}
        update.save(
            Link(each, known.get(each.note.key, ""), "key" if known else "new") for each in found
        )
        update.finish({})


def change_one(store: Store, count: int) -> None:
    """Let one row of the first team say something else."""
    team, found = next(rows(count, edited=3))
    found[7] = Entry(found[7].raw, replace(found[7].note, learned="아주 다른 배움"))
    save(store, team, found, 2)


def build(store: Store, root: Path, what: str, count: int) -> float:
    """Build, print what it cost, and return the CPU seconds."""
    config = Config(
        teams=tuple(TeamSettings(name=team, language="ko", timezone="Asia/Seoul") for team in TEAMS)
    )
    began = time.process_time()
    built = ArchiveBuilder(config, store).build(root)
    seconds = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{count:7,} notes  {what:14} {seconds:7.2f} s CPU  {built}  peak {peak:4.0f} MB",
        flush=True,
    )
    return seconds


def measure(count: int) -> None:
    """Measure one size, in a folder of its own."""
    gc.set_threshold(
        400_000, 20, 50
    )  # as `loopnote.cli` does, so that what is measured is the command
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.open(f"sqlite:///{folder}/store.db") as store,
    ):
        fill(store, count)
        root = Path(folder) / "site"
        build(store, root, "first", count)
        size = sum(path.stat().st_size for path in root.rglob("*") if path.is_file())
        print(f"{'':22} {size / 1e6:.1f} MB, {size / count:.0f} bytes a note")
        build(store, root, "unchanged", count)
        change_one(store, count)
        build(store, root, "one changed", count)


def main(arguments: list[str]) -> int:
    """Measure each size in a process of its own, so that peaks are its own."""
    if len(arguments) == 1:
        measure(int(arguments[0]))
        return 0
    for count in arguments or ["5000", "20000"]:
        subprocess.run([sys.executable, "-m", "bench.archive", count], check=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
