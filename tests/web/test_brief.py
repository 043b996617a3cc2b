"""What a coach reads before a session: one page, and nobody else's."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from driehoek.access import Role
from driehoek.kit import clock
from driehoek.plans.actions import add_action
from driehoek.sessions.actions import write_notes, write_private_note, write_reflection
from tests.makers import person_of
from tests.measures.makers import make_agreed, make_values, measure
from tests.sessions.makers import held, make_session, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    """The second session, tomorrow, with a question, after a first one that left much behind."""
    engagement = make_agreed()
    coach, coachee = (person_of(engagement, role) for role in (Role.COACH, Role.COACHEE))
    last = held(make_session(engagement, 1, starts_at=clock.now() - timedelta(days=20)))
    write_reflection(last, text="Ik vroeg het drie keer.")
    write_private_note(last, text="Let op haar adem.", opened=None, by=coach)
    coming = make_session(engagement, 2, starts_at=clock.now() + timedelta(days=1))
    written = {"question": "Hoe vraag ik het Peter?", "since": "Er kwam een nieuwe planning."}
    write_notes(coming, texts=written, opened={}, by=coachee)
    add_action(engagement, text="Om half vijf stoppen", owner=Role.COACHEE)
    return coming


def read(session, role):
    address = reverse("brief", args=[session.engagement_id, session.number])
    return signed_in(session.engagement, role).get(address, headers={"accept-language": "en"})


def test_all_that_a_coach_reads_beforehand_stands_on_one_page(session):
    measure(session.engagement, [(clock.today() - timedelta(days=n), "4") for n in (40, 3, 2)])

    said = read(session, Role.COACH).content.decode()

    for words in ("Hoe vraag ik het Peter?", "nieuwe planning", "drie keer", "haar adem", "half vijf"):
        assert words in said
    assert session.engagement.goals.get().about in said
    assert "2 values since last time." in said


def test_before_the_first_session_it_says_what_is_not_there_yet(session):
    engagement = session.engagement
    engagement.sessions.filter(number=1).delete()
    session.notes.exclude(part="since").delete()
    session.number = session.nth = 1
    session.save()

    said = read(session, Role.COACH).content.decode()

    assert "This is the first one." in said
    assert "What is going on now" in said
    assert "last time" not in said
    assert "There is no question yet." in said


@pytest.mark.parametrize("role", [Role.COACHEE, Role.MANAGER, Role.SPONSOR])
def test_it_is_for_the_coach_alone(session, role):
    answer = read(session, role)

    assert answer.status_code == 403
    assert "haar adem" not in answer.content.decode()


def test_once_the_session_is_held_it_leads_to_what_was_written(session):
    held(session)

    answer = read(session, Role.COACH)

    assert answer.url == reverse("sessions:show", args=[session.engagement_id, session.number])


def test_it_asks_as_much_for_one_value_and_action_as_for_two_hundred(session):
    coach = signed_in(session.engagement, Role.COACH)
    address = reverse("brief", args=[session.engagement_id, session.number])

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert coach.get(address).status_code == 200
        return len(queries)

    make_values(session.engagement, 1)
    asked()  # what is put together once is put together
    few = asked()
    session.engagement.observations.all().delete()
    make_values(session.engagement, 200)
    first = session.engagement.actions.get()
    type(first).objects.bulk_create(type(first)(**_copied(first)) for _number in range(200))

    assert asked() == few <= 10


def _copied(action):
    kept = ("engagement", "text", "owner", "made_at", "changed_at")
    return {name: getattr(action, name) for name in kept}
