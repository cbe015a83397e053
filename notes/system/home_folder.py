"""A path as a person writes it, with ~ for a home folder."""

import os
from pathlib import Path


def with_home(text: str | Path) -> Path:
    """Return a path with ~ replaced; one of a user that is not there stays as it is.

    `Path.expanduser` raises there, and "~$log.xlsx" is a file that Excel makes.

    >>> with_home("~$log.xlsx").name
    '~$log.xlsx'
    """
    return Path(os.path.expanduser(text))  # noqa: PTH111  it leaves an unknown user as it is
