"""How the shares of a survey are written: whole where that tells the truth."""

import pytest
from django.utils import translation

from driehoek.surveys.queries.report import ends, percent


@pytest.mark.parametrize(
    ("reached", "n", "language", "words"),
    [(199, 200, "en", "99.5%"), (199, 200, "nl", "99,5%"), (1, 300, "en", "0.3%"), (4, 5, "en", "80%")],
)
def test_only_everybody_is_a_hundred_percent_and_only_nobody_none(reached, n, language, words):
    with translation.override(language):
        assert (percent(reached / n), percent(1.0), percent(0.0)) == (words, "100%", "0%")


def test_the_ends_of_a_margin_are_never_rounded_inwards():
    assert ends(0.5840, 0.9193) == {"low": "58%", "high": "92%"}
    assert ends(0.5899, 0.9101) == {"low": "58%", "high": "92%"}
