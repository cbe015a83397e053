"""Two sides of one measure: what is in use and what was tried (RULES 9.3)."""

import pytest
from fakes.text_grids import notes


@pytest.mark.parametrize(
    "log",
    [
        """
        | 날짜 | 실험 내용 | A안 | 기존 |
        | 2026-08-03 | 첫 화면 문구를 짧게 했다 | 38% | 31% |
        """,
        """
        | 날짜 | 실험 내용 | 기존안 전환율 | 변경안 전환율 |
        | 2026-08-03 | 첫 화면 문구를 짧게 했다 | 31% | 38% |
        """,
        """
        | 날짜 | 실험 내용 | 결과 |
        | 2026-08-03 | 첫 화면 문구를 짧게 했다 | A안 38 % / 기존 31 % |
        """,
        """
        | Date | What we tried | Variant | Original |
        | 2026-08-03 | A shorter headline on the first screen | 38% | 31% |
        """,
        """
        | Date | What we tried | Result |
        | 2026-08-03 | A shorter headline on the first screen | B 38% / control 31% |
        """,
    ],
)
def test_what_is_in_use_is_before_wherever_it_stands(log: str) -> None:
    (note,) = notes(log)
    assert note.metric is not None
    assert (note.metric.before, note.metric.after) == (31, 38)
    assert note.metric.comparison


@pytest.mark.parametrize(
    "log",
    [
        """
        | 날짜 | 한 일 | 신규 | 기존 |
        | 2026-08-03 | 문 앞에 안내판을 세워 보았다 | 12 | 31 |
        """,
        """
        | Date | What we tried | New | Current |
        | 2026-08-03 | Put a sign in front of the door | 12 | 31 |
        """,
    ],
)
def test_new_and_current_customers_are_no_sides(log: str) -> None:
    (note,) = notes(log)
    assert note.metric is None or None in (note.metric.before, note.metric.after)
