"""Two people write in one text: every line of both is there, or a person is asked to choose."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driehoek.kit.merging import merge

LINES = st.lists(st.sampled_from(["a", "b", "c", "d", ""]), max_size=6).map("\n".join)


def lines(text):
    return text.split("\n") if text else []


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "together"),
    [
        ("", "mine", "", "mine"),
        ("", "", "theirs", "theirs"),
        ("", "mine", "theirs", "theirs\nmine"),
        ("one\ntwo", "one\ntwo\nmine", "one\ntwo\ntheirs", "one\ntwo\ntheirs\nmine"),
        ("one\ntwo\nthree", "ONE\ntwo\nthree", "one\ntwo\nTHREE", "ONE\ntwo\nTHREE"),
        ("one\ntwo", "two", "one\ntwo\ntheirs", "two\ntheirs"),
        ("one\ntwo", "mine\ntwo", "theirs\ntwo", None),
        ("one\ntwo", "two", "ONE\ntwo", None),
        ("one", "one", "one", "one"),
        ("one", "one\nmine", "ONE", "ONE\nmine"),
        ("one", "mine\none", "ONE", "mine\nONE"),
        ("one\ntwo", "ONE\ntwo", "one\nTWO", "ONE\nTWO"),
        ("one\ntwo\nthree", "one\nmine\ntwo\nthree", "ONE\ntwo\nthree", "ONE\nmine\ntwo\nthree"),
        ("one", "one\nmine", "ONE\ntheirs", "ONE\ntheirs\nmine"),
        ("one\ntwo", "one\nmine\ntwo", "two", "mine\ntwo"),
        ("one\ntwo", "one\nmine\ntwo", "ONE\nTWO", None),  # within what the other changed
        ("one\ntwo", "one\nmine\ntwo", "", None),
    ],
)
def test_changes_at_different_places_come_together_and_others_are_left_to_a_person(
    base, mine, theirs, together
):
    assert merge(base, mine, theirs) == together


@given(LINES, LINES, LINES)
def test_no_line_that_anybody_added_is_lost(base, mine, theirs):
    together = merge(base, mine, theirs)
    if together is None:
        return
    found, before = Counter(lines(together)), Counter(lines(base))
    for text in (mine, theirs):
        for line, added in (Counter(lines(text)) - before).items():
            assert found[line] >= added, (base, mine, theirs, together)


@given(LINES, LINES, LINES)
def test_no_line_that_both_kept_is_lost(base, mine, theirs):
    together = merge(base, mine, theirs)
    if together is None:
        return
    kept = set(lines(mine)) & set(lines(theirs))
    once = {line for line, count in Counter(lines(base)).items() if count == 1}
    assert kept & once <= set(lines(together)), (base, mine, theirs, together)


@given(st.lists(st.sampled_from("abcdef"), min_size=1, unique=True), st.integers(0, 6), st.integers(0, 5))
def test_a_line_added_beside_a_line_that_another_changed_needs_no_choice(base, at, changed):
    at, changed = at % (len(base) + 1), changed % len(base)
    mine = [*base[:at], "mine", *base[at:]]
    theirs = [*base[:changed], "theirs", *base[changed + 1 :]]

    together = merge("\n".join(base), "\n".join(mine), "\n".join(theirs))

    place = at if at <= changed else at - len(base) + len(theirs)
    assert together == "\n".join([*theirs[:place], "mine", *theirs[place:]])


@given(LINES, LINES)
def test_what_only_one_changed_is_taken_as_it_is(base, text):
    assert merge(base, text, base) == text
    assert merge(base, base, text) == text
    assert merge(base, text, text) == text


@given(LINES, LINES, LINES)
def test_whether_a_choice_is_needed_does_not_depend_on_who_was_first(base, mine, theirs):
    assert (merge(base, mine, theirs) is None) == (merge(base, theirs, mine) is None)
