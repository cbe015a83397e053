import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.postgres import NoPostgresError, Postgres, running
from hypothesis_profiles import register

from notes.store.store import Store

register()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A real PostgreSQL.

    Skips where there is none, unless $LOOPNOTE_REQUIRE_PG says that a skip is a failure.
    """
    try:
        with running() as server:
            yield server
    except NoPostgresError as error:
        if os.environ.get("LOOPNOTE_REQUIRE_PG") == "1":
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a store that does not exist yet, on each database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/store.db"
    server: Postgres = request.getfixturevalue("postgres")
    return server.database()


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An empty store, on each database."""
    with Store.open(store_url) as opened:
        yield opened
