"""The three signals (method §4): process, leading numbers, recorded successes and failures."""

from collections.abc import Sequence

from notes.model.notes import StoredNote
from notes.model.periods import Period
from reports.analysis.data.period_membership import day_of, is_executed, is_finished
from reports.analysis.data.planned_work import planned_activities
from reports.analysis.data.team_log import TeamLog, weeks_before, without_placeholder
from reports.analysis.metrics.metric_series import period_metrics
from reports.analysis.records.answers import PeriodMetric
from reports.analysis.records.section_results import (
    InputOutputGap,
    LeadingSignal,
    ProcessSignal,
    RecordedSignal,
    Signals,
)
from reports.analysis.text.quoting import sentences
from reports.analysis.text.vocabulary import contains_term


def find_signals(log: TeamLog) -> Signals:
    """Return the three signals."""
    return Signals(process_signal(log), leading_signal(log), recorded_signal(log))


def process_signal(log: TeamLog) -> ProcessSignal | None:
    """Return how many retrospectives name a step, and how many blame a person; None for 0 and 0."""
    process, person = _causes(log.looked_back, log)
    if not process + person:
        return None
    enough = process + person >= log.rules.process_notes
    before = _causes(log.looked_back_in(log.period.back()), log)
    comparable = sum(before) >= log.rules.process_notes
    return ProcessSignal(
        process=process,
        person=person,
        notes=process + person,
        enough=enough,
        share=process / (process + person) if enough else None,
        previous_share=before[0] / sum(before) if comparable else None,
    )


def _causes(notes: Sequence[StoredNote], log: TeamLog) -> tuple[int, int]:
    texts = (
        f"{one.note.retrospective}\n{one.note.failure_factors}\n{one.note.success_factors}"
        for one in notes
    )
    causes = [log.names.cause(text) for text in texts]
    return causes.count("process"), causes.count("person")


def leading_signal(log: TeamLog) -> LeadingSignal | None:
    """Return agreed activities done, and the leading beside the lagging numbers; or None."""
    agreed, before = planned_activities(log, log.period), planned_activities(log, log.period.back())
    numbers = period_metrics(log)
    leading = [number for number in numbers if number.role == "leading"]
    inputs = tuple(number for number in leading if number.unit != "%")
    quality = tuple(number for number in leading if number.unit == "%")
    outputs = tuple(
        number
        for number in numbers
        if number.role == "lagging"
        and not number.deferred
        and not contains_term("cumulative", number.name)
    )
    if not agreed and not leading and not outputs:
        return None
    done, done_before = (sum(one.done is True for one in several) for several in (agreed, before))
    return LeadingSignal(
        agreed=len(agreed),
        done=done,
        previous_agreed=len(before),
        previous_done=done_before,
        inputs=inputs[: log.rules.list_size],
        quality=quality[: log.rules.list_size],
        outputs=outputs[: log.rules.list_size],
        parting=_parting(leading, outputs),
        unmarked=sum(one.done is None for one in agreed),
        previous_unmarked=sum(one.done is None for one in before),
    )


def _parting(leading: Sequence[PeriodMetric], outputs: Sequence[PeriodMetric]) -> InputOutputGap:
    """Return where input and output part; unknown unless both have a change."""
    into, out = _trend(leading), _trend(outputs)
    if into is None or out is None:
        return "unknown"
    if into > 0 >= out:
        return "input_up_output_not"
    if out > 0 >= into:
        return "output_up_input_not"
    return "input_down" if into < 0 else "together"


def _trend(numbers: Sequence[PeriodMetric]) -> int | None:
    """Return the sign of the numbers that improved less those that got worse."""
    ways = [number.direction for number in numbers if number.direction is not None]
    balance = ways.count("better") - ways.count("worse")
    return (balance > 0) - (balance < 0) if ways else None


def recorded_signal(log: TeamLog) -> RecordedSignal | None:
    """Return how finished notes are recorded, and the weeks without a failure; or None.

    A log that keeps lessons and never a cause has no place for causes: they are not written, and
    not asked for each week anew (method §1, three values).
    """
    told = {
        stored.id
        for stored in (*log.concluded, *(one for one in log.period_notes if not one.note.outcome))
    }
    over = [stored for stored in log.notes if stored.id in told and _judged(stored, log.period)]
    weeks, finished_then = _weeks_without_failure(log)
    warning = weeks >= log.rules.failure_weeks and finished_then >= log.rules.too_few
    unwritten = _keeps_only_lessons(log)
    if not warning and (unwritten or not over):
        return None
    outcomes = [stored.note.outcome for stored in over]
    bare = [stored for stored in over if not names_cause(stored)]
    missing = tuple(log.evidence(stored) for stored in bare[: log.rules.list_size])
    return RecordedSignal(
        finished=len(over),
        with_cause=len(over) - len(bare),
        successes=outcomes.count("success"),
        failures=outcomes.count("failure"),
        inconclusive=outcomes.count("inconclusive"),
        weeks_without_failure=weeks,
        warning=warning,
        without_cause=() if unwritten else missing,
        unwritten=unwritten,
    )


def _keeps_only_lessons(log: TeamLog) -> bool:
    """Return whether notes of the log say what was learned, and none ever looks back."""
    notes = [stored.note for stored in log.notes]
    return any(without_placeholder(note.learned) for note in notes) and not any(
        without_placeholder(text)
        for note in notes
        for text in (note.retrospective, note.success_factors, note.failure_factors)
    )


def names_cause(stored: StoredNote) -> bool:
    """Return whether a note says why: factors, or a retrospective that does not only console."""
    note = stored.note
    if without_placeholder(note.success_factors) or without_placeholder(note.failure_factors):
        return True
    return bool(without_placeholder(note.retrospective)) and not is_only_consolation(
        note.retrospective
    )


def is_only_consolation(text: str) -> bool:
    """Return whether every sentence of a text consoles and none names a cause (method §5).

    Consolation: 수고, 쉽지 않았, 더 잘해.
    """
    parts = sentences(text)
    return bool(parts) and all(
        contains_term("consolation", part) and not contains_term("process", part) for part in parts
    )


def _weeks_without_failure(log: TeamLog) -> tuple[int, int]:
    """Return the complete weeks in a row without a failure, and the notes finished in them.

    None where the period itself has one: the last week of a month may go on into the next.
    """
    if any(stored.note.outcome == "failure" for stored in log.concluded):
        return 0, 0
    count = finished_then = 0
    for week in reversed(weeks_before(log.period, log.rules.window_weeks)):
        ended = [stored for stored in log.concluded_in(week) if _judged(stored, week)]
        if any(one.note.outcome == "failure" for one in ended) or not _begun(log, week):
            break
        count += 1
        finished_then += len(ended)
    return (0, 0) if _has_unread_verdict(log, count) else (count, finished_then)


def _has_unread_verdict(log: TeamLog, weeks: int) -> bool:
    """Return whether a verdict of the last weeks is written in words that could not be read: it may
    be the failure.
    """
    since = log.until(weeks)
    return any(
        stored.id in log.unread_verdicts and day_of(stored, log.zone) >= since
        for stored in log.notes
    )


def _judged(stored: StoredNote, week: Period) -> bool:
    return is_finished(stored.note, week) and stored.note.outcome != "dropped"


def _begun(log: TeamLog, week: Period) -> bool:
    """Return whether the log told of a trial by the end of a week: a row of another kind, a list of
    people with the day of the last contact, begins no log of trials.
    """
    return any(
        day_of(stored, log.zone) <= week.last for stored in log.notes if is_executed(stored.note)
    )
