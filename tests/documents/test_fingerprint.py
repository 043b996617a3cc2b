"""The fingerprint people sign: one document, one line of characters, in any program."""

import hashlib
import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driehoek.documents.fingerprint import NotCanonical, canonical, fingerprint, short

SAFE = 2**53 - 1
LEAVES = st.none() | st.booleans() | st.integers(-SAFE, SAFE) | st.text(max_size=12)
DOCUMENTS = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
)


def test_the_rfc_example_of_escapes_comes_out_byte_for_byte():
    # RFC 8785, section 3.2.2, without its floats: those never enter a document here.
    source = {"string": '\u20ac$\u000f\nA\'B"\\\\"/', "literals": [None, True, False]}

    expected = "7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c22737472696e67223a22" + (
        "e282ac245c75303030665c6e4127425c225c5c5c5c5c222f227d"
    )
    assert canonical(source).hex() == expected


def test_the_rfc_example_of_sorting_goes_by_utf_16_units():
    # RFC 8785, section 3.2.3: the emoji (a surrogate pair) sorts before U+FB33.
    source = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }

    assert list(json.loads(canonical(source)).values()) == [
        "Carriage Return",
        "One",
        "Control",
        "Latin Small Letter O With Diaeresis",
        "Euro Sign",
        "Emoji: Grinning Face",
        "Hebrew Letter Dalet With Dagesh",
    ]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({}, b"{}"),
        ([], b"[]"),
        ("\x7f", b'"\x7f"'),
        ("\b\t\f", b'"\\b\\t\\f"'),
        ("\x1f", b'"\\u001f"'),
        (-0, b"0"),
        (SAFE, b"9007199254740991"),
        ({"": 1, "a": 2}, b'{"":1,"a":2}'),
    ],
)
def test_small_values_are_written_in_the_one_way(value, written):
    assert canonical(value) == written


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ({"goals": [{"target": 0.9}]}, "$.goals[0].target: float"),
        ({"target": float("nan")}, "$.target: float"),
        ({"target": Decimal("0.9")}, "$.target: Decimal"),
        ({"day": date(2026, 1, 12)}, "$.day: date"),
        ({1: "one"}, "$: the key 1 is not text"),
        ({"a": {None: "x"}}, "$.a: the key None is not text"),
        (b"bytes", "$: bytes"),
    ],
)
def test_what_has_no_single_spelling_is_refused_with_its_place(value, place):
    with pytest.raises(NotCanonical, match=place.replace("$", r"\$").replace("[", r"\[")):
        fingerprint(value)


@pytest.mark.parametrize("value", [2**53, -(2**53), "\ud800", {"\ud800": 1}])
def test_numbers_too_large_and_broken_text_are_refused(value):
    with pytest.raises(NotCanonical):
        canonical(value)


def test_the_fingerprint_is_plain_sha256_so_anyone_can_check_it():
    assert fingerprint({"a": 1}) == hashlib.sha256(b'{"a":1}').hexdigest()


def test_a_spelling_that_looks_equal_but_is_not_gives_another_fingerprint():
    composed, decomposed = "\u00e9", "e\u0301"

    assert fingerprint(composed) != fingerprint(decomposed)


@given(DOCUMENTS)
def test_canonical_text_reads_back_as_the_same_document(document):
    assert json.loads(canonical(document)) == document


@given(st.dictionaries(st.text(max_size=6), DOCUMENTS, max_size=6), st.randoms())
def test_the_order_of_keys_has_no_influence(document, chance):
    keys = list(document)
    chance.shuffle(keys)

    assert fingerprint({key: document[key] for key in keys}) == fingerprint(document)


@given(DOCUMENTS, DOCUMENTS)
def test_two_different_documents_have_two_fingerprints(one, other):
    assert (fingerprint(one) == fingerprint(other)) == (
        json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    )


def test_people_read_eight_groups_of_four():
    whole = fingerprint({"version": 1})

    assert short(whole).split() == [whole[i : i + 4] for i in range(0, 32, 4)]
