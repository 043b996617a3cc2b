"""Two people writing in one form lose nothing."""

import pytest

from driehoek.intake.queries.marks import mark_of, marks_of, merge

BEFORE = {"a": "een", "b": "twee"}


@pytest.mark.parametrize(
    ("mine", "there", "kept", "clashes"),
    [
        ({"a": "een", "b": "twee"}, BEFORE, BEFORE, {}),
        ({"a": "mijn", "b": "twee"}, BEFORE, {"a": "mijn", "b": "twee"}, {}),
        ({"a": "een", "b": "twee"}, {"a": "hun", "b": "twee"}, {"a": "hun", "b": "twee"}, {}),
        ({"a": "mijn", "b": "twee"}, {"a": "een", "b": "hun"}, {"a": "mijn", "b": "hun"}, {}),
        ({"a": "mijn", "b": "twee"}, {"a": "hun", "b": "twee"}, {"a": "mijn", "b": "twee"}, {"a": "hun"}),
        ({"a": "zelfde", "b": "twee"}, {"a": "zelfde", "b": "twee"}, {"a": "zelfde", "b": "twee"}, {}),
        ({"a": "mijn", "b": "twee"}, {"a": "", "b": "twee"}, {"a": "mijn", "b": "twee"}, {"a": ""}),
    ],
)
def test_what_both_changed_clashes_and_the_rest_is_kept(mine, there, kept, clashes):
    merged = merge(mine, there, marks_of(BEFORE))

    assert (dict(merged.kept), dict(merged.clashes)) == (kept, clashes)


@pytest.mark.parametrize("opened", ["", "rommel", "a.b.c", mark_of("een")])
def test_without_readable_marks_nothing_that_is_there_is_lost(opened):
    merged = merge({"a": "mijn", "b": "erbij"}, {"a": "hun", "b": ""}, opened)

    assert dict(merged.clashes) == {"a": "hun"}
    assert merged.kept["b"] == "erbij"
