"""Nobody reads the six questions while somebody is still invited, unless the coachee decides not to wait."""

import pytest
from django.urls import reverse

from driehoek.access import Role
from driehoek.engagements.actions import accept_invitation, withdraw_invitation
from driehoek.intake.actions import show_now
from driehoek.intake.models import IntakeForm
from driehoek.kit.errors import Refused
from driehoek.outbox.models import Letter
from tests.intake.makers import answer, at, preparing, url
from tests.makers import make_party, make_person, person_of

pytestmark = pytest.mark.django_db
OPEN = "woord-van-de-coachee"


@pytest.fixture
def engagement(client):
    """Coach and coachee have handed in; the manager is invited and has said nothing."""
    made = preparing(without=(Role.MANAGER, Role.SPONSOR))
    make_party(made, Role.MANAGER, make_person("Geheim"), accepted_at=None, called="Marijke")
    answer(client, made, Role.COACH, "woord van de coach")
    answer(client, made, Role.COACHEE, OPEN)
    return made


def read_by(client, engagement, role) -> str:
    browser = at(client, engagement, role)
    pages = [browser.get(url(name, engagement), follow=True) for name in ("compare", "waiting")]
    return "".join(page.content.decode() for page in pages)


def test_coach_reads_nothing_while_the_manager_is_invited(client, engagement):
    assert OPEN not in read_by(client, engagement, Role.COACH)
    assert not IntakeForm.objects.filter(shown_at__isnull=False).exists()


def test_who_is_missing_is_named_as_the_inviter_called_them(client, engagement):
    page = at(client, engagement, Role.COACHEE).get(url("questions", engagement)).content.decode()

    assert "Marijke" in page
    assert reverse("intake:show", args=[engagement.pk]) in page


def test_coachee_decides_not_to_wait(client, engagement):
    reply = at(client, engagement, Role.COACHEE).post(url("show", engagement))

    assert reply.url == url("compare", engagement)
    assert OPEN in read_by(client, engagement, Role.COACH)


def test_not_waiting_is_offered_after_the_own_answers_only(client):
    engagement = preparing()
    answer(client, engagement, Role.MANAGER, "woord")
    page = at(client, engagement, Role.COACHEE).get(url("questions", engagement)).content.decode()

    assert url("show", engagement) not in page
    with pytest.raises(Refused, match="eigen antwoorden"):
        show_now(engagement, by=person_of(engagement, Role.COACHEE))


@pytest.mark.parametrize("role", [Role.COACH, Role.MANAGER, Role.SPONSOR])
def test_nobody_else_decides_it(client, role):
    engagement = preparing()
    answer(client, engagement, Role.COACHEE, OPEN)

    assert at(client, engagement, role).post(url("show", engagement)).status_code == 403


def test_who_was_not_waited_for_answers_without_having_read(client, engagement):
    at(client, engagement, Role.COACHEE).post(url("show", engagement))
    party = engagement.parties.get(role=Role.MANAGER)
    accept_invitation(party, by=party.person, name="Anneke")

    assert OPEN not in read_by(client, engagement, Role.MANAGER)
    answer(client, engagement, Role.MANAGER, "later")
    assert OPEN in read_by(client, engagement, Role.MANAGER)


def test_draft_of_somebody_who_was_not_waited_for_stays_closed(client):
    engagement = preparing()
    answer(client, engagement, Role.COACHEE, OPEN)
    at(client, engagement, Role.SPONSOR).post(url("question", engagement, 2), {"responsible": "nog een klad"})
    answer(client, engagement, Role.COACH, "woord van de coach")
    at(client, engagement, Role.COACHEE).post(url("show", engagement))

    assert "nog een klad" not in read_by(client, engagement, Role.COACH)


def test_withdrawn_invitation_is_waited_for_no_longer(client, engagement):
    withdraw_invitation(engagement.parties.get(role=Role.MANAGER), by=person_of(engagement, Role.COACH))

    assert OPEN in read_by(client, engagement, Role.COACH)


@pytest.mark.parametrize("role", [Role.COACHEE, Role.MANAGER])
def test_page_says_exactly_when_others_read(client, role):
    engagement = preparing()
    client.cookies["django_language"] = "en"
    page = at(client, engagement, role).get(url("question", engagement, 2)).content.decode()

    assert "Others read it once everyone has handed in, whoever is still invited too." in page
    assert ("Earlier only when Saskia decides not to wait." in page) is (role is Role.MANAGER)


def test_who_still_has_to_answer_gets_one_letter_without_content(client):
    engagement = preparing()
    for role in (Role.COACHEE, Role.SPONSOR):
        answer(client, engagement, role, OPEN)

    letters = Letter.objects.filter(template="your_turn")
    assert sorted(letters.values_list("to_address", flat=True)) == sorted(
        person_of(engagement, role).email for role in (Role.COACH, Role.MANAGER, Role.SPONSOR)
    )
    assert all(OPEN not in letter.open()["text"] for letter in letters)
