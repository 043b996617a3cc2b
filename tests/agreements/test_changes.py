"""What differs between two texts, word by word."""

import pytest

from driehoek.agreements.queries.changes import word_by_word


def test_words_that_stay_are_not_marked():
    was, becomes = word_by_word("seven sessions, every three weeks", "nine sessions, every three weeks")

    assert [(one.text, one.differs) for one in was] == [
        ("seven ", True),
        ("sessions, every three weeks", False),
    ]
    assert [(one.text, one.differs) for one in becomes] == [
        ("nine ", True),
        ("sessions, every three weeks", False),
    ]


@pytest.mark.parametrize(
    ("before", "after"), [("", "new"), ("gone", ""), ("a  b\nc", "a b\n\nc"), ("é ☂", "☂ é")]
)
def test_the_pieces_of_a_text_put_together_are_the_text(before, after):
    was, becomes = word_by_word(before, after)

    assert "".join(one.text for one in was) == before
    assert "".join(one.text for one in becomes) == after
