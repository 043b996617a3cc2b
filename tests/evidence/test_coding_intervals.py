import doctest
import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driehoek.evidence import coding_intervals
from driehoek.evidence.coders import krippendorff_alpha, weighted_kappa
from driehoek.evidence.coding_intervals import _alphas, alpha_intervals, kappa_interval
from driehoek.evidence.undefined import Undefined

LEVELS = [0, 1, 2, 3, 4]
WAYS = [("unweighted", None), ("linear", "linear"), ("quadratic", "quadratic")]


def rated(seed, n=60):
    rng = np.random.default_rng(seed)
    first = rng.integers(0, 5, n)
    return first.tolist(), np.clip(first + rng.integers(-1, 2, n), 0, 4).tolist()


def counted(first, second):
    table = np.zeros((5, 5))
    np.add.at(table, (first, second), 1)
    return table


def test_the_examples_run():
    assert doctest.testmod(coding_intervals).failed == 0


@pytest.mark.parametrize(("weights", "word"), WAYS)
@pytest.mark.parametrize("seed", range(5))
def test_the_error_of_kappa_is_that_of_statsmodels(weights, word, seed):
    from statsmodels.stats.inter_rater import cohens_kappa

    first, second = rated(seed)
    expected = cohens_kappa(counted(first, second), wt=word)
    found = kappa_interval(first, second, LEVELS, weights)
    assert found.kappa == pytest.approx(expected.kappa, rel=1e-12)
    assert found.se == pytest.approx(expected.std_kappa, rel=1e-9)
    # Near kappa itself, Fisher's z is the plain interval; so for a narrow one both are the same.
    narrow = kappa_interval(first, second, LEVELS, weights, confidence=0.01)
    plain = cohens_kappa(counted(first, second), wt=word).std_kappa * NormalDist().inv_cdf(0.505)
    ends = (found.kappa - plain, found.kappa + plain)
    assert (narrow.ci_low, narrow.ci_high) == pytest.approx(ends, abs=1e-5)


def test_the_interval_of_kappa_is_even_on_the_scale_of_fisher():
    found = kappa_interval(*rated(3), LEVELS)
    below = math.atanh(found.kappa) - math.atanh(found.ci_low)
    assert math.atanh(found.ci_high) - math.atanh(found.kappa) == pytest.approx(below)
    assert below == pytest.approx(1.959964 * found.se / (1 - found.kappa**2), rel=1e-6)


# Two pathologists on 118 slides of the cervix (Agresti, Categorical Data Analysis, 2nd ed., section 10.5):
# kappa .493 with standard error .057, printed there.
def test_the_error_of_kappa_is_as_agresti_prints_it():
    table = [[22, 2, 2, 0], [5, 7, 14, 0], [0, 2, 36, 0], [0, 1, 17, 10]]
    pairs = [(i, j) for i, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)]
    found = kappa_interval(*zip(*pairs, strict=True), [0, 1, 2, 3], "unweighted")
    assert (round(found.kappa, 3), round(found.se, 3), found.n) == (0.493, 0.057, 118)


@pytest.mark.parametrize("weights", ["unweighted", "linear", "quadratic"])
def test_the_error_of_kappa_follows_from_its_slopes(weights):
    """The delta method by numbers alone: how kappa moves when a little of each cell is added."""
    first, second = rated(9)
    shares = counted(first, second) / 60
    apart = np.abs(np.subtract.outer(np.arange(5), np.arange(5))).astype(float)
    cost = {"unweighted": (apart > 0).astype(float), "linear": apart, "quadratic": apart**2}[weights]

    def kappa(table):
        share = table / table.sum()
        return 1 - (share * cost).sum() / (np.outer(share.sum(axis=1), share.sum(axis=0)) * cost).sum()

    step = 1e-6
    slopes = np.zeros((5, 5))
    for cell in np.ndindex(5, 5):
        moved = np.zeros((5, 5))
        moved[cell] = step
        slopes[cell] = (kappa(shares + moved) - kappa(shares - moved)) / (2 * step)
    variance = ((shares * slopes**2).sum() - (shares * slopes).sum() ** 2) / 60
    found = kappa_interval(first, second, LEVELS, weights)
    assert found.se == pytest.approx(variance**0.5, rel=1e-5)


def test_a_kappa_without_any_disagreement_has_no_interval_rather_than_a_sure_one():
    found = kappa_interval([0, 1, 2], [0, 1, 2], LEVELS)
    assert (found.kappa, found.se, found.ci_low, found.ci_high) == (1, None, None, None)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(LEVELS), st.sampled_from(LEVELS)), min_size=2, max_size=30))
def test_the_interval_of_kappa_holds_kappa_and_sees_no_order_of_raters(pairs):
    first, second = [one for one, _ in pairs], [other for _, other in pairs]
    try:
        kappa = weighted_kappa(first, second, LEVELS).kappa
    except Undefined:
        return
    found, turned = kappa_interval(first, second, LEVELS), kappa_interval(second, first, LEVELS)
    assert found.kappa == kappa
    assert (found.se is None) == (turned.se is None)
    if found.se is not None:
        assert -1 <= found.ci_low < kappa < found.ci_high <= 1
        assert turned.se == pytest.approx(found.se, rel=1e-6)


def coded(seed, things, raters=3):
    rng = np.random.default_rng(seed)
    true = rng.integers(1, 5, things)
    rows = [np.clip(true + rng.choice([-1, 0, 0, 0, 1], things), 1, 4).tolist() for _ in range(raters)]
    rows[0][0] = None
    return rows


def test_alpha_of_a_draw_is_alpha_of_the_things_that_were_drawn():
    rows = coded(1, 25)
    counts = np.zeros((25, 4))
    for row in rows:
        for thing, code in enumerate(row):
            if code is not None:
                counts[thing, code - 1] += 1
    times = np.random.default_rng(2).multinomial(25, [1 / 25] * 25)
    drawn = [thing for thing, often in enumerate(times) for _ in range(often)]
    expected = krippendorff_alpha([[row[thing] for thing in drawn] for row in rows])
    found = _alphas(counts, times, np.array([1.0, 2.0, 3.0, 4.0]))
    assert found == pytest.approx([expected.nominal, expected.ordinal, expected.interval], rel=1e-9)


def test_the_ends_of_alpha_are_those_of_drawing_things_by_hand():
    rows = coded(4, 60)
    rng = np.random.default_rng(77)  # other draws than the fixed ones
    alphas = []
    for _ in range(1500):
        places = rng.integers(0, 60, 60)
        alphas.append(krippendorff_alpha([[row[at] for at in places] for row in rows]).interval)
    found = alpha_intervals(rows)
    assert found.interval == pytest.approx(np.quantile(alphas, [0.025, 0.975]), abs=0.02)
    assert found.interval[0] < krippendorff_alpha(rows).interval < found.interval[1]


def test_more_things_make_alpha_surer_and_the_answer_is_the_same_each_time():
    small, large = alpha_intervals(coded(4, 30)).nominal, alpha_intervals(coded(4, 300)).nominal
    assert large[1] - large[0] < (small[1] - small[0]) / 2
    assert alpha_intervals(coded(4, 30)).nominal == small


def test_names_have_an_interval_of_the_nominal_alpha_alone():
    found = alpha_intervals([["a", "b", "c", "b"] * 6, ["a", "b", "b", "b"] * 6])
    assert (found.ordinal, found.interval) == (None, None)
    assert found.nominal[0] < found.nominal[1]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([[1, 2] * 9, [1, 2] * 9], "at least 20"),
        ([[1] * 30, [1] * 30], "every code is the same"),
        ([[*range(500)], [*range(500)]], "more things and codes"),
    ],
)
def test_without_enough_things_alpha_has_no_interval(rows, says):
    with pytest.raises(Undefined, match=says):
        alpha_intervals(rows)
