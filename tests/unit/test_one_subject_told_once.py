"""A number, a goal and an activity of one subject stand once in a mail, and none hides
another one.
"""

from datetime import date

from fakes.sample_views import SETTING
from fakes.stored_notes import TEAM, inputs, log, metric, series, stored, trial

from notes.model.notes import Point, Series
from notes.model.periods import Month
from reports.analysis.data.person_spellings import names_in
from reports.analysis.questions.business import answer_business
from reports.analysis.questions.goals import judge_goals
from reports.analysis.questions.people import answer_people
from reports.analysis.records.inputs import ReportTeam
from reports.analysis.weekly import weekly_report
from reports.page.builders.weekly_page import page_view
from reports.page.formatting.person_names import is_group
from reports.page.messages.page_sentences import load_messages
from reports.page.view import Lines

BEFORE, NOW = date(2026, 11, 12), date(2026, 11, 19)


def row(number: int, day: date, **values: float):
    """Return a row of a table of metrics: several numbers of one day."""
    points = tuple(Point(name, value, unit="%", day=day) for name, value in values.items())
    return stored(number, kind="metric", title=next(iter(values)), details=Series(points))


def mail_lines(*notes, period=None, team=TEAM, language="ko"):
    found = weekly_report(inputs(*notes, team=team, **({"period": period} if period else {})))
    (part,) = page_view(found, load_messages(language), setting=SETTING).parts
    blocks = (block for section in part.brief for block in section.blocks)
    return part, [
        f"{line.lead} {line.text}"
        for block in blocks
        if isinstance(block, Lines)
        for line in block.items
    ]


def test_a_fall_is_not_hidden_by_another_number_of_its_row() -> None:
    team = ReportTeam(TEAM.name, key_metric="제출률")
    part, lines = mail_lines(
        row(1, BEFORE, 출석률=93, 제출률=72), row(2, NOW, 출석률=90, 제출률=65), team=team
    )
    assert "제출률" in part.headline
    assert [line for line in lines if "출석률" in line] == ["반대로 출석률 90% (▼\u00a03%p)"]


def test_a_goal_whose_number_is_told_already_says_it_no_second_time() -> None:
    team = ReportTeam(TEAM.name, key_metric="제출률")
    note = trial(3, "짝 바꾸기", goal="출석률 95%", metric=metric("출석률", 93, 90, unit="%"))
    _, lines = mail_lines(
        row(1, BEFORE, 출석률=93, 제출률=72), row(2, NOW, 출석률=90, 제출률=65), note, team=team
    )
    assert not [line for line in lines if "출석률 95%" in line]


def test_activities_of_two_weeks_of_a_month_have_no_shared_credit() -> None:
    first = trial(1, "사례집", metric=metric("미팅", 8, 11), end_date=date(2026, 11, 6))
    later = trial(2, "전화", metric=metric("미팅", 4, 5), end_date=date(2026, 11, 20))
    same = trial(3, "편지", metric=metric("미팅", 8, 11), end_date=date(2026, 11, 5))
    kept = answer_business(log(first, later, same, period=Month(2026, 11))).kept
    assert sorted((one.evidence.what, len(one.shared)) for one in kept) == [
        ("사례집", 1),
        ("전화", 0),
    ]


def test_the_headline_of_a_month_says_that_its_number_is_a_sum() -> None:
    october = {date(2026, 10, day): value for day, value in ((5, 50.0), (12, 60.0), (19, 55.0))}
    november = {date(2026, 11, day): value for day, value in ((2, 60.0), (9, 66.0), (16, 62.0))}
    orders = series(1, "주문", october | november, unit="건")
    past = trial(4, "엽서", end_date=date(2026, 10, 9))
    part, _ = mail_lines(orders, trial(2, "전단", day=20), past, period=Month(2026, 11))
    assert part.headline == "3주치 주문 합이 23건 늘어 188건입니다."  # of five Mondays


def test_a_trial_that_runs_on_leaves_its_goal_undecided() -> None:
    runs = trial(
        1,
        "도장",
        goal="단골",
        start_date=date(2026, 11, 4),
        end_date=date(2026, 11, 27),
        outcome=None,
    )
    (goal,) = judge_goals(log(runs), ())
    assert goal.state == "undecidable"


def test_gaps_are_counted_by_their_kind() -> None:
    runs = trial(
        1, "도장", start_date=date(2026, 11, 16), end_date=date(2026, 11, 27), outcome=None
    )
    found = answer_people(log(runs))
    assert (found.gaps_total, found.unhelped, found.unmet, found.overdue) == (1, 1, 0, 0)


def test_a_word_of_things_that_opens_a_sentence_is_no_name() -> None:
    thing = trial(
        1, "a", hypothesis="Straw keeps the berries whole", execution="Double the amount of straw"
    )
    assert "Straw" not in names_in((thing,))
    person = trial(
        1, "a", hypothesis="Mina keeps the berries whole", execution="Double the amount of straw"
    )
    assert "Mina" in names_in((person,))


def test_a_team_that_helps_is_no_single_person() -> None:
    assert [
        is_group(one) for one in ("물류 센터 팀", "Lumen Growth team", "이준", "Mina Park")
    ] == [
        True,
        True,
        False,
        False,
    ]
