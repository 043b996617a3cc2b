import doctest

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driehoek.evidence import feedback
from driehoek.evidence.feedback import aggregate360
from driehoek.evidence.undefined import Undefined

GROUPS = ["self", "manager", "peers", "reports", "clients", "friends"]
answers = st.dictionaries(
    st.sampled_from(GROUPS), st.lists(st.integers(1, 5), max_size=6), min_size=1, max_size=6
).filter(lambda groups: any(groups.values()))


def test_the_examples_run():
    assert doctest.testmod(feedback).failed == 0


# Arithmetic.
def test_equal_groups_and_pooled_raters_differ():
    found = aggregate360(
        {"manager": [3], "peers": [4, 5, 4, 4], "reports": [2, 3, 3], "self": [5]}, minimum_n=3
    )

    assert found.by_name() == {
        "mean_self": 5,
        "mean_manager": 3,
        "mean_peers": 4.25,
        "mean_reports": pytest.approx(2.66666666666667),
        "mean_others_pooled": pytest.approx(3.5),
        "mean_others_equal_group_weight": pytest.approx(3.30555555555556),
        "self_minus_others_pooled": pytest.approx(1.5),
        "hidden": (),
        "hidden_totals": (),
    }
    assert found.counts == {"self": 1, "manager": 1, "peers": 4, "reports": 3}


def test_a_small_group_is_hidden_with_every_total_that_gives_it_away():
    found = aggregate360({"peers": [4, 5, 4, 4], "reports": [2, 3], "self": [5]})

    assert found.hidden == ("reports",)
    assert found.hidden_totals == (
        "mean_others_pooled",
        "mean_others_equal_group_weight",
        "self_minus_others_pooled",
    )
    assert found.by_name() == {
        "mean_self": 5,
        "mean_peers": 4.25,
        "hidden": found.hidden,
        "hidden_totals": found.hidden_totals,
    }


def test_two_small_groups_that_are_enough_together_may_be_in_the_pooled_mean():
    found = aggregate360({"peers": [4, 5, 4], "reports": [2, 3], "clients": [1]})

    assert found.hidden == ("reports", "clients")
    assert found.hidden_totals == ("mean_others_equal_group_weight",)
    assert found.totals == {"mean_others_pooled": pytest.approx(19 / 6)}


def test_two_small_groups_that_are_too_few_together_are_not():
    found = aggregate360({"peers": [4, 5, 4, 3, 3], "reports": [2, 3], "clients": [1, 1]}, minimum_n=5)

    assert found.totals == {}


def test_a_manager_without_consent_is_hidden_as_everybody_else():
    found = aggregate360({"manager": [3], "peers": [4, 5, 4]}, exempt=())

    assert found.hidden == ("manager",)
    assert found.totals == {}


def test_a_group_of_one_mind_is_hidden_when_asked_for():
    groups = {"peers": [4, 5, 4], "reports": [2, 2, 2]}

    assert aggregate360(groups).hidden == ()
    assert aggregate360(groups, hide_unanimous=True).hidden == ("reports",)
    assert aggregate360(groups, hide_unanimous=True).totals == {}
    assert aggregate360({"peers": [4]}, minimum_n=1, hide_unanimous=True).hidden == ()


def test_missing_answers_count_for_nothing_and_an_empty_group_is_not_there():
    found = aggregate360({"peers": [4, None, 5, 4], "reports": [], "clients": [None]})

    assert found.means == {"peers": pytest.approx(13 / 3)}
    assert found.hidden == ()
    assert aggregate360({"peers": [4, None, 5]}).hidden == ("peers",)


def test_self_alone_has_no_totals():
    found = aggregate360({"self": [4, 5]})

    assert (found.means, found.totals, found.hidden_totals) == ({"self": 4.5}, {}, ())


def test_nobody_is_nothing():
    for nothing in ({}, {"peers": []}, {"peers": [None]}):
        with pytest.raises(Undefined, match="nobody gave a score"):
            aggregate360(nothing)


@pytest.mark.parametrize(
    ("groups", "minimum_n", "reason"),
    [
        ({"peers": [4, "5"]}, 3, "peers must be a number"),
        ({"others_pooled": [4, 5, 3]}, 3, "that of a total"),
        ({3: [4, 5, 3]}, 3, "has a name"),
        ({"peers": [4, 5]}, 0, "minimum_n"),
        ({"peers": [4, 5]}, 2.5, "minimum_n"),
    ],
)
def test_wrong_input_is_refused(groups, minimum_n, reason):
    with pytest.raises(ValueError, match=reason) as refusal:
        aggregate360(groups, minimum_n)
    assert not isinstance(refusal.value, Undefined)


def known_sums(groups, found):
    """What somebody who knows every number of raters reads off the shown numbers, as rows over raters."""
    people = [(group, place) for group, given in groups.items() for place in range(len(given))]
    others = [group for group, given in groups.items() if given and group != "self"]
    in_all = sum(len(groups[group]) for group in others)

    def row(weights):
        return [weights.get(group, 0) for group, _ in people]

    rows = [row({group: 1}) for group in found.means]
    if "mean_others_pooled" in found.totals:
        rows.append(row(dict.fromkeys(others, 1 / in_all)))
    if "mean_others_equal_group_weight" in found.totals:
        rows.append(row({group: 1 / len(groups[group]) / len(others) for group in others}))
    return people, np.array(rows or [[0.0] * len(people)])


@settings(max_examples=25)
@given(answers, st.integers(1, 5))
def test_no_sum_over_fewer_raters_than_the_minimum_can_be_worked_out(groups, minimum_n):
    found = aggregate360(groups, minimum_n)
    people, rows = known_sums(groups, found)
    rank = np.linalg.matrix_rank(rows)

    for chosen in range(1, 2 ** len(found.hidden)):
        union = {group for place, group in enumerate(found.hidden) if chosen >> place & 1}
        wanted = [float(group in union) for group, _ in people]
        if sum(wanted) < minimum_n:
            assert np.linalg.matrix_rank(np.vstack([rows, wanted])) > rank, union


@settings(max_examples=25)
@given(answers, st.integers(-10, 10))
def test_order_does_not_matter_and_a_shift_moves_every_mean(groups, shift):
    found = aggregate360(groups)
    moved = aggregate360({group: [one + shift for one in reversed(given)] for group, given in groups.items()})

    assert moved.hidden == found.hidden
    assert moved.means == pytest.approx({group: mean + shift for group, mean in found.means.items()})
    for name, total in found.totals.items():
        assert moved.totals[name] == pytest.approx(total + (0 if name.startswith("self") else shift))


@settings(max_examples=25)
@given(answers)
def test_shown_means_are_plain_means(groups):
    found = aggregate360(groups, minimum_n=1)
    others = [one for group, given in groups.items() if group != "self" for one in given]

    assert found.hidden == ()
    assert found.means == pytest.approx(
        {group: sum(given) / len(given) for group, given in groups.items() if given}
    )
    if others:
        assert found.totals["mean_others_pooled"] == pytest.approx(sum(others) / len(others))
