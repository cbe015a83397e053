"""The notes of a build of the archive: read again where they changed, and equal to a build from
scratch whatever changed (ADR 0471).
"""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.entries import entry, new, same, weeks_later

from loopnote.services.archive_build.archive_notes import ArchiveNotes, read_notes
from notes.model.notes import Entry, Metric
from notes.store.store import Store
from reports.analysis.records.inputs import ReportTeam
from reports.archive.last_build.kept_notes import KeptNotes, read_kept_notes

TEAMS = (ReportTeam("Bench", "Asia/Seoul"), ReportTeam("Lamp", "Europe/London"))
PEOPLE = ("Maya", "이준", "Tom Hill")
SIZE = 12


class Log:
    """The rows of both teams, which are saved anew week by week."""

    def __init__(self, folder: Path) -> None:
        self.store = Store.open(f"sqlite:///{folder}/store.db")
        self.rows = {team.name: [row(number) for number in range(SIZE)] for team in TEAMS}
        self.week = 0
        self.save()

    def save(self) -> None:
        for team, rows in self.rows.items():
            now = weeks_later(self.week)
            with self.store.update(f"log of {team}", team, "run", now=now) as update:
                known = {line.entry.raw.place.row: line.note_id for line in update.known.rows()}
                for each in rows:
                    found = known.get(each.raw.place.row)
                    update.save([same(each, found)] if found else new(each))
                update.gone_except_seen()
                update.finish({})
        self.week += 1

    def change(self, number: int, **fields: object) -> None:
        rows = self.rows["Bench"]
        note = replace(rows[number].note, **fields)  # type: ignore[arg-type]
        cells = tuple((name, str(value)) for name, value in fields.items())
        rows[number] = Entry(replace(rows[number].raw, cells=cells), note)
        self.save()

    def read(self, before: KeptNotes, edition: str = "1") -> ArchiveNotes:
        return read_notes(
            self.store,
            TEAMS,
            self.store.fingerprints(),
            edition=edition,
            before=before,
            progress=lambda _line: None,
        )


def row(number: int) -> Entry:
    return entry(
        number + 2,
        f"goal {number % 3}",
        key=f"EXP-{number}",
        title=f"a bench at the door {number}",
        hypothesis=f"as EXP-{number // 2} said, a bench brings guests",
        owners=(PEOPLE[number % 3],),
        metric=Metric("visits", 10.0, 11.0 + number, unit="%"),
        outcome="success" if number % 2 else None,
    )


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path)


def check(log: Log, before: KeptNotes) -> ArchiveNotes:
    """Return what is read with a memory, after seeing that a reading from scratch equals it."""
    found, fresh = log.read(before), log.read(KeptNotes())
    assert found.kept == fresh.kept
    assert found.kept.line() == fresh.kept.line()
    assert found.catalogue.catalogue() == fresh.catalogue.catalogue()
    assert list(found.catalogue.catalogue().notes) == list(fresh.catalogue.catalogue().notes)
    assert found.catalogue.attempts == fresh.catalogue.attempts
    assert found.people == fresh.people
    return found


def kept(log: Log) -> KeptNotes:
    """Return what a build leaves, as the next one reads it."""
    return read_kept_notes(log.read(KeptNotes()).kept.line())


def test_what_is_kept_comes_back_as_it_was(log: Log) -> None:
    assert kept(log) == log.read(KeptNotes()).kept
    assert log.read(kept(log)).read == 0


def test_a_note_that_says_something_else_is_the_only_one_that_is_read(log: Log) -> None:
    before = kept(log)
    log.change(3, learned="guests sit down", hypothesis="unlike EXP-9, a bench calms")
    assert check(log, before).read == 1


@pytest.mark.parametrize(
    "fields", [{"title": "a lamp"}, {"key": "EXP-99"}, {"owners": ("Nora",)}, {"url": "https://x"}]
)
def test_other_names_or_people_have_their_team_read_whole(
    log: Log, fields: dict[str, object]
) -> None:
    before = kept(log)
    log.change(3, **fields)
    assert check(log, before).read == SIZE


def test_a_new_row_may_be_named_by_any_note_of_its_team(log: Log) -> None:
    log.change(4, hypothesis="EXP-77 comes next, a bench brings guests")
    before = kept(log)
    log.rows["Bench"].append(replace_key(row(SIZE), "EXP-77"))
    log.save()
    found = check(log, before)
    assert found.read == SIZE + 1
    (named,) = (
        by for one, by in found.catalogue.catalogue().named_by.items() if one not in before.notes
    )
    assert [one.how for one in named] == ["named"]


def replace_key(made: Entry, key: str) -> Entry:
    return Entry(made.raw, replace(made.note, key=key))


def test_another_edition_reads_everything(log: Log) -> None:
    assert log.read(kept(log), edition="2").read == 2 * SIZE


def test_any_edits_give_what_a_reading_from_scratch_gives(log: Log) -> None:
    chance, before = random.Random(47), kept(log)
    texts = ("guests sit", "as EXP-3 and EXP-4 said", "이준이 늦었다", "a bench at the door 7", "")
    for step in range(12):
        number = chance.randrange(len(log.rows["Bench"]))
        name = chance.choice(("learned", "title", "hypothesis", "execution", "owners", "key"))
        told = chance.choice(texts)
        log.change(number, **{name: (told,) if name == "owners" and told else told or "x"})
        if step % 4 == 3:
            del log.rows["Bench"][chance.randrange(len(log.rows["Bench"]))]
            log.rows["Lamp"].append(row(SIZE + step))
            log.save()
        found = check(log, before)
        before = read_kept_notes(found.kept.line())
    log.store.erase(["이준"], mark="(…)", now=weeks_later(40))
    check(log, before)


@pytest.mark.parametrize(
    "line", [b"", b"{", b"[]", b"null", b'{"notes": {"a": 1}}', b'{"edition": "\xff"}']
)
def test_a_memory_that_cannot_be_read_is_none(line: bytes) -> None:
    assert read_kept_notes(line) == KeptNotes()


def test_half_a_letter_in_a_cell_keeps_nothing(log: Log) -> None:
    log.change(3, learned="x", title="broken \ud83d")
    assert log.read(KeptNotes()).kept.line() == b""
