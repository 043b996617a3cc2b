"""What speaks against a criterion beforehand; the numbers have an origin outside this code."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driehoek.evidence.criteria import CriterionTerms
from driehoek.evidence.foresight import Circumstances, foresee, required_change, unknown

FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)


def terms(form="relative_change", target="0.15", baseline: str | None = "4.7", direction="up"):
    start = None if baseline is None else Decimal(baseline)
    return CriterionTerms(form, direction, Decimal(target), FIRST, LAST, baseline=start)


def known(**facts):
    numbers = ("lowest", "highest", "spread", "mean_of_all", "reliability")
    return Circumstances(
        **{name: Decimal(value) if name in numbers else value for name, value in facts.items()}
    )


def ids(*given):
    return [finding.id for finding in foresee(*given)]


def numbers(*given):
    [finding] = foresee(*given)
    return finding.id, dict(finding.numbers)


def test_nothing_known_gives_nothing_but_a_missing_start():
    assert ids(terms(), Circumstances()) == []
    assert ids(terms("level", "8", None), Circumstances()) == ["no_baseline"]
    assert ids(terms("count", "6", None), Circumstances()) == []


def test_fifteen_percent_of_4_7_does_not_fit_below_5():
    # 4.7 x 0.15 = 0.705, and 0.3 is left: the worked case of measures.md.
    found = numbers(terms(), known(highest="5"))

    assert found == (
        "beyond_scale",
        {"end": 5, "required": pytest.approx(0.705), "possible": pytest.approx(0.3)},
    )


def test_a_level_above_the_scale_needs_no_starting_value_to_be_seen():
    assert ids(terms("level", "11", None), known(highest="10")) == ["no_baseline", "beyond_scale"]
    assert ids(terms("level", "10", None), known(highest="10")) == ["no_baseline"]


def test_a_fall_is_measured_towards_the_lowest_end():
    falling = terms("absolute_change", "3", "2", "down")

    assert ids(falling, known(lowest="0", highest="100")) == ["beyond_scale"]
    assert ids(terms("absolute_change", "2", "2", "down"), known(lowest="0")) == []


def test_a_change_within_the_noise_is_named_with_the_noise():
    # Weir (2005): 1.96 x 0.8 x sqrt(1/6 + 1/6) = 0.905
    found = numbers(terms("absolute_change", "0.9", "3"), known(spread="0.8", answers=6))

    assert found == (
        "within_noise",
        {"required": 0.9, "noise": pytest.approx(0.9053, abs=1e-4), "answers": 6},
    )
    assert ids(terms("absolute_change", "0.91", "3"), known(spread="0.8", answers=6)) == []


def test_a_scale_that_ends_within_the_noise_hides_every_change():
    almost_there = terms("level", "4.9", "4.5")

    assert "within_noise" in ids(almost_there, known(spread="0.8", answers=6, highest="5"))


def test_eighty_percent_of_fifteen_people_cannot_be_shown_and_of_sixteen_can():
    share = terms("share_at_least", "0.8", "0.5")

    assert numbers(share, known(answers=15)) == ("too_few_answers", {"answers": 15, "needed": 16})
    assert ids(share, known(answers=16)) == []


def test_a_share_of_everybody_is_never_shown_from_a_part():
    assert ids(terms("share_at_least", "1", "0.5"), known(answers=500)) == ["share_of_all"]


def test_chance_alone_reaches_fifteen_percent_in_one_of_five_cases():
    # measures.md: baseline 3.2, spread 0.8, five people: 19% (simulation and formula agree).
    found = foresee(terms(baseline="3.2"), known(spread="0.8", answers=5))

    by_itself = next(one for one in found if one.id == "by_itself")
    assert by_itself.numbers["chance"] == pytest.approx(0.19, abs=0.005)


def test_a_fall_has_the_chance_of_its_mirror():
    rise = foresee(terms("absolute_change", "0.4", "3"), known(spread="0.8", answers=5))
    fall = foresee(terms("absolute_change", "0.4", "3", "down"), known(spread="0.8", answers=5))

    assert rise[-1].id == fall[-1].id == "by_itself"
    assert rise[-1].numbers["chance"] == pytest.approx(fall[-1].numbers["chance"])


def test_a_level_below_today_is_reached_by_chance_as_often_as_the_normal_curve_says():
    # z = (2.6 - 3) / (0.8 / sqrt 5) = -1.118; the curve leaves 13.2% below it.
    found = foresee(terms("level", "2.6", "3", "down"), known(spread="0.8", answers=5))

    assert found[-1].numbers["chance"] == pytest.approx(0.1318, abs=1e-4)


def test_half_of_a_small_number_is_reached_by_chance_more_often():
    # Twice the mean of five, less the mean before: -1.5 against 0.8 x sqrt(1/5 + 0.25/5) = 0.4.
    found = foresee(terms("relative_change", "0.5", "3", "down"), known(spread="0.8", answers=5))

    assert "by_itself" not in [one.id for one in found]


def test_a_share_just_above_the_start_is_reached_by_chance_about_every_other_time():
    # Binomial: of 20 answers with 58% yes, at least 12 is a yes in 52.3 of 100 cases.
    assert numbers(terms("share_at_least", "0.6", "0.58"), known(answers=20)) == (
        "by_itself",
        {"chance": pytest.approx(0.523, abs=0.001), "answers": 20},
    )
    assert ids(terms("share_at_least", "0.6", "0.6"), known(answers=20)) == ["reached_already"]


def test_what_the_scale_does_not_reach_is_not_reached_by_chance():
    found = ids(terms(baseline="4.5"), known(highest="5", spread="0.8", answers=5))

    assert "beyond_scale" in found
    assert "by_itself" not in found


def test_what_is_on_target_already_hides_nothing():
    assert "within_noise" not in ids(terms("level", "4", "4.5"), known(spread="0.8", answers=5))


def test_people_chosen_for_a_low_score_rise_by_themselves():
    # measures.md: mean 3.6, chosen mean 2.76, reliability .5: 0.42 by itself, and 15% of 2.76 is 0.414.
    chosen = known(chosen_for_it=True, mean_of_all="3.6", reliability="0.5")

    assert numbers(terms(baseline="2.76"), chosen) == (
        "return_to_mean",
        {"comes": pytest.approx(0.42), "required": pytest.approx(0.414)},
    )


def test_what_is_not_known_of_the_chosen_is_said_without_a_number():
    assert numbers(terms(baseline="2.76"), known(chosen_for_it=True)) == ("return_to_mean", {})


def test_a_target_that_is_met_at_the_start_is_said_without_any_further_fact():
    assert ids(terms("level", "5", "6"), Circumstances()) == ["reached_already"]
    assert ids(terms("level", "5", "5"), Circumstances()) == ["reached_already"]
    assert ids(terms("level", "7", "6", "down"), Circumstances()) == ["reached_already"]
    assert ids(terms("share_at_least", "0.8", "0.85"), Circumstances()) == ["reached_already"]
    assert ids(terms("level", "5", "4.9"), Circumstances()) == []
    assert ids(terms("share_at_least", "0.8", "0.79"), Circumstances()) == []


def test_of_a_target_that_is_met_already_nothing_needs_to_come_by_itself():
    chosen = known(chosen_for_it=True, mean_of_all="7", reliability="0.7")

    assert ids(terms("level", "5", "6"), chosen) == ["reached_already"]


@pytest.mark.parametrize(
    ("agreed", "told", "left"),
    [
        (terms("level", "8", "6"), {}, ("answers", "highest", "spread")),
        (terms("level", "3", "6", "down"), {"answers": 9, "spread": "1"}, ("lowest",)),
        (terms("level", "8", None), {}, ("highest",)),
        (terms("share_at_least", "0.8", None), {}, ("answers",)),
        (terms("share_at_least", "1", None), {}, ()),
        (terms("count", "6", None), {}, ()),
        (terms("level", "8", "6"), {"answers": 9, "spread": "1", "highest": "10"}, ()),
    ],
)
def test_only_facts_that_can_still_speak_against_it_are_missing(agreed, told, left):
    assert unknown(agreed, known(**told)) == left


def test_people_above_the_mean_do_not_rise_by_themselves():
    chosen = known(chosen_for_it=True, mean_of_all="2", reliability="0.5")

    assert ids(terms(baseline="2.76"), chosen) == []


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"lowest": "5", "highest": "1"}, "scale"),
        ({"answers": 0}, "one person"),
        ({"spread": "-1"}, "spread"),
        ({"reliability": "1.2"}, "reliability"),
    ],
)
def test_what_cannot_be_is_refused(facts, why):
    with pytest.raises(ValueError, match=why):
        known(**facts)


@given(
    form=st.sampled_from(["relative_change", "absolute_change", "level", "share_at_least", "count"]),
    direction=st.sampled_from(["up", "down"]),
    target=st.decimals("0.01", "1", places=2),
    baseline=st.none() | st.decimals("0", "10", places=2),
    highest=st.none() | st.decimals("11", "20", places=1),
    answers=st.none() | st.integers(1, 300),
    spread=st.none() | st.decimals("0", "5", places=2),
    chosen=st.booleans(),
)
def test_whatever_is_known_sizes_are_sizes_and_chances_are_chances(
    form, direction, target, baseline, highest, answers, spread, chosen
):
    way = "up" if form == "share_at_least" else direction
    agreed = CriterionTerms(form, way, target, FIRST, LAST, baseline=baseline)
    told = Circumstances(highest=highest, answers=answers, spread=spread, chosen_for_it=chosen)

    found = foresee(agreed, told)

    assert len({one.id for one in found}) == len(found)
    for one in found:
        assert all(value >= 0 for name, value in one.numbers.items() if name != "end")
        assert one.numbers.get("chance", 0) <= 1
    assert (required_change(agreed) or 0) >= 0
