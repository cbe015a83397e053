"""When a statement was first written: corrections and fillings of other cells are no events."""

from dataclasses import replace
from datetime import UTC, datetime

from fakes.stored_notes import LONG_AGO, stored

from notes.model.notes import Step
from reports.analysis.data.written_times import first_told, first_written

FIRST = datetime(2026, 11, 11, tzinfo=UTC)
LATER = datetime(2026, 11, 18, tzinfo=UTC)
NEW = Step(1, LONG_AGO, "new")


def change(name: str, before: str, after: str, at: datetime, version: int = 2) -> Step:
    return Step(version, at, "changed", ((name, before, after),))


def test_a_text_that_was_only_corrected_is_as_old_as_its_first_writing() -> None:
    note = stored(1, retrospective="명단을 먼저 골랐다", written={"retrospective": LATER})
    steps = [
        NEW,
        change("retrospective", "", "명단을 먼져 골랐다", FIRST),
        change("retrospective", "x", "y", LATER),
    ]
    assert first_written(note, steps) == {"retrospective": FIRST}


def test_a_text_that_was_there_at_the_first_reading_has_no_day_however_often_it_is_mended() -> None:
    note = stored(1, retrospective="골랐다", written={"retrospective": LATER})
    assert first_written(note, [NEW, change("retrospective", "골랏다", "골랐다", LATER)]) == {}


def test_a_number_is_as_old_as_its_result_and_a_correction_leaves_it_there() -> None:
    note = stored(1, written={"metric": LATER})
    steps = [
        NEW,
        change("metric", "name 답장률 · before 10", "name 답장률 · before 10 · after 11", FIRST),
        change(
            "metric",
            "name 답장률 · before 10 · after 11",
            "name 답장률 · before 10 · after 12",
            LATER,
        ),
    ]
    assert first_written(note, steps) == {"metric": FIRST}


def test_a_verdict_is_as_old_as_the_first_verdict_and_not_as_its_running_before() -> None:
    note = stored(1, outcome="success", written={"outcome": LATER})
    steps = [
        NEW,
        change("outcome", "running", "failure", FIRST),
        change("outcome", "failure", "success", LATER),
    ]
    assert first_written(note, steps) == {"outcome": FIRST}


def test_an_announced_application_is_no_application_until_it_is_one() -> None:
    note = stored(1, applied_to="웨비나 명단", written={"applied_to": LATER})
    steps = [
        NEW,
        change("applied_to", "", "웨비나 명단에 적용 예정", FIRST),
        change("applied_to", "예정", "웨비나 명단", LATER),
    ]
    assert first_written(note, steps) == {"applied_to": LATER}


def test_another_promise_in_the_same_cell_is_a_new_one_and_a_reworded_one_is_not() -> None:
    steps = [NEW, change("next_action", "", "사례집 만들기", FIRST)]
    other = [*steps, change("next_action", "사례집 만들기", "전화 스무 통 걸기", LATER)]
    note = stored(1, next_action="전화 스무 통 걸기", written={"next_action": LATER})
    assert first_written(note, other) == {"next_action": LATER}
    same = [*steps, change("next_action", "사례집 만들기", "고객 사례집 만들기", LATER)]
    assert first_written(
        replace(note, note=replace(note.note, next_action="고객 사례집 만들기")), same
    ) == {"next_action": FIRST}


def test_only_changed_notes_have_their_past_looked_up_and_only_as_far_as_is_asked() -> None:
    note = replace(stored(1, retrospective="b", written={"retrospective": LATER}), version=2)
    asked: list[str] = []

    def steps(ids):
        asked.extend(ids)
        return {
            "n001": [
                NEW,
                change("retrospective", "", "a", FIRST),
                change("retrospective", "a", "b", LATER),
            ]
        }

    found = list(first_told([note, stored(2)], steps, until=FIRST))
    assert (asked, found[0].written) == (["n001"], {"retrospective": FIRST})


def test_what_became_of_a_text_after_the_instant_that_is_asked_for_counts_for_nothing() -> None:
    note = replace(
        stored(1, retrospective="사진이 낫다", written={"retrospective": FIRST}), version=3
    )
    past = [
        NEW,
        change("retrospective", "", "사진이 낫다", FIRST),
        change("retrospective", "사진이 낫다", "", LATER),
    ]
    (found,) = first_told([note], lambda _ids: {"n001": past}, until=FIRST)
    assert found.written == {"retrospective": FIRST}
