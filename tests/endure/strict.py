"""Services that refuse strictly, and workers that have to keep to their limits all together.

A spreadsheet account may ask 60 times in any minute, a project 300 times, a Notion connection three
times in any second; each answer takes its time. In the middle one account is told to pause, and
nobody may ask for it until that is over.
"""

import json
import random
import time
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from fakes.google_server import GoogleServer, over_quota
from fakes.http_service import Answer, Request, served
from fakes.notion_server import TOKEN, NotionServer
from fakes.postgres import Postgres
from fakes.worker_fleet import Fleet

from notes.store.store import Store

from .tally import Tally

ANSWERS_AFTER_S = 0.15
"""What an answer takes: waiting, not computing, is what several workers are for."""

ACCOUNTS = 7
"""Seven accounts of 50 requests a minute are more than the 270 of their project."""

PAUSE_S = 20
_IN_FLIGHT_S = 1.5
"""A request that left before the pause was known may arrive for so long."""

MOST_REFUSED = 0.03


class Windows:
    """So many requests in any so many seconds, by key; counts what came and what was too much."""

    def __init__(self) -> None:
        self._windows: defaultdict[str, deque[float]] = defaultdict(deque)
        self.asked = 0
        self.refused: Counter[str] = Counter()

    def allow(self, limits: dict[str, tuple[int, float]]) -> bool:
        """Take a request that counts for several keys, or refuse it."""
        now, self.asked = time.monotonic(), self.asked + 1
        for key, (most, seconds) in limits.items():
            window = self._windows[key]
            while window and window[0] <= now - seconds:
                window.popleft()
            if len(window) >= most:
                self.refused[key] += 1
                return False
        for key in limits:
            self._windows[key].append(now)
        return True


class StrictGoogle(GoogleServer):
    """Several accounts of one project; an account's token service is /token/NAME."""

    def __init__(self) -> None:
        super().__init__()
        self.windows = Windows()
        self.by_account: defaultdict[str, list[float]] = defaultdict(list)
        self.paused_at = 0.0
        self._account_of: dict[str, str] = {}

    def answer(self, request: Request) -> Answer:
        time.sleep(ANSWERS_AFTER_S)
        if not request.path.startswith("/token/"):
            return super().answer(request)
        with self._lock:
            answered = super().answer(replace(request, path="/token"))
            self._account_of[self.tokens[-1]] = request.path.removeprefix("/token/")
            return answered

    def _entry(self, request: Request, off: bool, api: str) -> Answer | None:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if token in self.tokens:  # each process has its own, and all of them hold
            self.tokens.append(token)
        return super()._entry(request, off, api)

    def _over_limit(self, request: Request) -> Answer | None:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        account = self._account_of.get(token, "")
        asked, now = self.by_account[account], time.monotonic()
        asked.append(now)
        if account == "a0" and not self.paused_at and len(asked) > 15:
            self.paused_at = now
            return replace(over_quota(request), headers={"Retry-After": str(PAUSE_S)})
        limits = {f"account {account}": (60, 60.0), "project": (300, 60.0)}
        return None if self.windows.allow(limits) else over_quota(request)

    def asked_while_paused(self) -> int:
        """Count the requests of the paused account that came before its pause was over."""
        begin, end = self.paused_at + _IN_FLIGHT_S, self.paused_at + PAUSE_S
        return sum(begin < at < end for at in self.by_account["a0"]) if self.paused_at else 0


class StrictNotion(NotionServer):
    """One connection, three requests in any second."""

    def __init__(self) -> None:
        super().__init__()
        self.windows = Windows()

    def answer(self, request: Request) -> Answer:
        time.sleep(ANSWERS_AFTER_S)
        return super().answer(request)

    def _over_limit(self, request: Request) -> Answer | None:
        return None if self.windows.allow({"connection": (3, 1.0)}) else self.limited(request)


@dataclass(frozen=True)
class Logs:
    """How many spreadsheets each account reads, and how many databases the connection."""

    sheets: int
    databases: int


def strict(folder: Path, server: Postgres, *, logs: Logs, workers: int) -> Tally:
    """Let several workers read many logs of strict services."""
    tally = Tally(f"services, {workers} workers")
    google, notion = StrictGoogle(), StrictNotion()
    wanted = logs.sheets * ACCOUNTS + logs.databases
    with served(google), served(notion), Fleet(folder, NOTION_SECRET=TOKEN) as fleet:
        url = server.database()
        _lay_out(folder, google, notion, url=url, logs=logs)
        began = time.monotonic()
        for _ in range(workers):
            fleet.start("--only", "sync", "--concurrency", "8")
        end = began + 900
        while (read := _read(url)) < wanted and time.monotonic() < end:
            time.sleep(1)
        seconds = time.monotonic() - began
    tally.tried = google.windows.asked + notion.windows.asked
    if read < wanted:
        tally.count("lost", f"{wanted - read} of {wanted} logs were not read in time")
    tally.count("late", "requests of a paused account", google.asked_while_paused())
    refused = sum(google.windows.refused.values()) + sum(notion.windows.refused.values())
    if refused > MOST_REFUSED * tally.tried:
        tally.count("aborted", f"{refused} of {tally.tried} requests were refused")
    tally.notes.append(
        f"{tally.name}: {wanted} logs, Google {google.windows.asked} requests, refused "
        f"{dict(google.windows.refused)}; Notion {notion.windows.asked}, refused "
        f"{dict(notion.windows.refused)}; "
        f"asked of the paused account {google.asked_while_paused()}; {seconds:.0f} s"
    )
    return tally


def _read(url: str) -> int:
    with Store.open(url) as store:
        return sum(1 for one in store.health() if not one.error and one.last_success)


def _lay_out(
    folder: Path, google: StrictGoogle, notion: StrictNotion, *, url: str, logs: Logs
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    parts, chance = list[str](), random.Random(1)
    for account in range(ACCOUNTS):
        key = {**google.key(), "token_uri": f"{google.url}/token/a{account}"}
        (folder / f"a{account}.json").write_text(json.dumps(key), encoding="utf-8")
        for number in range(logs.sheets):
            book = google.world.spreadsheet(f"Trials {account} {number}")
            book.tab("September", _rows(chance))
            where = f'kind = "google_sheets"\nspreadsheet = "{book.id}"\naccount = "a{account}"\n'
            parts.append(_SOURCE.format(name=f"sheet-{account}-{number}", where=where))
    columns: dict[str, Any] = {
        "Name": "title",
        "Hypothesis": "rich_text",
        "Result": "rich_text",
        "Day": "date",
    }
    for number in range(logs.databases):
        place = notion.world.database(f"Trials {number}")
        rows = notion.world.data_source(place, "Trials", columns)
        notion.world.add(rows, {"Name": f"Trial {number}", "Hypothesis": f"If {number} then more"})
        where = f'kind = "notion"\ndatabase = "{place}"\n'
        parts.append(_SOURCE.format(name=f"pages-{number}", where=where))
    accounts = "".join(
        f'[google.accounts.a{account}]\nservice_account_file = "a{account}.json"\nproject = "p"\n'
        for account in range(ACCOUNTS)
    )
    services = (
        f'[google]\nsheets_url = "{google.url}"\ndrive_url = "{google.url}"\n{accounts}'
        f'[notion]\ntoken_env = "NOTION_SECRET"\nbase_url = "{notion.url}"\n'
        f'[store]\nurl = "{url}"\n[schedule]\nsync_every_minutes = 600\n'
    )
    (folder / "config.toml").write_text("".join(parts) + services, encoding="utf-8")


def _rows(chance: random.Random) -> list[list[Any]]:
    head: list[Any] = ["Date", "Goal", "Hypothesis", "What we did", "Retrospective", "Owner"]
    goal = f"More orders {chance.randrange(1000)}"
    return [head, [date(2026, 9, 8), goal, "A photo sells", "New photos", "It worked", "Ada"]]


_SOURCE = """
[[teams]]
name = "{name}"
language = "en"
timezone = "Europe/London"
[[sources]]
name = "{name}"
team = "{name}"
{where}"""
