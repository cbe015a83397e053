"""No parser falls over, whatever it is given.

`python -m bench.fuzz` does the same for as long as one likes.
"""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis_profiles import examples

from bench.fuzz import SEEDS, TARGETS, mutated, try_one
from sync.notion.address import parse_notion_id

PIECES = (
    st.sampled_from(SEEDS)
    | st.text(max_size=12)
    | st.sampled_from(list("0123456789.,/~-→%()년월일주차\n\t|*#:;\"'"))
)


@pytest.mark.parametrize("name", sorted(TARGETS))
@given(pieces=st.lists(PIECES, max_size=6))
@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_pieces_of_real_cells_in_any_order(name, pieces):
    try_one(name, "".join(pieces).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("name", sorted(TARGETS))
@given(data=st.binary(max_size=300))
@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes(name, data):
    try_one(name, data)


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_spoiled_cells(name):
    chance = random.Random(name)
    for _ in range(60):
        try_one(name, mutated(chance))


def test_an_address_with_a_bracket_for_a_host_names_no_database():
    """Found by the fuzzer: the library raises where a person mistyped."""
    assert parse_notion_id("https://[oops/af0d49d1376b458d83070aa0c1d2d33a") is None
