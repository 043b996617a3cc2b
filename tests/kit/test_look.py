"""How icons and shapes are drawn, and how numbers, days and times are written."""

import re
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.template import engines
from django.utils.translation import override

from driehoek.kit import clock
from driehoek.kit.templatetags import look

NL_EN = ("nl", "en")


def said(language, wording, value, *more):
    with override(language):
        return wording(value, *more)


@pytest.mark.parametrize(
    ("value", "places", "nl", "en"),
    [
        ("3.1", 1, "3,1", "3.1"),
        (Decimal("3.565"), 2, "3,57", "3.57"),
        (Decimal("-0.5"), 1, "−0,5", "−0.5"),
        (90, None, "90", "90"),
        (None, 1, "", ""),
    ],
)
def test_number_has_the_comma_of_its_language_and_a_real_minus(value, places, nl, en):
    assert [said(language, look.decimal, value, places) for language in NL_EN] == [nl, en]


def test_change_shows_its_sign_and_zero_has_none():
    assert [said("nl", look.signed, value, 1) for value in ("0.6", "-0.3", "0")] == ["+0,6", "−0,3", "0,0"]


def test_amount_does_not_break_after_the_euro_sign():
    assert said("nl", look.euro, "4200") == "€\u00a04.200,00"


def test_moment_is_told_in_local_time_with_a_dot_in_dutch():
    moment = datetime(2026, 11, 18, 13, 2, tzinfo=UTC)

    assert [said(language, look.clock_time, moment) for language in NL_EN] == ["14.02", "14:02"]
    assert said("nl", look.clock_time, time(10, 0)) == "10.00"


def test_evening_moment_in_utc_belongs_to_the_next_local_day():
    assert said("nl", look.day, datetime(2026, 8, 26, 22, 30, tzinfo=UTC)) == "27 augustus 2026"


def test_days_are_written_in_the_readers_language():
    clock.move_to(datetime(2026, 11, 1, tzinfo=UTC))
    on = date(2026, 11, 26)

    assert [said("nl", wording, on) for wording in (look.day, look.short_day, look.week_day)] == [
        "26 november 2026",
        "26 nov",
        "donderdag 26 november",
    ]
    assert said("en", look.week_day, on) == "Thursday 26 November"
    assert said("en", look.week_day, date(2036, 1, 1)) == "Tuesday 1 January 2036"


@pytest.mark.parametrize(
    ("on", "nl", "en"),
    [
        (date(2026, 11, 19), "vandaag", "today"),
        (date(2026, 11, 20), "morgen", "tomorrow"),
        (date(2026, 11, 24), "over 5 dagen", "in 5 days"),
        (date(2026, 11, 16), "3 dagen geleden", "3 days ago"),
    ],
)
def test_distance_is_counted_from_today(on, nl, en):
    with clock.moved_to(datetime(2026, 11, 19, 9, 0, tzinfo=UTC)):
        assert [said(language, look.away, on) for language in NL_EN] == [nl, en]


@pytest.mark.parametrize(
    ("minutes", "nl", "en"),
    [
        (30, "een half uur", "half an hour"),
        (45, "45 minuten", "45 minutes"),
        (60, "1 uur", "1 hour"),
        (90, "1,5 uur", "1.5 hours"),
    ],
)
def test_length_of_time_is_told_in_hours_when_it_is_round(minutes, nl, en):
    assert [said(language, look.duration, minutes) for language in NL_EN] == [nl, en]


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Johan Verbeek", "JV"), ("Anneke de Graaf", "AG"), ("Cher", "C"), ("", ""), (None, "")],
)
def test_initials_are_of_the_first_and_the_last_name(name, letters):
    assert look.initials(name) == letters


@pytest.mark.parametrize(
    ("roles", "filled"),
    [
        ("coachee coach", {"coachee", "coach"}),
        (["coachee"], {"coachee"}),
        ({"manager", "sponsor"}, {"org"}),
        ("consultant", {"coach"}),
        ((), set()),
        (None, set()),
    ],
)
def test_glyph_fills_exactly_the_corners_that_see(roles, filled):
    assert set(re.findall(r"g-(coachee|coach|org)", look.glyph(roles))) == filled


def test_glyph_without_coachee_has_two_corners():
    drawn = look.glyph(["consultant"], without_coachee=True)

    assert re.findall(r"g-(coachee|coach|org|off)", drawn) == ["coach", "off"]
    assert "circle" not in drawn


def test_unknown_role_has_no_corner():
    with pytest.raises(KeyError):
        look.glyph("coachees")


def test_icon_is_drawn_from_the_sprite_and_hidden_from_screen_readers():
    drawn = look.icon("check")

    assert 'aria-hidden="true"' in drawn
    assert 'icons.svg#check"' in drawn


def test_icon_name_cannot_break_out_of_its_attribute():
    assert '"><script>' not in look.icon('x"><script>')


def test_percent_sign_in_a_translated_text_stays_one():
    page = engines["django"].from_string('{% translate "target: 90%" %}')

    with override("nl"):
        assert page.render() == "doel: 90%"
