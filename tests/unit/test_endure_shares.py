"""How the campaigns share their tries between the databases."""

from pathlib import Path

import pytest
from endure.__main__ import shares
from fakes.postgres import Postgres


class Server(Postgres):
    """Gives addresses, and runs nothing."""

    def __init__(self) -> None:
        super().__init__(Path())

    def database(self) -> str:
        return "postgresql://"


@pytest.mark.parametrize(
    ("count", "each"), [(1, [1]), (2, [1, 1]), (7, [4, 3]), (1000, [500, 500])]
)
def test_as_many_tries_as_were_wanted_half_on_each_database(count, each):
    assert [number for _, number in shares(count, "sqlite:///", Server())] == each


def test_without_postgresql_all_are_on_sqlite():
    assert shares(7, "sqlite:///", None) == [("sqlite:///", 7)]
