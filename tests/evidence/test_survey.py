"""What is told of a survey: shares as agreed, an interval for an estimate, and nobody singled out."""

from collections import defaultdict
from fractions import Fraction
from itertools import combinations_with_replacement

import pytest

from driehoek.evidence.survey import Filled, Survey, frozen_survey, survey_told, thawed_survey


def told(*scores, invited=40, at_least=7, highest=10, is_shared=False):
    asked = Survey(["ease"], 1, highest, at_least, invited, ["hinders"], is_shared)
    given = [Filled({} if n is None else {"ease": n}, {"hinders": "woord"}) for n in scores]
    found = survey_told(given, asked, shuffle=lambda words: words.sort())
    assert thawed_survey(frozen_survey(found)) == found
    return found


def test_eighty_percent_at_seven_or_more_has_the_interval_of_wilson():
    found = told(*[8] * 16, *[5] * 4).item("ease")

    assert (found.share, found.reached, found.n) == (Fraction(4, 5), 16, 20)
    assert (found.low, found.high) == pytest.approx((0.583984, 0.919342), abs=1e-5)
    assert found.mean == Fraction(148, 20)


def test_whoever_asked_everybody_and_heard_everybody_estimates_nothing():
    found = told(*[8] * 16, *[5] * 4, invited=20).item("ease")

    assert (found.low, found.high) == (None, None)


@pytest.mark.parametrize("scores", [(), (8,), (8, 7, 5, 9), (8, 8, 8, 8)])
def test_of_fewer_than_five_nothing_is_told_not_even_how_many(scores):
    assert told(*scores) == told()
    assert told().n is None


@pytest.mark.parametrize("real", range(1, 11))
def test_behind_a_shared_link_nine_answers_that_somebody_knows_tell_of_another_at_most_whether_it_counts(
    real,
):
    """Nobody knows who sends in what: below ten nothing is told, and from ten on no mean and no words."""
    assert told(*[1] * 8, real, is_shared=True).n is None
    ten = told(*[1] * 9, real, is_shared=True)
    assert ten == told(*[1] * 9, 10 if real >= 7 else 1, is_shared=True)
    assert not ten.words


def test_behind_a_shared_link_more_answers_than_people_tell_nothing():
    assert told(*[8] * 12, is_shared=True, invited=12).n == 12
    assert told(*[8] * 13, is_shared=True, invited=12) == told(*[2] * 40, is_shared=True, invited=12)


def test_an_item_that_fewer_than_five_answered_is_left_out_and_words_need_five_people():
    found = told(8, 7, 5, 9, None, None)

    assert (found.n, found.items) == (6, ())
    assert len(found.words["hinders"]) == 6


@pytest.mark.parametrize(
    ("scores", "highest", "at_least", "has_item", "has_mean"),
    [
        ((10,) * 6, 10, 7, True, False),  # all highest: the mean would tell each
        ((7,) * 6, 10, 7, True, False),  # all reach it, and the mean says nobody passed it
        ((8, 9, 7, 10, 9, 8), 10, 7, True, True),
        ((1,) * 6, 5, 2, False, False),  # nobody reaches two: all said one
        ((5,) * 6, 5, 5, False, False),  # all reach the highest
        ((4, 4, 5, 4, 4, 3), 5, 4, True, True),
    ],
)
def test_a_number_that_would_tell_what_each_said_is_left_out(scores, highest, at_least, has_item, has_mean):
    item = told(*scores, highest=highest, at_least=at_least).item("ease")

    assert (item is not None, bool(item and item.mean is not None)) == (has_item, has_mean)


def test_a_score_off_the_scale_is_refused():
    with pytest.raises(ValueError, match="off the scale"):
        told(11, 8, 8, 8, 8)


@pytest.mark.parametrize("at_least", [3, 4])
def test_whoever_tries_all_answers_finds_two_values_or_more_for_everybody(at_least):
    """By everything that is told, and by what is not told."""
    fitting = defaultdict(set)
    asked = Survey(["a"], 1, 5, at_least=at_least, invited=26)
    for scores in combinations_with_replacement(range(1, 6), 5):
        told = survey_told([Filled({"a": score}) for score in scores], asked, shuffle=lambda words: None)
        fitting[str(frozen_survey(told))] |= set(scores)

    assert len(fitting) > 40
    assert min(map(len, fitting.values())) >= 2
