"""A disk that is full at any moment: files may grow to so many bytes only, then writing fails."""

import random
from datetime import timedelta
from pathlib import Path

from fakes.warm_command import WarmCommands

from .tally import Tally
from .workspace import MONDAY, workspace


def disks(folder: Path, url: str, commands: WarmCommands, *, count: int, seed: int) -> Tally:
    """Let runs fail for want of room, see that it is heard, and that the run after it makes
    everything good.
    """
    tally = Tally("small disks")
    chance = random.Random(seed)
    with workspace(folder, url, commands) as home:
        for week in range(count):
            now = MONDAY + timedelta(weeks=week)
            home.add_row(now)
            store = folder / "loopnote.db"
            room = chance.choice(
                [0, 1_000, 20_000, store.stat().st_size, chance.randint(0, 400_000)]
            )
            before = home.heard()
            ended = home.run("run", now=now, room=room)
            tally.tried += 1
            if ended.code and home.heard() == before:
                tally.count("silent", f"{room} bytes of room: {ended.err.strip()[:160]}")
            if "unforeseen" in ended.err:
                tally.count("aborted", f"{room} bytes of room: {ended.err.strip()[:200]}")
            after = home.run("run", now=now + timedelta(hours=2))
            if after.code == 2:
                tally.count("aborted", f"the run after it: {after.err.strip()[:200]}")
        home.run("run", now=now + timedelta(days=1, hours=6))
        home.judge(tally, weeks=count)
    return tally
