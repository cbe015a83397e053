import pytest

from notes.system.time_zones import is_zone, nearest_zone


@pytest.mark.parametrize("name", ["Asia/Seoul", "Europe/London", "UTC", "America/New_York"])
def test_a_zone_is_known_by_its_whole_name(name: str) -> None:
    assert is_zone(name)


@pytest.mark.parametrize("name", ["", "Seoul", "KST", "/etc/localtime", "../Seoul", "posix/UTC"])
def test_other_words_are_no_zone(name: str) -> None:
    assert not is_zone(name)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Seoul", "Asia/Seoul"),
        ("new york", "America/New_York"),
        ("Asia/Soeul", "Asia/Seoul"),
        ("KST", ""),  # alike is MST, seven time zones away
        ("서울", ""),
    ],
)
def test_a_wrong_name_is_answered_with_the_zone_it_meant_or_with_none(
    written: str, meant: str
) -> None:
    assert nearest_zone(written) == meant
