"""Two people write in one text: every line of both is there, or a person is asked to choose."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driehoek.kit.merging import merge

LINES = st.lists(st.sampled_from(["a", "b", "c", "d", ""]), max_size=6).map("\n".join)


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
    found, before = Counter(together.split("\n")), Counter(base.split("\n"))
    for text in (mine, theirs):
        for line, added in (Counter(text.split("\n")) - before).items():
            assert found[line] >= added, (base, mine, theirs, together)


@given(LINES, LINES)
def test_what_only_one_changed_is_taken_as_it_is(base, text):
    assert merge(base, text, base) == text
    assert merge(base, base, text) == text
    assert merge(base, text, text) == text


@given(LINES, LINES, LINES)
def test_whether_a_choice_is_needed_does_not_depend_on_who_was_first(base, mine, theirs):
    assert (merge(base, mine, theirs) is None) == (merge(base, theirs, mine) is None)
