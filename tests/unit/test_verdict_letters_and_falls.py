"""A header that names both verdicts says what its letters are; a share that falls under a name is a
change.

What may be two parts or a span stays open (RULES, "certain or open"; 2.6, 9.3a).
"""

import pytest
from fakes.text_grids import notes

from sync.parsing.cells.outcomes import letters_of


@pytest.mark.parametrize(
    ("header", "won", "lost"),
    [
        ("Outcome (W/L)", "W", "L"),
        ("Win/Loss", "W", "L"),
        ("Verdict (pass/fail)", "P", "F"),
        ("성공/실패", "성", "실"),
        ("판정 (승리/패배)", "승", "패"),
    ],
)
def test_letters_are_the_verdicts_that_the_header_names(header: str, won: str, lost: str) -> None:
    first, second = notes(f"""
        What we did                  | {header} | Learned
        Cut the form to four fields  | {won}    | People skip long forms
        Called back within an hour   | {lost}   | Calls calm people
    """)
    assert (first.outcome, second.outcome) == ("success", "failure")


@pytest.mark.parametrize("header", ["Outcome", "Plan/Actual", "W/M", "Owner"])
def test_letters_mean_nothing_where_the_header_does_not_name_both_verdicts(header: str) -> None:
    assert letters_of(header) == {}


@pytest.mark.parametrize("header", ["Outcome", "판정"])
def test_letters_alone_are_no_verdict(header: str) -> None:
    first, second = notes(f"""
        What we did                  | {header} | Learned
        Cut the form to four fields  | W        | People skip long forms
        Called back within an hour   | L        | Calls calm people
    """)
    assert (first.outcome, second.outcome) == (None, None)


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (("KPI name", "KPI"), ("12% to 9%", "31 % to 27.5 %")),
        (("Metric name", "Measured"), ("12% to 9%", "31% to 27.5%")),
        (("지표명", "수치 변화"), ("12%에서 9%로", "31%에서 27.5%로")),
    ],
)
def test_a_share_that_falls_under_a_named_metric_is_a_change(
    names: tuple[str, str], told: tuple[str, str]
) -> None:
    first, second = notes(f"""
        What we did                  | {names[0]}    | {names[1]} | Learned
        Cut the form to four fields  | Form drop-off | {told[0]}  | People skip long forms
        Called back within an hour   | Complaints    | {told[1]}  | Calls calm people
    """)
    assert first.metric
    assert second.metric
    assert (first.metric.before, first.metric.after) == (12, 9)
    assert first.metric.name == "Form drop-off"
    assert (second.metric.before, second.metric.after) == (31, 27.5)


@pytest.mark.parametrize("told", ["9% to 12%", "14 to 8", "A 60% to 40%", "60% to 40% split"])
def test_what_may_be_a_span_a_score_or_two_parts_is_no_change(told: str) -> None:
    first, second = notes(f"""
        What we did                  | KPI name      | KPI     | Learned
        Cut the form to four fields  | Form drop-off | {told}  | People skip long forms
        Called back within an hour   | Complaints    | {told}  | Calls calm people
    """)
    assert all(not note.metric or note.metric.before is None for note in (first, second))


@pytest.mark.parametrize("header", ["Result", "Retrospective", "Measured", "Split"])
def test_a_share_that_falls_without_a_name_is_no_change(header: str) -> None:
    first, _ = notes(f"""
        What we did                  | {header}    | Learned
        Cut the form to four fields  | 60% to 40%  | People skip long forms
        Called back within an hour   | 70% to 30%  | Calls calm people
    """)
    assert not first.metric or first.metric.before is None
