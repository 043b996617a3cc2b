"""Nothing that is told of a 360 round tells what one person answered, whoever calculates."""

from collections import defaultdict
from fractions import Fraction
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driehoek.evidence.disclosure import Aggregate, audit
from driehoek.evidence.profile import Answer, Asked, frozen, profile, thawed

GROUPS = ("manager", "peers", "reports", "others")


def told(answers, *, items=("a",), highest=5, questions=()):
    asked = Asked({"b": items}, 1, highest, questions, GROUPS)
    return profile(answers, asked, shuffle=Random(1).shuffle)


def people(group, *scores):
    return [
        Answer(group, {} if score is None else {"a": score}, {"q": f"{group}{n}"})
        for n, score in enumerate(scores)
    ]


def means(found):
    return dict(found.behaviours[0].items[0].means)


@pytest.mark.parametrize(
    ("groups", "items", "highest"),
    [
        (("peers",) * 3, 1, 5),
        (("peers",) * 4, 1, 3),
        (("peers",) * 3, 2, 3),
        (("peers",) * 3 + ("reports",) * 2 + ("others", "manager"), 1, 2),
        (("reports",) * 2 + ("others",) * 2 + ("manager",), 1, 3),
        (("peers",) * 8, 1, 2),
    ],
)
def test_whoever_tries_all_answers_finds_two_values_or_more_for_everybody_but_the_manager(
    groups, items, highest
):
    """Every list of answers there can be, by what is told of it: no score is the same in all that fit."""
    names = [f"i{n}" for n in range(items)]
    one = list(product([None, *range(1, highest + 1)], repeat=items))
    fitting = defaultdict(lambda: [set() for _ in range(len(groups) * items)])
    for world in product(one, repeat=len(groups)):
        scores = [{name: score for name, score in zip(names, mine, strict=True) if score} for mine in world]
        rows = [Answer(group, mine, {"q": "x"}) for group, mine in zip(groups, scores, strict=True)]
        seen = fitting[str(frozen(told(rows, items=names, highest=highest)))]
        for place, value in enumerate(value for mine in world for value in mine):
            seen[place] |= {value} - {None}

    known = {
        groups[place // items]
        for seen in fitting.values()
        for place, values in enumerate(seen)
        if len(values) < 2
    }
    assert known <= {"manager"}
    assert len(fitting) > 2


@given(st.lists(st.tuples(st.sampled_from([*GROUPS, "self"]), st.integers(1, 5)), max_size=24), st.randoms())
def test_who_of_a_group_gave_which_answer_makes_no_difference(rows, rng):
    rows = [row for row in rows if row[0] != "self" or row == next(r for r in rows if r[0] == "self")]
    swapped = {group: [score for name, score in rows if name == group] for group, _score in rows}
    for scores in swapped.values():
        rng.shuffle(scores)
    again = [Answer(group, {"a": swapped[group].pop()}) for group, _score in rows]

    assert told([Answer(group, {"a": score}) for group, score in rows]) == told(again)


@given(st.lists(st.tuples(st.sampled_from(GROUPS), st.integers(1, 5)), max_size=20))
def test_a_group_that_is_hidden_leaves_no_trace_in_any_number(rows):
    """Subtraction: what is told stays the same whatever those people answered."""
    found = told([Answer(group, {"a": score}) for group, score in rows])
    other = told(
        [Answer(group, {"a": 6 - score if group in found.hidden else score}) for group, score in rows]
    )

    assert frozen(found) == frozen(other)
    for group, count in found.counts.items():
        assert count >= 3, group


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(GROUPS), st.integers(1, 5)), max_size=14))
def test_the_audit_of_published_figures_finds_nothing_to_object_to(rows):
    rows = [row for row in rows if row[0] != "manager"] + [("manager", 4)]
    found = told([Answer(group, {"a": score}) for group, score in rows])
    of = {group: group if group in found.counts else "together" for group in GROUPS} | {"manager": "manager"}
    people = {f"{group}{n}": (of[group], score) for n, (group, score) in enumerate(rows)}
    figures = [
        Aggregate(
            group,
            frozenset(who for who, (own, _score) in people.items() if own == group),
            "mean",
            float(mean),
        )
        for group, mean in means(found).items()
    ]

    known = {who: float(score) for who, (group, score) in people.items() if group == "manager"}
    assert audit(figures, fewest=3, scale=(1, 5), known=known).is_safe


def test_small_groups_are_told_together_and_the_rest_of_them_not_at_all():
    found = told(
        [*people("peers", 2, 3, 4), *people("reports", 1, 5), *people("others", 3), *people("manager", 2)]
    )
    assert means(found) == {"manager": 2, "peers": 3, "together": 3}
    assert (found.counts, found.taken_together, found.hidden) == (
        {"peers": 3, "together": 3},
        ("reports", "others"),
        (),
    )

    few = told([*people("peers", 2, 3, 4), *people("reports", 1, 5)])
    assert (means(few), few.hidden) == ({"peers": 3}, ("reports", "others"))


@pytest.mark.parametrize(
    ("scores", "shown"),
    [
        ((1, 1, 1), False),
        ((5, 5, 5, 5), False),
        ((3, 3, 3), True),
        ((1, 2, None), False),
        ((1, 2, 2, None), True),
        ((3,) * 8, False),
        ((3,) * 7 + (4,), True),
    ],
)
def test_an_item_is_told_when_three_answered_and_their_mean_gives_nobody_away(scores, shown):
    assert ("peers" in means(told(people("peers", *scores)))) is shown


def test_around_weighs_each_shown_group_the_same_and_never_holds_the_person_or_the_manager_alone():
    [seen] = told([*people("self", 5), *people("peers", 2, 2, 3, 1, 2), *people("manager", 4)]).behaviours
    assert (seen.own, seen.around) == (5, 3)

    [alone] = told([*people("self", 5), *people("peers", 2, 2), *people("manager", 4)]).behaviours
    assert (alone.means, alone.around) == ({"self": 5, "manager": 4}, None)


def test_the_mean_of_a_behaviour_is_that_of_the_items_that_are_told():
    rows = [Answer("peers", {"a": 1, "b": score}) for score in (2, 3, 3)]
    [seen] = told(rows, items=("a", "b")).behaviours
    assert seen.means == {"peers": Fraction(8, 3)}


@pytest.mark.parametrize(
    ("own", "manager", "whose", "over"),
    [
        ("abcd", "abcd", "peers self manager", "abcd"),
        ("abc-", "abcd", "peers self manager", "abc"),
        ("ab--", "-bcd", "peers manager", "bcd"),
        ("ab--", "--cd", "peers self", "ab"),
        ("a---", "abcd", "peers manager", "abcd"),
        ("a---", "----", "peers", "abcd"),
    ],
)
def test_one_figure_for_several_items_is_over_the_same_half_of_them_at_least_for_everybody(
    own, manager, whose, over
):
    rows = [Answer("peers", dict.fromkeys("abcd", score)) for score in (2, 3, 3)]
    rows += [Answer("self", dict.fromkeys(own.replace("-", ""), 4))]
    rows += [Answer("manager", dict.fromkeys(manager.replace("-", ""), 5))]
    [seen] = told(rows, items="abcd").behaviours

    assert (set(seen.means), "".join(seen.over)) == (set(whose.split()), over)


@given(
    st.lists(
        st.tuples(st.sampled_from([*GROUPS, "self"]), st.lists(st.sampled_from([None, 1, 3, 5]), min_size=3)),
        max_size=14,
    )
)
def test_a_figure_for_several_items_follows_from_what_is_told_of_each_and_of_whom_is_said(rows):
    """So it tells nothing beside the numbers of the items, which are what the audit counts."""
    seen = told(
        [
            Answer(group, {i: n for i, n in zip("abc", scores, strict=False) if n is not None})
            for group, scores in rows
        ],
        items="abc",
    ).behaviours[0]

    by_id = {one.id: one for one in seen.items}
    for group, mean in seen.means.items():
        parts = [by_id[item].means[group] for item in seen.over]
        assert mean == sum(parts) / len(parts)
        assert 2 * len(parts) >= len(seen.items)
    for one in seen.items:
        assert set(one.counts) == set(one.means)
        assert all(n >= 3 for group, n in one.counts.items() if group not in ("self", "manager"))


def test_who_is_named_and_handed_in_nothing_is_absent():
    assert told(people("peers", 2, 3, 4)).absent == ("self", "manager")
    assert told([*people("peers", 2, 3, 4), *people("manager", 3), *people("self", 3)]).absent == ()


def test_how_far_answers_lie_apart_is_told_from_eight_on():
    def spreads(*scores):
        return told(people("peers", *scores)).behaviours[0].items[0].spreads

    assert spreads(2, 3, 4, 2, 3, 4, 3) == {}
    assert spreads(2, 4, 2, 4, 2, 4, 2, 4)["peers"] == pytest.approx(1.0690449676)


def test_words_are_shown_from_five_people_on_without_counting_the_manager_or_the_person():
    four = [*people("self", 3), *people("manager", 3), *people("peers", 1, 2, 3, 4)]
    assert told(four, questions=("q",)).comments is None

    found = told([*four, *people("others", 4)], questions=("q",))
    assert sorted(found.comments["q"]) == ["manager0", "others0", "peers0", "peers1", "peers2", "peers3"]
    assert found.comments["q"] != tuple(sorted(found.comments["q"]))
    assert found.own_words == {"q": "self0"}


def test_who_handed_in_nothing_is_not_counted():
    empty = Answer("peers", {}, {"q": ""})
    assert told([*people("peers", 2, 3), empty]).counts == {}


def test_what_cannot_be_is_refused_and_what_is_kept_comes_back():
    with pytest.raises(ValueError, match="off the scale"):
        told(people("peers", 6))
    with pytest.raises(ValueError, match="was asked"):
        told(people("strangers", 3))
    found = told([*people("self", 3), *people("peers", 2, 4, 2, 4, 2, 4, 2, 4)], questions=("q",))
    assert thawed(frozen(found)) == found
