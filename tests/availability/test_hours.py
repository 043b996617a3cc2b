"""Saying when one can be booked: an ordinary week, what holds for every session, and other days."""

from datetime import date, time

import pytest
from django.test import Client
from django.urls import reverse

from driehoek.availability.models import Part
from driehoek.availability.queries import as_availability, bookable_of
from driehoek.kit import clock
from driehoek.method.availability import Hours
from tests.availability.makers import SAID, bookable
from tests.booking.makers import EN, NOW
from tests.makers import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def me():
    clock.move_to(NOW)
    return make_person("Marijke Aalbers")


@pytest.fixture
def mine(me):
    client = Client(headers=EN)
    client.force_login(me)
    return client


def typed(**given):
    return {key: value for key, value in (SAID | given).items() if value is not False}


def test_hours_are_typed_as_people_write_them_and_drawn_as_a_week(mine, me):
    days = {"day_0": "9-12.30, 13:30 tot 17:00", "day_2": "10.00 – 11.00 en 11:00-12", "day_4": "20 - 24:00"}

    page = mine.post(reverse("availability:hours"), typed(notice_hours=48, **days), follow=True)

    row = bookable_of(me)
    said = as_availability(row, row.parts.all())
    assert said.hours_on(date(2026, 11, 30)) == (Hours(time(9), time(12, 30)), Hours(time(13, 30), time(17)))
    assert said.hours_on(date(2026, 12, 2)) == (Hours(time(10), time(12)),)
    assert said.hours_on(date(2026, 12, 4)) == (Hours(time(20), time(23, 59)),)
    assert (said.hours_on(date(2026, 12, 25)), said.notice_hours) == ((), 48)
    assert 'x="540" y="0" width="210"' in page.content.decode()
    assert 'value="09:00 - 12:30, 13:30 - 17:00"' in page.content.decode()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"day_1": "tussen negen en tien"}, "is no part of a day"),
        ({"day_1": "12-9"}, "is no part of a day"),
        ({"day_1": "9:00 - 12:00, 11:00 - 13:00"}, "overlap"),
        ({"day_1": "1-2,3-4,5-6,7-8,9-10,11-12,13-14"}, "at most six parts"),
        ({"notice_hours": "9999"}, "from 0 to 336"),
        ({"time_zone": "Mars/Olympus"}, "valid choice"),
    ],
)
def test_what_cannot_be_meant_stays_with_a_sentence_and_changes_nothing(mine, me, given, says):
    bookable(me)

    page = mine.post(reverse("availability:hours"), typed(**given)).content.decode()

    assert says in page
    assert Part.objects.filter(weekday=0).count() == 2
    assert Part.objects.filter(weekday=1).count() == 2


def test_a_holiday_and_a_day_with_other_hours_are_added_and_taken_away(mine, me):
    bookable(me)
    away = {"first": "2026-12-21", "last": "2027-01-01", "hours": ""}
    mine.post(reverse("availability:other_days"), away)
    mine.post(reverse("availability:other_days"), {"first": "2026-12-22", "hours": "9-10, 11-12"})

    row = bookable_of(me)
    said = as_availability(row, row.parts.all())
    assert [said.hours_on(date(2026, 12, day)) for day in (21, 23)] == [(), ()]
    assert said.hours_on(date(2026, 12, 22)) == (Hours(time(9), time(10)), Hours(time(11), time(12)))

    for _press in range(2):
        first = Part.objects.filter(first_on=date(2026, 12, 22)).first()
        mine.post(reverse("availability:remove_other_days", args=[first.pk if first else me.pk]))
    assert not Part.objects.filter(first_on=date(2026, 12, 22)).exists()
    assert Part.objects.filter(first_on=date(2026, 12, 21)).exists()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"first": "2026-12-22", "last": "2026-12-21"}, "lies before the first"),
        ({"first": "2026-11-01"}, "lie behind you"),
    ],
)
def test_days_that_make_no_sense_are_refused_beside_the_field(mine, me, given, says):
    bookable(me)

    page = mine.post(reverse("availability:other_days"), given)

    assert says in page.content.decode()
    assert not Part.objects.filter(weekday=None).exists()


def test_nobody_takes_away_a_day_of_another(mine, me):
    other = bookable(make_person())
    row = bookable_of(other)
    away = Part.objects.create(bookable=row, first_on=date(2026, 12, 1), last_on=date(2026, 12, 1))

    mine.post(reverse("availability:remove_other_days", args=[away.pk]))

    assert Part.objects.filter(pk=away.pk).exists()
