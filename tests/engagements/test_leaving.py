"""Not going on with a preparation: stepping out of it, and ending it for everybody."""

import pytest
from django.urls import reverse

from driehoek.access import Role, Shape, Stage
from driehoek.engagements import actions
from driehoek.engagements.models import Engagement
from driehoek.kit.errors import Refused
from driehoek.outbox.models import Letter
from tests.makers import make_engagement, make_member, make_party, make_person, person_of

pytestmark = pytest.mark.django_db
COACHEE, COACH, SPONSOR, MANAGER = Role.COACHEE, Role.COACH, Role.SPONSOR, Role.MANAGER


def preparing(**given):
    return make_engagement(stage=Stage.PREPARING, **given)


def fresh(engagement):
    return Engagement.objects.get(pk=engagement.pk)


def as_(client, engagement, role):
    client.force_login(person_of(engagement, role))
    return client


def step_out(client, engagement, role):
    party = engagement.parties.get(role=role)
    client.force_login(party.person)
    return client.post(reverse("engagements:step_out", args=[party.pk]), headers={"accept-language": "en"})


@pytest.mark.parametrize("role", [MANAGER, SPONSOR])
def test_manager_or_sponsor_steps_out_and_the_others_go_on(client, role):
    engagement = preparing()

    assert step_out(client, engagement, role).status_code == 302

    assert fresh(engagement).stage == Stage.PREPARING
    assert client.get(reverse("engagement", args=[engagement.pk])).status_code == 404
    shown = as_(client, engagement, COACHEE).get(reverse("engagements:parties", args=[engagement.pk]))
    assert "Stepped out" in shown.content.decode()


@pytest.mark.parametrize("role", [COACHEE, COACH])
def test_without_coachee_or_coach_the_preparation_ends_for_everybody(client, role):
    engagement = preparing()

    step_out(client, engagement, role)

    assert fresh(engagement).stage == Stage.DROPPED
    assert fresh(engagement).closed_on is not None
    shown = as_(client, engagement, SPONSOR).get(reverse("engagement", args=[engagement.pk]))
    assert "The preparation ended on" in shown.content.decode()


def test_without_the_sponsor_of_a_consultancy_nothing_is_left_to_agree(client):
    engagement = preparing(shape=Shape.CONSULTANCY)
    step_out(client, engagement, SPONSOR)
    assert fresh(engagement).stage == Stage.DROPPED


@pytest.mark.parametrize(
    ("role", "says"), [(MANAGER, "goes on without you"), (COACHEE, "ends for everybody")]
)
def test_what_follows_is_read_beforehand(client, role, says):
    engagement = preparing()
    party = engagement.parties.get(role=role)
    client.force_login(party.person)
    shown = client.get(reverse("engagements:step_out", args=[party.pk]), headers={"accept-language": "en"})
    assert says in shown.content.decode()
    assert engagement.parties.get(role=role).accepted_at


@pytest.mark.parametrize("role", [MANAGER, COACHEE])
def test_stepping_out_twice_is_once_and_everybody_else_gets_one_letter(client, role):
    engagement = preparing()
    for _press in range(2):
        assert step_out(client, engagement, role).status_code == 302
    letters = Letter.objects.filter(template="engagement_news")
    assert len(letters) == 3
    assert person_of(engagement, role).email not in [letter.to_address for letter in letters]
    assert engagement.title not in "".join(str(letter.open()) for letter in letters)


def test_somebody_else_is_invited_in_the_place_of_who_stepped_out(client):
    engagement = preparing()
    step_out(client, engagement, MANAGER)
    coach = person_of(engagement, COACH)

    actions.invite(fresh(engagement), by=coach, role=MANAGER, name="Nadia", email="nadia@example.org")

    assert engagement.parties.get(role=MANAGER).left_at is None


def test_nobody_steps_out_in_the_name_of_another(client):
    engagement = preparing()
    client.force_login(person_of(engagement, COACH))
    place = reverse("engagements:step_out", args=[engagement.parties.get(role=MANAGER).pk])
    assert client.post(place).status_code == 404
    with pytest.raises(Refused, match="somebody else"):
        actions.step_out(engagement.parties.get(role=MANAGER), by=person_of(engagement, COACH))


def test_nobody_steps_out_of_what_is_under_way(client):
    engagement = make_engagement()
    answer = step_out(client, engagement, MANAGER)
    assert "The agreement is in force" in answer.content.decode()
    assert engagement.parties.get(role=MANAGER).accepted_at


def test_whoever_began_it_ends_the_preparation_and_twice_is_once(client):
    engagement = preparing()
    coach = as_(client, engagement, COACH)
    for _press in range(2):
        assert coach.post(reverse("engagements:drop", args=[engagement.pk])).status_code == 302
    assert fresh(engagement).stage == Stage.DROPPED
    assert Letter.objects.filter(template="engagement_news").count() == 3


def test_an_administrator_ends_only_what_they_began(client):
    engagement = preparing()
    administrator = make_member(engagement.organisation, is_admin=True).person
    client.force_login(administrator)
    place = reverse("engagements:drop", args=[engagement.pk])
    answer = client.post(place, headers={"accept-language": "en"})
    assert "Only whoever began this preparation" in answer.content.decode()
    Engagement.objects.filter(pk=engagement.pk).update(made_by=administrator)
    assert client.post(place).status_code == 302
    assert fresh(engagement).stage == Stage.DROPPED


def test_an_invitation_to_what_was_dropped_asks_for_nothing_and_lets_nobody_in(client):
    engagement = preparing(without=(SPONSOR,))
    invited = make_person()
    party = make_party(engagement, SPONSOR, invited, accepted_at=None)
    actions.drop_preparation(engagement, by=engagement.made_by)

    client.force_login(invited)
    today = client.get(reverse("today"), headers={"accept-language": "en"})
    assert reverse("engagements:answer_invitation", args=[party.pk]) not in today.content.decode()
    with pytest.raises(Refused, match="The preparation has ended meanwhile"):
        actions.accept_invitation(party, by=invited, name="Ellen")


def test_nothing_is_asked_in_what_was_dropped_and_the_page_of_today_lets_it_go(client):
    engagement = preparing()
    actions.drop_preparation(engagement, by=engagement.made_by)
    shown = as_(client, engagement, COACHEE).get(reverse("today")).content.decode()
    assert engagement.title not in shown
    listed = client.get(reverse("engagements:index"), headers={"accept-language": "en"}).content.decode()
    assert "Never begun" in listed


def test_an_agreement_is_neither_changed_nor_put_in_force_in_what_was_dropped():
    engagement = preparing()
    actions.drop_preparation(engagement, by=engagement.made_by)
    with pytest.raises(Refused, match="The preparation has ended"):
        actions.put_in_force(engagement, table=engagement.table, fingerprint="e" * 64, on=engagement.made_at)
