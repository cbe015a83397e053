"""The `--json` records of a playbook.

One record an entry, a thing not to do, or a candidate.
"""

from collections.abc import Iterator
from typing import Any

from loopnote.cli.output.json_records import day_text, place_record
from reports.analysis.records.evidence import Evidence
from reports.analysis.records.section_results import PlaybookEntry
from reports.page.builders.playbook_page import TeamPlaybook


def playbook_records(one: TeamPlaybook) -> Iterator[dict[str, Any]]:
    """Give what `playbook --json` gives of a team.

    Entries, then what not to do, then candidates, nearest first.
    """
    for entry in (*one.book.do, *one.book.dont):
        yield _entry(one.team, entry)
    for candidate in one.book.candidates:
        yield {
            "team": one.team,
            "kind": "candidate",
            "what": candidate.what,
            "when": None,
            "owners": list(candidate.owners),
            "people": list(candidate.people),
            "times": candidate.times,
            "worked": candidate.worked,
            "since": None,
            "last": None,
            "evidence": [_note(note) for note in candidate.evidence],
        }


def _entry(team: str, entry: PlaybookEntry) -> dict[str, Any]:
    return {
        "team": team,
        "kind": entry.kind,
        "what": entry.what,
        "when": entry.when or None,
        "owners": list(entry.owners),
        "people": list(entry.people),
        "times": entry.times,
        "worked": entry.kind == "do",
        "since": day_text(entry.since),
        "last": day_text(entry.last),
        "evidence": [_note(note) for note in entry.evidence],
    }


def _note(note: Evidence) -> dict[str, Any]:
    return {
        "id": note.note_id,
        "source": note.source,
        "source_ref": place_record(note.place),
        "url": note.url or None,
    }
