"""Numbers that moved, in words: arrows, both sides, what is left, how sure."""

from reports.answers import Activity, Move, Number
from reports.page.view import Change, Tone
from reports.page.words import figures

from .voice import Voice

_TONES: dict[str, Tone] = {"better": "good", "worse": "bad", "same": "plain"}


def metric_name(voice: Voice, name: str, width: int = 30) -> str:
    """Return the metric's own name, or that it has none."""
    return voice.quote(name, width) or voice("move.unnamed")


def value(voice: Voice, number: float, unit: str) -> str:
    """Return a measured number with its unit."""
    return figures.quantity(number, voice.quote(unit, 10), voice.language)


def size(voice: Voice, change: float, unit: str) -> str:
    """Return the size of a difference with its unit, without a sign."""
    return figures.difference(change, voice.quote(unit, 10), voice.language)


def arrow_of(voice: Voice, change: float, unit: str, tone: Tone) -> Change:
    """Return a change with its arrow; none says so and has no arrow."""
    if not change:
        return Change(voice("move.none"))
    return Change(size(voice, change, unit), "▲" if change > 0 else "▼", tone)


def change_of_move(voice: Voice, move: Move) -> Change:
    """Return how far a metric moved, coloured by whether that is the better way."""
    return arrow_of(voice, move.change, move.unit, _TONES[move.way])


def change_of_number(voice: Voice, number: Number) -> Change | None:
    """Return a number's change against the last period, None where there was none; late numbers raise no alarm."""
    if number.change is None:
        return None
    tone: Tone = _TONES[number.way or "same"]
    if number.deferred and tone == "bad":
        tone = "plain"
    return arrow_of(voice, number.change, number.unit, tone)


def both_sides(voice: Voice, move: Move) -> str:
    """Return `두 번째 상자 유지율 48% → 57%(목표 60%)`, as far as the log has it."""
    name = metric_name(voice, move.name)
    if move.before is None or move.after is None:
        return name
    text = voice(
        "move.sides",
        metric=name,
        before=value(voice, move.before, move.unit),
        after=value(voice, move.after, move.unit),
    )
    return text + (voice("move.target", target=value(voice, move.target, move.unit)) if move.target is not None else "")


def counts(voice: Voice, move: Move) -> str:
    """Return both counts (84/175 → 104/182) and what the interval of the difference allows to say."""
    if not (move.before_counts and move.after_counts):
        return ""
    (hits, of), (hits_after, of_after) = move.before_counts, move.after_counts
    text = voice("move.counts", before=f"{hits}/{of}", after=f"{hits_after}/{of_after}")
    if move.interval is None:
        return text
    low, high = (figures.number(end, voice.language, decimals=1) for end in (move.interval.low, move.interval.high))
    key = "move.interval_zero" if move.interval.includes_zero else "move.interval"
    return f"{text} {voice(key, low=low, high=high)}"


def grade(voice: Voice, activity: Activity) -> tuple[str, str, Tone]:
    """Return the grade in words, as dots, and its tone."""
    dots = {"strong": "●●●", "medium": "●●○", "weak": "●○○"}[activity.grade]
    tone: Tone = "warn" if activity.grade == "weak" else "plain"
    reason = voice(f"grade.reason.{activity.reasons[0]}") if activity.reasons else ""
    return voice(f"grade.{activity.grade}", reason=reason), dots, tone


def sentence(voice: Voice, move: Move) -> str:
    """Return one sentence: what moved, how far, to where."""
    direction = "none" if not move.change else "up" if move.change > 0 else "down"
    name, far = metric_name(voice, move.name, 24), size(voice, move.change, move.unit)
    if move.after is None:
        return voice(f"move.{direction}_by", metric=name, far=far)
    return voice(f"move.{direction}_to", metric=name, far=far, after=value(voice, move.after, move.unit))
