"""Inviting people into an engagement, and who may not hold which roles together."""

from uuid import uuid4

import pytest
from django.urls import reverse

from driehoek.access import Role, Shape, Stage
from driehoek.engagements.actions import (
    accept_invitation,
    decline_invitation,
    invite,
    send_again,
    start_engagement,
    withdraw_invitation,
)
from driehoek.engagements.models import Engagement
from driehoek.kit.errors import Refused
from driehoek.outbox.models import Letter
from driehoek.people.models import Person
from tests.makers import make_engagement, make_member, make_organisation, make_party, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def coach():
    return make_person("Marijke Aalbers")


@pytest.fixture
def coachee():
    return make_person("Johan Verbeek")


@pytest.fixture
def engagement(coach):
    return make_engagement(
        stage=Stage.PREPARING, coach=coach, without=(Role.COACHEE, Role.MANAGER, Role.SPONSOR)
    )


def ask(engagement, role, person, *, by=None, **more):
    facts = {"by": by or engagement.made_by, "role": role, "name": person.name, "email": person.email}
    return invite(engagement, **(facts | more))


def test_invited_person_gets_a_letter_without_content_and_is_not_in_yet(engagement):
    party = invite(
        engagement, by=engagement.made_by, role=Role.COACHEE, name="Johan Verbeek", email="Johan@Example.org"
    )

    letter = Letter.objects.get()
    assert (letter.to_address, letter.template) == ("johan@example.org", "invitation")
    assert engagement.title not in letter.open()["text"]
    assert party.accepted_at is None
    assert not engagement.roles_of(party.person)


def test_same_invitation_twice_is_one_invitation_and_one_letter(engagement, coachee):
    assert ask(engagement, Role.COACHEE, coachee) == ask(engagement, Role.COACHEE, coachee)

    assert Letter.objects.count() == 1


def test_address_in_other_capitals_is_the_same_person(engagement, coachee):
    ask(engagement, Role.COACHEE, coachee, email=coachee.email.upper())

    assert Person.objects.filter(email__iexact=coachee.email).count() == 1


def test_taken_role_is_refused(engagement, coachee):
    ask(engagement, Role.COACHEE, coachee)

    with pytest.raises(Refused, match="already invited for this role"):
        ask(engagement, Role.COACHEE, make_person())


def test_role_of_another_kind_of_engagement_is_refused(engagement):
    with pytest.raises(Refused, match="does not exist in this kind"):
        ask(engagement, Role.CONSULTANT, make_person())


def test_nobody_is_invited_after_signing(coach):
    running = make_engagement(stage=Stage.ACTIVE, coach=coach, without=(Role.MANAGER,))

    with pytest.raises(Refused, match="Nobody joins after that"):
        ask(running, Role.MANAGER, make_person())


def test_manager_of_the_coachee_cannot_be_the_coach(engagement, coach, coachee):
    make_engagement(manager=coach, coachee=coachee)

    with pytest.raises(Refused) as refusal:
        ask(engagement, Role.COACHEE, coachee)

    assert refusal.value.message == "Marijke Aalbers manages Johan Verbeek, and so cannot be the coach."


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("role", [Role.MANAGER, Role.SPONSOR])
def test_coach_elsewhere_cannot_be_manager_or_sponsor_in_whatever_stage(engagement, coachee, role, stage):
    other_coach = make_person("Ruben Terpstra")
    make_engagement(coach=other_coach, coachee=coachee, stage=stage)
    accept_invitation(ask(engagement, Role.COACHEE, coachee), by=coachee, name="Johan Verbeek")
    party = ask(engagement, role, other_coach)

    with pytest.raises(Refused, match="Ruben Terpstra coaches Johan Verbeek, and so cannot be"):
        accept_invitation(party, by=other_coach, name="Ruben Terpstra")


def test_inviter_hears_nothing_of_a_relation_that_lies_elsewhere(engagement, coachee):
    other_coach = make_person("Ruben Terpstra")
    make_engagement(coach=other_coach, coachee=coachee)
    ask(engagement, Role.COACHEE, coachee)

    assert ask(engagement, Role.MANAGER, other_coach).accepted_at is None


def test_inviter_hears_at_once_what_they_take_part_in_themselves(engagement, coach, coachee):
    other_coach = make_person("Ruben Terpstra")
    make_engagement(coach=other_coach, coachee=coachee, sponsor=coach)

    with pytest.raises(Refused, match="Marijke Aalbers is the sponsor of Johan Verbeek"):
        ask(engagement, Role.COACHEE, coachee)


def test_coachee_is_not_held_up_by_somebody_who_has_not_answered(engagement, coachee):
    other_coach = make_person("Ruben Terpstra")
    make_engagement(coach=other_coach, coachee=coachee)
    ask(engagement, Role.MANAGER, other_coach)
    party = ask(engagement, Role.COACHEE, coachee)

    assert accept_invitation(party, by=coachee, name="Johan Verbeek").accepted_at


def test_last_of_two_who_accept_is_refused_whichever_comes_first(engagement, coachee):
    other_coach = make_person("Ruben Terpstra")
    make_engagement(coach=other_coach, coachee=coachee)
    party = ask(engagement, Role.COACHEE, coachee)
    manager = ask(engagement, Role.MANAGER, other_coach)
    accept_invitation(manager, by=other_coach, name="Ruben Terpstra")

    with pytest.raises(Refused, match="Ruben Terpstra coaches Johan Verbeek"):
        accept_invitation(party, by=coachee, name="Johan Verbeek")


def test_coach_of_one_coachee_may_manage_another(engagement, coachee):
    other_coach = make_person()
    make_engagement(coach=other_coach)
    ask(engagement, Role.COACHEE, coachee)

    assert ask(engagement, Role.MANAGER, other_coach).person == other_coach


def test_declined_role_elsewhere_does_not_count(engagement, coachee):
    other = make_person()
    elsewhere = make_engagement(coachee=coachee, without=(Role.MANAGER,))
    from driehoek.kit import clock

    make_party(elsewhere, Role.MANAGER, other, accepted_at=None, declined_at=clock.now())
    mine = make_engagement(
        stage=Stage.PREPARING, coach=other, without=(Role.COACHEE, Role.MANAGER, Role.SPONSOR)
    )

    assert ask(mine, Role.COACHEE, coachee)


def test_conflict_that_arose_after_the_invitation_is_refused_at_accepting(engagement, coach, coachee):
    party = ask(engagement, Role.COACHEE, coachee)
    make_engagement(sponsor=coach, coachee=coachee)

    with pytest.raises(Refused, match="is the sponsor of Johan Verbeek"):
        accept_invitation(party, by=coachee, name="Johan Verbeek")


def test_coach_cannot_be_coachee_too(engagement, coach):
    with pytest.raises(Refused, match="already has another role in this engagement"):
        ask(engagement, Role.COACHEE, coach)


def test_coachee_cannot_be_the_manager_too(engagement, coachee):
    ask(engagement, Role.COACHEE, coachee)

    with pytest.raises(Refused, match="already has another role"):
        ask(engagement, Role.MANAGER, coachee)


def test_manager_may_be_sponsor_too(engagement):
    both = make_person()
    ask(engagement, Role.MANAGER, both)

    assert ask(engagement, Role.SPONSOR, both)


def test_accepting_twice_is_accepting_once_under_the_own_name(engagement):
    party = invite(engagement, by=engagement.made_by, role=Role.COACHEE, name="J.", email="j@example.org")
    first = accept_invitation(party, by=party.person, name="Johan Verbeek")
    second = accept_invitation(party, by=party.person, name="Johan Verbeek")

    assert first.accepted_at == second.accepted_at
    assert Person.objects.get(email="j@example.org").name == "Johan Verbeek"


@pytest.mark.parametrize("answer", ["joined", "declined"])
def test_who_invited_gets_one_letter_with_the_answer(engagement, coach, coachee, answer):
    party = ask(engagement, Role.COACHEE, coachee)

    for _press in range(2):
        if answer == "joined":
            accept_invitation(party, by=coachee, name="Johan Verbeek")
        else:
            decline_invitation(party, by=coachee)

    letter = Letter.objects.get(template="engagement_news")
    says = {"joined": "een uitnodiging is aangenomen", "declined": "een uitnodiging is afgeslagen"}
    assert letter.to_address == coach.email
    assert says[answer] in letter.open()["text"]


def test_somebody_else_cannot_accept(engagement, coachee):
    party = ask(engagement, Role.COACHEE, coachee)

    with pytest.raises(Refused, match="somebody else"):
        accept_invitation(party, by=make_person(), name="Mallory")


def test_declined_invitation_makes_room_for_another_person(engagement, coachee):
    party = ask(engagement, Role.COACHEE, coachee)
    decline_invitation(party, by=coachee)
    with pytest.raises(Refused, match="You declined"):
        accept_invitation(party, by=coachee, name="Johan")

    assert ask(engagement, Role.COACHEE, make_person()).accepted_at is None


def test_answered_invitation_is_neither_sent_again_nor_withdrawn(engagement, coachee, coach):
    party = ask(engagement, Role.COACHEE, coachee)
    accept_invitation(party, by=coachee, name="Johan")

    for deed in (send_again, withdraw_invitation):
        with pytest.raises(Refused, match="answered this invitation already"):
            deed(party, by=coach)


def test_what_was_withdrawn_in_this_very_moment_gets_a_sentence(engagement, coachee, coach):
    party = ask(engagement, Role.COACHEE, coachee)
    withdraw_invitation(party, by=coach)

    with pytest.raises(Refused, match="has been withdrawn"):
        accept_invitation(party, by=coachee, name="Johan")
    with pytest.raises(Refused, match="has been withdrawn"):
        decline_invitation(party, by=coachee)
    with pytest.raises(Refused, match="has been withdrawn"):
        send_again(party, by=coach)


def test_withdrawn_invitation_is_gone_for_its_person(client, engagement, coachee, coach):
    party = ask(engagement, Role.COACHEE, coachee)
    withdraw_invitation(party, by=coach)
    client.force_login(coachee)

    assert client.get(reverse("engagements:answer_invitation", args=[party.pk])).status_code == 404


def test_party_may_come_from_another_organisation(engagement, coachee):
    party = ask(engagement, Role.COACHEE, coachee, organisation_name="  Zorggroep   Maasoever ")
    sponsor = ask(engagement, Role.SPONSOR, make_person(), organisation_name="zorggroep maasoever")
    host = ask(
        engagement, Role.MANAGER, make_person(), organisation_name=engagement.organisation.name.upper()
    )

    assert party.organisation.name == "Zorggroep Maasoever"
    assert sponsor.organisation == party.organisation
    assert host.organisation == engagement.organisation


def test_engagement_begins_with_its_maker_in_their_role(coach):
    place = make_member(make_organisation(), coach, is_coach=True)

    begun = start_engagement(
        by=coach, title="Pilot", shape=Shape.COACHING, organisation=place.organisation, role=Role.COACH,
        problem="My team waits",
    )  # fmt: skip

    begun.refresh_from_db()
    assert begun.roles_of(coach) == {Role.COACH}
    assert (begun.stage, begun.problem) == (Stage.PREPARING, "My team waits")


@pytest.mark.parametrize(
    ("place", "role"),
    [
        ({}, Role.COACH),
        ({"is_coach": True}, Role.SPONSOR),
        ({"is_coach": True}, Role.ORG_ADMIN),
        ({"is_coach": True, "is_admin": True}, Role.COACHEE),
        ({"is_coach": True}, Role.CONSULTANT),
    ],
)
def test_who_may_not_begin_in_this_role_is_refused(coach, place, role):
    organisation = make_member(make_organisation(), coach, **place).organisation

    with pytest.raises(Refused):
        start_engagement(by=coach, title="T", shape=Shape.COACHING, organisation=organisation, role=role)


def test_same_engagement_begun_twice_is_one(coach):
    place = make_member(make_organisation(), coach, is_coach=True)
    facts = {"by": coach, "title": "Pilot", "shape": Shape.COACHING, "role": Role.COACH}
    facts |= {"organisation": place.organisation, "engagement_id": uuid4()}

    first, second = start_engagement(**facts), start_engagement(**facts)

    assert first == second
    assert Engagement.objects.count() == 1


def test_id_of_an_engagement_of_somebody_else_begins_and_tells_nothing(coach):
    place = make_member(make_organisation(), coach, is_coach=True)
    other = make_engagement()

    with pytest.raises(Refused, match="used already"):
        start_engagement(
            by=coach, title="T", shape=Shape.COACHING, organisation=place.organisation, role=Role.COACH,
            engagement_id=other.pk,
        )  # fmt: skip


def test_administrator_begins_without_taking_part(coach):
    place = make_member(make_organisation(), coach, is_admin=True)

    begun = start_engagement(
        by=coach, title="T", shape=Shape.COACHING, organisation=place.organisation, role=Role.ORG_ADMIN
    )

    assert not begun.parties.exists()


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SPONSOR])
def test_administrator_does_not_become_a_reader_by_inviting_themselves(coach, role):
    begun = make_engagement(stage=Stage.PREPARING, without=(role,))
    make_member(begun.organisation, coach, is_admin=True)

    with pytest.raises(Refused, match="your own address"):
        invite(begun, by=coach, role=role, name=coach.name, email=coach.email)
