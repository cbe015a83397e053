"""What a Notion source decides from what it remembers."""

import json
from datetime import UTC, datetime, timedelta

from sync.contents.pages import Page, PropertySchema, build_batch
from sync.notion.memory import (
    DataSourceMemory,
    NotionMemory,
    PageSighting,
    Sightings,
    from_json,
    is_sweep_due,
    mark_of,
    next_start,
    remembered,
    to_json,
)
from sync.notion.property_names import has_meaning, has_texts_in_bodies

NOON = datetime(2026, 9, 7, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def sights(*moments: datetime) -> dict[str, PageSighting]:
    return {
        f"p{place}": PageSighting(moment, "m", settled=True) for place, moment in enumerate(moments)
    }


def page(key: str, edited: datetime) -> Page:
    return Page(id=key, url="", title=key, properties=(), edited=edited)


def columns(*names: str, kind: str = "rich_text") -> tuple[PropertySchema, ...]:
    return tuple(PropertySchema(name, name, kind) for name in names)


def test_the_next_request_begins_two_minutes_before_the_newest_row() -> None:
    assert (
        next_start(sights(NOON), NOON, NOON + 9 * MINUTE, ended=NOON + 9 * MINUTE)
        == NOON - 2 * MINUTE
    )


def test_it_begins_behind_a_minute_that_was_over_long_before_this_reading() -> None:
    begun = NOON + 11 * MINUTE
    assert next_start(sights(NOON), NOON, begun, ended=begun) == NOON + MINUTE


def test_a_reading_that_takes_long_does_not_make_a_minute_cold() -> None:
    begun, crowd = NOON + timedelta(seconds=20), sights(*[NOON] * 150)
    assert next_start(crowd, NOON, begun, ended=NOON + 30 * MINUTE) == NOON
    assert next_start(sights(NOON), NOON, begun, ended=NOON + 30 * MINUTE) == NOON - 2 * MINUTE


def test_it_never_begins_after_the_start_of_this_reading() -> None:
    started = NOON - timedelta(minutes=30, seconds=20)
    assert next_start(sights(NOON), NOON, started, ended=NOON + MINUTE) == NOON - 33 * MINUTE


def test_a_clock_behind_the_data_is_not_believed() -> None:
    past = NOON - timedelta(days=900)
    assert next_start(sights(NOON), NOON, past, ended=past) == NOON - 2 * MINUTE


def test_the_overlap_shrinks_where_it_would_cost_a_second_request() -> None:
    crowd = sights(*[NOON - 2 * MINUTE] * 60, *[NOON] * 60)
    assert next_start(crowd, NOON, NOON + MINUTE, ended=NOON + MINUTE) == NOON - MINUTE


def test_a_crowded_minute_is_asked_for_until_it_is_cold() -> None:
    crowd = sights(*[NOON] * 150)
    assert next_start(crowd, NOON, NOON + MINUTE, ended=NOON + MINUTE) == NOON
    assert next_start(crowd, NOON, NOON + 30 * MINUTE, ended=NOON + 30 * MINUTE) == NOON + MINUTE


def test_what_is_cold_stays_cold() -> None:
    before = DataSourceMemory(since=NOON + MINUTE, newest=NOON)
    after = remembered(
        before, {}, started=NOON + 60 * MINUTE, ended=NOON + 60 * MINUTE, listed=None
    )
    assert after.since == NOON + MINUTE


def test_a_small_database_is_listed_whole_every_time() -> None:
    found = sights(NOON - timedelta(days=30), NOON)
    after = remembered(DataSourceMemory(), found, started=NOON, ended=NOON, listed=2)
    assert (after.since, after.sights) == (None, found)


def test_only_the_newest_pages_are_remembered_of_a_large_one() -> None:
    seen = Sightings(NOON)
    for number in range(1000):
        seen.note(
            build_batch([page(f"p{number}", NOON - number * 5 * MINUTE)], ()), 0, settled=True
        )
    assert len(seen.all()) < 250
    assert "p0" in seen.all()


def test_equal_content_has_equal_marks_and_other_content_has_others() -> None:
    assert mark_of(page("a", NOON)) == mark_of(page("a", NOON + MINUTE))
    assert mark_of(page("a", NOON)) != mark_of(page("b", NOON))


def test_a_sweep_is_due_after_so_many_fetches_or_on_another_day() -> None:
    fresh = NotionMemory(fetches=3, swept=NOON)
    assert not is_sweep_due(fresh, every=4, now=NOON)
    assert is_sweep_due(fresh, every=3, now=NOON)
    assert is_sweep_due(fresh, every=4, now=NOON + timedelta(hours=21))


def test_the_memory_survives_json_and_belongs_to_its_database_and_choice() -> None:
    source = DataSourceMemory("Trials", columns("a"), True, NOON, NOON, sights(NOON))
    memory = NotionMemory("db", "auto", {"ds": source}, 3, NOON, False, False, 7, {"x": "y"})
    state = json.loads(json.dumps(to_json(memory)))
    assert from_json(state, "db", "auto") == memory
    assert from_json(state, "other", "auto") == NotionMemory("other", "auto")
    assert from_json(state, "db", "True") == NotionMemory("db", "True")
    assert from_json({}, "db", "auto") == NotionMemory("db", "auto")


def test_texts_stand_in_the_bodies_unless_the_columns_have_a_place_for_them() -> None:
    assert has_texts_in_bodies(columns("Desk", "Topic"))
    assert has_texts_in_bodies(columns("Hypothesis", "What we did"))
    assert has_texts_in_bodies(columns("가설", "회고", kind="select"))
    assert not has_texts_in_bodies(columns("목표", "가설", "실행", "회고"))
    assert not has_texts_in_bodies(columns("What we did", "Learned"))


def test_columns_that_become_part_of_a_note_and_people_are_wanted_whole() -> None:
    (budget,) = columns("Budget", kind="relation")
    (applied,) = columns("적용한 곳", kind="relation")
    (crowd,) = columns("Whoever", kind="people")
    assert [has_meaning(column) for column in (budget, applied, crowd)] == [False, True, True]
