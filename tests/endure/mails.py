"""Mail servers that lie, drip, stall and cut: every mail once, or somebody is told."""

import random
from datetime import timedelta
from pathlib import Path

from fakes.smtp import MailHost
from fakes.warm_command import WarmCommands

from .tally import Tally
from .workspace import MONDAY, READERS, workspace

BEHAVIOUR = (
    *("take", "take", "refuse", "greylist", "refuse_body", "defer_body", "sign_off"),
    *("cut_before_body", "cut_in_body", "cut_after_body", "babble_after_body"),
)
SLOW = ("stall_before_body", "stall_after_body", "drip_after_body")
"""These take the whole patience of five seconds each."""


def mails(folder: Path, url: str, commands: WarmCommands, *, count: int, seed: int) -> Tally:
    """Let each of so many Mondays meet servers of another mood at every attempt."""
    tally = Tally("mail servers")
    chance = random.Random(seed)
    host = MailHost(stall_s=8)
    with workspace(folder, url, commands, host) as home:
        for week in range(count):
            now = MONDAY + timedelta(weeks=week)
            home.add_row(now)
            words = [*BEHAVIOUR, *(SLOW if week % 10 == 9 else ())]
            for address in READERS:
                host.behaviour[address] = [chance.choice(words) for _ in range(3)]
            for hour in (0, 1, 3):
                ended = home.run("run", now=now + timedelta(hours=hour))
                if ended.code == 2:
                    tally.count("aborted", ended.err.strip()[:200])
            tally.tried += 1
        home.run("run", now=now + timedelta(days=1, hours=6))
        home.judge(tally, weeks=count)
    return tally
