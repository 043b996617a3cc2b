"""What comes in by the box, a file or a program: nothing is lost, and every trouble is named."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from driehoek.access import Role
from driehoek.kit import clock
from driehoek.measures import queries
from tests.measures.makers import as_, make_agreed, the_criterion
from tests.measures.series import looked, series_page, sheet, standing, taken
from tests.measures.test_checklist import SEEN, listed
from tests.measures.test_programs import key_for, named, sent
from tests.measures.test_weighted import WEIGHTED

pytestmark = pytest.mark.django_db
GOOD = "datum;waarde\n2027-01-04;3,1\n2027-01-11;3,6\n"
SHARE = {"form": "share_at_least", "target": Decimal("0.8"), "baseline": None, "unit": ""}
LATER = datetime(2027, 1, 15, 9, tzinfo=UTC)
"""The last day of the period: no reason is asked yet."""


@pytest.fixture(autouse=True)
def _now():
    clock.move_to(LATER)
    cache.clear()


def both(engagement, rows, content, **more):
    """Rows in the box, and a file chosen too."""
    given = {"rows": rows, "file": SimpleUploadedFile("reeks.csv", content)} | more
    return as_(engagement, Role.COACH, "en").post(series_page(engagement), given)


def bad(page):
    return [(one.number, one.says, one.text) for one in page.context["looked"].bad]


# -- Pasted rows and a file ----------------------------------------------------


def test_pasted_rows_beside_a_file_are_not_lost_and_nothing_is_read():
    page = both(make_agreed(), GOOD, b"datum;waarde\n2027-01-05;9\n")

    assert "There are rows in the box and a file was chosen too" in page.content.decode()
    assert page.context["form"]["rows"].value() == GOOD
    assert page.context["looked"] is None


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_what_a_file_put_in_the_box_makes_way_for_the_next_file(ends):
    engagement = make_agreed()
    first = looked(engagement, b"datum;waarde\n2027-01-32;9\n").context["form"]
    rows = first["rows"].value().replace("\n", ends)

    page = both(engagement, rows, b"datum;waarde\n2027-01-05;9\n", box=first.box)
    changed = both(engagement, rows + "2027-01-06;8", b"datum;waarde\n2027-01-05;9\n", box=first.box)

    assert page.context["form"]["rows"].value() == "datum;waarde\n2027-01-05;9\n"
    assert "a file was chosen too" in changed.content.decode()
    assert (
        f'name="box" value="{first.box}"'
        in looked(engagement, b"datum;waarde\n2027-01-32;9\n").content.decode()
    )


# -- What stands there ---------------------------------------------------------


def test_every_trouble_shows_the_line_as_it_was_typed():
    rows = "datum;waarde\n2027-01-04;72%\n2027-01-05;0,7\n2027-01-06\n;5\n2027-01-07;70;3;9\n"

    page = looked(make_agreed(criterion=SHARE), rows)

    assert [text for _number, _says, text in bad(page)] == [
        "2027-01-05;0,7",
        "2027-01-06",
        ";5",
        "2027-01-07;70;3;9",
    ]


def test_a_day_that_stands_there_twice_is_named_with_its_other_line():
    page = looked(make_agreed(), "datum;waarde\n2027-01-04;3\n2027-01-11;4\n4-1-2027;5\n")

    says = "4 January 2027 stands here twice: it was on line 2 too. A day holds one value."
    assert bad(page) == [(4, says, "4-1-2027;5")]


@pytest.mark.parametrize(
    "day", ["2027-01-10 14:30", "2027-01-10T09:05:10", "10-01-2027 14:30", "10/01/2027 0:00", "2027-01-10"]
)
def test_a_time_behind_a_day_is_let_go(day):
    engagement = make_agreed()

    taken(engagement, f"datum;waarde\n{day.replace('10/01', '13/01') if '/' in day else day};3\n")

    assert standing(engagement) in ({date(2027, 1, 10): Decimal(3)}, {date(2027, 1, 13): Decimal(3)})


@pytest.mark.parametrize("day", ["2027-01-10 25:30", "2027-01-10T23:30Z", "2027-01-10 9 uur"])
def test_a_time_that_could_be_another_day_is_no_date(day):
    assert "This is not a date" in bad(looked(make_agreed(), f"datum;waarde\n{day};3\n"))[0][1]


# -- Spreadsheets --------------------------------------------------------------


def test_a_title_above_the_heading_is_let_go_merged_or_not():
    rows = [["Fouten, per week"], ["datum", "waarde"], [date(2027, 1, 4), 3.1]]
    for merged in ("A1:B1", ""):
        engagement = make_agreed()
        taken(engagement, sheet(*rows, merged=merged))
        assert standing(engagement) == {date(2027, 1, 4): Decimal("3.1")}


def test_a_title_does_not_hide_a_merged_row_of_values():
    rows = [["2027-01-04", 3.1], ["2027-01-11", None], ["2027-01-12", 4]]

    assert [number for number, *_rest in bad(looked(make_agreed(), sheet(*rows, merged="B1:B2")))] == [1, 2]


@pytest.mark.parametrize("row", [[date(2027, 1, 5), "=1+2"], ["=A2+1", "=B2+1"]])
def test_a_formula_without_a_result_is_named_and_no_row_goes_missing(row):
    content = sheet(["datum", "waarde"], [date(2027, 1, 4), 3.1], row)
    assert load_workbook(io.BytesIO(content), data_only=True).active["B3"].value is None
    engagement = make_agreed()

    page = looked(engagement, content)
    again = looked(engagement, page.context["form"]["rows"].value())

    [(number, says, text)] = bad(page)
    assert (number, "=…" in text) == (3, True)
    assert "There is a formula here" in says
    assert [number for number, *_rest in bad(again)] == [3]


# -- Percentages and shares ----------------------------------------------------


def test_a_share_below_one_percent_is_asked_about_also_with_its_sign():
    engagement, rows = make_agreed(criterion=SHARE), "datum;waarde\n2027-01-04;0,7%\n2027-01-11;0,8%\n"

    page = looked(engagement, rows)
    assert "Every percentage here is below one" in page.content.decode()
    assert page.context["form"]["rows"].value() == rows
    taken(engagement, rows, percents="whole")
    assert standing(engagement)[date(2027, 1, 4)] == Decimal("0.007")


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("datum;aantal;van\n2027-01-04;41;50\n2027-01-11;36;40\n", "with a heading"),
        ("2027-01-04;41;50\n2027-01-11;36;40\n", "without"),
        (b"van,datum,goed\n50,2027-01-04,41\n40,2027-01-11,36\n", "in another order"),
        (
            sheet(["datum", "goed", "totaal"], [date(2027, 1, 4), 41, 50], [date(2027, 1, 11), 36, 40]),
            "sheet",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and ";" not in value else "",
)
def test_a_share_comes_in_as_so_many_of_so_many(rows, why):
    engagement = make_agreed(criterion=SHARE)

    page = looked(engagement, rows)
    assert "82% (41 of 50)" in page.content.decode(), why
    taken(engagement, rows)

    assert list(engagement.observations.values_list("value", "out_of")) == [(41, 50), (36, 40)]
    with clock.moved_to(datetime(2027, 2, 1, 9, tzinfo=UTC)):
        assert queries.verdict_on(engagement, the_criterion(engagement).pk).certainty.method == "wilson"


def test_where_it_is_not_said_out_of_how_many_a_percentage_may_stand_beside():
    engagement = make_agreed(criterion=SHARE)

    taken(engagement, "datum;waarde;van\n2027-01-04;41;50\n2027-01-11;85%;\n2027-01-12;90%\n")

    assert list(engagement.observations.values_list("value", "out_of")) == [
        (41, 50),
        (Decimal("0.85"), None),
        (Decimal("0.9"), None),
    ]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("51;50", "is never more than th"),
        ("5;0", "the total is above zero"),
        ("82%;50", "a number and not a percentage"),
    ],
)
def test_a_share_that_cannot_be_is_named_with_its_line(row, problem):
    page = looked(make_agreed(criterion=SHARE), f"datum;waarde;van\n2027-01-04;{row}\n")

    [(number, says, text)] = bad(page)
    assert (number, text) == (2, f"2027-01-04;{row}")
    assert problem in says


def test_a_program_sends_a_share_with_its_volume():
    engagement = make_agreed(criterion=SHARE)
    secret = key_for(engagement)

    wrong = [("5", 0), ("51", 50), ("82%", 50)]
    items = [
        {"date": f"2027-01-0{n}", "value": value, "volume": out_of}
        for n, (value, out_of) in enumerate(wrong, start=4)
    ]
    assert named(sent(secret, items)) == [(0, "share_of_more"), (1, "share_of_more"), (2, "share_as_percent")]
    sent(secret, [{"date": "2027-01-04", "value": 41, "volume": 50}, {"date": "2027-01-05", "value": "90%"}])

    assert list(engagement.observations.values_list("value", "out_of")) == [(41, 50), (Decimal("0.9"), None)]


def test_five_of_none_is_no_share():
    engagement = make_agreed(criterion=SHARE)
    place = reverse("measures:enter", args=[engagement.pk, the_criterion(engagement).pk])

    answer = as_(engagement, Role.COACH, "en").post(place, {"on": "2027-01-10", "value": "5 of 0"})

    assert "There is no share of nothing" in answer.content.decode()
    assert 'value="5 of 0"' in answer.content.decode()


# -- A word afterwards ---------------------------------------------------------


def test_whoever_took_a_series_over_lands_on_its_values_and_reads_how_many():
    engagement = make_agreed()
    mark = looked(engagement, GOOD).context["form"].mark
    client = as_(engagement, Role.COACH, "nl")

    page = client.post(series_page(engagement), {"rows": GOOD, "take_over": mark}, follow=True)
    again = client.post(
        series_page(engagement),
        {"rows": GOOD, "take_over": looked(engagement, GOOD, "nl").context["form"].mark},
        follow=True,
    )

    assert page.redirect_chain[-1][0] == series_page(engagement).removesuffix("file/")
    assert "2 waarden overgenomen." in page.content.decode()
    assert "Er was niets nieuws" in again.content.decode()


def test_a_value_that_was_typed_or_struck_out_is_confirmed():
    engagement = make_agreed()
    client = as_(engagement, Role.COACH, "en")
    place = [engagement.pk, the_criterion(engagement).pk]

    typed = client.post(
        reverse("measures:enter", args=place), {"on": "2027-01-10", "value": "3,7"}, follow=True
    )
    struck = client.post(reverse("measures:strike", args=place), {"on": "2027-01-10"}, follow=True)

    assert "The value of 10 January 2027 has been entered." in typed.content.decode()
    assert "The value of 10 January 2027 no longer counts." in struck.content.decode()


def test_a_list_that_was_ticked_off_is_confirmed():
    engagement = make_agreed(criterion=SHARE)
    listed(engagement)

    place = reverse("measures:checklist", args=[engagement.pk, the_criterion(engagement).pk])
    given = {f"item-{n}": "yes" if seen else "no" for n, seen in enumerate(SEEN)}
    page = as_(engagement, Role.COACH, "en").post(place, {"on": "2027-01-10"} | given, follow=True)

    assert "Kept: on 10 January 2027 2 of 3 were seen." in page.content.decode()


# -- Reading -------------------------------------------------------------------


def test_where_errors_are_counted_no_list_is_ticked_off():
    errors = WEIGHTED | {"unit": "fouten per order", "direction": "down"}
    engagement = make_agreed(criterion=errors)
    client = as_(engagement, Role.COACH, "en")
    place = [engagement.pk, the_criterion(engagement).pk]

    shown = client.get(reverse("measures:enter", args=place)).content.decode()

    assert "Tick off a list" not in shown
    assert client.get(reverse("measures:checklist", args=place)).status_code == 404


def test_values_with_a_volume_are_read_in_one_precision_and_kept_unrounded():
    engagement = make_agreed(criterion=WEIGHTED | {"unit": "fouten per order", "direction": "down"})
    taken(engagement, "datum;fouten;orders\n2027-01-04;11;320\n2027-01-11;34;1000\n")

    place = reverse("measures:enter", args=[engagement.pk, the_criterion(engagement).pk])
    shown = as_(engagement, Role.COACH, "nl").get(place).content.decode()

    assert "0,034 fouten per order (11 van de 320)" in shown
    assert "0,034 fouten per order (34 van de 1.000)" in shown
    assert "0,034375" not in shown
    assert list(engagement.observations.values_list("value", flat=True)) == [11, 34]
