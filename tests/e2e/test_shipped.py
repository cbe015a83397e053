import os
from pathlib import Path

import pytest

import loopnote
import reports
import sync

WHEEL = os.environ.get("LOOPNOTE_WHEEL", "")


@pytest.mark.skipif(
    not WHEEL, reason="only when the tests run against the built wheel (make wheel)"
)
@pytest.mark.parametrize("package", [loopnote, sync, reports], ids=lambda package: package.__name__)
def test_the_wheel_is_what_is_tested(package):
    assert Path(package.__file__).is_relative_to(WHEEL)


@pytest.mark.skipif(
    not WHEEL, reason="only when the tests run against the built wheel (make wheel)"
)
@pytest.mark.parametrize(
    "file",
    [
        "reports/templates/weekly.html.j2",
        "reports/templates/words/ko.toml",
        "loopnote/runtime/messages/terminal/ko.toml",
        "loopnote/demo/logs/banchan.toml",
        "loopnote/demo/config.toml",
    ],
)
def test_the_wheel_brings_its_data(file):
    assert (Path(WHEEL) / file).is_file()
