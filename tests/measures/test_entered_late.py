"""A value of before the deadline that is entered after it: with a reason, and the verdict says so."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from driehoek.access import Role
from driehoek.kit import clock
from driehoek.measures import actions, queries
from driehoek.measures.models import Observation
from tests.makers import person_of
from tests.measures.makers import NOW, as_, make_agreed, measure, the_criterion
from tests.measures.series import looked, series_page, sheet, standing, taken
from tests.measures.test_programs import key_for, named, sent
from tests.results.makers import composed

pytestmark = pytest.mark.django_db
ON = date(2027, 1, 10)
SHARE = {"form": "share_at_least", "target": Decimal("0.8"), "baseline": None, "unit": ""}
REASON = "De cijfers van januari waren op 1 februari bekend"
ROWS = "datum;waarde\n2027-01-10;95%\n"
DOORS = {
    "typed": {"value": "95%"},
    "pasted": ROWS,
    "csv": ROWS.encode(),
    "xlsx": sheet(["datum", "waarde"], [ON, 0.95], percents=True),
    "checklist": {"item-0": "yes", "item-1": "yes"},
}


@pytest.fixture(autouse=True)
def _now():
    clock.move_to(NOW)
    cache.clear()


@pytest.fixture
def engagement():
    return make_agreed(criterion=SHARE)


def page_of(engagement, name="enter"):
    return reverse(f"measures:{name}", args=[engagement.pk, the_criterion(engagement).pk])


def entered(engagement, door, reason, language="en"):
    """A value of 10 January, entered on 1 February by one of the doors."""
    given = DOORS[door]
    if not isinstance(given, dict):
        return taken(engagement, given, language, reason=reason)
    if door == "checklist":
        by = person_of(engagement, Role.COACH)
        actions.make_checklist(engagement, the_criterion(engagement).pk, by=by, items=["Eén", "Twee"])
    name = "checklist" if door == "checklist" else "enter"
    client = as_(engagement, Role.COACH, language)
    return client.post(page_of(engagement, name), {"on": str(ON), "reason": reason} | given)


@pytest.mark.parametrize("door", DOORS)
def test_no_door_takes_it_without_a_reason_and_what_was_typed_stays(engagement, door):
    answer = entered(engagement, door, "  ")

    assert answer.context["form"].errors["reason"] == [
        "The deadline has passed, so this can change the verdict. Say briefly why it comes now."
    ]
    assert "95" in answer.content.decode() or door == "checklist"
    assert standing(engagement) == {}


@pytest.mark.parametrize("door", DOORS)
def test_with_a_reason_every_door_takes_it_and_the_verdict_says_when_and_why(engagement, door):
    assert entered(engagement, door, REASON).status_code == 302

    assert queries.verdicts(engagement)[0].verdict.status == "reached"
    page = as_(engagement, Role.COACHEE, "en").get(reverse("measures:index", args=[engagement.pk]))
    shown = " ".join(page.content.decode().split())
    assert "This value was entered after the deadline, on 1 February 2027." in shown
    assert "Entered after the deadline</h3>" in shown
    assert REASON in shown
    values = as_(engagement, Role.COACHEE, "nl").get(page_of(engagement)).content.decode()
    assert "Ingevoerd na de einddatum." in values
    assert REASON in values


def test_no_figure_of_a_document_hides_that_it_came_late(engagement):
    entered(engagement, "typed", REASON)

    document = composed(engagement, Role.SPONSOR, ["measurements"])
    table = next(one for one in document["sections"][0]["blocks"] if one["kind"] == "table")

    assert (
        "Bij één criterium is na de einddatum nog een waarde ingevoerd of doorgestreept." in document["lede"]
    )
    assert table["rows"][0][3].startswith("95%")
    assert table["rows"][0][3].endswith("Deze waarde is na de einddatum ingevoerd, op 1 februari 2027.")


def test_a_program_names_its_reason_too(engagement):
    secret = key_for(engagement)
    values = [{"date": str(ON), "value": "95%"}]

    refused = sent(secret, {"values": values})
    assert (refused.status_code, named(refused)) == (422, [(None, "reason_missing")])
    assert "under “reason”" in refused.json()["problems"][0]["problem"]
    assert standing(engagement) == {}
    assert sent(secret, {"values": values, "reason": REASON}).json()["taken_over"] == 1
    assert sent(secret, {"values": values}).json() == {"taken_over": 0, "already_there": 1}
    assert engagement.takeovers.get().reason == REASON


def test_what_was_read_can_be_taken_over_with_the_reason_in_one_press(engagement):
    page = looked(engagement, ROWS, reason="")
    shown = page.content.decode()
    assert "Say briefly why they come now" in shown
    assert shown.count('name="reason"') == 1
    assert shown.index('form="series"') < shown.index('id="series"'), "beside the button, not at the end"
    assert not page.context["form"].errors

    given = {"rows": ROWS, "take_over": page.context["form"].mark}
    refused = as_(engagement, Role.COACH, "en").post(series_page(engagement), given)
    assert 'name="take_over"' in refused.content.decode()
    done = as_(engagement, Role.COACH, "en").post(series_page(engagement), given | {"reason": REASON})

    assert done.status_code == 302
    assert "Say briefly why they come now" not in looked(engagement, ROWS, reason="").content.decode()


def test_nobody_reads_that_a_reason_may_stay_empty(engagement):
    page = as_(engagement, Role.COACH, "en").get(page_of(engagement)).content.decode()
    label = page[page.index('for="id_reason"') :].partition("</label>")[0]

    assert "optional" not in label
    assert "Needed for values of the agreed period" in page


def test_the_reason_is_kept_sealed(engagement):
    entered(engagement, "typed", REASON)

    with connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM measures_takeover")
        assert REASON.encode() not in bytes(cursor.fetchone()[0])
    assert engagement.takeovers.get().reason == REASON


def test_no_reason_is_asked_of_what_changes_no_verdict(engagement):
    with clock.moved_to(datetime(2027, 1, 15, 9, tzinfo=UTC)):
        assert entered(engagement, "typed", "").status_code == 302
    client = as_(engagement, Role.COACH)
    again = client.post(page_of(engagement), {"on": str(ON), "value": "95%"})
    outside = [
        client.post(page_of(engagement), {"on": on, "value": "70%"}) for on in ("2026-11-30", "2027-01-16")
    ]

    assert [answer.status_code for answer in (again, *outside)] == [302] * 3
    state = queries.verdicts(engagement)[0]
    assert state.entered_late == ()
    shown = client.get(reverse("measures:index", args=[engagement.pk])).content.decode()
    assert "Ingevoerd na de einddatum" not in shown


def test_what_a_survey_wrote_down_needs_no_reason_and_is_named(engagement):
    actions.record_series(
        engagement,
        the_criterion(engagement).pk,
        by=person_of(engagement, Role.COACH),
        values=[(ON, Decimal(21), Decimal(24))],
        source=Observation.Source.ASKED,
    )

    page = as_(engagement, Role.COACHEE, "en").get(reverse("measures:index", args=[engagement.pk]))
    line = "of 10 January 2027: from a survey that Marijke Aalbers began, on 1 February 2027."
    assert line in page.content.decode()


@pytest.mark.parametrize("way", ["asked", "seen", "api", "typed"])
def test_pasted_rows_cannot_pass_for_what_they_are_not(engagement, way):
    page = looked(engagement, ROWS, reason="")
    given = {"rows": ROWS, "take_over": page.context["form"].mark, "came_as": way}

    refused = as_(engagement, Role.COACH, "en").post(series_page(engagement), given)
    as_(engagement, Role.COACH, "en").post(series_page(engagement), given | {"reason": REASON})

    assert "reason" in refused.context["form"].errors
    assert engagement.observations.get().source == "paste"


@pytest.mark.parametrize("goals", [1, 2])
def test_the_released_document_says_when_and_why(goals):
    engagement = make_agreed(criterion=SHARE, goals=goals)
    entered(engagement, "typed", REASON)

    said = str(composed(engagement, Role.SPONSOR, ["measurements"]))

    assert "Ingevoerd na de einddatum" in said
    assert "95% van 10 januari 2027: door Marijke Aalbers op 1 februari 2027. " + REASON in said


def test_of_many_that_are_taken_together_is_said_how_many_came_late():
    weighted = {
        "form": "level",
        "target": Decimal("0.9"),
        "baseline": None,
        "unit": "",
        "counted": "weighted",
    }
    engagement = make_agreed(criterion=weighted)
    rows = "datum;goed;alle\n2027-01-{day};95;100\n"
    with clock.moved_to(datetime(2027, 1, 12, 9, tzinfo=UTC)):
        taken(engagement, rows.format(day="04"), reason="")
    taken(engagement, rows.format(day="11"))

    page = as_(engagement, Role.COACHEE, "en").get(reverse("measures:index", args=[engagement.pk]))
    assert "1 value was entered after the deadline, on 1 February 2027." in page.content.decode()


def test_the_page_of_the_engagement_says_it_beside_the_criterion(engagement):
    entered(engagement, "typed", REASON)

    shown = as_(engagement, Role.COACH, "nl").get(reverse("engagement", args=[engagement.pk]))
    assert "Deze waarde is na de einddatum ingevoerd, op 1 februari 2027." in shown.content.decode()


def test_reading_asks_as_often_for_one_late_value_as_for_twenty(django_assert_max_num_queries):
    engagement = make_agreed()
    for day in range(1, 16):
        measure(engagement, [(date(2027, 1, day), "9")])
    client = as_(engagement, Role.COACH)
    with django_assert_max_num_queries(10):
        client.get(reverse("measures:index", args=[engagement.pk]))


def test_a_verdict_that_another_value_decides_because_one_was_struck_out_later_says_so(engagement):
    values = {date(2027, 1, 8): "95%", ON: "40%"}
    with clock.moved_to(datetime(2027, 1, 12, 9, tzinfo=UTC)):
        for on, value in values.items():
            as_(engagement, Role.COACH).post(page_of(engagement), {"on": str(on), "value": value})
    assert queries.verdicts(engagement)[0].verdict.status == "not_reached"
    who = person_of(engagement, Role.COACH)
    actions.strike_value(engagement, the_criterion(engagement).pk, by=who, on=ON, reason=REASON)

    assert queries.verdicts(engagement)[0].verdict.status == "reached"
    said = "1 waarde is na de einddatum doorgestreept, op 1 februari 2027."
    for place in ("engagement", "measures:index"):
        shown = as_(engagement, Role.COACH, "nl").get(reverse(place, args=[engagement.pk]))
        assert said in shown.content.decode()
    document = composed(engagement, Role.SPONSOR, ["measurements"])
    table = next(one for one in document["sections"][0]["blocks"] if one["kind"] == "table")
    assert table["rows"][0][3].endswith(said)
    assert "nog een waarde ingevoerd of doorgestreept" in document["lede"]
