"""The `--json` records of notes, problems and versions; a contract with other programs."""

from datetime import UTC, date, datetime
from typing import Any

from notes.messages.problems import reason_of
from notes.model.notes import Language, Metric, Place, StoredNote, StoredProblem, Version
from notes.model.periods import Week


def instant_text(value: datetime | None) -> str | None:
    """Return an instant as `2026-11-23T08:00:00Z`."""
    return (
        value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        if value
        else None
    )


def day_text(value: date | None) -> str | None:
    """Return a day as `2026-11-23`."""
    return value.isoformat() if value else None


def place_record(value: Place, *, part: bool = False) -> dict[str, Any]:
    """Return a `source_ref`; with `part` the cell or property too."""
    if value.page_id:
        record: dict[str, Any] = {"page_id": value.page_id}
        if part:
            record["property"] = value.property or None
        return record
    record = {"tab": value.tab, "row": value.row}
    if value.col or part:
        record["col"] = value.col or None
    return record


def metric_record(value: Metric | None) -> dict[str, Any] | None:
    """Return a metric's members; two sides at one time are a comparison, no change."""
    if value is None:
        return None
    return {
        "name": value.name or None,
        "before": plain_number(value.before),
        "after": plain_number(value.after),
        "target": plain_number(value.target),
        "unit": value.unit or None,
        "lower_is_better": value.lower_is_better,
        "kind": "comparison" if value.comparison else "change",
    }


def plain_number(number: float | None) -> float | int | None:
    """Return a whole number as one: 14, not 14.0."""
    return int(number) if number is not None and number == int(number) else number


def week_of(stored: StoredNote) -> str | None:
    """Return the note's stated week, else the week of its start."""
    if stored.note.week:
        return stored.note.week
    return str(Week.containing(stored.note.start_date)) if stored.note.start_date else None


def note_record(stored: StoredNote) -> dict[str, Any]:
    """Return one note as `notes --json` gives it."""
    value = stored.note
    return {
        "id": stored.id,
        "team": stored.team,
        "source": stored.source,
        "kind": value.kind,
        "source_ref": place_record(value.place),
        "url": value.url or None,
        "title": value.title or None,
        "goal": value.goal or None,
        "hypothesis": value.hypothesis or None,
        "execution": value.execution or None,
        "retrospective": value.retrospective or None,
        "outcome": value.outcome,
        "start_date": day_text(value.start_date),
        "end_date": day_text(value.end_date),
        "week": week_of(stored),
        "owners": list(value.owners),
        "people": list(value.people),
        "metric": metric_record(value.metric),
        "success_factors": value.success_factors or None,
        "failure_factors": value.failure_factors or None,
        "learned": value.learned or None,
        "applied_to": value.applied_to or None,
        "next_action": value.next_action or None,
        "next_kind": value.next_kind,
        "flow": value.flow,
        "tags": list(value.tags),
        "links": list(value.links),
        "version": stored.version,
        "first_seen": instant_text(stored.first_seen),
        "changed": instant_text(stored.changed),
        "gone": instant_text(stored.gone),
    }


def problem_record(stored: StoredProblem, language: Language) -> dict[str, Any]:
    """Return one problem as `problems --json` gives it."""
    value = stored.problem
    return {
        "source": stored.source,
        "source_ref": place_record(value.place, part=True),
        "code": value.code,
        "value": value.value or None,
        "reason": reason_of(value, language),
    }


def version_record(value: Version) -> dict[str, Any]:
    """Return one version as `history --json` gives it."""
    return {
        "id": value.note_id,
        "version": value.version,
        "at": instant_text(value.at),
        "run": value.run_id,
        "event": value.event,
        "changes": [
            {"field": name, "before": old or None, "after": new or None}
            for name, old, new in value.changes
        ],
    }
