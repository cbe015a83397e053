import pytest
from fakes.sample_reports import SAMPLES


@pytest.mark.parametrize("name", list(SAMPLES))
def test_every_sample_report_is_the_same_value_each_time(name: str) -> None:
    assert SAMPLES[name]() == SAMPLES[name]()
