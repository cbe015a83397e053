"""All roles of a column, and what each expects of its cells and its neighbours.

A role is finer than a field of the note: several may feed one field (a retrospective split in good
and bad), and some feed none (a budget), which is worth knowing too. The names are those of
`vocabulary/columns.toml` and of the configuration's column overrides.
"""

from dataclasses import dataclass, field

from sync.parsing.profiles.column_profile import Sort

TEXT: dict[Sort, float] = {
    "text": 0.5,
    "short": 0.0,
    "name": -0.6,
    "change": -1.2,
    "number": -2.5,
    "date": -4.0,
    "week": -4.0,
    "tick": -3.0,
    "status": -1.2,
    "step": -0.8,
    "link": -2.0,
    "key": -2.0,
    "unit": -2.0,
}
"""Score of each sort of cell for a meaning told in sentences, 0 neutral; judgement, checked by
the example logs' score (`python -m bench.score_examples`)."""
SHORT: dict[Sort, float] = {
    "text": -0.6,
    "short": 0.6,
    "name": 0.0,
    "unit": 0.0,
    "step": 0.0,
    "number": -2.0,
    "date": -4.0,
    "week": -3.0,
    "change": -3.0,
    "tick": -2.5,
    "status": -0.6,
    "link": -3.0,
    "key": -0.8,
}
"""Score of each sort of cell for a meaning of a word or two; judgement, checked by the example
logs' score (`python -m bench.score_examples`)."""
NUMBER: dict[Sort, float] = {
    "number": 1.2,
    "key": -0.2,
    "change": -0.8,
    "text": -4.5,
    "short": -4.5,
    "date": -3.0,
    "week": -3.0,
    "name": -4.5,
    "tick": -3.0,
    "status": -3.0,
    "unit": -3.0,
    "step": -3.0,
    "link": -4.0,
}
"""Score of each sort of cell for a measured meaning; judgement, checked by the example logs'
score (`python -m bench.score_examples`)."""
DAY: dict[Sort, float] = {
    "date": 1.8,
    "week": 0.3,
    "number": -1.0,
    "text": -3.0,
    "short": -3.0,
    "name": -4.0,
    "status": -4.0,
    "tick": -4.0,
    "change": -3.5,
    "key": -2.0,
    "unit": -4.0,
    "step": -4.0,
    "link": -4.0,
}
"""Score of each sort of cell for a day or a period; judgement, checked by the example logs'
score (`python -m bench.score_examples`)."""
PERSON: dict[Sort, float] = {
    "name": 0.9,
    "short": -0.3,
    "text": -1.8,
    "number": -4.0,
    "date": -4.0,
    "week": -4.0,
    "change": -4.0,
    "tick": -3.0,
    "status": -2.5,
    "unit": -0.4,
    "step": -3.0,
    "link": -3.0,
    "key": -2.5,
}
"""Score of each sort of cell for names; judgement, checked by the example logs' score (`python
-m bench.score_examples`)."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role: the field that it `feeds`, its cells, the cost of a second such column.

    `rank` is its usual place among the texts of a log (0: no usual place); `core`: a log nearly
    always has it.
    """

    feeds: str
    cells: dict[Sort, float] = field(default_factory=dict)
    again: float = 1.5
    rank: int = 0
    core: float = 0.0
    voice: str = ""


ROLES: dict[str, Role] = {
    "title": Role(
        feeds="title",
        cells={**TEXT, "short": 0.5, "key": -0.8, "name": -0.5},
        again=2.0,
        rank=1,
        core=0.2,
        voice="title",
    ),
    "key": Role(
        "key",
        {"key": 1.5, "number": 0.6, "short": -1.0, "text": -3.0, "date": -3.0, "name": -1.5},
        2.0,
    ),
    "goal": Role(
        feeds="goal", cells={**TEXT, "short": 0.2}, again=1.4, rank=2, core=0.6, voice="goal"
    ),
    "hypothesis": Role(
        feeds="hypothesis",
        cells={**TEXT, "short": -0.7},
        again=1.2,
        rank=3,
        core=0.7,
        voice="hypothesis",
    ),
    "if": Role(
        feeds="hypothesis",
        cells={**TEXT, "short": -0.2},
        again=1.5,
        rank=3,
        core=0.0,
        voice="hypothesis",
    ),
    "then": Role(
        feeds="hypothesis",
        cells={**TEXT, "short": -0.2},
        again=1.5,
        rank=3,
        core=0.0,
        voice="hypothesis",
    ),
    "because": Role(
        feeds="hypothesis",
        cells={**TEXT, "short": -0.2},
        again=1.5,
        rank=3,
        core=0.0,
        voice="hypothesis",
    ),
    "expected": Role(
        feeds="hypothesis",
        cells={**TEXT, "number": -0.3, "change": 0.0},
        again=1.5,
        rank=3,
        core=0.0,
        voice="hypothesis",
    ),
    "execution": Role(
        feeds="execution",
        cells={**TEXT, "short": -0.2},
        again=1.0,
        rank=4,
        core=1.0,
        voice="execution",
    ),
    "result": Role(
        feeds="retrospective",
        cells={**TEXT, "change": 0.0, "number": -1.0},
        again=1.0,
        rank=6,
        core=0.1,
        voice="retrospective",
    ),
    "retrospective": Role(
        feeds="retrospective",
        cells={**TEXT, "short": -0.4},
        again=0.8,
        rank=7,
        core=0.5,
        voice="retrospective",
    ),
    "success_factors": Role(
        feeds="retrospective",
        cells={**TEXT, "short": -0.2},
        again=0.8,
        rank=7,
        core=0.0,
        voice="retrospective",
    ),
    "failure_factors": Role(
        feeds="retrospective",
        cells={**TEXT, "short": -0.2},
        again=0.8,
        rank=7,
        core=0.0,
        voice="retrospective",
    ),
    "learned": Role(
        feeds="learned", cells={**TEXT, "short": -0.5}, again=0.9, rank=8, core=0.4, voice="learned"
    ),
    "applied_to": Role(
        feeds="applied_to",
        cells={**TEXT, "short": 0.4, "text": 0.0, "name": -0.3, "key": 0.0},
        again=1.5,
        rank=9,
        core=0.0,
        voice="applied_to",
    ),
    "next_action": Role(
        feeds="next_action",
        cells={**TEXT, "short": -0.1},
        again=0.8,
        rank=10,
        core=0.5,
        voice="next_action",
    ),
    "next_keep": Role(
        feeds="next_action",
        cells={**TEXT, "short": 0.0},
        again=2.0,
        rank=10,
        core=0.0,
        voice="next_action",
    ),
    "next_stop": Role(
        feeds="next_action",
        cells={**TEXT, "short": 0.0},
        again=2.0,
        rank=10,
        core=0.0,
        voice="next_action",
    ),
    "next_start": Role(
        feeds="next_action",
        cells={**TEXT, "short": 0.0},
        again=2.0,
        rank=10,
        core=0.0,
        voice="next_action",
    ),
    "next_kind": Role(
        "next_kind",
        {
            "step": 2.0,
            "status": -0.2,
            "short": -0.3,
            "text": -2.0,
            "number": -4.0,
            "date": -4.0,
            "name": -1.5,
            "tick": -1.0,
            "unit": -0.5,
        },
        2.0,
    ),
    "outcome": Role(
        "outcome",
        {
            "status": 1.8,
            "tick": 0.9,
            "short": -0.6,
            "unit": 0.0,
            "text": -1.6,
            "number": -2.5,
            "date": -4.0,
            "week": -4.0,
            "name": -2.0,
            "step": -1.0,
            "change": -3.0,
            "key": -2.0,
        },
        1.6,
    ),
    "status": Role(
        "outcome",
        {
            "status": 1.8,
            "tick": -0.5,
            "short": -0.4,
            "unit": -0.2,
            "text": -2.0,
            "number": -2.0,
            "date": -4.0,
            "week": -4.0,
            "name": -2.0,
            "step": -0.8,
            "change": -3.0,
        },
        2.0,
    ),
    "done_check": Role(
        "",
        {"tick": 1.5, "status": 0.2, "short": -1.5, "text": -3.0, "number": -3.0, "date": -3.0},
        2.0,
    ),
    "kept": Role(""),
    "approval": Role(
        "",
        {
            "tick": 1.5,
            "status": 0.6,
            "name": 0.5,
            "short": 0.3,
            "date": -0.5,
            "text": -2.0,
            "number": -3.0,
        },
        0.4,
    ),
    "winner": Role(
        "outcome",
        {
            "short": 0.4,
            "key": 0.4,
            "unit": 0.3,
            "name": 0.0,
            "status": 0.3,
            "text": -1.5,
            "number": -3.0,
            "date": -4.0,
        },
        2.0,
    ),
    "date": Role("start_date", DAY, 6.0, 0, 0.3),
    "start_date": Role("start_date", DAY, 3.5),
    "end_date": Role("end_date", DAY, 3.5),
    "due": Role("end_date", DAY, 2.0),
    "week": Role("week", {**DAY, "week": 2.0, "date": -0.2, "number": -0.2, "key": 0.2}, 3.0),
    "logged": Role("", DAY, 0.2),
    "edited": Role("", DAY, 0.2),
    "other_period": Role("", {**DAY, "short": -0.5, "text": -1.0, "key": -0.5}, 0.2),
    "owners": Role("owners", PERSON, 2.2, 0, 0.3),
    "people": Role("people", {**PERSON, "short": 0.1, "text": -1.0}, 0.8),
    "author": Role("", PERSON, 1.0),
    "metric": Role(
        "metric",
        {
            "change": 1.8,
            "number": 0.5,
            "text": -0.6,
            "short": -0.8,
            "date": -4.0,
            "week": -4.0,
            "name": -2.5,
            "tick": -4.0,
            "status": -3.0,
            "unit": -3.0,
            "key": -1.0,
        },
        1.4,
    ),
    "metric_name": Role(
        "metric_name", {**SHORT, "short": 0.9, "unit": 0.2, "name": 0.2, "status": -0.3}, 2.0
    ),
    "before": Role("before", NUMBER, 1.6),
    "after": Role("after", NUMBER, 1.6),
    "target": Role("target", {**NUMBER, "text": -1.2}, 1.6),
    "change": Role("change", {**NUMBER, "change": 1.0}, 1.2),
    "unit": Role("unit", {**SHORT, "unit": 1.5, "short": -0.6, "text": -3.0, "name": -1.0}, 2.5),
    "metric_value": Role("", NUMBER, 2.0),
    "metric_role": Role("", SHORT, 2.0),
    "metric_part": Role("", SHORT, 2.0),
    "rank": Role("", NUMBER, 2.0),
    "judge_from": Role("", DAY, 2.0),
    "direction": Role("direction", {**SHORT, "short": 0.3}, 2.5),
    "tags": Role("tags", SHORT, 0.4),
    "flow": Role("flow", SHORT, 2.0),
    "links": Role("links", {**SHORT, "key": 0.8, "text": -0.2}, 0.6),
    "problem": Role(
        feeds="", cells={**TEXT, "short": -0.3}, again=0.6, rank=2, core=0.0, voice="problem"
    ),
    "audience": Role("", {**SHORT, "number": -0.5, "name": 0.2, "text": -0.3}, 0.4),
    "budget": Role(
        "",
        {"number": 0.8, "short": -0.6, "text": -1.5, "change": -1.5, "date": -4.0, "name": -2.5},
        0.4,
    ),
    "score": Role(
        "", {"number": 0.8, "short": 0.0, "key": 0.4, "text": -1.5, "unit": 0.2, "date": -4.0}, 0.2
    ),
    "url": Role("", {"link": 2.0, "short": -0.8, "text": -1.2, "number": -3.0, "date": -3.0}, 0.4),
    "tool": Role("", SHORT, 0.4),
    "team": Role("", {**SHORT, "name": 0.2}, 0.6),
    "note": Role("", {**TEXT, "short": 0.0, "name": -0.3, "number": -0.5, "date": -1.0}, 0.4),
    "needs": Role("needs", {**TEXT, "short": 0.3, "name": -0.3, "number": -2.0}, 0.6),
    "mention": Role("people", PERSON, 0.6),
    "feedback_text": Role("feedback_text", TEXT, 1.0),
    "giver": Role("giver", PERSON, 1.5),
    "receiver": Role("receiver", PERSON, 1.5),
    "planned_count": Role("planned_count", NUMBER, 1.5),
    "done_count": Role("done_count", NUMBER, 1.5),
    "rate": Role("", NUMBER, 1.0),
    "plan_bhag": Role("bhag", TEXT, 1.5),
    "plan_key_result": Role("key_result", TEXT, 1.5),
    "plan_business": Role("business", TEXT, 1.0),
    "plan_learning": Role("learning", TEXT, 1.0),
    "plan_people": Role("people_lever", TEXT, 1.0),
    "plan_risk": Role("risks", TEXT, 1.0),
    "plan_countermeasure": Role("countermeasure", TEXT, 1.0),
    "plan_big3": Role("big3", TEXT, 0.5),
}
"""Every meaning of a column. The weights are judgement, checked by the example logs' score
(`python -m bench.score_examples`)."""

OVERRIDES = {
    **{name: name for name in ROLES},
    "period": "date",
    "objective": "goal",
    "ignore": "",
    "retro": "retrospective",
}
"""What the configuration may call a column: every role, and a few other names."""

SWITCHES: tuple[tuple[str, tuple[Sort, ...], str], ...] = (
    ("result", ("status", "tick"), "outcome"),
    ("result", ("change", "number"), "metric"),
    ("retrospective", ("status",), "outcome"),
    ("success_factors", ("tick", "status"), "outcome"),
    ("outcome", ("text",), "retrospective"),
    ("outcome", ("change",), "metric"),
    ("outcome", ("step",), "next_kind"),
    ("change", ("change",), "metric"),
    ("goal", ("number",), "target"),
    ("target", ("text", "short"), "goal"),
    ("next_action", ("step",), "next_kind"),
    ("next_kind", ("text",), "next_action"),
    ("metric", ("short", "name"), "metric_name"),
    ("metric", ("text",), "result"),
    ("metric_name", ("change", "number"), "metric"),
    ("expected", ("number",), "target"),
    ("date", ("week",), "week"),
    ("week", ("date",), "date"),
    ("before", ("date",), "start_date"),
    ("after", ("date",), "end_date"),
    ("after", ("change",), "metric"),
    ("after", ("tick", "status"), "outcome"),
    ("execution", ("tick",), "done_check"),
    ("execution", ("status",), "status"),
    ("execution", ("date",), "start_date"),
    ("done_check", ("date",), "end_date"),
    ("done_check", ("text", "short"), "execution"),
    ("next_start", ("date",), "start_date"),
    ("next_stop", ("date",), "end_date"),
    ("owners", ("date",), "due"),
    ("retrospective", ("date",), "end_date"),
    ("success_factors", ("number",), "score"),
    ("success_factors", ("step",), "next_kind"),
    ("next_keep", ("step",), "next_kind"),
    ("title", ("key",), "key"),
    ("key", ("text", "short"), "title"),
    ("problem", ("text",), "failure_factors"),
    ("problem", ("change",), "metric"),
    ("learned", ("number",), "score"),
    ("status", ("tick",), "done_check"),
    ("applied_to", ("step",), "next_kind"),
    ("applied_to", ("tick", "status"), ""),
    ("audience", ("text",), "note"),
    ("audience", ("number",), "target"),
    ("direction", ("text", "short"), "next_action"),
    ("title", ("text",), "execution"),
)
"""A header that says one thing over cells that are another: what the column then is."""
