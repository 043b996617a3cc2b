"""Values that are typed in."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from driehoek.access import Role, Shape, Stage
from driehoek.agreements.queries.foresight import stored
from driehoek.engagements.models import Engagement
from driehoek.evidence.foresight import Circumstances
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.measures import actions, queries
from driehoek.measures.models import Strike
from driehoek.measures.wording import struck_lines
from tests.makers import make_person, person_of
from tests.measures.makers import NOW, WHY, as_, make_agreed, make_values, measure, signed_in, the_criterion

pytestmark = pytest.mark.django_db
DAY = date(2027, 1, 10)
SHARE = {"form": "share_at_least", "target": Decimal("0.8"), "baseline": None, "unit": ""}


@pytest.fixture(autouse=True)
def _now():
    clock.move_to(NOW)


def page_of(engagement, name="enter"):
    return reverse(f"measures:{name}", args=[engagement.pk, the_criterion(engagement).pk])


def typed(engagement, value, on="2027-01-10", language="nl", **more):
    client = as_(engagement, Role.COACH, language)
    return client.post(page_of(engagement), {"on": on, "value": value, "reason": WHY, **more})


def standing(engagement):
    return dict(engagement.observations.filter(struck=None).values_list("on", "value"))


@pytest.mark.parametrize(
    ("written", "kept"),
    [("3,7", "3.7"), ("3.7", "3.7"), ("1.234,5", "1234.5"), ("-0,25", "-0.25"), ("0,125", "0.125")],
)
def test_value_is_kept_as_it_was_typed(written, kept):
    engagement = make_agreed()

    typed(engagement, written)

    assert standing(engagement) == {DAY: Decimal(kept)}


@pytest.mark.parametrize("written", ["1.234", "1,234"])
def test_number_that_can_be_read_in_two_ways_is_asked_again(written):
    engagement = make_agreed()

    answer = typed(engagement, written)

    assert "op twee manieren" in answer.content.decode()
    assert f'value="{written}"' in answer.content.decode()
    assert standing(engagement) == {}


@pytest.mark.parametrize("written", ["zeven", "", "12%", "1e400", "😀", "12345678901234567890", "0,1234567"])
def test_what_is_no_number_comes_back_with_a_reason(written):
    engagement = make_agreed()

    answer = typed(engagement, written)

    assert answer.status_code == 200
    assert answer.context["form"].errors["value"]
    assert standing(engagement) == {}


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "31-02-2027", "gisteren", "1999-12-31"])
def test_day_that_cannot_be_right_comes_back_with_a_reason(day):
    engagement = make_agreed()

    answer = typed(engagement, "3,7", on=day)

    assert answer.context["form"].errors["on"]
    assert standing(engagement) == {}


def test_day_that_is_still_to_come_is_refused_with_a_reason():
    engagement = make_agreed()

    answer = typed(engagement, "3,7", on="2027-02-02", language="en")

    assert "2 February 2027 is still to come" in answer.content.decode()
    assert standing(engagement) == {}


def test_today_can_be_entered():
    engagement = make_agreed()

    typed(engagement, "3,7", on="2027-02-01")

    assert len(standing(engagement)) == 1


def test_same_value_twice_is_one_value():
    engagement = make_agreed()

    first, again = typed(engagement, "3,7"), typed(engagement, "3,7")

    assert first.status_code == again.status_code == 302
    assert standing(engagement) == {DAY: Decimal("3.7")}


def test_other_value_on_the_same_day_asks_whether_it_replaces():
    engagement = make_agreed()
    typed(engagement, "3,7")

    answer = typed(engagement, "3,8", language="en")

    assert "10 January 2027 already holds another value" in answer.content.decode()
    assert 'value="3,8"' in answer.content.decode()
    assert standing(engagement) == {DAY: Decimal("3.7")}


def test_value_is_replaced_when_somebody_says_so():
    engagement = make_agreed()
    typed(engagement, "3,7")

    typed(engagement, "3,8", replace="on", reason="Verkeerd gelezen")

    assert standing(engagement) == {DAY: Decimal("3.8")}


def test_share_is_typed_as_a_percentage_and_kept_as_a_share():
    engagement = make_agreed(criterion=SHARE)

    typed(engagement, "82,5")

    assert standing(engagement) == {DAY: Decimal("0.825")}


def test_percentage_above_a_hundred_is_refused():
    engagement = make_agreed(criterion=SHARE)

    answer = typed(engagement, "101", language="en")

    assert "between 0 and 100" in answer.content.decode()


def struck(engagement, on="2027-01-10", language="en", **given):
    return as_(engagement, Role.COACH, language).post(page_of(engagement, "strike"), {"on": on, **given})


def verdict_of(engagement):
    return queries.verdicts(engagement)[0].verdict


def test_mistake_is_struck_out_and_twice_does_no_harm():
    engagement = make_agreed()
    typed(engagement, "3,7")

    for _again in range(2):
        struck(engagement, reason="Typefout")

    assert standing(engagement) == {}
    assert Strike.objects.count() == 1


def test_a_reason_that_is_too_long_is_said_and_stays_whole_where_it_was_typed():
    engagement = make_agreed()
    measure(engagement, [(DAY, "3")])

    page = struck(engagement, reason="x" * 400).content.decode()

    assert "At most 300 characters fit here; this has 400." in page
    assert "x" * 400 in page
    assert len(standing(engagement)) == 1


def test_after_the_deadline_no_value_goes_without_a_reason():
    engagement = make_agreed()
    measure(engagement, [(date(2026, 12, 10), "9"), (DAY, "3")])

    answer = struck(engagement, reason="  ")

    assert "The deadline has passed" in answer.content.decode()
    assert len(standing(engagement)) == 2
    assert verdict_of(engagement).status == "not_reached"


@pytest.mark.parametrize("name", ["enter", "index"])
def test_verdict_that_flips_shows_what_was_struck_out_by_whom_when_and_why(name):
    engagement = make_agreed()
    measure(engagement, [(date(2026, 12, 10), "9"), (DAY, "3")])
    url = page_of(engagement) if name == "enter" else reverse("measures:index", args=[engagement.pk])

    struck(engagement, reason="Measured with another list")
    words = as_(engagement, Role.COACHEE).get(url).content.decode()

    assert verdict_of(engagement).status == "reached"
    assert "truck out by Marijke Aalbers on 1 February 2027" in words
    assert "Measured with another list" in words
    assert "10 January 2027" in words


def test_after_the_deadline_a_value_is_corrected_with_a_reason_and_the_old_one_stays_in_sight():
    engagement = make_agreed()
    typed(engagement, "3,7")

    refused = typed(engagement, "9", replace="on", reason="", language="en")
    typed(engagement, "9", replace="on", reason="Verkeerde kolom")
    words = as_(engagement, Role.COACHEE).get(page_of(engagement)).content.decode()

    assert "Say why this value does not count" in refused.content.decode()
    assert 'value="9"' in refused.content.decode()
    assert standing(engagement) == {DAY: Decimal(9)}
    assert "<s>3.7 punten</s>" in words
    assert "Verkeerde kolom" in words


def test_before_the_deadline_a_value_is_struck_out_without_a_reason_and_with_a_trace():
    engagement = make_agreed()
    with clock.moved_to(datetime(2027, 1, 12, 9, tzinfo=UTC)):
        typed(engagement, "3,7")
        struck(engagement)
        words = as_(engagement, Role.COACHEE).get(page_of(engagement)).content.decode()

    assert standing(engagement) == {}
    assert "Struck out by Marijke Aalbers on 12 January 2027." in words


def test_value_that_was_struck_out_can_be_entered_again():
    engagement = make_agreed()
    typed(engagement, "3,7")
    struck(engagement, reason="Typefout")

    typed(engagement, "3,7")

    assert standing(engagement) == {DAY: Decimal("3.7")}


def test_many_values_struck_out_at_once_are_one_line():
    engagement = make_agreed()
    by = person_of(engagement, Role.COACH)
    series = [(date(2026, 12, day), Decimal(day)) for day in range(1, 11)]
    actions.record_series(engagement, the_criterion(engagement).pk, by=by, values=series, reason=WHY)

    other = [(on, value + 1) for on, value in series]
    options = {"values": other, "replace": True, "reason": "Andere telling"}
    actions.record_series(engagement, the_criterion(engagement).pk, by=by, **options)

    state = queries.verdicts(engagement)[0]
    line = "10 values from 1 December 2026 to 10 December 2026: struck out by Marijke Aalbers on"
    assert [one.startswith(line) for one in struck_lines(state.criterion, state.struck)] == [True]


@pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.CLOSED])
def test_value_from_a_page_opened_before_the_closing_is_refused_with_the_stage(stage):
    engagement = make_agreed()
    Engagement.objects.update(stage=stage)

    with pytest.raises(Refused, match=r"closed|signed"):
        measure(engagement, [(DAY, "3")])


def test_who_entered_a_value_stands_beside_it():
    engagement = make_agreed()
    typed(engagement, "3,7")

    answer = as_(engagement, Role.COACHEE).get(page_of(engagement))

    assert "by Marijke Aalbers on 1 February 2027" in answer.content.decode()


def test_criterion_of_another_engagement_is_not_found():
    engagement, other = make_agreed(), make_agreed()

    url = reverse("measures:enter", args=[engagement.pk, the_criterion(other).pk])

    assert as_(engagement, Role.COACH).get(url).status_code == 404


def test_stranger_finds_nothing():
    assert signed_in(make_person()).get(page_of(make_agreed())).status_code == 404


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SPONSOR])
def test_manager_and_sponsor_enter_nothing(role):
    engagement = make_agreed()

    assert as_(engagement, role).post(page_of(engagement), {}).status_code == 403


def test_more_values_than_anybody_needs_are_refused():
    engagement = make_agreed()
    make_values(engagement, 200)
    series = [(date.fromordinal(date(2020, 1, 1).toordinal() + n), Decimal(n)) for n in range(1900)]

    with pytest.raises(Refused, match=r"2.000"):
        actions.record_series(
            engagement,
            the_criterion(engagement).pk,
            by=person_of(engagement, Role.COACH),
            values=series,
            reason=WHY,
        )


def test_consultant_enters_and_sponsor_reads_by_the_clause():
    engagement = make_agreed(shape=Shape.CONSULTANCY, criterion={"baseline": Decimal(100)})
    measure(engagement, [(DAY, "42")], by=person_of(engagement, Role.CONSULTANT))

    answer = as_(engagement, Role.SPONSOR).get(reverse("measures:index", args=[engagement.pk]))

    assert "42" in answer.content.decode()
    assert "Because of the advice?" in answer.content.decode()


@pytest.mark.parametrize("value", ["140", "-1"])
def test_a_value_off_the_scale_that_was_written_down_is_asked_about_once(value):
    known = stored(Circumstances(lowest=Decimal(0), highest=Decimal(100)), {})
    engagement = make_agreed(foresight=known)

    asked = typed(engagement, value, language="en").content.decode()

    assert "The scale that was written down runs from 0 to 100." in asked
    assert standing(engagement) == {}
    typed(engagement, value, sure="on")
    assert standing(engagement) == {DAY: Decimal(value)}


def test_a_value_at_the_end_of_the_scale_is_taken_at_once():
    engagement = make_agreed(foresight=stored(Circumstances(highest=Decimal(100)), {}))

    typed(engagement, "100")

    assert standing(engagement) == {DAY: Decimal(100)}
