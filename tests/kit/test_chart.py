"""An honest chart shows every point, never hides its n, and draws its target only where it was agreed."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from driehoek.kit.charts import (
    Band,
    Levels,
    Line,
    Mark,
    Panel,
    Range,
    Ranges,
    Series,
    Shifts,
    Views,
    as_block,
    draw,
    drawn_from,
    from_block,
)
from driehoek.kit.dots import Row
from driehoek.kit.moves import Move
from driehoek.web.samples_charts import charts

START = date(2026, 1, 12)
WEEK = timedelta(weeks=1)
POINTS = tuple((START + WEEK * n, Decimal(70 + n)) for n in range(-4, 9))
WINDOW = (START, START + WEEK * 12)
SERIES = Series(POINTS, "It rose.", window=WINDOW, target=Decimal(90), target_words="target: 90")
LEVELS = Levels(
    (Panel("Goal 1", (Mark("Johan", "dot", 0, -1), Mark("Johan", "dot", 1, 2))),), ("Interim", "End"), "Rose."
)
CHANGE = Ranges(
    (Range("Change", Decimal(12), "+12; 6 people", Decimal(-3), Decimal(27)),),
    (Line(Decimal(0), "no change"), Line(Decimal(15), "agreed: +15", is_target=True)),
    "It rose.",
)


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def page(chart):
    return render_to_string("components/chart.html", {"chart": chart})


def test_every_point_is_shown_in_the_part_it_was_measured_in():
    later = (*POINTS, (WINDOW[1] + WEEK, Decimal(80)))

    for frame in (draw(replace(SERIES, points=later)).wide, draw(replace(SERIES, points=later)).narrow):
        assert [len(frame.dots[part]) for part in ("before", "window", "after")] == [4, 9, 1]


def test_parts_are_told_apart_by_shape_and_not_by_colour():
    later = replace(SERIES, points=(*POINTS, (WINDOW[1] + WEEK, Decimal(80))))
    drawn = page(draw(later)).partition("narrow-only")[0]

    assert drawn.count('<circle class="pt-before"') == 4  # open
    assert drawn.count('<circle class="pt"') == 9  # filled
    assert drawn.count('<path class="pt-before"') == 1  # a triangle


def test_target_runs_only_inside_its_window():
    frame = draw(SERIES).wide
    begin, end = float(frame.target_path[1:].split()[0]), float(frame.target_path.split("H")[1])

    assert float(frame.dots["before"][-1][0]) < begin <= float(frame.dots["window"][0][0])
    assert end < float(frame.right)


def test_without_a_window_there_is_no_baseline_and_no_target_in_the_table():
    chart = draw(replace(SERIES, window=None, target=None))

    assert chart.wide.dots["before"] == ()
    assert chart.wide.target is None
    assert len(chart.head) == 2


def test_missing_baseline_is_said_and_an_agreed_start_is_drawn():
    inside = replace(SERIES, points=POINTS[4:])

    assert "There is no value from before the start." in draw(inside).notes
    begun = draw(replace(inside, start=Decimal(66)))
    assert begun.wide.begun
    assert any("agreed start, 66" in note for note in begun.notes)


def test_chart_says_its_n_and_admits_an_axis_that_does_not_start_at_zero():
    notes = draw(SERIES).notes

    assert "13 values." in notes
    assert "The axis starts at 65." in notes
    assert not any("axis" in note for note in draw(replace(SERIES, points=((START, Decimal(2)),))).notes)


def test_fixed_scale_is_kept_for_everybody_and_every_date():
    levels = draw(Series(((START, Decimal(3)),), "", scale=(Decimal(1), Decimal(5)))).wide.levels

    assert [level.words for level in levels] == ["1", "2", "3", "4", "5"]


def test_value_far_off_the_scale_stands_at_the_edge_with_its_number_and_in_the_table():
    wrong = replace(SERIES, points=(*POINTS[:-1], (START + WEEK * 8, Decimal(7200))))
    chart = draw(wrong)

    assert [one.name.words for one in chart.wide.off] == ["7,200"]
    assert chart.wide.levels[-1].words == "95"
    assert any("far off the scale" in note for note in chart.notes)
    assert "7,200" in chart.rows[-1]


def test_one_single_point_and_equal_points_can_be_drawn():
    assert len(draw(Series(((START, Decimal(0)),), "")).wide.dates) == 1
    flat = draw(Series(tuple((on, Decimal(4)) for on, _value in POINTS), "")).wide
    assert float(flat.dots["window"][0][1]) < float(flat.bottom)


def test_two_hundred_points_are_all_drawn_smaller():
    many = tuple((START + timedelta(days=n), Decimal(n % 7)) for n in range(200))
    frame = draw(replace(SERIES, points=many)).wide

    assert frame.is_crowded
    assert sum(len(found) for found in frame.dots.values()) == 200


@pytest.mark.parametrize(
    "spec", [Series((), "Nothing yet."), Levels((), (), "Nothing yet."), Ranges((), (), "Nothing yet.")]
)
def test_no_data_is_a_result_of_full_size_and_no_error(spec):
    drawn = page(draw(spec))

    assert "There is nothing to draw yet" in drawn
    assert "Nothing yet." in drawn
    assert "<svg" not in drawn


def test_scale_upside_down_is_refused():
    with pytest.raises(ValueError, match="runs from low to high"):
        draw(Series(POINTS, "", scale=(Decimal(5), Decimal(1))))


@settings(deadline=None)  # a busy machine is no fault of the drawing
@given(
    st.dictionaries(
        st.dates(date(2000, 1, 1), date(2100, 1, 1)),
        st.decimals(-10_000, 10_000, places=2),
        min_size=1,
        max_size=40,
    )
)
def test_every_point_lies_inside_the_frame_whatever_the_numbers(points):
    chart = draw(Series(tuple(points.items()), ""))
    for frame in (chart.wide, chart.narrow):
        for x, y in frame.dots["window"]:
            assert float(frame.left) <= float(x) <= float(frame.right)
            assert float(frame.top) <= float(y) <= float(frame.bottom)
        assert len(frame.dots["window"]) + len(frame.off) == len(points)
        assert 2 <= len(frame.levels) <= 9


def test_names_of_the_parts_do_not_run_into_each_other_or_off_the_drawing():
    late = ((START - WEEK, Decimal(4)), (START, Decimal(3)))
    for frame in (draw(replace(SERIES, points=late)).wide, draw(replace(SERIES, points=late)).narrow):
        first, second = frame.names
        assert first.y != second.y
        assert float(second.x) < frame.wide


def test_levels_stand_higher_when_higher_and_people_on_one_spot_beside_each_other():
    both = Panel("Goal 1", (*LEVELS.panels[0].marks, Mark("Anneke", "square", 1, 2)))
    low, high, other = draw(replace(LEVELS, panels=(both,))).wide.panels[0].marks

    assert float(high.y) < float(low.y)
    assert high.y == other.y
    assert float(other.x) - float(high.x) >= 12
    assert {high.shape, other.shape} == {"dot", "square"}


def test_change_is_drawn_against_zero_and_against_what_was_agreed():
    frame = draw(CHANGE).wide
    zero, agreed = (float(line.path[1:].split()[0]) for line in frame.lines)
    low, high = frame.rows[0].whisker[1:].split()[0], frame.rows[0].whisker.split("H")[1]

    assert float(low) < zero < float(frame.rows[0].x) < agreed < float(high)
    assert [line.is_target for line in frame.lines] == [False, True]
    assert [line.words for line in frame.rows[0].words] == ["+12; 6 people"]


def test_nothing_is_cut_off_an_estimate_and_its_n_stays_beside_it():
    words = "\u221252.2%, from \u221258.9% to \u221244.5%; 504 of 6,000 before, 282 of 7,020 after"
    many = Ranges(
        (Range("Change in errors", Decimal(-52), words, Decimal(-59), Decimal(-44)),) * 2, (), "Fell."
    )
    for frame in (draw(many).wide, draw(many).narrow):
        first, second = frame.rows
        assert first.label.words == "Change in errors"
        assert " ".join(line.words for line in first.words) == words
        low = [float(one.y) for one in (first.label, *first.words)]
        assert low == sorted(low)
        assert low[-1] < float(first.y) < float(second.label.y) < frame.high
    assert first.words[0].words.endswith("44.5%;"), "on a phone the n begins a line of its own"


def test_margin_that_runs_off_the_axis_ends_in_an_arrow_and_the_table_has_its_number():
    wild = replace(CHANGE, rows=(replace(CHANGE.rows[0], high=Decimal(4000)),))
    chart = draw(wild)

    assert "L" in chart.wide.rows[0].caps
    assert chart.rows[0][3] == "+4,000"


@pytest.mark.parametrize(
    "spec", [replace(SERIES, band=Band(Decimal(1), Decimal(2), "n = 4")), LEVELS, CHANGE]
)
def test_chart_frozen_as_strings_is_drawn_the_same(spec):
    block = as_block(spec, "en")

    assert from_block(block) == spec
    assert drawn_from(block) == draw(spec)
    assert all(isinstance(one, str | list) for one in block.values())


def test_frozen_chart_is_drawn_in_the_language_of_its_document():
    assert "13 waarden." in drawn_from(as_block(SERIES, "nl")).notes


def test_every_chart_has_its_finding_for_who_cannot_see_it_and_the_same_numbers_as_a_table():
    for _title, chart in charts():
        drawn = page(chart)
        assert chart.finding.replace("'", "&#x27;") in drawn
        if chart.wide:
            assert drawn.count('role="img"') == 2  # one of them is seen
            assert drawn.count("<tr>") == len(chart.rows) + 1


VIEWS = Views(
    (
        Row("You", 1.0, "ring", "1.0"),
        Row("The others together", 3.0, "dot", "3.0", (2.0, 4.0), 0.5, n="9 people"),
    ),
    (1, 5),
    ("almost never", "almost always"),
    "You put yourself lower.",
)
SHIFTS = Shifts(
    (Move("The others", 2.0, 3.0, "2.0 → 3.0", 2.5, 5.5, n="9 people"), Move("You", 1.0, 1.0, "1.0 → 1.0")),
    (1, 5),
    ("almost never", "almost always"),
    "The others: higher.",
)


def on_paper(spec):
    chart = draw(spec)
    return render_to_string("components/chart_drawing.html", {"kind": chart.kind, "frame": chart.paper})


@pytest.mark.parametrize("spec", [VIEWS, SHIFTS])
def test_numbers_on_a_scale_survive_being_frozen(spec):
    assert from_block(as_block(spec, "en")) == spec


def test_only_marks_that_are_drawn_are_explained():
    assert "spread: how far the answers lie apart" in on_paper(VIEWS)
    assert "one sentence" in on_paper(VIEWS)
    alone = on_paper(replace(VIEWS, rows=VIEWS.rows[:1]))
    assert ">self<" in alone
    assert "spread" not in alone
    assert "one sentence" not in alone
    assert "margin of error: where" in on_paper(SHIFTS)
    assert "interval" not in on_paper(replace(SHIFTS, rows=SHIFTS.rows[1:]))


def test_an_interval_past_the_end_of_the_scale_has_no_stroke_there():
    inside = draw(replace(SHIFTS, rows=(replace(SHIFTS.rows[0], high=4.0),))).paper.rows[0].whisker
    past = draw(SHIFTS).paper.rows[0].whisker

    assert (inside.count("v16"), past.count("v16")) == (2, 1)


@pytest.mark.parametrize("spec", [VIEWS, SHIFTS])
def test_no_line_or_mark_of_a_scale_runs_through_words(spec):
    frame = draw(spec).paper
    ends = float(frame.left), float(frame.right)

    for row in frame.rows:
        assert float(row.label.x) + len(row.label.words) * 7.4 <= ends[0] - 7
        assert float(row.words.x) - len(row.words.words) * 6.4 >= ends[1] + 7
        assert all(ends[0] <= float(mark.x) <= ends[1] for mark in row.marks)


def test_no_line_of_the_grid_runs_through_the_words_of_an_estimate():
    for frame in (draw(CHANGE).wide, draw(CHANGE).narrow):
        strokes = [float(y) for y in re.findall(r"M[\d.]+ ([\d.]+)v26", frame.grid)]
        assert len(strokes) == len(frame.ticks) * len(frame.rows)
        for row in frame.rows:
            below = max(float(one.y) for one in (row.label, *row.words)) + 4
            assert all(not (y < below < y + 26) for y in strokes)


def test_numbers_on_a_scale_are_read_aloud_with_what_its_ends_mean():
    assert draw(VIEWS).finding == (
        "You put yourself lower. You: 1.0. The others together: 3.0; 9 people. "
        "1 = almost never, 5 = almost always."
    )


def test_whole_numbers_have_whole_ticks_and_others_may_lie_between():
    one = draw(replace(SERIES, points=((START, Decimal(1)),), target=Decimal(1), start=Decimal(0)))
    half = draw(replace(SERIES, points=((START, Decimal("0.5")),), target=Decimal(1), start=Decimal(0)))

    assert [level.words for level in one.wide.levels] == ["0", "1", "2"]
    assert "0.2" in [level.words for level in half.wide.levels]


def test_a_rise_has_its_sign_and_a_level_has_none():
    level = replace(CHANGE, lines=(Line(Decimal(15), "target: 15", is_target=True),))

    assert draw(CHANGE).rows[0][1:4] == ("+12", "−3", "+27")
    assert draw(level).rows[0][1:4] == ("12", "−3", "27")
    assert not any(tick.words.startswith("+") for tick in draw(level).wide.ticks)


def test_of_how_many_each_point_is_stays_with_its_point_and_outlives_a_document():
    turned = replace(SERIES, points=POINTS[1::-1], behind=("5 of 7", "3 of 6"))

    chart = drawn_from(as_block(turned, "en"))

    assert chart.head == ("Day", "Value", "Of how many", "Part")
    assert [row[2] for row in chart.rows] == ["3 of 6", "5 of 7"]


def test_a_long_table_that_tells_of_how_many_is_not_put_side_by_side_on_paper():
    told = replace(SERIES, behind=("of how many is not known",) * len(POINTS))

    assert [len(draw(one).tables[1]) for one in (SERIES, told)] == [2, 1]
    assert len(draw(told).tables[0]) == 4


def test_document_that_was_frozen_before_points_told_of_how_many_is_still_drawn():
    old = {key: value for key, value in as_block(SERIES, "en").items() if key != "behind"}

    assert drawn_from(old).head == ("Day", "Value", "Part")


def test_estimates_without_a_margin_have_no_empty_columns():
    bare = replace(CHANGE, rows=(Range("Change", Decimal(12), "+12; 6 people"),))

    assert draw(bare).head == ("What", "Value", "In words")
    assert draw(bare).rows == (("Change", "+12", "+12; 6 people"),)
