"""A chart on paper is the chart of the page: the same drawing, its words as text, and words read aloud."""

from collections import Counter
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
    assert "22 december 2025 70 vóór de start" in found


def tables(pdf):
    """The tables of a file, as a reader aloud finds them: for each how many cells of a head and of a body."""
    found, rest = [], [PdfReader(BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]]
    while rest:
        one = rest.pop().get_object()
        if isinstance(one, list):
            rest.extend(one)
        elif isinstance(one, dict):
            found += [Counter(_cells(one))] if one.get("/S") == "/Table" else []
            rest.extend([one["/K"]] if "/K" in one else [])
    return found


def _cells(one):
    one = one.get_object()
    for inner in one if isinstance(one, list) else [one.get("/K", [])] if isinstance(one, dict) else []:
        yield from _cells(inner)
    if isinstance(one, dict) and one.get("/S") in ("/TH", "/TD"):
        yield one["/S"]


def test_numbers_of_a_chart_are_a_table_on_paper_and_of_a_long_series_two():
    without = len(tables(print_paper({"kind": "text", "text": "x"})))
    few = tables(print_paper(as_block(replace(SERIES, points=SERIES.points[:8]), "nl")))
    many = tables(print_paper(as_block(SERIES, "nl")))

    assert (len(few) - without, len(many) - without) == (1, 2)
    assert Counter({"/TH": 3, "/TD": 8 * 3}) in few
    assert many.count(Counter({"/TH": 3, "/TD": 6 * 3})) == 2


def test_of_how_many_each_value_is_stands_beside_it_on_paper():
    ns = tuple(f"{n} van de 200" for n in range(12))

    assert "70 0 van de 200 vóór de start" in words(print_paper(as_block(replace(SERIES, behind=ns), "nl")))


def test_finding_is_what_is_read_aloud_of_the_picture():
    assert "Het steeg van 70 naar 81." in alternatives(print_paper(as_block(SERIES, "nl")))


def test_of_very_many_values_each_part_is_told_with_its_n():
    many = tuple((START + timedelta(days=n - 20), Decimal(n % 9)) for n in range(200))

    found = words(print_paper(as_block(replace(SERIES, points=many), "nl")))

    assert "vóór de start 20 0 8" in found


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
