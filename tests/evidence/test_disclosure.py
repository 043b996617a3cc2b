"""What published figures give away: by hand, against all answers that fit, and what must always hold."""

from itertools import combinations, product
from time import process_time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driehoek.evidence.disclosure import Aggregate, audit
from driehoek.evidence.disclosure_ranges import PublishedSum, narrow_ranges
from driehoek.evidence.disclosure_sets import determined_sets, exact_null_space, null_space
from driehoek.evidence.undefined import Undefined

PEOPLE = [f"p{at}" for at in range(12)]
answers_of_five = st.lists(st.integers(1, 5), min_size=5, max_size=5)
some_of_five = st.sets(st.integers(0, 4), min_size=1)
figures_over_five = st.lists(some_of_five, min_size=1, max_size=5)


def mean_of(answers, whom, name=None, **options):
    people = frozenset(whom)
    value = sum(answers[one] for one in people) / len(people)
    return Aggregate(name or "+".join(sorted(people)), people, "mean", value, **options)


def said(report):
    return [(one.reason, one.respondents) for one in report.findings]


def test_differencing_names_who_joined_late_and_by_which_figures():
    answers = dict(zip(PEOPLE, [4, 3, 4, 3, 4, 5], strict=False))
    shown = [mean_of(answers, PEOPLE[:6], "all"), mean_of(answers, PEOPLE[:5], "before May")]
    found = audit(shown, fewest=5, scale=(1, 5))
    assert said(found) == [("answer_determined", ("p5",))]
    assert found.findings[0].because == ("all", "before May")
    assert not found.is_safe


def test_the_group_that_was_hidden_follows_from_the_total():
    answers = dict(zip(PEOPLE, [3, 4] * 5, strict=False))
    shown = [mean_of(answers, PEOPLE[:10], "all"), mean_of(answers, PEOPLE[:7], "sales")]
    assert said(audit(shown, fewest=5, scale=(1, 5))) == [("sum_determined", ("p7", "p8", "p9"))]
    assert audit(shown, fewest=3, scale=(1, 5)).is_safe


def test_three_waves_give_away_what_no_two_of_them_do():
    # all = x + y + z + w; two waves share x; together they leave one person: pairs of figures do not.
    answers = dict(zip(PEOPLE, [3, 2, 4, 3, 2, 4, 3, 2, 4, 5, 3], strict=False))
    first, second, last = PEOPLE[:6], PEOPLE[6:11], PEOPLE[:11]
    waves = [
        mean_of(answers, [*first], "one"),
        mean_of(answers, second[:4], "two"),
        mean_of(answers, last, "three"),
    ]
    for pair in combinations(waves, 2):
        assert audit(pair, fewest=4, scale=(1, 5)).is_safe
    found = audit(waves, fewest=4, scale=(1, 5))
    assert said(found) == [("answer_determined", ("p10",))]
    assert set(found.findings[0].because) == {"one", "two", "three"}


def test_answers_of_different_waves_are_different_people():
    shown = [
        Aggregate("one", frozenset(f"{one}/1" for one in PEOPLE[:6]), "mean", 3.5),
        Aggregate("two", frozenset(f"{one}/2" for one in PEOPLE[:5]), "mean", 3.2),
    ]
    assert audit(shown, fewest=5, scale=(1, 5)).is_safe


def test_who_knows_an_answer_knows_more():
    answers = dict(zip(PEOPLE, [3, 4, 2, 3, 4], strict=False))
    shown = [mean_of(answers, PEOPLE[:5], "team")]
    assert audit(shown, fewest=5, scale=(1, 5)).is_safe
    reader = audit(shown, fewest=5, scale=(1, 5), known={"p0": 3})
    assert said(reader) == [("sum_determined", ("p1", "p2", "p3", "p4"))]
    several = audit(shown, fewest=5, scale=(1, 5), known={"p0": 3, "p1": 4, "p2": 2, "p3": None})
    assert said(several) == [("answer_determined", ("p4",))]
    assert not several.are_ranges_checked


@pytest.mark.parametrize("end", [1, 5])
def test_a_mean_at_the_end_of_the_scale_gives_away_everybody(end):
    found = audit([mean_of(dict.fromkeys(PEOPLE, end), PEOPLE[:6], "all")], fewest=5, scale=(1, 5))
    assert said(found) == [("answer_narrow", (one,)) for one in PEOPLE[:6]]
    assert {(one.low, one.high) for one in found.findings} == {(end, end)}


def test_rounding_can_leave_room_and_can_leave_none():
    # Of 10 people 4.9 and 5.0 both round from 49 and 50; with one decimal 5.0 is 50 for 10, and 49.9 for 100.
    tight = Aggregate("ten", frozenset(PEOPLE[:10]), "mean", 5.0, unit=0.1)
    assert len(audit([tight], fewest=5, scale=(1, 5)).findings) == 10
    loose = Aggregate("ten", frozenset(PEOPLE[:10]), "mean", 5.0, unit=0.5)
    assert audit([loose], fewest=5, scale=(1, 5)).is_safe


def test_rounding_does_not_hide_a_difference():
    answers = dict(zip(PEOPLE, [4, 3, 4, 3, 4, 5], strict=False))
    shown = [mean_of(answers, PEOPLE[:6], "all", unit=0.1), mean_of(answers, PEOPLE[:5], "less", unit=0.1)]
    assert ("answer_determined", ("p5",)) in said(audit(shown, fewest=5, scale=(1, 5)))


def test_a_count_of_all_or_none_pins_answers_and_counts_differ_like_sums():
    people = frozenset(PEOPLE[:6])
    everybody = audit([Aggregate("high", people, "count", 6, at_least=5)], fewest=5, scale=(1, 5))
    assert said(everybody) == [("answer_narrow", (one,)) for one in PEOPLE[:6]]
    some = [
        Aggregate("high", people, "count", 3, at_least=4),
        Aggregate("less", people - {"p5"}, "count", 2, at_least=4),
    ]
    found = audit(some, fewest=5, scale=(1, 5)).findings
    assert [(one.reason, one.respondents, one.at_least) for one in found] == [
        ("answer_determined", ("p5",), 4)
    ]


def test_a_count_and_a_sum_are_read_together():
    # Five people of whom three reach 4 have 4 + 4 + 4 + 1 + 1 = 14 together at the least.
    people = frozenset(PEOPLE[:5])
    shown = [Aggregate("sum", people, "sum", 14), Aggregate("high", people, "count", 3, at_least=4)]
    assert audit(shown, fewest=5, scale=(1, 5)).is_safe
    with pytest.raises(ValueError, match="fit these figures"):
        audit([Aggregate("sum", people, "sum", 13), shown[1]], fewest=5, scale=(1, 5))
    ends = audit(
        [Aggregate("sum", people, "sum", 5), Aggregate("x", people, "count", 0, at_least=2)],
        fewest=5,
        scale=(1, 5),
    )
    assert len(ends.findings) == 5


def test_nobody_above_the_lowest_answer_gives_away_everybody():
    people = frozenset(PEOPLE[:6])
    found = audit([Aggregate("some", people, "count", 0, at_least=2)], fewest=5, scale=(1, 5))
    assert [(one.respondents, one.low, one.high) for one in found.findings] == [
        ((one,), 1, 1) for one in PEOPLE[:6]
    ]


def test_a_count_and_a_mean_are_no_equations_in_the_same_unknowns():
    shown = [
        Aggregate("all", frozenset(PEOPLE[:6]), "mean", 3.5),
        Aggregate("high", frozenset(PEOPLE[:5]), "count", 3, at_least=4),
    ]
    assert audit(shown, fewest=5, scale=(1, 5)).is_safe


def test_what_the_reader_knows_is_taken_off_the_sum():
    # 9 over five people, of whom the reader gave 5: four others have 4 together, so each gave 1.
    shown = [Aggregate("team", frozenset(PEOPLE[:5]), "mean", 1.8)]
    found = audit(shown, fewest=4, scale=(1, 5), known={"p0": 5}).findings
    assert [(one.respondents, one.low, one.high) for one in found] == [((one,), 1, 1) for one in PEOPLE[1:5]]
    counted = [Aggregate("high", frozenset(PEOPLE[:5]), "count", 1, at_least=5)]
    others = audit(counted, fewest=4, scale=(4, 5), known={"p0": 5}).findings
    assert [(one.low, one.high) for one in others] == [(4, 4)] * 4


def test_only_the_smallest_sets_are_named():
    # 0 + 1 = (0 and four) + (1 and four others) - (all eight); so with 2 and 3: four pairs, no set of four.
    one_four, other_four = {4, 5, 6, 7}, {8, 9, 10, 11}
    groups = [{0} | one_four, {1} | other_four, {2} | one_four, {3} | other_four, one_four | other_four]
    rows = np.array([[int(at in who) for at in range(12)] for who in groups])
    found, _ = determined_sets(rows, 5)
    assert set(found) == {frozenset(pair) for pair in ({0, 1}, {0, 3}, {1, 2}, {2, 3})}


def test_answers_pinned_one_after_the_other_pin_a_last_one():
    # In each triple any two have 3 at most, so all three have 4 at most (4.5 if not whole); with a fourth 9:
    # that one gave 5. Three of those and a last one have 17, so the last gave 2.
    sums = []
    for first in (0, 4, 8):
        for pair in combinations(range(first, first + 3), 2):
            sums.append(PublishedSum(np.isin(np.arange(13), pair), 2, 3))
        sums.append(PublishedSum(np.isin(np.arange(13), range(first, first + 4)), 9, 9))
    sums.append(PublishedSum(np.isin(np.arange(13), (3, 7, 11, 12)), 17, 17))
    found = narrow_ranges(sums, (1, 5), are_whole=True)
    assert found == {3: (5, 5), 7: (5, 5), 11: (5, 5), 12: (2, 2)}


def fitting(sums, n):
    """All whole answers from 1 to 5 that fit, one by one."""
    return np.array(
        [
            one
            for one in product(range(1, 6), repeat=n)
            if all(sum(one[at] for at in who) == total for who, total in sums)
        ]
    )


@given(answers_of_five, figures_over_five)
@settings(max_examples=15)
def test_nothing_is_called_narrow_that_could_be_otherwise_and_what_is_determined_is_so(answers, groups):
    answered = dict(zip(PEOPLE, answers, strict=False))
    sums = [(who, sum(answers[at] for at in who)) for who in groups]
    shown = [
        Aggregate(str(at), frozenset(PEOPLE[one] for one in who), "sum", total)
        for at, (who, total) in enumerate(sums)
    ]
    possible = fitting(sums, 5)
    for one in audit(shown, fewest=3, scale=(1, 5)).findings:
        columns = [PEOPLE.index(person) for person in one.respondents]
        assert np.ptp(possible[:, columns].sum(axis=1)) == 0
        if one.low is not None:
            assert one.low <= answered[one.respondents[0]] <= one.high


@given(figures_over_five, st.integers(2, 5))
@settings(max_examples=40)
def test_the_smallest_sets_are_those_of_solving_in_fractions(groups, fewest):
    rows = np.array([[int(at in who) for at in range(5)] for who in groups])
    basis = exact_null_space(rows)
    expected: list[frozenset] = []
    for size in range(1, fewest):
        for some in combinations(range(5), size):
            follows = all(sum(vector[at] for at in some) == 0 for vector in basis)
            if follows and not any(smaller < frozenset(some) for smaller in expected):
                expected.append(frozenset(some))
    found, is_all = determined_sets(rows, fewest)
    # What lies in no figure at all has only zeros in its column, and is never determined.
    assert set(found) == set(expected)
    assert is_all


@given(figures_over_five, st.permutations(range(5)))
@settings(max_examples=20)
def test_order_and_repetition_of_figures_change_nothing(groups, order):
    shown = [
        Aggregate(str(at), frozenset(PEOPLE[one] for one in who), "mean") for at, who in enumerate(groups)
    ]
    again = [Aggregate(f"again {one.name}", one.respondents, "mean") for one in shown]
    plain, turned = (
        audit(shown, fewest=4, scale=(1, 5)),
        audit([*again, *shown[::-1]], fewest=4, scale=(1, 5)),
    )
    assert {one.respondents for one in plain.findings} == {one.respondents for one in turned.findings}
    names = dict(zip(PEOPLE, (PEOPLE[at] for at in order), strict=False))
    moved = [Aggregate(one.name, frozenset(names[who] for who in one.respondents), "mean") for one in shown]
    other = {frozenset(one.respondents) for one in audit(moved, fewest=4, scale=(1, 5)).findings}
    assert other == {frozenset(names[who] for who in one.respondents) for one in plain.findings}


def test_figures_that_rounding_would_misread_are_solved_in_fractions():
    # A 0/1 triangle whose inverse grows as the Fibonacci numbers: its last singular value drowns in rounding.
    size = 90
    rows = sum(np.eye(size, k=-back, dtype=np.int64) for back in (0, 1, 3))
    null, exact = null_space(rows)
    assert exact is not None
    assert null.shape == (size, 0)
    assert len(determined_sets(rows[:30, :30], 2)[0]) == 30


def test_two_hundred_figures_over_a_hundred_people_take_seconds():
    rng = np.random.default_rng(5)
    names = [f"p{at:03}" for at in range(100)]
    answers = dict(zip(names, rng.integers(1, 6, 100).tolist(), strict=True))
    shown = [mean_of(answers, rng.choice(names, 20, replace=False).tolist(), str(at)) for at in range(200)]
    began = process_time()
    found = audit(shown, fewest=5, scale=(1, 5))
    assert process_time() - began < 5
    assert len(found.findings) == 100


def test_a_list_that_stops_says_so():
    rows = np.array([[1] * 30, [1] * 15 + [0] * 15])
    pairs = np.array([[int(at in (one, 15 + one)) for at in range(30)] for one in range(15)])
    ring = np.array([[int(at in (one, (one + 1) % 30)) for at in range(30)] for one in range(30)])
    assert determined_sets(np.vstack((rows, pairs)), 3)[1]
    found, is_all = determined_sets(ring, 3)
    assert (len(found), is_all) == (100, False)


def test_answers_that_are_not_whole_leave_more_room():
    whole = narrow_ranges([PublishedSum(np.array([True] * 3), 14, 14)], (1, 5), are_whole=True)
    part = narrow_ranges([PublishedSum(np.array([True] * 3), 14.5, 14.5)], (1, 5), are_whole=False)
    assert whole == {}
    assert part == {at: pytest.approx((4.5, 5), abs=1e-4) for at in range(3)}


def test_one_pinned_answer_pins_the_next():
    # a + b + c = 13.6 to 14.4 is 14; a + b = 10 leaves c = 4.
    sums = [
        PublishedSum(np.array([True, True, True]), 13.6, 14.4),
        PublishedSum(np.array([True, True, False]), 10, 10),
    ]
    assert narrow_ranges(sums, (1, 5), are_whole=True) == {0: (5, 5), 1: (5, 5), 2: (4, 4)}


def test_nothing_published_gives_nothing_away():
    assert audit([], fewest=5, scale=(1, 5)).is_safe
    everybody_known = [Aggregate("all", frozenset({"p0"}), "mean", 3)]
    assert audit(everybody_known, fewest=5, scale=(1, 5), known={"p0": 3}).is_safe


def test_too_many_groups_to_go_through_is_said():
    rows = np.random.default_rng(0).integers(0, 2, (30, 100))
    with pytest.raises(Undefined, match="too many"):
        determined_sets(rows, 12)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"fewest": 1}, "fewest"),
        ({"fewest": 2.5}, "fewest"),
        ({"scale": (5, 1)}, "scale"),
        ({"scale": (1, float("inf"))}, "scale"),
        ({"known": {"p0": 6}}, "known"),
    ],
)
def test_wrong_options_are_refused_by_name(wrong, sentence):
    shown = [Aggregate("all", frozenset(PEOPLE), "mean", 3)]
    with pytest.raises(ValueError, match=sentence):
        audit(shown, **{"fewest": 5, "scale": (1, 5)} | wrong)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"respondents": frozenset()}, "at least one"),
        ({"respondents": "ann"}, "frozenset"),
        ({"kind": "median"}, "mean, a sum"),
        ({"kind": "count"}, "from which it counts"),
        ({"at_least": 4}, "from which it counts"),
        ({"value": float("nan")}, "finite"),
        ({"unit": -0.1}, "unit"),
    ],
)
def test_a_figure_that_is_none_is_refused(wrong, sentence):
    usual = {"name": "all", "respondents": frozenset(PEOPLE), "kind": "mean", "value": 3.0}
    with pytest.raises(ValueError, match=sentence):
        Aggregate(**usual | wrong)


@pytest.mark.parametrize("value", [6.0, 0.5, 3.05])
def test_a_figure_that_no_answers_fit_is_refused(value):
    with pytest.raises(ValueError, match="fit these figures"):
        audit([Aggregate("all", frozenset(PEOPLE[:6]), "mean", value)], fewest=5, scale=(1, 5))


def test_two_figures_of_one_name_are_refused():
    same = Aggregate("all", frozenset(PEOPLE), "mean", 3)
    with pytest.raises(ValueError, match="same name"):
        audit([same, same], fewest=5, scale=(1, 5))
