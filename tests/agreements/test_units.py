"""A unit beside a number: of one thing it is in the singular."""

from decimal import Decimal

import pytest

from driehoek.agreements.wording.numbers import amount, difference


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [
        ("1", "partijen", "1 partij"),
        ("1.00", "points", "1 point"),
        ("1", "fouten per order", "1 fout per order"),
        ("6", "partijen", "6 partijen"),
        ("0.1", "points", "0.1 points"),
        ("11", "sessies", "11 sessies"),
        ("1", "%", "1%"),
        ("1", "uur", "1 uur"),
        ("1", "avonden per week", "1 avond per week"),
        ("2", "avonden", "2 avonden"),
        ("1", "🙂 dingen", "1 🙂 dingen"),
        ("1", "", "1"),
    ],
)
def test_one_of_something_is_said_in_the_singular(number, unit, words):
    assert amount(Decimal(number), unit) == words


def test_so_is_a_difference_of_one():
    assert difference(Decimal(1), "punten") == "1 punt"
