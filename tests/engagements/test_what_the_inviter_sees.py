"""The page of parties tells the inviter what they may know: what they typed, and whether the mail arrived."""

import pytest
from django.urls import reverse

from driehoek.access import Role, Stage
from driehoek.engagements.actions import accept_invitation, invite, send_again
from driehoek.engagements.models import Engagement
from driehoek.outbox.models import Letter
from tests.makers import make_engagement, make_member, make_organisation, make_person, person_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def known():
    return make_person("Een Echte Naam", email="known@example.org")


@pytest.fixture
def engagement():
    return make_engagement(
        stage=Stage.PREPARING,
        coach=make_person("Marijke Aalbers"),
        without=(Role.COACHEE, Role.MANAGER, Role.SPONSOR),
    )


@pytest.fixture
def party(engagement, known):
    return invite(engagement, by=engagement.made_by, role=Role.COACHEE, name="x", email=known.email)


def pages_of(client, engagement) -> str:
    client.force_login(engagement.made_by)
    names = (("engagements:parties", [engagement.pk]), ("engagement", [engagement.pk]), ("today", []))
    pages = [client.get(reverse(name, args=args)) for name, args in names]
    pages.append(client.get(reverse("engagements:index")))
    return "".join(page.content.decode() for page in pages)


def test_inviting_an_address_does_not_tell_whose_it_is(client, engagement, known):
    client.force_login(engagement.made_by)
    typed = {"role": "coachee", "coachee-name": "x", "coachee-email": known.email, "coachee-language": "nl"}

    answer = client.post(reverse("engagements:parties", args=[engagement.pk]), typed, follow=True)

    assert engagement.parties.filter(person=known).exists()
    assert "Een Echte Naam" not in answer.content.decode()
    assert "Echte" not in pages_of(client, engagement)


def test_own_name_stands_there_once_the_person_takes_part(client, engagement, party, known):
    accept_invitation(party, by=known, name="Een Echte Naam")

    assert "Een Echte Naam" in pages_of(client, engagement)


def test_invitation_that_could_not_be_delivered_says_so_until_it_is_sent_again(client, engagement, party):
    Letter.objects.update(failed=True)
    assert "The mail to this address could not be delivered." in pages_of(client, engagement)

    send_again(party, by=engagement.made_by)

    assert "could not be delivered" not in pages_of(client, engagement)


def test_an_invitation_that_came_back_is_the_first_thing_today_until_it_is_sent_again(
    client, engagement, party
):
    client.force_login(engagement.made_by)

    def asked():
        now = client.get(reverse("today"), headers={"accept-language": "en"}).context["now"]
        return [step.title for step in [now.next, *now.steps] if step]

    words = "The invitation for the coachee could not be delivered"
    before = asked()
    Letter.objects.filter(about=party.pk).update(failed=True)
    lost = asked()
    send_again(party, by=engagement.made_by)

    assert words not in before
    assert lost[0] == words
    assert words not in asked()


@pytest.mark.parametrize("role", [Role.COACHEE, Role.COACH, Role.MANAGER, Role.SPONSOR])
def test_invited_person_reads_what_is_open_before_anyone_has_signed(client, role):
    engagement = make_engagement(stage=Stage.PREPARING, without=(role,))
    party = invite(engagement, by=engagement.made_by, role=role, name="x", email="new@example.org")
    client.force_login(party.person)

    page = client.get(reverse("engagements:answer_invitation", args=[party.pk])).content.decode()

    before = page.split("You see once everyone has signed")[0].split("You see already while preparing")[1]
    assert "nothing is shown before you have signed" not in page
    assert "everyone who takes part reads “Goals and criteria”, “The agreement”, “The six questions”" in page
    for kind in ("Goals and criteria", "The agreement", "The six questions"):
        assert kind in before
    assert ("The first conversation" in before) is (role in (Role.COACHEE, Role.COACH))


def test_two_presses_on_begin_are_one_engagement(client):
    coach = make_person()
    make_member(make_organisation(), coach, is_coach=True)
    client.force_login(coach)
    form = client.get(reverse("engagements:new")).context["form"]
    typed = {name: form[name].value() for name in ("organisation", "engagement_id")}
    typed |= {"title": "Pilot", "shape": "coaching", "role": "coach"}

    answers = [client.post(reverse("engagements:new"), typed) for _press in range(2)]

    assert answers[0].url == answers[1].url
    assert Engagement.objects.count() == 1


def test_page_of_parties_costs_at_most_ten_queries(client, engagement, party, django_assert_max_num_queries):
    client.force_login(person_of(engagement, Role.COACH))

    with django_assert_max_num_queries(10):
        client.get(reverse("engagements:parties", args=[engagement.pk]))
