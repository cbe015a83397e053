"""Open commitments of all time: what was promised, by whom, since when, and how it stands."""

from collections import defaultdict
from functools import partial

from loopnote.weeks import Week
from reports.sections import Commitment, CommitmentState
from reports.standing import is_open, standing_commitments

from .shelf import Shelf, TeamInputs
from .view import Item, TeamPart

_ORDER: tuple[CommitmentState, ...] = ("came_back", "vanished", "unanswered", "running")


def commitments_part(shelf: Shelf, inputs: TeamInputs) -> TeamPart:
    """Return a team's open commitments by their state, those that need a look first, the latest first."""
    every = standing_commitments(inputs.log, inputs.gone)
    found: dict[CommitmentState, list[Commitment]] = defaultdict(list)
    for one in every:
        if is_open(one):
            found[one.state].append(one)
    item = partial(_item, shelf)
    groups = tuple(shelf.group(f"state_{state}", found[state], item) for state in _ORDER if found[state])
    still = sum(map(len, found.values()))
    intro = shelf.word("counted" if every else "nothing", n=len(every), open=still)
    return TeamPart(shelf.team, shelf.site.spoken(shelf.team), intro, groups)


def _item(shelf: Shelf, one: Commitment) -> Item:
    kind = shelf.word(f"kind_{one.kind}") if one.kind else ""
    made = shelf.word("made", week=shelf.site.period(Week.parse(one.made)))
    gone = shelf.word("gone", when=shelf.site.moment(one.gone, shelf.team)) if one.gone else ""
    likely = shelf.word("likely") if not one.sure else ""
    facts = (kind, made, shelf.owners("owners", one.owners), gone, one.why, likely)
    return shelf.item(one.text, facts, (one.evidence, one.answer))
