"""What is told of the change between two rounds is right, and finds nobody who stayed, came or left."""

from collections import defaultdict
from fractions import Fraction
from itertools import combinations_with_replacement, product
from random import Random

import numpy as np
import pytest

from driehoek.evidence.profile import Answer, Asked, frozen, profile
from driehoek.evidence.raters import paired_t, welch
from driehoek.evidence.wave import Wave, gives_nobody_away, shown
from driehoek.evidence.waves import _people, _sets, changes, frozen_change, thawed_change

GROUPS = ("manager", "peers", "reports", "others")


def asked(*items, highest=5):
    return Asked({"b": items or ("a",)}, 1, highest, groups=GROUPS)


def wave(name, given, *, about=None):
    """A closed round of (key, group, scores); a score of None was not given."""
    names = (about or asked()).behaviours["b"]
    rows = [
        Answer(group, {i: n for i, n in zip(names, scores, strict=True) if n is not None}, key=key)
        for key, group, scores in given
    ]
    return Wave(name, rows, profile(rows, about or asked(), shuffle=Random(1).shuffle))


def peers(*scores, first=0):
    return [(f"p{n}", "peers", (score,)) for n, score in enumerate(scores, first)]


def change(then, now, *, about=None, published=()):
    about = about or asked()
    before, after = wave("start", then, about=about), wave("end", now, about=about)
    [found] = changes(before, after, about, published=published)
    assert thawed_change(frozen_change(found)) == found
    return found


def test_the_same_people_are_compared_with_themselves():
    found = change(peers(3, 4, 3, 2, 4), reversed(peers(4, 4, 4, 3, 5)))

    expected = paired_t([3, 4, 3, 2, 4], [4, 4, 4, 3, 5])
    assert (found.method, found.n_before, found.n_after) == ("paired", 5, 5)
    assert (found.before, found.after) == (Fraction(16, 5), 4)
    assert (found.low, found.high) == pytest.approx((expected.ci_low, expected.ci_high))


def test_other_people_are_compared_as_other_people():
    found = change(peers(3, 4, 3, 2, 4), peers(4, 4, 4, 3, 5, 4, first=10))

    expected = welch([3, 4, 3, 2, 4], [4, 4, 4, 3, 5, 4])
    assert (found.method, found.n_before, found.n_after) == ("welch", 5, 6)
    assert (found.low, found.high) == pytest.approx((expected.ci_low, expected.ci_high))


def test_of_three_or_four_the_two_numbers_are_told_and_not_how_sure():
    found = change(peers(3, 4, 3, 2), peers(4, 4, 4))

    assert (found.method, found.moved, found.low) == ("few", 1, None)


@pytest.mark.parametrize(
    ("then", "now"),
    [((3, 4), (3, 4, 2)), ((), ()), ((5, 5, 5, 5, 5), (4, 3, 4, 4, 4)), ((3, 4, 4, 4, 5), (1, 1, 1, 1, 1))],
)
def test_what_one_of_the_reports_does_not_tell_is_not_compared(then, now):
    found = change(peers(*then), peers(*now))

    assert (found.method, found.before, found.after) == ("none", None, None)


def test_that_all_moved_alike_reads_as_if_two_of_them_moved_a_step_more_and_less():
    alike = change(peers(2, 3, 2, 3, 4), peers(3, 4, 3, 4, 5))
    nearly = change(peers(2, 3, 2, 3, 4), peers(4, 3, 3, 4, 5))
    flat = change(peers(3, 3, 3, 3, 3), peers(3, 3, 3, 3, 3, first=9))

    assert alike == nearly
    assert alike.low < 1 < alike.high
    assert (flat.method, flat.moved) == ("welch", 0)
    assert flat.low < 0 < flat.high


@pytest.mark.parametrize("left", [1, 2])
@pytest.mark.parametrize("joined", [0, 1, 2])
def test_whoever_left_or_came_is_not_found_by_subtracting_one_round_from_the_other(left, joined):
    stayed = (3, 4, 3, 2, 4, 3)
    then = [*peers(*stayed), *peers(*(1, 5)[:left], first=20)]
    now = [*peers(4, 4, 3, 3, 5, 2), *peers(*(5, 2)[:joined], first=30)]

    found = change(then, now)
    backwards = change(now, then)

    assert found.method == backwards.method == "welch"
    assert (found.n_before, found.n_after) == (6 + left, 6 + joined)


def test_a_whole_group_that_is_gone_leaves_those_who_stayed_to_be_compared_with_themselves():
    gone = [(f"r{n}", "reports", (score,)) for n, score in enumerate((2, 3, 5))]
    found = change([*peers(3, 4, 3, 2, 4), *gone], peers(4, 4, 4, 3, 5))

    assert (found.method, found.n_before, found.n_after) == ("paired", 5, 5)


def test_three_who_left_and_all_gave_the_highest_are_not_given_away():
    found = change([*peers(3, 4, 3, 2, 4), *peers(5, 5, 5, first=20)], peers(4, 4, 4, 3, 5))

    assert found.method == "welch"


def test_beside_a_spread_no_part_of_a_group_is_told():
    """Five who stayed all said 3 and three who left all said 4. With the sums of both, a spread over all
    eight that is as small as it can be would tell every one of these answers.
    """
    then = [*peers(3, 3, 3, 3, 3), *peers(4, 4, 4, first=20)]
    assert wave("start", then).told.behaviours[0].items[0].spreads
    found = change(then, peers(4, 4, 4, 3, 5))

    assert (found.method, found.n_before, found.n_after) == ("welch", 8, 5)


def test_that_all_of_each_group_said_the_same_reads_as_if_two_of_each_lay_a_step_off():
    """Each group has a mean of its own in the report; an interval as narrow as can be would tell the rest."""

    def groups(*scores, first):
        return [
            (f"{group}{n}", group, (score,))
            for group, some in zip(("peers", "reports"), scores, strict=True)
            for n, score in enumerate(some, first)
        ]

    alike = change(groups((3, 3, 3), (4, 4, 4), first=0), groups((2, 2, 2), (3, 3, 3), first=20))
    nearly = change(groups((2, 3, 4), (4, 5, 3), first=0), groups((1, 3, 2), (3, 2, 4), first=20))
    assert alike == nearly
    assert alike.method == "welch"

    moved = change(groups((3, 3, 2), (4, 2, 4), first=0), groups((4, 4, 3), (4, 2, 4), first=0))
    unlike = change(groups((3, 3, 2), (4, 2, 4), first=0), groups((5, 3, 3), (5, 1, 4), first=0))
    assert moved == unlike
    assert moved.method == "paired"


def test_somebody_who_could_not_say_once_is_not_found_either():
    about = asked("a", "b")
    then = [(f"p{n}", "peers", (2 + n % 3, 3 + n % 2)) for n in range(7)]
    now = [(key, group, (a + (n % 2), b)) for n, (key, group, (a, b)) in enumerate(then)]
    whole = change(then, now, about=about)
    now[0] = ("p0", "peers", (None, 3))

    assert whole.method == "paired"
    assert change(then, now, about=about).method == "none", "six of seven then, six of seven now"


def test_groups_too_small_in_one_round_and_people_who_changed_groups_are_left_out():
    then = [*peers(3, 4, 3, 2, 4), *((f"r{n}", "reports", (n + 2,)) for n in range(3))]
    now = [*peers(4, 4, 4, 3, 5), ("r0", "reports", (4,)), ("r1", "reports", (2,))]
    found = change(then, now)
    assert (found.groups, found.n_before) == (("peers",), 5)

    moved = [*peers(4, 4, 4, 3, 5), *((f"r{n}", "peers", (n + 2,)) for n in range(3))]
    assert change(then, moved).groups == ("peers",)


def test_the_manager_and_the_person_stand_apart_and_never_in_the_mean():
    named = [("m", "manager", (2,)), ("s", "self", (3,))]
    later = [("m", "manager", (4,)), ("s", "self", (3,))]
    found = change([*peers(3, 4, 3, 2, 4), *named], [*peers(4, 4, 4, 3, 5), *later])

    assert (found.own, found.manager) == ((3, 3), (2, 4))
    assert found.n_before == 5
    alone = change(named, later)
    assert (alone.method, alone.manager) == ("none", (2, 4))


def test_all_rounds_together_are_looked_at_and_not_each_pair_by_itself():
    """Six at the start and half way, one of them gone at the end: the two comparisons would tell whom."""
    start = wave("start", peers(3, 4, 3, 2, 4, 5))
    middle = wave("middle", peers(4, 4, 4, 3, 5, 3))
    end = wave("end", peers(4, 5, 4, 3, 4))
    [first] = changes(start, middle, asked())
    [second] = changes(start, end, asked(), published=[(start, middle, first)])

    assert (first.method, second.method) == ("paired", "welch")


def test_a_set_told_of_an_earlier_pair_counts_though_it_would_be_safe_by_itself():
    """The two sets differ by two people, whose answers lie as far apart as they can: the difference of the
    two means would tell both.
    """
    start = wave("start", peers(3, 4, 3, 1, 5, 2, 4))
    first, second = (frozenset({"p0", "p1", "p2", other}) for other in ("p3", "p4"))

    safe = [gives_nobody_away(start, "a", sets, asked()) for sets in ([first], [second], [first, second])]
    assert safe == [True, True, False]


@pytest.mark.parametrize("seed", [3, 4, 7, 9, 11, 14, 15, 17, 18, 22, 23, 27])
def test_the_exact_difference_follows_from_the_means_that_the_audit_counted(seed):
    """Every mean is audited as an exact equation, so neither the difference nor its rounding adds one."""
    random, about = Random(seed), asked("a", "b")

    def answers(names):
        return [
            (name, name[0], tuple(random.choice([None, 1, 2, 3, 4, 5, *[3] * 6]) for _item in "ab"))
            for name in names
        ]

    def of(name):
        return {"p": "peers", "r": "reports"}[name]

    everybody = [f"{group}{n}" for group, count in (("p", 7), ("r", 4)) for n in range(count)]
    waves = [
        wave(
            str(at),
            [(key, of(letter), scores) for key, letter, scores in answers(random.sample(everybody, 11 - at))],
            about=about,
        )
        for at in range(2)
    ]
    [found] = changes(*waves, about)
    assert found.method in ("paired", "welch")

    places = {place: n for n, place in enumerate(product("01", "ab", everybody))}
    people = _people(found, *waves)
    counted = []
    for one in waves:
        for item in found.items:
            sets = [*shown(one, item).values(), *_sets(one, item, [(*waves, found)])]
            assert gives_nobody_away(one, item, sets, about)
            counted += [line_of(places, {(one.name, item, key): 1 for key in some}) for some in sets]
    told = {}
    for sign, one, side in zip((-1, 1), waves, people, strict=True):
        weight = sign / (len(side.answers) * len(found.items))
        told |= {(one.name, item, key): weight for item in found.items for key in side.keys}
    difference = line_of(places, told)

    assert np.linalg.matrix_rank([*counted, difference]) == np.linalg.matrix_rank(counted)
    scores = {(one.name, i, a.key): n for one in waves for a in one.answers for i, n in a.scores.items()}
    assert sum(w * scores[place] for place, w in told.items()) == pytest.approx(float(found.moved))


def line_of(places, weights):
    line = np.zeros(len(places))
    for place, weight in weights.items():
        line[places[place]] = weight
    return line


def test_the_person_and_the_manager_are_compared_over_the_sentences_of_the_others():
    about = asked("a", "b", "c")
    others = [(f"p{n}", "peers", (2 + n % 3, 3 + n % 2, None)) for n in range(6)]
    later = [(key, group, (a + (a < 4), b, None)) for key, group, (a, b, _c) in others]
    named = [("m", "manager", (2, None, 5)), ("s", "self", (3, 3, 1))]
    found = change([*others, *named], [*later, *named], about=about)

    assert found.items == ("a", "b")
    assert (found.own, found.own_over) == ((3, 3), 2)
    assert (found.manager, found.manager_over) == ((2, 2), 1)
    few = [("m", "manager", (None, None, 5)), *named[1:]]
    assert change([*others, *few], [*later, *few], about=about).manager is None


def test_a_change_is_over_half_of_the_sentences_at_least_and_a_group_with_fewer_is_left_out():
    about = asked("a", "b", "c")
    then = [(f"p{n}", "peers", (2 + n % 3, 3 + n % 2, 3)) for n in range(6)]
    some = [(f"r{n}", "reports", (2 + n, None, None)) for n in range(3)]

    found = change([*then, *some], [*then, *some], about=about)
    assert (found.groups, found.items) == (("peers",), ("a", "b", "c"))
    assert change(some, some, about=about).method == "none"
    one = [("m", "manager", (2, None, None))]
    assert change([*then, *one], [*then, *one], about=about).manager is None


def test_two_answers_with_one_key_are_refused():
    with pytest.raises(ValueError, match="one key"):
        change([*peers(3, 4, 3), *peers(2)], peers(3, 3, 3))


def worlds(both, left, joined, highest, groups):
    """All that people can have answered, where the order of people who are alike says nothing."""
    ways = list(product(range(1, highest + 1), repeat=2))
    kinds = [combinations_with_replacement(ways, count) for count in both]
    once = [combinations_with_replacement(range(1, highest + 1), count) for count in (left, joined)]
    for *stayed, gone, new in product(*map(list, kinds), *map(list, once)):
        then = [
            (f"{g}{n}", g, (way[0],))
            for g, some in zip(groups, stayed, strict=False)
            for n, way in enumerate(some)
        ]
        now = [
            (f"{g}{n}", g, (way[1],))
            for g, some in zip(groups, stayed, strict=False)
            for n, way in enumerate(some)
        ]
        then += [(f"left{n}", groups[0], (score,)) for n, score in enumerate(gone)]
        now += [(f"new{n}", groups[0], (score,)) for n, score in enumerate(new)]
        yield then, now


@pytest.mark.parametrize(
    ("both", "left", "joined", "highest"),
    [
        ((5,), 0, 0, 3),
        ((5,), 1, 0, 2),
        ((3, 3), 0, 0, 2),
        ((0,), 5, 5, 3),
    ],
)
def test_whoever_tries_all_answers_of_both_rounds_finds_two_values_or_more_for_everybody(
    both, left, joined, highest
):
    """By everything that is told, the interval and the way it was worked out included."""
    about = asked(highest=highest)
    fitting = defaultdict(lambda: defaultdict(set))
    for then, now in worlds(both, left, joined, highest, ("peers", "reports")):
        before, after = wave("start", then, about=about), wave("end", now, about=about)
        told = (frozen(before.told), frozen(after.told), frozen_change(changes(before, after, about)[0]))
        seen = fitting[str(told)]
        for at, given in enumerate((then, now)):
            for key, _group, (score,) in given:
                seen[at, key.rstrip("0123456789")].add(score)  # alike: each can be what any of them is

    assert fitting
    assert min(len(values) for seen in fitting.values() for values in seen.values()) >= 2


@pytest.mark.parametrize("gone", [0])  # 1 holds too, and takes far longer
def test_whoever_tries_all_answers_of_three_rounds_finds_two_values_or_more_for_everybody(gone):
    """The last round is compared with the first and the one before it; `gone` did not answer in the last."""
    about = asked(highest=2)
    ways = list(product((1, 2), repeat=3))
    left = combinations_with_replacement(list(product((1, 2), repeat=2)), gone)
    fitting = defaultdict(lambda: defaultdict(set))
    for stayed, once in product(list(combinations_with_replacement(ways, 5)), list(left)):
        rounds = [[(f"p{n}", "peers", (way[at],)) for n, way in enumerate(stayed)] for at in range(3)]
        for at in range(2):
            rounds[at] += [(f"gone{n}", "peers", (way[at],)) for n, way in enumerate(once)]
        start, middle, end = (wave(str(at), given, about=about) for at, given in enumerate(rounds))
        out = []
        for before, after in ((start, middle), (start, end), (middle, end)):
            out += [(before, after, changes(before, after, about, published=tuple(out))[0])]
        told = [frozen(one.told) for one in (start, middle, end)], [frozen_change(one) for *_, one in out]
        for at, given in enumerate(rounds):
            for key, _group, (score,) in given:
                fitting[str(told)][at, key.rstrip("0123456789")].add(score)

    assert len(fitting) > 20
    assert min(len(values) for seen in fitting.values() for values in seen.values()) >= 2
