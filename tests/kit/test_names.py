"""A name is one line that somebody can see, whatever was typed or pasted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driehoek.kit.names import one_line


@pytest.mark.parametrize(
    "name",
    [
        "Zoë van der Æ",
        "O'Neill <b>",
        "张伟",
        "يوسف",
        "علی\u200cرضا",
        "क्\u200dष",
        "👩\u200d💻",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "אב\u200f ג",
        "Дмитрий",
        "…",
    ],
)
def test_a_name_of_any_script_stays_as_it_is(name):
    assert one_line(name) == name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ruben \t Terpstra\n", "Ruben Terpstra"),
        ("Eve\r\nBcc: all@example.org", "Eve Bcc: all@example.org"),
        ("Ru\x00ben\x01\x7f", "Ruben"),
        ("Ruben\u202enebuR", "RubennebuR"),
        ("\u2066Ruben\u2069", "Ruben"),
        ("Ru\u200bben\ufeff", "Ruben"),
        ("Ru\ud800ben", "Ruben"),
        ("\u200dRuben\u200c", "Ruben"),
        ("Ruben\u2028Terpstra", "Ruben Terpstra"),
    ],
)
def test_signs_that_act_instead_of_being_read_are_left_out(typed, kept):
    assert one_line(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", " ", "\x01", "\u200d", "\u200e\u200f", "\u3164", "\u2800 \u2800", "\u0301"]
)
def test_what_nobody_sees_is_no_name(typed):
    assert one_line(typed) == ""


@given(st.text())
def test_once_is_enough_and_nothing_grows(typed):
    kept = one_line(typed)

    assert one_line(kept) == kept
    assert len(kept) <= len(typed)
