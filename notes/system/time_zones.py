"""Names of time zones: which exist on this machine, and which one a wrong name may have meant."""

import difflib
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

_NEAR = 0.7
"""How alike a name must be to be suggested (difflib's ratio): at 0.6 "KST" becomes "MST".
Judgement."""


@cache
def is_zone(name: str) -> bool:
    """Return whether a time zone has this name, without listing all zones (17 ms).

    >>> is_zone("Asia/Seoul"), is_zone("Seoul"), is_zone("posix/Asia/Seoul"), is_zone("")
    (True, False, False, False)
    """
    if name.startswith(("posix", "right/")):  # copies of the database, no names for people
        return False
    try:
        ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return False
    return True


def nearest_zone(name: str) -> str:
    """Return the zone that a wrong name meant: of that city, or written almost alike; else "".

    >>> nearest_zone("seoul"), nearest_zone("Asia/Soeul"), nearest_zone("KST")
    ('Asia/Seoul', 'Asia/Seoul', '')
    """
    zones = sorted(available_timezones())
    city = name.strip().replace(" ", "_").casefold()
    of_city = [one for one in zones if one.rpartition("/")[2].casefold() == city]
    near = of_city or difflib.get_close_matches(name, zones, n=1, cutoff=_NEAR)
    return near[0] if near else ""
