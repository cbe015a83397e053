"""The collection of all open commitments: what was promised, by whom, since when, its state."""

from collections import defaultdict
from functools import partial
from typing import Literal

from notes.model.periods import Week
from reports.analysis.commitments.all_commitments import Standing, is_open, standing, worded
from reports.analysis.data.team_log import TeamLog
from reports.analysis.records.section_results import CommitmentState

from .builder import CollectionBuilder, CollectionInputs
from .collection_view import CollectionItem, TeamCollection

_Group = CommitmentState | Literal["unclear"]
_ORDER: tuple[_Group, ...] = ("came_back", "vanished", "unanswered", "unclear", "running")
"""Order of the states on the page: what needs attention first (as in the mail's ledger)."""


def commitments_part(collection: CollectionBuilder, inputs: CollectionInputs) -> TeamCollection:
    """Return a team's open commitments by state, what needs attention first, latest first.

    Only those that are shown are put into words.
    """
    every = standing(inputs.log, inputs.gone, inputs.removed)
    found: dict[_Group, list[Standing]] = defaultdict(list)
    for one in every:
        if is_open(one):
            found[_group(one)].append(one)
    item = partial(_item, collection, inputs.log)
    groups = tuple(
        collection.group(f"state_{state}", found[state], item) for state in _ORDER if found[state]
    )
    still = sum(map(len, found.values()))
    intro = collection.word("counted" if every else "nothing", n=len(every), open=still)
    return TeamCollection(collection.team, collection.site.spoken(collection.team), intro, groups)


def _group(one: Standing) -> _Group:
    """Return under which heading a promise stands: not found is not unanswered (ADR 0686)."""
    return "unclear" if one.state == "unanswered" and not one.sure else one.state


def _item(collection: CollectionBuilder, log: TeamLog, state: Standing) -> CollectionItem:
    one = worded(state, log)
    kind = collection.word(f"kind_{one.kind}") if one.kind else ""
    made = collection.word("made", week=collection.site.period(Week.parse(one.made)))
    gone = (
        collection.word("gone", when=collection.site.moment(one.gone, collection.team))
        if one.gone
        else ""
    )
    likely = collection.word("likely") if one.answer is not None and not one.sure else ""
    facts = (kind, made, collection.owners("owners", one.owners), gone, one.why, likely)
    return collection.item(one.text, facts, (one.evidence, one.answer))
