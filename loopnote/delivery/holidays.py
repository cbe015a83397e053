"""Public holidays, from the optional `holidays` library; only this module imports it."""

from collections.abc import Collection
from functools import cache
from typing import Any

from notes.model.errors import ConfigError

from .due import Holiday, no_holidays


def public_holidays(codes: Collection[str]) -> Holiday:
    """Return a `Holiday` function for countries ("KR") or parts of one ("DE-BY").

    Raises:
        ConfigError: the library is not installed, or knows none of such a code.
    """
    if not any(codes):
        return no_holidays
    try:
        import holidays
    except ImportError as error:
        raise ConfigError(
            "moving mails off holidays needs a library",
            hint="install it with: pip install 'loopnote[holidays]'",
        ) from error

    @cache
    def calendar(code: str) -> Any:
        country, _, part = code.partition("-")
        try:
            return holidays.country_holidays(
                country, subdiv=part or None
            )  # looks up further years by itself
        except (NotImplementedError, KeyError) as error:
            raise ConfigError(
                f"no public holidays are known for {code!r}",
                hint="write a code such as KR, US-CA or DE-BY",
            ) from error

    for code in codes:
        calendar(code)
    return lambda country, day: day in calendar(country)
