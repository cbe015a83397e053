"""Three lines of a note, the state of the data, the Friday preview."""

import re
from collections import Counter

from ..sentences import Said
from .core import Reading, check, differs, whole
from .numbers import interval


@check("note.missing")
def _note_missing(at: Reading, said: Said) -> str | None:
    note = at.claim
    if note is None:
        return None
    factors = at.line.text.startswith(("성공·실패", "Why"))
    names = ("look",) if factors else ("next", "applied")
    if factors and note.id in at.truth.team.data.get("blaming", ()):
        return None
    written = [name for name in names if note.at(name, at.truth.day)]
    return f"written: {[note.at(name, at.truth.day) for name in written]}" if written else None


@check("note.asked")
def _note_asked(at: Reading, said: Said) -> str | None:
    return None if at.truth.team.data.get("open") else "every column has a known meaning"


@check("grade.strong", "grade.medium", "grade.weak")
def _grade(at: Reading, said: Said) -> str | None:
    note = at.claim
    if said.key == "grade.weak":
        return "every number of the world stands in its own cells"
    if note is None or not note.counts:
        return None
    low, high = interval(note.counts)
    sure = not low <= 0 <= high
    if sure != (said.key == "grade.strong"):
        return f"the interval is {low:.1f} to {high:.1f}"
    return None


@check("data.warn", "data.warn_never", "data.partial", "data.stale")
def _warn(at: Reading, said: Said) -> str | None:
    return None if at.truth.unread or at.kind == "several" else "every source was read"


@check("data.silent")
def _silent(at: Reading, said: Said) -> str | None:
    on = [
        n
        for n in at.truth.known
        if n.start and n.start < at.truth.first and (n.end and n.end > at.truth.last)
    ]
    return None if whole(said, "n") <= len(on) else f"{len(on)} trials run on through the week"


@check("data.problems", "data.problems_look")
def _problems(at: Reading, said: Said) -> str | None:
    return "every cell of the world can be read"


def lost_line(at: Reading) -> str | None:
    """Check "4 notes of “2026년 10월” went at once …": as many as stood on that tab, and it
    is gone.
    """
    found = re.fullmatch(LOST, at.line.text)
    if not found or not at.truth.lost:
        return None if at.truth.lost else "no tab of this log went"
    tabs = Counter(f"{n.start:%Y}년 {n.start.month}월" for n in at.truth.known if n.start)
    stood = tabs[found[2]]
    return None if int(found[1]) == stood else f"{stood} notes stood on {found[2]}"


LOST = r"(\d+) notes? of “([^”]+)” went at once; the last good reading stays in use"
"""The sentence of a problem, which stands in the catalogue of problems and not in that of pages."""


@check("data.problems_tabs")
def _tables(at: Reading, said: Said) -> str | None:
    return None if at.truth.scribbled() else "every table of the world can be understood"


@check(
    "several.lead.both",
    "several.lead.both_all",
    "several.lead.bad",
    "several.lead.bad_all",
    "several.lead.good",
    "several.lead.good_all",
    "several.lead.none",
    "several.lead.open",
    "several.lead.unread",
    "several.lead.also_unread",
)
def _lead(at: Reading, said: Said) -> str | None:
    if said.key == "several.lead.none" and any(truth.unread for truth in at.all):
        return "a team could not be read: unknown is not none"
    for name, way in (("good", 1), ("bad", -1)):
        if name in said.facts:
            changes = [truth.ways_of_numbers() for truth in at.all]
            fair = range(
                sum(ways == {way} for ways in changes), sum(way in ways for ways in changes) + 1
            )
            if wrong := differs(said, name, fair, f"teams whose numbers went {name}"):
                return wrong
    return differs(said, "n", {len(at.all)}, "teams") if "unread" not in said.key else None


@check("several.lead.also_unsaid")
def _unsaid(at: Reading, said: Said) -> str | None:
    moved = sum(bool(truth.ways_of_numbers() - {0}) for truth in at.all)
    return differs(said, "n", range(1, len(at.all)), f"{moved} teams have moved numbers")


@check("several.lead.also_empty")
def _wrote_nothing(at: Reading, said: Said) -> str | None:
    quiet = sum(not truth.here and not truth.unread for truth in at.all)
    return None if whole(said, "n") <= quiet else f"{quiet} teams wrote nothing"


@check("preview.fix.number", "preview.fix.application", "preview.fix.next_action")
def _fix(at: Reading, said: Said) -> str | None:
    name = {"number": "after", "application": "applied", "next_action": "next"}[
        said.key.rpartition(".")[2]
    ]
    notes = at.note(said.facts["what"])
    if not notes:
        return "no such activity"
    full = all(
        n.at(name, at.truth.day) and (name != "after" or n.at("before", at.truth.day))
        for n in notes
    )
    return f"the cell is filled: {notes[0].at(name, at.truth.day)}" if full else None


@check("brief.left_out_archive")
def _left_out(at: Reading, said: Said) -> str | None:
    return None if at.archive else "no archive is kept: the rest stands nowhere"


@check("brief.left_out_only")
def _left_out_for_good(at: Reading, said: Said) -> str | None:
    return "an archive is kept: the rest stands there" if at.archive else None


@check("preview.lead", "preview.subject")
def _fix_count(at: Reading, said: Said) -> str | None:
    """At most as many cells are asked for as are blank in the notes that are not planned."""
    day = at.truth.day
    blank = sum(
        (bool(n.at("done", day)) and not n.at("after", day))
        + (bool(n.at("learned", day)) and not n.at("applied", day))
        + (bool(n.at("look", day)) and not n.at("next", day))
        for n in at.truth.known
    )
    return None if 1 <= whole(said, "n") <= blank else f"{blank} cells are blank"
