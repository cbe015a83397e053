"""Looks again at the meanings of a table's columns: what they are beside each other.

A trial's name beside what was done, a reason behind what came out, a remark where nothing else is
told: a column's own header and cells don't tell these apart.
"""

from collections.abc import Callable, Sequence, Set
from dataclasses import replace

from notes.system.compiled_tables import kept_pattern
from sync.parsing.cells.outcomes import read_answer, read_next_kind
from sync.parsing.profiles.column_profile import ColumnProfile
from sync.parsing.vocabulary import load_words

from .grades import TEXT_FIELDS, ColumnMeaning, Grade, Meaning, agreed

_MOSTLY = 0.5
"""Half of the cells: a majority."""
_SENTENCE = 28
"""Mean length in characters from which titles are sentences that tell what was done; judgement."""
_LOOKING_BACK = frozenset(
    {"retrospective", "success_factors", "failure_factors", "result", "learned"}
)
_LOOKED_BACK = frozenset({"retrospective", "learned"})
_CAME_OUT = frozenset({"outcome", "result", "after", "metric"})
_PLAYS = frozenset(
    {"play", "the play", "initiative", "initiatives", "strategy", "tactic", "lever", "move"}
)
"""Headers of what was done, or of a trial's name where another column says what was done."""
_PLANNED = frozenset({"execution", "title"})
_TOPICS = frozenset({"topic", "theme", "subject", "주제"})
"""Headers of a trial's name, or of what it is about where another column names it."""
_TASKS = frozenset({"과제", "챌린지", "challenge", "project"})
"""Headers of what is wanted, or of a trial's name."""
_ONE_WORD = 1.5
"""Mean words up to which topics sort; judgement: a name is longer."""
_REASONS = frozenset(
    {
        "이유",
        "사유",
        "왜",
        "까닭",
        "근거",
        "그 이유는",
        "reason",
        "reasons",
        "why",
        "why so",
        "reasoning",
        "rationale for decision",
        "rationale for the decision",
        "reason for decision",
        "reason for the decision",
        "decision rationale",
        "why we decided",
        "why we think so",
        "판단 근거",
        "판단 이유",
        "판정 근거",
        "판정 이유",
        "판정 사유",
        "결정 이유",
        "결정 근거",
    }
)
"""Headers that give a reason without saying of what."""


def refined(found: list[Meaning]) -> list[Meaning]:
    """Return the meanings with those changed that only their neighbours tell."""
    found = _with_choices(found)
    roles = [one.role for one in found]
    if "planned_count" not in roles and (numbers := _counted_alone(found)) is not None:
        found = _with(found, numbers, "metric", grade="certain")
    for of_neighbours, role, grade in _EACH:
        if (place := of_neighbours(found)) is not None:
            found = _with(found, place, role, grade=grade)
    changed = (named for look in _LOOKS if (named := look(found, roles)) is not None)
    place, role = next(changed, (-1, ""))
    return _with(found, place, role) if role else found


def _with_choices(found: list[Meaning]) -> list[Meaning]:
    """Return the meanings with what goes on as its kind, where cells only say whether it does."""
    for place in [place for place, one in enumerate(found) if _is_choice(one)]:
        found = _with(found, place, "next_kind", grade="certain")
    return found


def _is_choice(meaning: Meaning) -> bool:
    """Return whether a column of what goes on or ends ("계속?", "Stop") only says whether so."""
    cells = meaning.profile.samples
    kinds = [read_next_kind(cell) is not None or read_answer(cell) is not None for cell in cells]
    return meaning.role in ("next_keep", "next_stop") and bool(kinds) and all(kinds)


def _places(roles: Sequence[str], role: str) -> list[int]:
    return [place for place, one in enumerate(roles) if one == role]


def _progress(found: Sequence[Meaning], roles: Sequence[str]) -> tuple[int, str] | None:
    """A note of progress is what came of a deed, or the deed where nothing else tells it."""
    role = "retrospective" if "execution" in roles else "execution"
    known = load_words("headers")["of_progress"]
    return next(
        ((place, role) for place in _places(roles, "note") if _phrase(found[place]) in known),
        None,
    )


def _name_of_two(found: Sequence[Meaning], roles: Sequence[str]) -> tuple[int, str] | None:
    """Of two actions or two guesses the short first one is the trial's name."""
    for role in ("execution", "hypothesis"):
        places = _places(roles, role)
        if len(places) == 2 and "title" not in roles:
            named = role == "execution" and _phrase(found[places[0]]) in _PLAYS
            if named or _much_shorter(found, places):
                return places[0], "title"
    return None


def _remarks(found: Sequence[Meaning], roles: Sequence[str]) -> tuple[int, str] | None:
    """Remarks look back where nothing else does, or tell what was done where nothing else does."""
    notes = _places(roles, "note")
    if not notes or _LOOKING_BACK & set(roles) or not _tells(found[notes[0]].profile):
        return None
    done = "execution" not in roles and agreed("execution", found[notes[0]].profile)
    return notes[0], "execution" if done else "retrospective"


def _situations(found: Sequence[Meaning], roles: Sequence[str]) -> tuple[int, str] | None:
    """A log of days and situations tells in these what was going on."""
    problems = _places(roles, "problem")
    alone = len(problems) == 1 and not TEXT_FIELDS & set(roles)
    return (problems[0], "execution") if alone and _tells(found[problems[0]].profile) else None


def _told_as_names(found: Sequence[Meaning], roles: Sequence[str]) -> tuple[int, str] | None:
    """A log without actions whose names are sentences tells the actions there."""
    titles = _places(roles, "title")
    alone = "execution" not in roles and len(titles) == 1
    told = alone and found[titles[0]].profile.length >= _SENTENCE
    return (titles[0], "execution") if told else None


def _states(found: Sequence[Meaning], roles: Sequence[str]) -> tuple[int, str] | None:
    """What the state was ("현황") is no deed where another column tells what was done."""
    deeds = _places(roles, "execution")
    states = [place for place in deeds if _phrase(found[place]) in _STATES]
    return (states[0], "problem") if states and len(states) < len(deeds) else None


def _achieved(found: Sequence[Meaning], roles: Sequence[str]) -> tuple[int, str] | None:
    """What was achieved ("추진 실적") came of what was done, where another column tells that."""
    deeds = _places(roles, "execution")
    reached = [place for place in deeds if _phrase(found[place]) in _ACHIEVED]
    return (reached[0], "result") if reached and len(reached) < len(deeds) else None


def _named_by_deeds(found: Sequence[Meaning], roles: Sequence[str]) -> tuple[int, str] | None:
    """Sentences of deeds under "Test" are what was done where nothing else tells it."""
    titles = _places(roles, "title")
    alone = "execution" not in roles and len(titles) == 1
    named = alone and _phrase(found[titles[0]]) in _TRIALS
    told = named and found[titles[0]].profile.sounds("execution") >= _SOUNDS
    return (titles[0], "execution") if told else None


def _troubled(found: Sequence[Meaning], roles: Sequence[str]) -> tuple[int, str] | None:
    """Problems before a deed whose result is told are what it was for ("문제점", "개선 내용")."""
    if "execution" not in roles or "problem" in roles:
        return None
    deed = roles.index("execution")
    told = set(roles[deed:]) & {"retrospective", "result", "success_factors", "outcome", "after"}
    return next(
        (
            (place, "problem")
            for place in _places(roles[:deed], "failure_factors")
            if told and _phrase(found[place]) in _TROUBLES
        ),
        None,
    )


_TROUBLES = frozenset({"문제", "문제점", "problem", "problems", "issues", "이슈"})
"""Headers of what went badly, or of what was to be solved."""


def _offered(found: Sequence[Meaning], roles: Sequence[str]) -> tuple[int, str] | None:
    """What was offered ("제안 내용") was done where another column says what is next, and none
    what was done.
    """
    steps = _places(roles, "next_action")
    offers = [place for place in steps if _phrase(found[place]) in _OFFERS]
    done = "execution" in roles or not offers or len(offers) == len(steps)
    return None if done else (offers[0], "execution")


def _improved(found: Sequence[Meaning], roles: Sequence[str]) -> tuple[int, str] | None:
    """A way to improve before what came out, where nothing else is told, was taken."""
    ends = [place for place, one in enumerate(roles) if one in _CAME_OUT | _LOOKED_BACK]
    steps = _places(roles, "next_action")
    taken = [
        place
        for place in steps
        if ends and place < ends[0] and _phrase(found[place]) in _IMPROVEMENTS
    ]
    return (taken[0], "execution") if taken and "execution" not in roles else None


def _named_improvement(found: Sequence[Meaning]) -> int | None:
    """Return the column of tasks of improvement that names what another says how to improve."""
    steps = [place for place, one in enumerate(found) if one.role == "next_action"]
    tasks = [place for place in steps if _phrase(found[place]) in ("개선 과제", "개선과제")]
    ways = [place for place in steps if _phrase(found[place]) in _IMPROVEMENTS]
    named = tasks and ways and tasks[0] < ways[0]
    return tasks[0] if named and "title" not in {one.role for one in found} else None


_IMPROVEMENTS = frozenset(
    {"개선 방안", "개선방안", "개선안", "개선 방향", "개선 계획", "대응 방안", "보완 방안"}
)
"""Headers of what is next, or of what was done where what came of it stands behind."""
_ACHIEVED = frozenset(
    {
        "추진 실적",
        "금주 실적",
        "실적",
        "실적 내용",
        "accomplishments",
        "accomplished",
        "achieved",
        "achievements",
        "what changed",
        "what has changed",
        "what is different",
        "바뀐 점",
        "바뀐 것",
        "달라진 점",
        "달라진 것",
    }
)
"""Headers of what was done, or of what came of it where another column says what was done."""
_OFFERS = frozenset({"제안", "제안 내용", "제안한 내용", "건의", "proposal", "offer", "suggestion"})
"""Headers of what is proposed to be next, or of what was offered."""
_TRIALS = frozenset({"test", "trial", "experiment", "테스트", "실험", "시험", "시도"})
"""Headers of a trial's name, or of what was done where the cells tell deeds."""
_SOUNDS = 0.5
"""Mean probability from which cells sound like deeds; as `grades._AGREED`."""
_STATES = frozenset({"현황", "현재 상태", "상태", "state", "current status", "status"})
"""Headers over sentences that tell what was done where nothing else does."""


def _key_result(found: Sequence[Meaning], roles: Sequence[str]) -> tuple[int, str] | None:
    """The key result of a trial that has a hypothesis is what came of it, where nothing else tells.

    Beside an objective, or without a hypothesis, it is what is to be reached.
    """
    goals = _places(roles, "goal")
    alone = len(goals) == 1 and _phrase(found[goals[0]]) in _KEY_RESULTS
    told = "hypothesis" in roles and not (_CAME_OUT | _LOOKED_BACK - {"learned"}) & set(roles)
    return (goals[0], "result") if alone and told else None


_KEY_RESULTS = frozenset({"key result", "key results", "핵심 결과"})
"""Headers of what is to be reached (OKR), or of the main result of a trial."""


_LOOKS: tuple[Callable[[Sequence[Meaning], Sequence[str]], tuple[int, str] | None], ...] = (
    _progress,
    _key_result,
    _states,
    _achieved,
    _offered,
    _troubled,
    _improved,
    _name_of_two,
    _remarks,
    _situations,
    _told_as_names,
    _named_by_deeds,
)
"""What changes one column, in this order; the first that does is the last."""


def _told_after(found: Sequence[Meaning]) -> int | None:
    """Return the column of reasons that stands behind what came out: "결과", then "이유".

    A reason before it says why something should work, one behind it why it did, or why it goes on
    or stops. Where the trial or its deeds still follow, the log only names them last.
    """
    plans = [place for place, one in enumerate(found) if one.role in _PLANNED]
    last_plan = max(plans, default=-1)
    ends = [
        place
        for place, one in enumerate(found)
        if one.role in _CAME_OUT or (one.role == "next_kind" and -1 < last_plan < place)
    ]
    return next(
        (
            place
            for place, one in enumerate(found)
            if ends
            and place > max(ends[0], last_plan)
            and one.role in ("hypothesis", "because", "goal")
            and _phrase(one) in _REASONS
        ),
        None,
    )


def _told_before(found: Sequence[Meaning]) -> int | None:
    """Return a column of reasons that was taken for looking back, before anything came out."""
    ends = [place for place, one in enumerate(found) if one.role in _CAME_OUT]
    if not ends or any(one.role == "hypothesis" for one in found):
        return None
    return next(
        (
            place
            for place, one in enumerate(found[: ends[0]])
            if one.role in ("retrospective", "goal")
            and _phrase(one).startswith(("why", "왜", *_REASONS))
        ),
        None,
    )


def _believed(found: Sequence[Meaning]) -> int | None:
    """Return a column that only asks why, beside deeds, whose texts sound less like purposes.

    "To reach young people" is a goal, "young people like it" is what was believed.
    """
    roles = {one.role for one in found}
    if "execution" not in roles or "hypothesis" in roles:
        return None
    return _goal_under(found, _REASONS, lambda profile: not _are_purposes(profile))


def _are_purposes(found: ColumnProfile) -> bool:
    """Return whether most cells say what for, or sound like goals beyond doubt."""
    told = sum(1 for text in found.samples if _PURPOSE.search(text.casefold()))
    return told * 2 >= len(found.samples) or agreed("goal", found)


_PURPOSE = kept_pattern(r"^(?:to|so that|in order to|for)\s|(?:위해서?|려고|고자|도록)$")
"""A reason that is a purpose: "to reach young people", "대기를 줄이려고"."""


def _much_shorter(found: Sequence[Meaning], places: Sequence[int]) -> bool:
    first, second = (found[place].profile.length for place in places)
    return first * 1.6 < second


def _phrase(meaning: Meaning) -> str:
    """Return the phrase of the vocabulary by which a column is known, without its marks."""
    return meaning.reason.strip("“”≈ ")


def _tells(found: ColumnProfile) -> bool:
    return found.share("text", "short") >= _MOSTLY and found.main in ("text", "short")


def _filled_in_by(found: Sequence[Meaning]) -> int | None:
    """Return the column "Name" of a form's answers, which bear a time of writing: who filled it
    in.
    """
    roles = [one.role for one in found]
    if "logged" not in roles or "execution" not in roles or "owners" in roles:
        return None
    return next(
        (
            place
            for place in _places(roles, "title")
            if _phrase(found[place]) in _NAMES and found[place].profile.words <= _NAME_WORDS
        ),
        None,
    )


_NAMES = frozenset({"이름", "name"})
"""Headers of a person's name, or of a trial's."""
_NAME_WORDS = 2.5
"""Mean words up to which cells may be people's names; judgement."""


def _big_goal(found: Sequence[Meaning]) -> int | None:
    """Return the column of the big goal ("BHAG") of a log that says what was done, and no other
    goal.
    """
    roles = [one.role for one in found]
    return _places(roles, "plan_bhag")[0] if _is_big_goal(roles) else None


def _is_big_goal(roles: Sequence[str]) -> bool:
    levers = any(role.startswith("plan_") and role != "plan_bhag" for role in roles)
    return "plan_bhag" in roles and "execution" in roles and "goal" not in roles and not levers


def _topics_beside_names(found: Sequence[Meaning]) -> int | None:
    """Return the column of topics, single words, beside one that names the trials: it sorts
    them.
    """
    named = [place for place, one in enumerate(found) if one.role == "title"]
    topics = [place for place in named if _phrase(found[place]) in _TOPICS]
    short = topics and found[topics[0]].profile.words <= _ONE_WORD
    return topics[0] if short and len(topics) < len(named) else None


def _focus_beside_deeds(found: Sequence[Meaning]) -> int | None:
    """Return a column of focuses that are single words beside deeds: it sorts them.

    "Rope", "Crew" are no aim; "Fewer late boats" is one.
    """
    if not any(one.role == "execution" for one in found):
        return None
    return _goal_under(
        found, _FOCUSES, lambda profile: profile.words <= _ONE_WORD and not profile.inherited
    )


_FOCUSES = frozenset({"focus", "초점", "중점", "포커스"})
"""Headers of an aim, or of what a trial is about."""


def _named_with_guess(found: Sequence[Meaning]) -> int | None:
    """Return a column of tasks ("과제") that is merged down as its hypothesis is: it names the
    trial.

    A goal is shared by trials that have a hypothesis each (reading rules 1.6).
    """
    guess = next((one for one in found if one.role == "hypothesis"), None)
    if guess is None or not guess.profile.inherited or any(one.role == "title" for one in found):
        return None
    merged = guess.profile.inherited
    return _goal_under(found, _TASKS, lambda profile: profile.inherited == merged)


def _goal_under(
    found: Sequence[Meaning], headers: Set[str], fits: Callable[[ColumnProfile], bool]
) -> int | None:
    """Return the first column of goals under one of some headers whose cells fit."""
    return next(
        (
            place
            for place, one in enumerate(found)
            if one.role == "goal" and _phrase(one) in headers and fits(one.profile)
        ),
        None,
    )


def _to_start_or_stop(found: Sequence[Meaning]) -> int | None:
    """Return the column that names what to start, to stop and to go on with, where nothing else is
    told: cards of a retrospective ("Start | Agenda a day before"). A trial is never to start.
    """
    kinds = {
        read_next_kind(cell)
        for one in found
        if one.role == "next_kind"
        for cell in one.profile.samples
    }
    told = [place for place, one in enumerate(found) if one.role in (*TEXT_FIELDS, "title")]
    if not {"start", "stop"} <= kinds or len(told) != 1:
        return None
    named = found[told[0]].role == "title" or found[told[0]].reason.startswith("≈")
    return told[0] if named else None


def _counted_alone(found: Sequence[Meaning]) -> int | None:
    """Return the column of what was achieved ("실적 12건") beside deeds, where no plan is
    counted.
    """
    if not any(one.role == "execution" for one in found):
        return None
    return next((place for place, one in enumerate(found) if one.role == "done_count"), None)


_EACH: tuple[tuple[Callable[[Sequence[Meaning]], int | None], str, Grade], ...] = (
    (_told_after, "retrospective", "likely"),
    (_told_before, "hypothesis", "likely"),
    (_believed, "hypothesis", "likely"),
    (_filled_in_by, "owners", "certain"),
    (_big_goal, "goal", "certain"),
    (_topics_beside_names, "tags", "certain"),
    (_focus_beside_deeds, "tags", "certain"),
    (_named_improvement, "title", "certain"),
    (_named_with_guess, "title", "certain"),
    (_to_start_or_stop, "next_action", "certain"),
)
"""What finds a column, the role that it then has and how sure; in this order, each after the
others."""


def _with(
    found: Sequence[Meaning], number: int, role: str, *, grade: Grade = "likely"
) -> list[Meaning]:
    """Return the meanings with another role for one column, which is only likely by default."""
    return [
        replace(one, role=role, grade=grade)
        if place == number and isinstance(one, ColumnMeaning)
        else one
        for place, one in enumerate(found)
    ]
