"""The notes and pages that workers make, of which half are killed, beside those of one process:
byte for byte.

The clock stands still, for a page says when it was made.
"""

import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from fakes.command import clean_environment
from fakes.postgres import Postgres
from fakes.smtp import MailHost, MailHostRunning
from fakes.worker_fleet import Fleet, lay_out, until

from notes.model.periods import Week
from notes.store.delivery.ledger import Deliveries
from notes.store.store import Store

from .tally import Tally

_CLOCK = "2026-11-23T08:00:30+09:00"
_SECONDS_A_TEAM = 10.0


def alike(folder: Path, server: Postgres, *, teams: int) -> Tally:
    """Let one process and four workers, of which two are killed, do the same Monday; count
    what differs.
    """
    tally, one, many = Tally("workers, as one process"), server.database(), server.database()
    with MailHostRunning(MailHost()) as running:
        lay_out(folder / "one", teams=teams, url=one, port=running.port)
        _run_alone(folder / "one")
        with Fleet(folder / "many", LOOPNOTE_NOW=_CLOCK) as fleet:
            lay_out(folder / "many", teams=teams, url=many, port=running.port)
            for _ in range(4):
                fleet.start("--concurrency", "1")
            longest = 600 + _SECONDS_A_TEAM * teams
            for victim, share in ((0, 0.2), (1, 0.5)):
                _until_made(many, share * teams, longest)
                fleet.processes[victim].kill()
            _until_made(many, teams, longest)
    _compare(tally, mails_of(one), mails_of(many), what="mail and page")
    _compare(tally, notes_of(one), notes_of(many), what="note")
    tally.notes.append(
        f"{tally.name}: {len(mails_of(many))} mails with pages, {len(notes_of(many))} notes"
    )
    return tally


def _until_made(url: str, mails: float, seconds: float) -> None:
    until(lambda: len(mails_of(url)) >= mails, seconds=seconds)


def _run_alone(folder: Path) -> None:
    environment = {**clean_environment(), "LOOPNOTE_NOW": _CLOCK}
    command = [sys.executable, "-m", "loopnote", "run"]
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)


def mails_of(url: str) -> dict[str, list[object]]:
    """Return the bytes and pages of every mail that is kept, by its report."""
    found = defaultdict[str, list[object]](list)
    with Store.open(url) as store:
        for key, mail in Deliveries(store.database).messages_about(Week.parse("2026-W47")):
            found[key].append((mail.id, mail.body, mail.page))
    return found


def notes_of(url: str) -> dict[str, list[object]]:
    """Return what every note holds and its version, by its team and row."""
    found = defaultdict[str, list[object]](list)
    with Store.open(url) as store:
        for one in store.notes():
            found[f"{one.team} {one.entry.note.place}"].append((repr(one.entry), one.version))
    return found


def _compare(
    tally: Tally, ours: dict[str, list[object]], theirs: dict[str, list[object]], *, what: str
) -> None:
    tally.tried += len(ours)
    for key in sorted(ours.keys() | theirs.keys()):
        if ours.get(key) != theirs.get(key):
            there = "differs" if key in ours and key in theirs else "is not on both sides"
            tally.count("lost", f"{what} of {key} {there}")
