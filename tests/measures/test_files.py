"""A series from a file: everything or nothing."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from driehoek.access import Role
from driehoek.kit import clock
from tests.measures.makers import NOW, as_, make_agreed, measure, the_criterion

pytestmark = pytest.mark.django_db
GOOD = "datum;waarde\n2027-01-04;3,1\n2027-01-11;3,6\n"


@pytest.fixture(autouse=True)
def _now():
    clock.move_to(NOW)


def sent(engagement, content, language="en", **more):
    data = content if isinstance(content, bytes) else content.encode()
    url = reverse("measures:upload", args=[engagement.pk, the_criterion(engagement).pk])
    file = SimpleUploadedFile("reeks.csv", data, "text/csv")
    return as_(engagement, Role.COACH, language).post(url, {"file": file, "decimal": "", **more})


def standing(engagement):
    return dict(engagement.observations.filter(struck=None).values_list("on", "value"))


def test_series_with_decimal_commas_is_taken_over():
    engagement = make_agreed()

    answer = sent(engagement, GOOD)

    assert answer.status_code == 302
    assert standing(engagement) == {date(2027, 1, 4): Decimal("3.1"), date(2027, 1, 11): Decimal("3.6")}


def test_same_file_twice_changes_nothing():
    engagement = make_agreed()
    sent(engagement, GOOD)
    before = list(engagement.observations.values_list("pk", "entered_at"))

    again = sent(engagement, GOOD)

    assert again.status_code == 302
    assert list(engagement.observations.values_list("pk", "entered_at")) == before


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04rest of a spreadsheet", "not a CSV file"),
        (b"\x89PNG\r\n\x1a\n", "not a CSV file"),
        (b"", "empty"),
        (b"datum;waarde\n", "no values below"),
        (b"naam;waarde\nJohan;3,1\n", "date"),
        (b"datum\n2027-01-04\n", "column is missing"),
        (b"datum;waarde\n2027-01-04;3,1\n2027-01-04;3,2\n", "Line 3: this day stands in the file twice"),
        (b"datum;waarde\n2027-01-04;3,1\n2027-02-30;3,2\n", "Line 3: this day does not exist"),
        (b"datum;waarde\n2027-01-04;3,1\n2027-01-05;veel\n", "Line 3: this is not a number"),
        (b"datum;waarde\n0001-01-01;3,1\n2027-01-05;3,2\n", "Line 2: this year cannot be right"),
        (b"datum;waarde\n1975-01-01;3,1\n2027-01-05;3,2\n", "Line 2: Choose a year"),
        (b"datum;waarde\n2027-01-04;1.234\n", "can mean two things"),
        (b"datum;waarde\n2027-01-04;3,1\n2028-01-05;3,2\n", "5 January 2028 is still to come"),
        (b"datum;waarde\n" + b"x" * 10_000_000, "too large"),
        ("datum;waarde\n2027-01-04;😀\n".encode(), "Line 2: this is not a number"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_file_that_cannot_be_read_is_refused_whole_and_says_where(content, words):
    engagement = make_agreed()

    answer = sent(engagement, content)

    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert standing(engagement) == {}


def test_decimal_sign_that_somebody_names_settles_a_doubt():
    engagement = make_agreed()

    sent(engagement, "datum;waarde\n2027-01-04;1.234\n", decimal=",")

    assert standing(engagement) == {date(2027, 1, 4): Decimal(1234)}


def test_file_that_differs_from_what_stands_changes_nothing_before_somebody_says_so():
    engagement = make_agreed()
    measure(engagement, [(date(2027, 1, 4), "9")])

    answer = sent(engagement, GOOD)

    assert "4 January 2027 already holds another value" in answer.content.decode()
    assert standing(engagement) == {date(2027, 1, 4): Decimal(9)}


def test_file_replaces_what_stands_when_somebody_says_so():
    engagement = make_agreed()
    measure(engagement, [(date(2027, 1, 4), "9")])

    sent(engagement, GOOD, replace="on", reason="Een nieuwe telling")

    assert standing(engagement)[date(2027, 1, 4)] == Decimal("3.1")
    assert len(standing(engagement)) == 2


def test_shares_between_nought_and_one_are_asked_as_percentages():
    engagement = make_agreed(
        criterion={"form": "share_at_least", "target": Decimal("0.8"), "baseline": None, "unit": ""}
    )

    answer = sent(engagement, "datum;waarde\n2027-01-04;0,72\n2027-01-11;0,80\n")

    assert "80 and not 0.8" in answer.content.decode()
    assert standing(engagement) == {}


def test_form_without_a_file_asks_for_one():
    engagement = make_agreed()
    url = reverse("measures:upload", args=[engagement.pk, the_criterion(engagement).pk])

    answer = as_(engagement, Role.COACH).post(url, {"decimal": ""})

    assert answer.context["form"].errors["file"]


def test_troubles_are_told_in_dutch_too():
    answer = sent(make_agreed(), b"PK\x03\x04rest", language="nl")

    assert "geen CSV-bestand" in answer.content.decode()
