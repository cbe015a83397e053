import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from fakes.command import loopnote, warm_commands
from fakes.once_a_run import made_once
from fakes.postgres import NoPostgresError, Postgres, empty_tables, running
from fakes.warm_command import WarmCommands, use_once
from hypothesis_profiles import register

from notes.store.store import Store

register()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--shuffle",
        type=int,
        metavar="SEED",
        help="run modules, and the tests of each, in an order of chance",
    )


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Collect without looking for garbage: 5,000 tests are none, and never become it.

    In a process of a whole run (xdist) what tests compile at its first use is compiled now: the
    children that they fork have it.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        if "PYTEST_XDIST_WORKER" in os.environ:
            use_once()
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Shuffle where that was asked for; a module's tests stay together, since they share what
    it made.
    """
    seed = config.getoption("--shuffle")
    if seed is None:
        return
    chance = Random(seed)
    by_module: dict[Path, list[pytest.Item]] = {}
    for item in items:
        by_module.setdefault(item.path, []).append(item)
    modules = list(by_module.values())
    chance.shuffle(modules)
    for tests in modules:
        chance.shuffle(tests)
    items[:] = [item for tests in modules for item in tests]


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


@pytest.fixture(scope="session")
def filled_schema(postgres: Postgres) -> str:
    """The address of tables that the `store` of a test empties before it uses them."""
    address = postgres.database()
    Store.open(address).close()
    return address


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store's file without a row; the `store` of a test is a copy."""
    path = tmp_path_factory.mktemp("empty") / "store.db"
    Store.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def commands() -> WarmCommands:
    """The warm process of this test process, for tests that order more than `loopnote` does."""
    return warm_commands()


@pytest.fixture(scope="session")
def demo_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `loopnote demo here` leaves behind, with its output in `said.txt`; shared: not to
    be changed.
    """

    def make(folder: Path) -> None:
        shutil.rmtree(folder / "here", ignore_errors=True)
        ran = loopnote("demo", "here", folder=folder)
        assert ran.code == 0, ran.err
        (folder / "said.txt").write_text(ran.out, encoding="utf-8")

    return made_once(tmp_path_factory, "demo-of-the-run", make)


@pytest.fixture(scope="module")
def demo(demo_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of the demo: a copy for the tests of one module."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(demo_made / "here", folder / "here")
    return folder / "here"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a store on each database.

    It does not exist yet, unless the test asks for the `store` too.
    """
    ready = "store" in request.fixturenames
    if request.param == "sqlite":
        path = tmp_path / "store.db"
        if ready:
            shutil.copy(request.getfixturevalue("empty_file"), path)
            path.chmod(0o600)
        return f"sqlite:///{path}"
    if ready:
        address: str = request.getfixturevalue("filled_schema")
        empty_tables(address)
        return address
    server: Postgres = request.getfixturevalue("postgres")
    return server.database()


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An empty store, on each database: making tables anew took most of a test's time."""
    with Store.open(store_url) as opened:
        yield opened
