"""A series that is pasted or comes from a file: looked at first, then everything or nothing."""

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest

from driehoek.access import Role
from driehoek.kit import clock
from driehoek.measures.models import Observation
from tests.measures.makers import NOW, as_, make_agreed, make_values, measure
from tests.measures.series import looked, series_page, sheet, standing, taken

pytestmark = pytest.mark.django_db
GOOD = "datum;waarde\n2027-01-04;3,1\n2027-01-11;3,6\n"
BOTH = {date(2027, 1, 4): Decimal("3.1"), date(2027, 1, 11): Decimal("3.6")}
SHARE = {"form": "share_at_least", "target": Decimal("0.8"), "baseline": None, "unit": ""}
PERCENT = {"form": "level", "target": Decimal(90), "baseline": None, "unit": "%"}


@pytest.fixture(autouse=True)
def _now():
    clock.move_to(NOW)


@pytest.mark.parametrize(
    ("rows", "source"),
    [
        (GOOD, "paste"),
        ("4-1-2027\t3,1\n11-01-2027\t3,6", "paste"),
        (GOOD.encode(), "file"),
        (GOOD.replace(";", ",").replace("3,1", "3.1").replace("3,6", "3.6").encode("utf-16"), "file"),
        (sheet(["datum", "waarde"], [date(2027, 1, 4), 3.1], ["11-1-2027", 3.6]), "sheet"),
        (sheet(["Datum", "Waarde"], [datetime(2027, 1, 4), 3.1], [], ["2027-01-11", "3.6"]), "sheet"),
    ],
)
def test_a_series_is_taken_over_once_it_was_looked_at(rows, source):
    engagement = make_agreed()

    page = looked(engagement, rows)
    assert "Nothing has been taken over yet" in page.content.decode()
    assert standing(engagement) == {}
    answer = taken(engagement, rows)

    assert answer.status_code == 302
    assert standing(engagement) == BOTH
    assert set(engagement.observations.values_list("source", flat=True)) == {source}


def test_what_a_file_holds_stands_in_the_box_so_that_it_need_not_be_chosen_twice():
    page = looked(make_agreed(), sheet(["datum", "waarde"], [date(2027, 1, 4), 3.1]))

    assert page.context["form"]["rows"].value() == "datum\twaarde\n2027-01-04\t3.1"


def test_every_bad_row_is_named_with_its_line_and_nothing_of_what_was_typed_is_lost():
    rows = "datum;waarde\n2027-01-04;3,1\n2027-02-30;3\n2027-01-05;veel\n2028-01-05;3\n1999-01-05;3\n"
    engagement = make_agreed()

    page = looked(engagement, rows, origin="De lijst van de balie")

    named = [(one.number, one.says) for one in page.context["looked"].bad]
    assert [number for number, _says in named] == [3, 4, 5, 6]
    assert "still to come" in named[2][1]
    assert "between 2000 and 2100" in named[3][1]
    assert page.context["form"]["rows"].value() == rows
    assert "De lijst van de balie" in page.content.decode()
    assert standing(engagement) == {}


def test_a_hundred_bad_rows_are_all_named():
    rows = "datum;waarde\n" + "".join(f"2027-01-32;{number}\n" for number in range(100))

    page = looked(make_agreed(), rows)

    assert len(page.context["looked"].bad) == 100


def test_rows_that_changed_after_looking_are_looked_at_again():
    engagement = make_agreed()
    mark = looked(engagement, GOOD).context["form"].mark

    page = as_(engagement, Role.COACH).post(
        series_page(engagement), {"rows": GOOD.replace("3,6", "9,9"), "take_over": mark}
    )

    assert "Something changed since you looked" in page.content.decode()
    assert standing(engagement) == {}


def test_values_somebody_entered_after_looking_are_looked_at_again():
    engagement = make_agreed()
    mark = looked(engagement, GOOD, replace="on").context["form"].mark
    measure(engagement, [(date(2027, 1, 4), "9")])

    page = as_(engagement, Role.COACH).post(
        series_page(engagement), {"rows": GOOD, "replace": "on", "reason": "Telling", "take_over": mark}
    )

    assert page.status_code == 200
    assert standing(engagement) == {date(2027, 1, 4): Decimal(9)}


def test_same_rows_twice_change_nothing():
    engagement = make_agreed()
    taken(engagement, GOOD)
    before = list(engagement.observations.values_list("pk", "entered_at"))

    again = taken(engagement, GOOD)

    assert again.status_code == 302
    assert list(engagement.observations.values_list("pk", "entered_at")) == before


def bomb(size=30 * 2**20, name="xl/worksheets/sheet1.xml"):
    """A spreadsheet of a few kilobytes that unpacks to thirty megabytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sheet(["datum", "waarde"]))) as good:
        parts = {one: good.read(one) for one in good.namelist()}
    parts[name] = parts.get(name, b"") + b" " * size
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for one, content in parts.items():
            package.writestr(one, content)
    return out.getvalue()


def stuffed():
    """A spreadsheet with styles that would be read whole, and slowly."""
    with zipfile.ZipFile(out := io.BytesIO(sheet(["datum", "waarde"])), "a") as package:
        filling = b"".join(f"{number:<900}".encode() for number in range(6_000))
        package.writestr("xl/more.xml", filling, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def far_corner():
    """Two cells, as far apart as a sheet allows: laid out whole it would take half a terabyte."""
    out = io.BytesIO(sheet(["datum", "waarde"], ["2027-01-04", 3.1]))
    from openpyxl import load_workbook

    book = load_workbook(out)
    book.active["XFD1048576"] = 1
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def broken_inside():
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sheet(["datum", "waarde"]))) as good:
        parts = {one: good.read(one) for one in good.namelist()}
    parts["xl/worksheets/sheet1.xml"] = b"<worksheet><sheetData><row r='x'"
    with zipfile.ZipFile(out, "w") as package:
        for one, content in parts.items():
            package.writestr(one, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04rest of a spreadsheet", "not whole"),
        (broken_inside(), "not whole"),
        (bomb(), "far larger than it looks"),
        (stuffed(), "Unpacked, this spreadsheet is too large"),
        (sheet(["datum", "waarde"], ["2027-01-04", 3.1], hidden=True), "column is missing"),
        (b"\xd0\xcf\x11\xe0old spreadsheet", "not a CSV file"),
        (b"\x89PNG\r\n\x1a\n", "not a CSV file"),
        (b"", "nothing in it"),
        (b"datum;waarde\n", "no values below"),
        (b"naam;waarde\nJohan;3,1\n", "date"),
        (b"datum\n2027-01-04\n", "column is missing"),
        (b"datum;waarde\n2027-01-04;3,1\n2027-01-04;3,2\n", "Line 3: 4 January 2027 stands here twice"),
        (b"datum;waarde\n2027-01-04;3,1\n2027-02-30;3,2\n", "Line 3: This day does not exist"),
        (b"datum;waarde\n2027-01-04;3,1\n2027-01-05;veel\n", "Line 3: This is not a number"),
        (b"datum;waarde\n0001-01-01;3,1\n2027-01-05;3,2\n", "Line 2: This year cannot be right"),
        (b"datum;waarde\n1975-01-01;3,1\n2027-01-05;3,2\n", "Line 2: Choose a year"),
        (b"datum;waarde\n2027-01-04;1.234\n", "can mean two things"),
        (b"datum;waarde\n2027-01-04;3,1\n2028-01-05;3,2\n", "Line 3: This day is still to come"),
        (b"datum;waarde\n2027-01-04;" + b"9" * 25, "Line 2: This number has more figures"),
        (b"datum;waarde\n" + b"x" * 10_000_000, "too large"),
        ("datum;waarde\n2027-01-04;😀\n".encode(), "Line 2: This is not a number"),
        ("x" * 9_000_000, "too large"),
        ("\x00", "Null characters"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 60 else "",
)
def test_what_cannot_be_read_is_refused_whole_and_says_where(content, words):
    engagement = make_agreed()

    answer = taken(engagement, content)

    assert answer.status_code == 200
    assert words in answer.content.decode().replace("&#x27;", "'")
    assert standing(engagement) == {}


def test_a_sheet_with_a_cell_in_the_far_corner_is_read_without_laying_it_out_whole():
    engagement = make_agreed()

    taken(engagement, far_corner())

    assert standing(engagement) == {date(2027, 1, 4): Decimal("3.1")}


def test_merged_cells_are_named_with_their_line():
    rows = [["datum", "waarde"], ["2027-01-04", 3.1], ["2027-01-11", 3.6], ["2027-01-18", None]]

    page = looked(make_agreed(), sheet(*rows, merged="B3:B4"))

    assert [(one.number, "merged" in one.says) for one in page.context["looked"].bad] == [
        (3, True),
        (4, True),
    ]


def test_a_file_with_only_merged_cells_is_not_said_to_hold_no_values():
    rows = [["datum", "waarde"], ["2027-01-11", 3.6], ["2027-01-18", 4]]

    said = looked(make_agreed(), sheet(*rows, merged="A2:A3")).context["form"].errors["rows"]

    assert said == [
        "2 lines cannot be taken over. They are named above; nothing has been taken over.",
    ]


def test_decimal_sign_that_somebody_names_settles_a_doubt():
    engagement = make_agreed()

    taken(engagement, "datum;waarde\n2027-01-04;1.234\n", decimal=",")

    assert standing(engagement) == {date(2027, 1, 4): Decimal(1234)}


def test_a_number_of_a_sheet_is_never_read_in_two_ways():
    engagement = make_agreed()

    taken(engagement, sheet(["datum", "waarde"], ["2027-01-04", 1.234], ["2027-01-11", 0.1 + 0.2]))

    assert standing(engagement) == {date(2027, 1, 4): Decimal("1.234"), date(2027, 1, 11): Decimal("0.3")}


def test_rows_that_differ_from_what_stands_change_nothing_before_somebody_says_so():
    engagement = make_agreed()
    measure(engagement, [(date(2027, 1, 4), "9")])

    page = taken(engagement, GOOD)

    shown = page.content.decode()
    assert "1 day holds another value" in shown
    assert "replaces 9 punten, which stays in sight" in shown
    assert page.context["form"]["rows"].value() == GOOD
    assert standing(engagement) == {date(2027, 1, 4): Decimal(9)}


def test_rows_replace_what_stands_when_somebody_says_so_and_the_old_value_stays_in_sight():
    engagement = make_agreed()
    measure(engagement, [(date(2027, 1, 4), "9")])

    refused = taken(engagement, GOOD, replace="on", reason="")
    assert "Say why this value does not count" in refused.content.decode()
    taken(engagement, GOOD, replace="on", reason="Een nieuwe telling")

    assert standing(engagement) == BOTH
    old = engagement.observations.get(struck__isnull=False)
    assert (old.value, old.struck.reason) == (9, "Een nieuwe telling")
    shown = as_(engagement, Role.COACH).get(f"/engagements/{engagement.pk}/measurements/").content.decode()
    assert "Een nieuwe telling" in shown


@pytest.mark.parametrize("agreed", [SHARE, PERCENT])
@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("datum;waarde\n2027-01-04;70\n2027-01-11;85,5\n", ""),
        ("datum;waarde\n2027-01-04;70%\n2027-01-11;85,5 %\n", ""),
        ("datum;waarde\n2027-01-04;0,7\n2027-01-11;0,855\n", "part"),
        (sheet(["datum", "waarde"], ["2027-01-04", 0.7], ["2027-01-11", 0.855], percents=True), ""),
    ],
)
def test_percentages_are_taken_however_they_are_written(agreed, rows, said):
    engagement = make_agreed(criterion=agreed)

    taken(engagement, rows, percents=said)

    size = 100 if agreed is SHARE else 1
    assert standing(engagement) == {
        date(2027, 1, 4): Decimal(70) / size,
        date(2027, 1, 11): Decimal("85.5") / size,
    }


def test_parts_of_one_are_asked_about_and_not_guessed():
    engagement = make_agreed(criterion=SHARE)

    page = taken(engagement, "datum;waarde\n2027-01-04;0,72\n2027-01-11;0\n2027-01-18;0,80\n")

    assert "0.7 can mean 70% or 0.7%" in page.content.decode()
    assert standing(engagement) == {}


def test_a_part_of_one_among_percent_signs_is_named_with_its_line():
    page = looked(make_agreed(criterion=SHARE), "datum;waarde\n2027-01-04;72%\n2027-01-11;0,8\n")

    assert "Line 3: This can mean two percentages" in page.content.decode()


def test_a_percentage_above_a_hundred_is_named_with_its_line():
    page = looked(make_agreed(criterion=SHARE), "datum;waarde\n2027-01-04;72\n2027-01-11;102\n")

    assert "Line 3: A percentage lies between 0 and 100" in page.content.decode()


def test_where_numbers_come_from_stands_beside_them():
    engagement = make_agreed()

    taken(engagement, GOOD, origin="De weeklijst van de balie")

    page = as_(engagement, Role.COACH, "nl").get(series_page(engagement).removesuffix("file/"))
    assert "De weeklijst van de balie" in page.content.decode()
    assert "geplakt, door Marijke Aalbers" in page.content.decode()


def test_form_without_rows_asks_for_them():
    answer = looked(make_agreed(), "  \n")

    assert answer.context["form"].errors["rows"]


def test_troubles_are_told_in_dutch_too():
    assert "niet heel" in looked(make_agreed(), b"PK\x03\x04rest", language="nl").content.decode()
    assert "Regel 2: " in looked(make_agreed(), "datum;waarde\nmorgen;3", language="nl").content.decode()


def test_what_the_series_is_made_of_stands_on_the_page():
    page = as_(make_agreed(), Role.COACH, "en").get(series_page(make_agreed()))
    assert page.status_code == 404
    engagement = make_agreed()
    shown = as_(engagement, Role.COACH, "en").get(series_page(engagement)).content.decode()
    assert "Unit: punten" in shown
    assert "Better is: higher" in shown


def test_looking_at_two_thousand_rows_asks_as_often_as_at_none(django_assert_max_num_queries):
    engagement = make_agreed()
    make_values(engagement, 200)
    client = as_(engagement, Role.COACH)
    rows = "datum;waarde\n" + "".join(f"{date.fromordinal(737000 + n)};{n}\n" for n in range(1_900))
    with django_assert_max_num_queries(10):
        client.get(series_page(engagement))
    with django_assert_max_num_queries(10):
        page = client.post(series_page(engagement), {"rows": rows})
    assert "1900 values are new" in page.content.decode()
    assert Observation.objects.count() == 200
