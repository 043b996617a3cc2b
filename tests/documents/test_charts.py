"""A chart on paper is the chart of the page: the same drawing, its words as text, and words read aloud."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from driehoek.documents.charts import printed
from driehoek.kit.charts import Levels, Series, as_block
from tests.documents.papers import CHANGE, print_paper
from tests.documents.sheets import sheets

START = date(2026, 1, 12)
SERIES = Series(
    tuple((START + timedelta(weeks=n - 3), Decimal(70 + n)) for n in range(12)),
    "Het steeg van 70 naar 81.",
    "Orders op tijd.",
    window=(START, START + timedelta(weeks=12)),
    target=Decimal(80),
    target_words="doel: 80",
)


def words(pdf):
    return " ".join(sheets(pdf)).replace("\u200b", "")


def alternatives(pdf):
    """What a screen reader says of the pictures of a file."""
    found, rest = [], [PdfReader(BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]]
    while rest:
        one = rest.pop().get_object()
        if isinstance(one, list):
            rest.extend(one)
        elif isinstance(one, dict):
            found += [one["/Alt"]] if "/Alt" in one else []
            rest.extend([one["/K"]] if "/K" in one else [])
    return found


def test_drawing_on_paper_has_its_words_as_text_and_its_numbers_below():
    found = words(print_paper(as_block(SERIES, "nl")))

    assert "Afgesproken periode" in found
    assert "doel: 80" in found
    assert "12 waarden." in found
    assert "Vóór de start (3): 22 dec 70, 29 dec 71, 5 jan 72." in found


def test_finding_is_what_is_read_aloud_of_the_picture():
    assert "Het steeg van 70 naar 81." in alternatives(print_paper(as_block(SERIES, "nl")))


def test_of_very_many_values_each_part_is_told_with_its_n():
    many = tuple((START + timedelta(days=n - 20), Decimal(n % 9)) for n in range(200))

    found = words(print_paper(as_block(replace(SERIES, points=many), "nl")))

    assert "Vóór de start (20): van 0 tot 8." in found


def test_chart_without_data_is_said_in_words():
    assert "Nog niets gemeten." in words(print_paper(as_block(Levels((), (), "Nog niets gemeten."), "nl")))


@pytest.mark.parametrize("strange", ["<b>&\"'", "\x00\x07\ufffe 🙂", "x" * 90, "&" * 90, "]]>"])
def test_no_word_however_strange_stops_a_chart(strange):
    row = replace(CHANGE.rows[0], label=strange)
    line = replace(CHANGE.lines[1], words=strange)

    assert print_paper(as_block(replace(CHANGE, rows=(row,), lines=(line,), caption=strange), "nl"))


def test_printed_drawing_is_told_apart_without_colour():
    svg = printed(as_block(SERIES, "nl"))["svg"]

    assert svg.count('class="pt-before"') == 3
    assert svg.count('class="pt"') == 9
    assert "stroke-dasharray" in svg
