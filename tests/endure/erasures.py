"""People who ask to be forgotten: no byte of them is left, and their notes go on as what they
were.
"""

import email
import email.policy
import random
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fakes.postgres import Postgres
from fakes.warm_command import WarmCommands
from sqlalchemy import select

from notes.store.sql.schema import metadata
from notes.store.store import Store

from .tally import Tally
from .workspace import LOG, MONDAY, TRIALS, Workspace, append, workspace

LOGS = ("trials.csv", "log.csv")
SYLLABLES = "뱌뎌뾰쟈챠켜텨퍄햐뵤쥬츄큐튜퓨휴"
"""No text of ours has these, so that every find is the person."""
SURNAMES = "김이박최정강조윤"
TITLES = ("", "님", "씨", " 팀장", " 매니저님")
PARTICLES = ("", "이", "가", "은", "를", "에게", "과", "께서는", "이랑")
KOREAN = (
    (
        "{day},응답,{a}가 하면 낫다,{name}{title}{particle} 열 명에게 "
        "전화했다,성공,{nick}{particle} 지쳤다,{name}\n"
    ),
    "{day},재방문,문자가 낫다,{decomposed}에게 물었다,실패,{name}의 생각이다,{name}{title}\n",
    "{day},별점,아침이 낫다,둘이 함께 썼다,성공,{name}과 {nick}님께 고맙다,지현\n",
)
ENGLISH = (
    "{day},more replies,{a} helps,{name} called ten people,success,{upper} was tired,{name}\n",
    "{day},fewer repeats,short mails help,asked {name}'s friend,failure,{nick} knew it,{name}\n",
    (
        '{day},more visits,mornings are good,"two wrote, {dashed} too",success,thanks to '
        "{nick}{particle},Ada\n"
    ),
)


@dataclass(frozen=True)
class Person:
    """Somebody in one of the logs; `name` and `nick` stand in no other text."""

    name: str
    nick: str
    korean: bool

    def rows(self, chance: random.Random, day: datetime) -> list[str]:
        """Return rows of a log that name the person in every form that people write."""
        return [
            row.format(
                day=day.date(),
                a=chance.randrange(10_000),
                name=self.name,
                nick=self.nick,
                title=chance.choice(TITLES),
                particle=chance.choice(PARTICLES),
                decomposed=unicodedata.normalize("NFD", self.name),
                upper=self.name.upper(),
                dashed="-".join(self.name.lower().split()),
            )
            for row in (KOREAN if self.korean else ENGLISH)
        ]

    def forms(self) -> set[str]:
        """Return what must stand nowhere any more, in lower case."""
        words = [self.name, self.nick, *([] if self.korean else self.name.split())]
        return {
            form
            for word in words
            for normal in ("NFC", "NFD")
            for plain in [unicodedata.normalize(normal, word).lower()]
            for form in (plain, quote(plain).lower(), plain.encode("unicode_escape").decode())
        }


def _person(chance: random.Random) -> Person:
    def word() -> str:
        return "".join(chance.choice("vxzqkj") + chance.choice("aeiou") for _ in range(3)) + "x"

    def given() -> str:
        return "".join(chance.choices(SYLLABLES, k=2))

    kind = chance.randrange(3)
    if kind == 0:
        return Person(chance.choice(SURNAMES) + given(), given() + "뱌", korean=True)
    if kind == 1:
        return Person(word().title(), word().title(), korean=True)
    return Person(f"{word().title()} {word().title()}", word().title(), korean=False)


def erasures(
    folder: Path,
    url: str,
    commands: WarmCommands,
    *,
    count: int,
    seed: int,
    server: Postgres | None = None,
) -> Tally:
    """Let so many people be erased, one after the other, and look for each in all that is kept.

    `server` is where the store lies, if it is PostgreSQL's; its files are searched, too.
    """
    tally = Tally(f"erasures, {'SQLite' if 'sqlite' in url else 'PostgreSQL'}")
    chance, erased, logged = random.Random(seed), set[str](), 0
    with workspace(folder, url, commands) as home:
        for week in range(count):
            now, person = MONDAY + timedelta(weeks=week), _person(chance)
            _write(home, person, chance, now - timedelta(days=4))
            home.run("run", now=now)
            _edit(home, person)
            home.run("sync", now=now + timedelta(hours=1))
            if server:
                server.do("ANALYZE")  # frequent values of a column are kept beside it
            tally.tried += 1
            if not any(_found(home, server, person.forms())):
                tally.count("aborted", f"{person.name} stood nowhere before")
            ended = home.run(
                *("erase", person.name, "--also", person.nick, "--yes"),
                now=now + timedelta(hours=2),
            )
            if ended.code:
                tally.count("aborted", f"erase {person.name}: {ended.out}{ended.err}"[:300])
            erased |= person.forms()
            for place in _found(home, server, erased):
                tally.count("leaked", f"{person.name}: {place}")
            _write(home, person, chance, now - timedelta(days=3))
            _reading_again(home, tally, now + timedelta(hours=3), person=person)
            for place in _found(home, server, erased):
                tally.count("leaked", f"{person.name}, after the next reading: {place}")
            logged += any(_in_files(_log_files(server), person.forms()))
    if server:
        text = (
            f"{logged} of {count} still stood in the server's write-ahead log, which erase "
            f"can't reach"
        )
        tally.notes.append(f"{tally.name}: {text}")
    return tally


def _write(home: Workspace, person: Person, chance: random.Random, day: datetime) -> None:
    file, header = ("log.csv", LOG) if person.korean else ("trials.csv", TRIALS)
    for row in person.rows(chance, day):
        append(home.folder / file, header, row)


def _edit(home: Workspace, person: Person) -> None:
    """Change the person's last row, so that a former state of it is kept."""
    file = home.folder / ("log.csv" if person.korean else "trials.csv")
    *rows, last = file.read_text(encoding="utf-8").splitlines(keepends=True)
    changed = last.replace("성공", "실패").replace(",success,", ",failure,")
    file.write_text("".join([*rows, changed]), encoding="utf-8")


def _reading_again(home: Workspace, tally: Tally, now: datetime, *, person: Person) -> None:
    """Read the logs, in which the person stands as before, and count the notes that are new
    or gone.
    """
    before = _notes(home)
    home.run("sync", now=now)
    after = _notes(home)
    new = len(after) - len(before) - 3
    tally.count("doubled", f"{person.name}: {new} notes more than rows that were added", new)
    gone = len([key for key in before if not before[key] and after.get(key, True)])
    tally.count("lost", f"{person.name}: {gone} notes are gone", max(gone, -new))


def _notes(home: Workspace) -> dict[str, bool]:
    with Store.open(home.store_url()) as store:
        return {one.id: bool(one.gone) for one in store.notes(include_gone=True)}


def _found(home: Workspace, server: Postgres | None, forms: set[str]) -> Iterator[str]:
    """Yield where one of these stands: in a file of the workspace or the server, or a value
    of the store.
    """
    own = (file for file in home.folder.rglob("*") if file.name not in LOGS)
    yield from _in_files([*own, *_data_files(server)], forms)
    with Store.open(home.store_url()) as store, store.database.reading() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                for name, value in row.items():
                    for text in _texts(value):
                        if found := [form for form in forms if form in text]:
                            at = text.index(found[0])
                            yield f"column {table.name}.{name}: {text[max(0, at - 30) : at + 30]!r}"


def _texts(value: Any) -> Iterator[str]:
    """Yield what a value of the store says, unpacked: a mail's parts, a compressed page."""
    if isinstance(value, str):
        yield value.lower()
    if not isinstance(value, bytes):
        return
    if value.startswith(b"\x78"):
        yield zlib.decompress(value).decode(errors="replace").lower()
        return
    mail = email.message_from_bytes(value, policy=email.policy.default)
    yield " ".join(f"{name}: {text}" for name, text in mail.items()).lower()
    for part in mail.walk():
        if part.get_content_maintype() == "text":
            yield part.get_content().lower()


def _in_files(files: Iterable[Path], forms: set[str]) -> Iterator[str]:
    wanted = [form.encode() for form in forms]
    for file in files:
        if file.is_file():
            held = file.read_bytes().lower()
            if any(form in held for form in wanted):
                yield f"bytes of {file.name}"


def _data_files(server: Postgres | None) -> list[Path]:
    """Return the files of a server's tables and indexes, once it has written what it holds in
    memory.
    """
    if server is None:
        return []
    server.checkpoint()
    files = (server.folder / "data").rglob("*")
    return [file for file in files if "pg_wal" not in file.parts]


def _log_files(server: Postgres | None) -> list[Path]:
    return [*(server.folder / "data" / "pg_wal").rglob("*")] if server else []
