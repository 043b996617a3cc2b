"""Today holds what is under way, and only sessions that are still to come."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from driehoek.access import Role, Stage
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.prepared import Prepared
from driehoek.sessions.models import Session
from driehoek.vault import keys
from tests.makers import make_engagement, make_member, make_organisation, make_person, person_of
from tests.web.makers import make_running

pytestmark = pytest.mark.django_db


def today_of(client, person):
    client.force_login(person)
    return client.get(reverse("today"))


def session_in(engagement, days: int, number: int = 1) -> Session:
    return Session.objects.create(
        engagement=engagement, number=number, starts_at=clock.now() + timedelta(days=days)
    )


@pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.CLOSED])
def test_session_of_an_engagement_that_does_not_run_is_not_the_next_one(client, stage):
    engagement = make_engagement(stage=stage)
    session_in(engagement, 3)

    page = today_of(client, person_of(engagement, Role.COACH))

    assert page.context["now"].meeting is None
    assert "Next session" not in page.content.decode()


def test_session_that_was_not_rounded_off_does_not_hide_the_next_one(client):
    coach = make_person()
    late, other = make_engagement(coach=coach), make_engagement(coach=coach)
    session_in(late, -30)
    ahead = session_in(late, 9, number=2)
    session_in(other, -2)

    assert today_of(client, coach).context["now"].meeting.starts_at == ahead.starts_at


def test_coachee_waits_for_the_session_ahead_not_for_one_that_passed(client):
    engagement = make_running(sessions=0)
    session_in(engagement, -30)
    session_in(engagement, 9, number=2)

    page = today_of(client, person_of(engagement, Role.COACHEE)).content.decode()

    assert page.count("Next session") >= 1


def test_closed_engagement_stays_away_unless_it_asks_something(client):
    closed = make_running(sessions=0)
    Engagement.objects.update(stage=Stage.CLOSED, closed_on=clock.today())

    assert today_of(client, person_of(closed, Role.COACH)).context["now"].lines == []
    [line] = today_of(client, person_of(closed, Role.COACHEE)).context["now"].lines
    assert "Choose what your organisation may read" in line.steps[0].title


def test_who_only_administers_finds_them_in_the_list(client):
    organisation = make_organisation()
    admin = make_member(organisation, is_admin=True).person
    engagement = make_engagement(organisation=organisation)

    assert today_of(client, admin).context["now"].lines == []
    assert engagement.title in client.get(reverse("engagements:index")).content.decode()


def test_administrator_is_asked_to_invite_where_nobody_else_can(client):
    organisation = make_organisation()
    admin = make_member(organisation, is_admin=True).person
    make_engagement(organisation=organisation, made_by=admin, stage=Stage.PREPARING, without=tuple(Role))

    [line] = today_of(client, admin).context["now"].lines
    assert line.steps[0].title.startswith("Invite")


def test_however_many_there_are_a_bounded_number_is_loaded(client, monkeypatch):
    from driehoek.web.queries import today, under_way

    monkeypatch.setattr(under_way, "LOADED", 3)
    monkeypatch.setattr(under_way, "_NEWEST", Prepared(under_way._seen))
    monkeypatch.setattr(today, "AT_MOST", 2)
    coach = make_person()
    make_engagement(coachee=coach, stage=Stage.CLOSED)  # the oldest, and not counted
    for _number in range(5):
        make_engagement(coach=coach)

    now = today_of(client, coach).context["now"]

    assert (len(now.lines), now.more) == (2, 3)
    assert "And 3 more engagements, where less is pressing." in client.get(reverse("today")).content.decode()


@pytest.mark.parametrize("role", [Role.COACHEE, Role.COACH])
def test_today_asks_as_much_for_many_as_for_one(client, role):
    person = make_person()

    def asked() -> int:
        keys.forget()
        with CaptureQueriesContext(connection) as queries:
            today_of(client, person)
        return len(queries)

    make_engagement(**{role: person})
    one = asked()
    for _number in range(12):
        make_engagement(**{role: person})

    assert asked() <= max(one, 15)
    assert asked() == asked()


def test_all_looks_are_one_click_away_instead_of_nothing_else(client):
    engagement = make_running()
    client.force_login(person_of(engagement, Role.MANAGER))
    client.get(reverse("engagement", args=[engagement.pk]))

    page = today_of(client, person_of(engagement, Role.COACHEE)).content.decode()

    assert "Nothing else" not in page
    assert reverse("engagements:looks", args=[engagement.pk]) in page


def test_no_mail_is_promised_for_every_step(client):
    page = today_of(client, make_person()).content.decode()

    assert "For some steps you also get a mail, not for all." in page
