"""What is old is let go only after two sightings days apart, on a clock that was believed at
both.
"""

from datetime import timedelta
from pathlib import Path

import pytest
from fakes.entries import entry, new, weeks_later
from fakes.run_fixture import Clock

from loopnote.commands.store.maintenance import tidy
from loopnote.config.read import LoadedConfig, parse
from loopnote.services.wiring import Wiring
from notes.store.store import Store

YEARS = {"keep_gone_days": 365, "keep_versions_days": 365}
GONE_AT = weeks_later(1)


@pytest.fixture
def clock() -> Clock:
    return Clock(weeks_later(2))


@pytest.fixture
def wiring(tmp_path: Path, clock: Clock) -> Wiring:
    file = tmp_path / "config.toml"
    config = parse({"teams": [{"name": "Bookshop"}], "store": YEARS}, path=file)
    return Wiring(LoadedConfig(config, file), clock=clock)


@pytest.fixture
def store(store: Store) -> Store:
    """A store with one note that is there and one that went."""
    for links, at in ((new(entry(2, "가"), entry(3, "나")), weeks_later(0)), ((), GONE_AT)):
        with store.update("trials", "Bookshop", "run", now=at) as update:
            update.save(links)
            update.gone_except_seen()
            update.finish({})
    return store


def left(store: Store) -> int:
    return sum(1 for _ in store.notes(include_gone=True))


def test_what_is_old_goes_at_the_second_sighting(store, wiring, clock):
    tidy(wiring, store)
    for day in (0, 1):
        clock.now = GONE_AT + timedelta(days=366 + day)
        tidy(wiring, store)
    clock.now += timedelta(days=1)
    tidy(wiring, store)
    assert left(store) == 0


def test_what_was_not_old_enough_at_the_first_sighting_stays_at_the_second(store, wiring, clock):
    for days in (364.5, 367):
        clock.now = GONE_AT + timedelta(days=days)
        tidy(wiring, store)
    assert left(store) == 2


@pytest.mark.parametrize("back", [True, False])
def test_a_clock_that_was_wrong_for_a_day_deletes_nothing(store, wiring, clock, back):
    tidy(wiring, store)
    for hours in (0, 5, 24):
        clock.now = weeks_later(2) + timedelta(days=3650, hours=hours)
        tidy(wiring, store)
    if back:
        for days in range(40):
            clock.now = weeks_later(2) + timedelta(days=days)
            tidy(wiring, store)
    assert left(store) == 2
