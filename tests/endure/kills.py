"""Every command killed at any moment; a later run must work, and nothing may be lost or doubled."""

import random
from datetime import timedelta
from pathlib import Path

from fakes.smtp import MailHost
from fakes.warm_command import WarmCommands

from .tally import Tally
from .workspace import MONDAY, workspace

COMMANDS: tuple[tuple[str, ...], ...] = (
    *[("run",)] * 6,
    *[("sync",)] * 2,
    ("sync", "--full"),
    ("send",),
    ("archive", "--full"),
    ("erase", "Quentin Zyx", "--yes"),
    ("backup", "copies/{name}.db"),
    ("export", "--format", "jsonl", "--out", "copies/{name}.jsonl"),
    ("report", "--out", "pages"),
    ("search", "idea"),
)
"""What is killed: `run` most often, for it is what cron starts. Copies have another name each time,
as dated jobs do."""


def kills(folder: Path, url: str, commands: WarmCommands, *, count: int, seed: int) -> Tally:
    """Kill commands at random moments of their usual time, `count` of them, and let a run
    live after every few.
    """
    tally = Tally(f"kills, {'SQLite' if 'sqlite' in url else 'PostgreSQL'}")
    chance = random.Random(seed)
    usual: dict[tuple[str, ...], float] = {}
    copies = folder / "copies"
    copies.mkdir(parents=True)
    with workspace(folder, url, commands, MailHost(think_s=0.01)) as home:
        week = 0
        while tally.tried < count:
            now = MONDAY + timedelta(weeks=week)
            home.add_row(now)
            for _ in range(chance.randint(2, 5)):
                if tally.tried == count:
                    break
                # Most kills fall on `run` while its mails are due; a backup of PostgreSQL is not
                # ours.
                command = chance.choice(COMMANDS)
                span = usual.get(command, 0.6)
                at = now + timedelta(minutes=chance.randint(0, 90))
                ended = home.run(
                    *_named(command, f"{tally.tried}"), now=at, life=chance.uniform(0, span)
                )
                if ended.code == -9:
                    tally.tried += 1
                else:
                    usual[command] = 0.7 * span + 0.3 * ended.seconds
                    if ended.code == 2 and command[0] not in {"backup", "export"}:
                        tally.count("aborted", f"{' '.join(command)}: {ended.err.strip()[:200]}")
            last = home.run("run", now=now + timedelta(hours=6))
            if last.code == 2:
                tally.count("aborted", f"run after kills: {last.err.strip()[:200]}")
            for copy in copies.glob("[0-9]*"):
                copy.unlink()
            week += 1
        home.run("run", now=now + timedelta(days=1, hours=6))
        home.run("run", now=now + timedelta(days=1, hours=7))
        for command in [one for one in COMMANDS if one[0] in {"backup", "export", "report"}]:
            # The next one into a folder takes away what a kill left there.
            home.run(*_named(command, "last"), now=now + timedelta(days=1, hours=8))
        home.judge(tally, weeks=week)
        left = [file.name for file in folder.rglob("*.part*") if file.is_file()]
        tally.count("lost", f"left behind: {left[:3]}", len(left))
    return tally


def _named(command: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(word.format(name=name) for word in command)
