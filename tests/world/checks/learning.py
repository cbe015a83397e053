"""What was learned and where it was applied."""

from ..logs import week_of
from ..sentences import Said
from ..truth import same_start
from .core import Reading, check, differs, whole


@check("key.learning")
def _learning(at: Reading, said: Said) -> str | None:
    return pair_line(at, said.facts["learned"], said.facts["where"])


def pair_line(at: Reading, learned: str, where: str) -> str | None:
    notes = [n for n in at.truth.team.notes if same_start(n.fields.get("learned", ""), learned)]
    notes = notes or [
        n for n in at.truth.applied_now if same_start(n.fields["applied"], where)
    ]  # withheld words
    if not notes:
        return "no such learning"
    note = notes[0]
    linked = [
        one
        for one in at.truth.known
        if same_start(one.fields.get("done", ""), where)
        or same_start(one.fields.get("hypothesis", ""), where)
    ]
    if not same_start(note.fields.get("applied", ""), where) and not linked:
        return f"it was applied in {note.fields.get('applied') or 'nothing written'}"
    if not linked and note not in at.truth.applied_now:
        return f"the application was first written in {week_of(note.typed['applied'])}"
    return None


@check("key.learning_counted", "key.learning_none", "learning.none", "learning.count")
def _learning_counts(at: Reading, said: Said) -> str | None:
    applied = 0.0 if "none" in said.key else whole(said, "n")
    pair = (whole(said, "total"), applied)
    fair = at.truth.learning_counts()
    return None if pair in fair else f"learned and applied {pair}, in truth one of {sorted(fair)}"


@check("key.learning_empty", "learning.empty")
def _learning_empty(at: Reading, said: Said) -> str | None:
    if at.truth.unread:
        return "nobody could read that week: unknown is not none"
    new = [
        n.id for n in at.truth.learned() if at.truth.first <= n.typed["learned"] <= at.truth.last
    ]
    return f"learnings were written: {new}" if new else None


@check("learning.from_failure", "learning.from_failure_bare")
def _from_failure(at: Reading, said: Said) -> str | None:
    asked = said.facts.get("hypothesis", "")
    notes = at.note(asked) if asked else []
    notes = notes or [
        n for n in at.truth.known if same_start(n.fields.get("learned", ""), at.learned)
    ]
    failed = any(at.truth.outcome(note) == "failure" for note in notes)
    return None if failed or not notes else "the trial did not fail"


@check("learning.effect")
def _effect(at: Reading, said: Said) -> str | None:
    """An effect follows its application: a number measured after that was typed."""
    source = [n for n in at.truth.known if same_start(n.fields.get("learned", ""), at.learned)]
    since = min((n.typed["applied"] for n in source if n.at("applied", at.truth.day)), default=None)
    if since is None:
        return "it was not applied"
    later = [
        move
        for note in at.truth.known
        if (move := at.truth.move(note)) and move.day >= since and move.name in said.facts["moved"]
    ]
    series = [n for n in at.truth.series_names() if n in said.facts["moved"]]
    return None if later or series else f"no number of that name was measured after {since}"


@check("learning.waiting")
def _waiting(at: Reading, said: Said) -> str | None:
    fair = {total - applied for total, applied in at.truth.learning_counts()}
    return differs(said, "n", fair, "learnings that wait")


@check("brief.same_failure")
def _same_failure(at: Reading, said: Said) -> str | None:
    old = at.note(said.facts["old"])
    if not any(at.truth.outcome(n) == "failure" for n in old):
        return "the earlier one did not fail"
    return None if at.note(said.facts["new"]) else "no such hypothesis"


@check("learning.of_note")
def _of_note(at: Reading, said: Said) -> str | None:
    """A learning that may not be quoted is named by its note, which must hold one."""
    notes = at.note(said.facts["what"])
    return None if any(n.at("learned", at.truth.day) for n in notes) else "it has no learning"
