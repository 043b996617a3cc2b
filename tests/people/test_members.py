"""The page of an organisation's administrator: who belongs to it, and what they may do there."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from driehoek.access import Role, Stage
from driehoek.kit.errors import Refused
from driehoek.outbox.models import Letter
from driehoek.people.actions import end_membership, take_administration
from driehoek.people.models import Membership, Person
from driehoek.people.queries import hosts
from tests.makers import make_engagement, make_member, make_organisation, make_party, make_person, person_of

pytestmark = pytest.mark.django_db
NEW = {"name": "Saskia Holwerda", "email": "Saskia@Example.org", "right": "coach", "language": "nl"}


@pytest.fixture
def place():
    """The membership of the only administrator."""
    return make_member(make_organisation("De Vliet"), make_person("Ruben Terpstra"), is_admin=True)


@pytest.fixture
def page(place):
    return reverse("people:members", args=[place.organisation_id])


@pytest.fixture
def ruben(client, place):
    """The browser of the administrator."""
    client.force_login(place.person)
    return client


def deed(name: str, place: Membership) -> str:
    return reverse(name, args=[place.organisation_id, place.pk])


TAKE, REMOVE = "people:take_administration", "engagements:remove_member"


def test_a_coach_who_is_added_can_begin_an_engagement(ruben, place, page):
    answer = ruben.post(page, NEW)

    saskia = Person.objects.get(email="saskia@example.org")
    assert answer.url == page
    assert list(hosts(saskia)) == [place.organisation]
    assert "Saskia Holwerda" in ruben.get(page).content.decode()


def test_who_is_added_hears_it_with_a_link_to_sign_in(ruben, page, settings):
    ruben.post(page, NEW)

    letter = Letter.objects.get()
    assert (letter.template, letter.to_address) == ("member", "saskia@example.org")
    assert f"{settings.BASE_URL}/sign-in/" in letter.open()["text"]
    assert "De Vliet" in letter.open()["subject"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_who_is_added_is_written_to_in_the_language_that_was_chosen(ruben, page, language):
    ruben.post(page, NEW | {"language": language})

    assert Person.objects.get(email="saskia@example.org").language == language
    assert Letter.objects.get().language == language


def test_an_administrator_who_is_added_administers(ruben, client, page):
    ruben.post(page, NEW | {"right": "administrator"})

    client.force_login(Person.objects.get(email="saskia@example.org"))
    assert client.get(page).status_code == 200


def test_adding_somebody_twice_is_adding_them_once_and_a_further_right_comes_on_top(ruben, place, page):
    for right in ("coach", "coach", "administrator"):
        ruben.post(page, NEW | {"right": right})

    saskia = Membership.objects.exclude(pk=place.pk).get()
    assert (saskia.is_coach, saskia.is_admin, Letter.objects.count()) == (True, True, 2)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("name", ""),
        ("name", "\x01"),
        ("email", "no address"),
        ("email", ""),
        ("right", "king"),
        ("right", ""),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nobody_is_added(ruben, page, field, wrong):
    answer = ruben.post(page, NEW | {field: wrong})

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert Membership.objects.count() == 1


def test_administration_is_taken_away_and_the_rest_stays(ruben, place, page):
    other = make_member(place.organisation, is_admin=True, is_coach=True)

    ruben.post(deed(TAKE, other))

    other.refresh_from_db()
    assert (other.is_admin, other.is_coach) == (False, True)


@pytest.mark.parametrize("name", [TAKE, REMOVE])
def test_the_last_administrator_stays(ruben, place, name):
    answer = ruben.post(deed(name, place), follow=True)

    place.refresh_from_db()
    assert place.is_admin
    assert "keeps at least one administrator" in answer.content.decode()


@pytest.mark.parametrize("name", [TAKE, REMOVE])
def test_who_steps_back_is_led_to_a_page_that_is_still_theirs(ruben, place, name):
    make_member(place.organisation, is_admin=True)

    assert ruben.post(deed(name, place), follow=True).redirect_chain == [(reverse("today"), 302)]


def test_two_administrators_cannot_both_be_the_last_to_go(place):
    other = make_member(place.organisation, is_admin=True)
    take_administration(other)

    with pytest.raises(Refused, match="at least one"):
        end_membership(place)
    take_administration(other)


def test_a_member_without_an_engagement_is_removed(ruben, place):
    other = make_member(place.organisation, is_coach=True)

    ruben.post(deed(REMOVE, other))

    assert not Membership.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize(
    ("stage", "stays"), [(Stage.PREPARING, True), (Stage.CLOSING, True), (Stage.CLOSED, False)]
)
def test_a_member_in_an_engagement_stays_until_it_is_closed(ruben, place, stage, stays):
    engagement = make_engagement(organisation=place.organisation, stage=stage)
    coach = make_member(place.organisation, person_of(engagement, Role.COACH), is_coach=True)

    answer = ruben.post(deed(REMOVE, coach), follow=True)

    assert Membership.objects.filter(pk=coach.pk).exists() == stays
    assert ("takes part in an engagement here" in answer.content.decode()) == stays


def test_an_engagement_elsewhere_or_a_declined_one_holds_nobody(ruben, place):
    here, elsewhere = (
        make_engagement(organisation=place.organisation, without=(Role.MANAGER,)),
        make_engagement(),
    )
    coach = make_member(place.organisation, person_of(elsewhere, Role.COACH), is_coach=True)
    make_party(here, Role.MANAGER, coach.person, accepted_at=None, declined_at=here.made_at)

    ruben.post(deed(REMOVE, coach))

    assert not Membership.objects.filter(pk=coach.pk).exists()


def test_others_cannot_tell_that_the_organisation_exists(client, place, page):
    coach = make_member(place.organisation, is_coach=True)
    elsewhere = make_member(make_organisation(), is_admin=True)

    for person in (coach.person, elsewhere.person, make_person()):
        client.force_login(person)
        assert client.get(page).status_code == client.post(page, NEW).status_code == 404
        for name in (TAKE, REMOVE):
            assert client.post(deed(name, coach)).status_code == 404
    assert Membership.objects.count() == 3


def test_a_member_of_another_organisation_cannot_be_reached_through_ones_own(ruben, place):
    other = make_member(make_organisation(), is_coach=True)

    for name in (TAKE, REMOVE):
        assert ruben.post(reverse(name, args=[place.organisation_id, other.pk])).status_code == 404
        assert ruben.post(reverse(name, args=[place.organisation_id, uuid4()])).status_code == 404
    assert Membership.objects.filter(pk=other.pk).exists()


def test_a_deed_is_no_link(ruben, place):
    for name in (TAKE, REMOVE):
        assert ruben.get(deed(name, place)).status_code == 405


def test_only_administrators_find_the_way_in_their_menu(client, place, page):
    coach = make_member(place.organisation, is_coach=True)
    way = reverse("people:organisation")

    for person, finds in ((place.person, True), (coach.person, False)):
        client.force_login(person)
        assert (f'href="{way}"' in client.get("/profile/").content.decode()) == finds
        assert client.get(way).status_code == (302 if finds else 404)


def test_who_administers_two_finds_the_other(ruben, place, page):
    other = make_member(make_organisation("Aan de overkant"), place.person, is_admin=True)

    assert ruben.get(reverse("people:organisation")).url == reverse(
        "people:members", args=[other.organisation_id]
    )
    assert "Aan de overkant" in ruben.get(page).content.decode()


def test_one_member_or_two_hundred_cost_the_same_queries(ruben, place, page):
    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert ruben.get(address).status_code == 200
        return len(queries)

    one = asked(page)
    for _number in range(200):
        make_member(place.organisation, is_coach=True)

    assert asked(page) == asked(f"{page}?page=4") == one <= 10


def test_the_page_names_no_engagement(ruben, place, page):
    make_engagement(organisation=place.organisation, title="Wat niemand hoeft te weten")

    assert "Wat niemand" not in ruben.get(page).content.decode()
