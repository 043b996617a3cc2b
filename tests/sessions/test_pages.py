"""Every page of the sessions opens for those it is for."""

from datetime import timedelta

import pytest
from django.urls import reverse

from driehoek.access import Role, Stage
from driehoek.kit import clock
from driehoek.sessions.actions import mark_held, write_notes
from driehoek.sessions.queries import stops_of
from tests.makers import person_of
from tests.sessions.makers import held, make_coaching, make_session, page, signed_in

pytestmark = pytest.mark.django_db
BOTH = (Role.COACHEE, Role.COACH)
EN = {"accept-language": "en"}


@pytest.mark.parametrize("role", BOTH)
@pytest.mark.parametrize("name", ["index", "calendar"])
def test_the_list_and_the_calendar_open_for_coachee_and_coach(role, name):
    engagement = make_coaching()
    make_session(engagement)

    answer = signed_in(engagement, role).get(page(engagement, name))

    assert answer.status_code == 200


@pytest.mark.parametrize("role", BOTH)
@pytest.mark.parametrize("name", ["show", "talk", "close", "reflection"])
def test_the_pages_of_one_session_open_for_coachee_and_coach(role, name):
    engagement = make_coaching()
    held(make_session(engagement))

    answer = signed_in(engagement, role).get(page(engagement, name, 1))

    assert answer.status_code == 200


def test_a_session_is_rounded_off_once_it_has_begun_and_changed_after_that():
    engagement = make_coaching()
    session = make_session(engagement, starts_at=clock.now() + timedelta(days=2))
    coach, close = signed_in(engagement, Role.COACH), page(engagement, "close", 1)

    def shown():
        return coach.get(page(engagement, "show", 1), headers=EN).content.decode()

    assert close not in shown()
    with clock.moved_to(session.starts_at + timedelta(minutes=1)):
        assert "Round off the session" in shown()
        mark_held(session, minutes=60)
        assert close in shown()
        assert "Round off the session" not in shown()


def test_the_page_of_a_session_to_come_leads_the_coach_to_the_brief_and_the_coachee_to_the_question():
    engagement = make_coaching()
    session = make_session(engagement, starts_at=clock.now() + timedelta(days=2))
    brief, prepare = reverse("brief", args=[engagement.pk, 1]), page(engagement, "prepare", 1)

    def shown(role):
        return signed_in(engagement, role).get(page(engagement, "show", 1), headers=EN).content.decode()

    assert (brief in shown(Role.COACH), prepare in shown(Role.COACH)) == (True, False)
    assert (brief in shown(Role.COACHEE), prepare in shown(Role.COACHEE)) == (False, True)
    assert "Write your question" in shown(Role.COACHEE)
    write_notes(session, texts={"question": "Hoe?"}, by=person_of(engagement, Role.COACHEE))
    assert "Change your question" in shown(Role.COACHEE)
    held(session)
    assert brief not in shown(Role.COACH)


@pytest.mark.parametrize(("role", "name"), [(Role.COACHEE, "prepare"), (Role.COACH, "talk")])
def test_a_session_to_come_leads_from_the_path_to_what_its_reader_does_with_it(role, name):
    engagement = make_coaching()
    make_session(engagement, starts_at=clock.now() + timedelta(days=20))

    stops = stops_of(engagement, person_of(engagement, role))

    assert [stop.url for stop in stops] == [page(engagement, name, 1)]


@pytest.mark.parametrize(
    ("role", "name"), [(Role.COACHEE, "prepare"), (Role.COACHEE, "reflect"), (Role.COACH, "move")]
)
def test_a_page_that_one_of_them_writes_opens_for_that_one_only(role, name):
    engagement = make_coaching()
    make_session(engagement)
    other = Role.COACH if role is Role.COACHEE else Role.COACHEE

    assert signed_in(engagement, role).get(page(engagement, name, 1)).status_code == 200
    assert signed_in(engagement, other).get(page(engagement, name, 1)).status_code == 403


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SPONSOR])
@pytest.mark.parametrize(
    "name", ["show", "talk", "note", "close", "prepare", "reflect", "reflection", "move"]
)
def test_manager_and_sponsor_open_no_page_of_a_session_and_hear_why(role, name):
    engagement = make_coaching()
    session = make_session(engagement)
    write_notes(session, texts={"question": "Hoe zeg ik nee?"}, by=person_of(engagement, Role.COACHEE))

    answer = signed_in(engagement, role).get(page(engagement, name, 1))

    assert answer.status_code == 403
    assert "Hoe zeg ik nee?" not in answer.content.decode()
    assert "coach" in answer.content.decode()


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SPONSOR])
@pytest.mark.parametrize("name", ["index", "calendar", "plan", "add"])
def test_manager_and_sponsor_see_no_dates(role, name):
    engagement = make_coaching()
    make_session(engagement)

    assert signed_in(engagement, role).get(page(engagement, name)).status_code == 403


def test_after_closing_the_conversation_is_read_and_no_longer_written():
    engagement = make_coaching(stage=Stage.CLOSED)
    session = held(make_session(engagement))
    client = signed_in(engagement, Role.COACHEE)

    assert client.get(page(engagement, "talk", 1)).url == page(engagement, "show", 1)
    assert client.get(page(engagement, "show", session.number)).status_code == 200
    assert client.post(page(engagement, "note", 1), {"phase": "goal", "goal": "Later"}).status_code == 403


def test_a_session_that_does_not_exist_is_not_found():
    engagement = make_coaching()

    assert signed_in(engagement, Role.COACH).get(page(engagement, "talk", 9)).status_code == 404
