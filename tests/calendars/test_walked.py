"""One coach from the first page to the last: connected, kept free, booked, moved there, and let go."""

from datetime import timedelta

import pytest
from django.urls import reverse

from driehoek.access import Role
from driehoek.calendars.models import Connection
from driehoek.kit import clock
from driehoek.outbox.models import Letter
from tests.booking.makers import EN, MONDAY, NOW, at, book_page, make_booked
from tests.calendars.conftest import PASSWORD
from tests.calendars.makers import TITLE, event, follow, moved
from tests.calendars.test_troubles import ANSWERS, serving
from tests.sessions.makers import page, signed_in

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


class Walked:
    """Somebody who presses what stands on a page."""

    def __init__(self, engagement, role):
        self.client = signed_in(engagement, role)

    def reads(self, address):
        answer = self.client.get(address, headers=EN)
        assert answer.status_code == 200, address
        return " ".join(answer.content.decode().split())

    def presses(self, on, to, **given):
        """Sends a form that stands on this page, and reads where it leads."""
        assert f'action="{to}"' in self.reads(on) or on == to
        answer = self.client.post(to, given, headers=EN, follow=True)
        return " ".join(answer.content.decode().split())


def own(name="show"):
    return reverse(f"calendars:{name}")


def test_a_calendar_is_connected_keeps_hours_free_and_brings_a_move_back_all_on_the_pages(theirs):
    clock.move_to(NOW)
    engagement = make_booked()
    coach, coachee = Walked(engagement, Role.COACH), Walked(engagement, Role.COACHEE)
    theirs.put("dentist", event("dentist", MONDAY, MONDAY + HOUR))

    assert own("connect") in coach.reads(own())
    way_in = {"address": theirs.server, "user": theirs.user, "password": PASSWORD}
    assert "Privé" in coach.presses(own("connect"), own("connect"), **way_in)
    [found] = Connection.objects.get().calendars.all()
    coach.presses(own("choose"), own("choose"), holding=str(found.pk), counting=[str(found.pk)])
    follow()

    offered = coachee.reads(book_page(engagement, "choose"))
    taken, free = (book_page(engagement, "confirm", at(MONDAY + n * HOUR)) for n in range(2))
    assert taken not in offered
    assert free in offered
    coachee.presses(free, free)
    session = engagement.sessions.get()
    follow()
    assert "SUMMARY:Gesprek" in theirs.get(session.pk)

    moved(theirs, session.pk, MONDAY + 5 * HOUR)
    coach.presses(own(), own("look"))
    follow()
    assert "Monday 30 November 2026, 15:00" in tidy(coachee.reads(page(engagement, "index")))
    assert "moved" in coach.reads(own())
    assert Letter.objects.filter(template="session_moved").count() == 2

    moved(theirs, session.pk, NOW - 2 * HOUR)  # a moment that lies behind
    coach.presses(own(), own("look"))
    follow()
    assert "Monday 30 November 2026, 15:00" in tidy(coachee.reads(page(engagement, "index")))
    assert "it was put back" in coach.reads(own())
    assert TITLE not in coach.reads(own()) + coachee.reads(page(engagement, "index"))

    coach.presses(own(), own("disconnect"))
    assert theirs.get(session.pk) == ""
    assert "Monday 30 November 2026, 15:00" in tidy(coachee.reads(page(engagement, "index")))


def test_a_calendar_that_begins_to_answer_nonsense_is_told_on_the_page_and_booking_goes_on(theirs):
    clock.move_to(NOW)
    engagement = make_booked()
    coach, coachee = Walked(engagement, Role.COACH), Walked(engagement, Role.COACHEE)
    theirs.put("dentist", event("dentist", MONDAY, MONDAY + HOUR))
    way_in = {"address": theirs.server, "user": theirs.user, "password": PASSWORD}
    coach.presses(own("connect"), own("connect"), **way_in)
    [found] = Connection.objects.get().calendars.all()
    coach.presses(own("choose"), own("choose"), holding=str(found.pk), counting=[str(found.pk)])
    follow()
    answer, words = ANSWERS["rubbish"]

    with serving(answer) as address:
        row = Connection.objects.get()
        said = row.open()
        for one in said["calendars"].values():
            one["url"] = f"{address}/calendar/"
        row.seal(said)
        row.save()
        coach.presses(own(), own("look"))
        follow()

    shown = coach.reads(own())
    assert words in shown
    assert "What was known until then still counts." in shown
    taken, free = (book_page(engagement, "confirm", at(MONDAY + n * HOUR)) for n in range(2))
    offered = coachee.reads(book_page(engagement, "choose"))
    assert taken not in offered
    coachee.presses(free, free)
    assert engagement.sessions.get().starts_at == MONDAY + HOUR


def tidy(text):
    return text.replace('<span class="nowrap">', "").replace("</span>", "")
