"""Twenty-two tries for one hour of a coach, over three engagements: one is booked, the others read why."""

import pytest
from django.utils.translation import override

from driehoek.access import Role, Stage
from driehoek.booking.actions import NotFree, book, book_elsewhere, plan_meeting
from driehoek.engagements.models import Meeting
from driehoek.kit import clock
from driehoek.outbox.models import Letter
from driehoek.sessions.actions import add_session
from driehoek.sessions.models import Session
from tests.booking.makers import MONDAY, NOW, make_booked
from tests.makers import make_person, person_of
from tests.racing import at_once
from tests.sessions.makers import make_coaching, make_session

pytestmark = pytest.mark.django_db(transaction=True)


def in_english(deed):
    """A thread of its own has the language of the installation."""

    def done():
        with override("en"):
            return deed()

    return done


def test_of_all_tries_for_sessions_and_for_a_meeting_one_gets_the_hour_and_the_others_get_what_is_near_it():
    clock.move_to(NOW)
    coach = make_person("Marijke Aalbers")
    johan, saskia = (
        make_booked(coach=coach, coachee=make_person(name)) for name in ("Johan Verbeek", "Saskia Bos")
    )
    later = make_session(saskia, 1, starts_at=MONDAY.replace(hour=14))
    tries = []
    for engagement in (johan, saskia):
        coachee = person_of(engagement, Role.COACHEE)
        tries += [lambda e=engagement, by=coachee: book(e, starts_at=MONDAY, by=by)] * 9
    tries.append(lambda: book_elsewhere(later, starts_at=MONDAY, by=person_of(saskia, Role.COACHEE)))
    tries.append(lambda: add_session(johan, on=MONDAY.date(), at=MONDAY.replace(hour=10).time(), by=coach))

    thomas = make_coaching(stage=Stage.PREPARING, coach=coach, coachee=make_person("Thomas Wierda"))
    tries += [lambda: plan_meeting(thomas, "three_way", starts_at=MONDAY, by=coach, instead_of=None)] * 2

    brought = at_once(*[in_english(one) for one in tries])

    [standing] = [*Session.objects.filter(starts_at=MONDAY), *Meeting.objects.all()]
    won = [one for one in brought if isinstance(one, (Session, Meeting))]
    assert {one.pk for one in won} == {standing.pk}, brought
    lost = [one for one in brought if isinstance(one, NotFree)]
    assert len(lost) >= 9, brought
    assert {str(one) for one in lost} == {"This time was just taken."}
    assert all(len(one.others) == 4 and MONDAY not in one.others for one in lost)
    told = Letter.objects.filter(template__in=["session_planned", "session_moved", "meeting_planned"])
    assert told.count() == (4 if isinstance(standing, Meeting) else 2)
