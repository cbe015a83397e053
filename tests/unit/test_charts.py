from reports.page.charts import drawing, heights, percent, pixels
from reports.page.view import Bar, Chart


def test_bars_start_at_zero_and_share_a_scale_with_the_goal() -> None:
    assert heights((50, 100, None), goal=200) == ((25, 50, 0), 100)


def test_a_small_value_stays_visible_and_nothing_is_nothing() -> None:
    assert heights((0.1, 100, 0, -3)) == ((6, 100, 0, 0), None)
    assert heights(()) == ((), None)


def test_shares_are_held_to_their_range() -> None:
    assert [percent(1, 3), percent(5, 3), percent(-1, 3), percent(1, 0)] == [33, 100, 0, 0]
    assert [pixels(100, 52), pixels(1, 52), pixels(0, 52)] == [52, 1, 0]


def test_a_drawing_puts_every_bar_on_its_base() -> None:
    drawn = drawing(Chart("t", "", (Bar("1", 50), Bar("2", 100)), goal=75))
    assert all(column.y + column.height == drawn.base for column in drawn.columns)
    assert drawn.columns[1].height == 2 * drawn.columns[0].height
    assert drawn.goal_y is not None
    assert drawn.columns[1].y < drawn.goal_y < drawn.columns[0].y
