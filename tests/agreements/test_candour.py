"""Nothing kept back: nothing is offered while somebody still has something to tell the coachee."""

import pytest

from driehoek.access import Role, Shape
from driehoek.agreements.actions import answer_candour, offer
from driehoek.agreements.models import Draft, Version
from driehoek.agreements.queries import asked_of, with_signs
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import Asking
from driehoek.kit.errors import Refused
from tests.agreements.makers import address, author_of, make_draft, make_offered, make_preparing, signed_in
from tests.makers import make_engagement, make_person, person_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def engagement():
    made = make_preparing()
    make_draft(made)
    Draft.objects.update(candour={})
    return made


def say(engagement, role, answer):
    return answer_candour(engagement, by=person_of(engagement, role), answer=answer)


def asked(engagement, role):
    person = person_of(engagement, role)
    found = with_signs(Engagement.objects.seen_by(person), Asking.by(person)).get(pk=engagement.pk)
    return [step.title for step in asked_of(found, person)]


def test_an_agreement_waits_for_the_answer_of_everybody_of_the_organisation(engagement):
    say(engagement, Role.MANAGER, "nothing")

    with pytest.raises(Refused, match="says whether"):
        offer(engagement, by=author_of(engagement))
    say(engagement, Role.SPONSOR, "nothing")
    assert offer(engagement, by=author_of(engagement)).state == Version.State.OFFERED


def test_a_yes_waits_until_it_has_been_told(engagement):
    say(engagement, Role.SPONSOR, "nothing")
    say(engagement, Role.MANAGER, "to_tell")

    with pytest.raises(Refused, match="first has something to tell"):
        offer(engagement, by=author_of(engagement))
    say(engagement, Role.MANAGER, "told")
    assert offer(engagement, by=author_of(engagement)).state == Version.State.OFFERED


def test_who_takes_over_the_place_is_asked_anew(engagement):
    say(engagement, Role.MANAGER, "nothing")
    say(engagement, Role.SPONSOR, "nothing")
    engagement.parties.filter(role=Role.MANAGER).update(person=make_person())

    with pytest.raises(Refused, match="says whether"):
        offer(engagement, by=author_of(engagement))
    assert asked(engagement, Role.MANAGER)[0].startswith("Is there anything ")


def test_manager_and_sponsor_are_asked_and_nobody_else(engagement):
    assert asked(engagement, Role.MANAGER)[0].startswith("Is there anything ")
    assert asked(engagement, Role.SPONSOR)[0].startswith("Is there anything ")
    for role in (Role.COACHEE, Role.COACH):
        assert not [title for title in asked(engagement, role) if title.startswith("Is there anything ")]

    say(engagement, Role.MANAGER, "to_tell")
    assert asked(engagement, Role.MANAGER)[0].startswith("Tell ")
    say(engagement, Role.MANAGER, "told")
    assert asked(engagement, Role.MANAGER) == []


def test_the_answer_is_given_on_a_page_that_never_asks_what_it_is(engagement):
    client = signed_in(engagement, Role.MANAGER, "nl")
    page = client.get(address("candour", engagement)).content.decode()
    assert "Het gaat om de reden van deze coaching" in page
    assert "Je zegt alleen ja of nee. Wat het is, wordt nooit gevraagd" in page
    assert "<textarea" not in page

    assert client.post(address("candour", engagement), {"answer": "to_tell"}).status_code == 302

    assert Draft.objects.get().candour == {str(person_of(engagement, Role.MANAGER).pk): "to_tell"}
    again = client.get(address("candour", engagement)).context["form"]
    assert again["answer"].value() == "to_tell"


def test_everybody_sees_what_offering_waits_for(engagement):
    say(engagement, Role.MANAGER, "to_tell")

    page = signed_in(engagement, Role.COACHEE, "nl").get(address("disclosure", engagement)).content.decode()

    assert "eerst nog iets te vertellen" in page


@pytest.mark.parametrize("typed", ["", "perhaps"])
def test_another_answer_gets_a_sentence(engagement, typed):
    answer = signed_in(engagement, Role.MANAGER, "nl").post(address("candour", engagement), {"answer": typed})

    assert answer.status_code == 200
    assert answer.context["form"].errors["answer"]


@pytest.mark.parametrize("role", [Role.COACHEE, Role.COACH])
def test_who_is_not_of_the_organisation_is_not_asked(engagement, role):
    assert signed_in(engagement, role).get(address("candour", engagement)).status_code == 403
    with pytest.raises(Refused, match="line manager and sponsor"):
        say(engagement, role, "nothing")


def test_nothing_is_asked_where_nobody_is_coached():
    advice = make_engagement(shape=Shape.CONSULTANCY, stage="preparing")

    page = signed_in(advice, Role.SPONSOR).get(address("candour", advice)).content.decode()

    assert "Nobody is coached here" in page
    assert not [title for title in asked(advice, Role.SPONSOR) if title.startswith("Is there anything ")]


def test_nothing_is_answered_any_more_once_a_version_is_offered():
    made = make_preparing()
    make_offered(made)

    with pytest.raises(Refused):
        say(made, Role.MANAGER, "to_tell")
