"""An honest chart shows every point and draws its target only where it was agreed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driehoek.kit.chart import draw_series

START = date(2026, 1, 12)
WEEK = timedelta(weeks=1)
POINTS = [(START + WEEK * n, Decimal(70 + n)) for n in range(-4, 9)]
WINDOW = (START, START + WEEK * 12)


def test_every_point_is_shown_and_the_baseline_is_open():
    series = draw_series(reversed(POINTS), window=WINDOW, target=Decimal(90))

    for frame in (series.wide, series.narrow):
        assert [dot.is_baseline for dot in frame.dots] == [True] * 4 + [False] * 9
    assert [point.value for point in series.points] == [value for _, value in POINTS]


def test_target_runs_only_inside_its_window():
    frame = draw_series(POINTS, window=WINDOW, target=Decimal(90)).wide

    assert frame.start == frame.target_from
    assert float(frame.dots[3].x) < float(frame.target_from) <= float(frame.dots[4].x)
    assert float(frame.target_to) < float(frame.right)


def test_without_a_window_there_is_no_baseline_and_no_target():
    series = draw_series(POINTS, target=Decimal(90))

    assert not series.has_baseline
    assert series.target is None
    assert series.wide.target is None


def test_chart_admits_an_axis_that_does_not_start_at_zero():
    assert draw_series(POINTS).starts_above_zero
    assert not draw_series([(START, Decimal(2)), (START + WEEK, Decimal(9))]).starts_above_zero


def test_higher_value_stands_higher_and_later_day_stands_further():
    first, second, *_ = draw_series(POINTS).wide.dots

    assert float(second.y) < float(first.y)
    assert float(second.x) > float(first.x)


def test_fixed_scale_is_kept_for_everybody_and_every_date():
    levels = draw_series([(START, Decimal(3))], scale=(Decimal(1), Decimal(5))).wide.levels

    assert [level.words for level in levels] == ["1", "2", "3", "4", "5"]


def test_one_single_point_can_be_drawn():
    series = draw_series([(START, Decimal(0))])

    assert len(series.wide.dots) == 1
    assert len(series.wide.dates) == 1


@pytest.mark.parametrize(
    ("points", "scale"), [([], None), (POINTS, (Decimal(5), Decimal(5))), (POINTS, (Decimal(5), Decimal(1)))]
)
def test_what_cannot_be_drawn_is_refused(points, scale):
    with pytest.raises(ValueError, match=r"series needs|runs from low"):
        draw_series(points, scale=scale)


@settings(deadline=None)  # a busy machine is no fault of the drawing
@given(
    st.lists(
        st.tuples(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.decimals(-10_000, 10_000, places=2)),
        min_size=1,
        max_size=40,
    )
)
def test_every_point_lies_inside_the_frame_whatever_the_numbers(points):
    for frame in (draw_series(points).wide, draw_series(points).narrow):
        for dot in frame.dots:
            assert float(frame.left) <= float(dot.x) <= float(frame.right)
            assert float(frame.top) <= float(dot.y) <= float(frame.bottom)
        assert 2 <= len(frame.levels) <= 9


def test_names_of_the_parts_do_not_run_into_each_other_or_off_the_drawing():
    late = draw_series([(START - WEEK, Decimal(4)), (START, Decimal(3))], window=WINDOW).wide
    early = draw_series([(START - WEEK * 40, Decimal(4)), (START, Decimal(3))], window=WINDOW).wide
    short = draw_series([(START - WEEK * 40, Decimal(4))], window=(START, START + WEEK)).wide

    assert (late.before_y, early.before_y) == ("12", "26")
    assert not early.window_is_short
    assert short.window_is_short
