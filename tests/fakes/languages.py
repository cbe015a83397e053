"""The languages into which sentences are translated that the code makes in English."""

import pytest

from notes.model.notes import LANGUAGES, WRITTEN_IN

in_each_other_language = pytest.mark.parametrize(
    "language", [one for one in LANGUAGES if one != WRITTEN_IN]
)
