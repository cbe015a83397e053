"""A report's key and a mail's audience are written and read in one place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes.model.report_keys import NAMES, Audience, ReportKey

TEAM = st.text(st.characters(blacklist_characters="+", blacklist_categories=["Cs"]), min_size=1)


def test_a_scope_with_slashes_keeps_them():
    key = ReportKey.parse("판교/팀/2026-W47/weekly/r12")
    assert (key.scope, key.kind, key.revision) == ("판교/팀", "weekly", 12)
    assert str(key) == "판교/팀/2026-W47/weekly/r12"


@pytest.mark.parametrize("text", ["", "team/2026-W47/weekly", "team/weekly/r1", "a/b/c/rx"])
def test_what_is_no_key_is_an_error(text):
    with pytest.raises(ValueError, match="not the key of a report"):
        ReportKey.parse(text)


@given(st.sampled_from(NAMES), st.lists(TEAM, max_size=3))
def test_an_audience_is_read_as_it_was_written(names, teams):
    audience = Audience(names, tuple(teams))
    assert Audience.parse(str(audience)) == audience


def test_an_unknown_way_of_showing_people_means_names():
    assert Audience.parse("nicknames 영업").names == "names"
