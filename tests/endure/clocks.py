"""Clocks that jump: nothing is sent about other years, nothing is deleted, every mail of a
real Monday goes out once.
"""

import random
from datetime import timedelta
from pathlib import Path

from fakes.warm_command import WarmCommands

from .tally import Tally
from .workspace import MONDAY, workspace


def clocks(folder: Path, url: str, commands: WarmCommands, *, count: int, seed: int) -> Tally:
    """Turn the clock by hours, days and years between the runs of real Mondays."""
    tally = Tally("clocks")
    chance = random.Random(seed)
    with workspace(folder, url, commands) as home:
        for week in range(count):
            now = MONDAY + timedelta(weeks=week)
            home.add_row(now)
            jump = chance.choice(
                [
                    timedelta(hours=chance.randint(-20, 20)),
                    timedelta(days=chance.randint(36, 4000)),
                    -timedelta(days=chance.randint(9, 9000)),
                ]
            )
            before, heard = len(home.host.bodies), home.heard()
            ended = home.run("run", now=now + jump)
            tally.tried += 1
            if abs(jump) > timedelta(days=8):
                mailed = [one for one in home.host.bodies[before:] if "op@" not in one.address]
                tally.count("doubled", f"{len(mailed)} mails of another year ({jump})", len(mailed))
                if home.heard() == heard:
                    tally.count("silent", f"a jump by {jump}: {ended.out.strip()[:120]}")
            if home.run("run", now=now + timedelta(hours=1)).code == 2:
                tally.count("aborted", f"the run after a jump by {jump}")
        home.run("run", now=now + timedelta(days=1, hours=6))
        home.judge(tally, weeks=count)
    return tally
