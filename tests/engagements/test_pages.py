"""The pages of invitations, parties and looks."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from driehoek.access import Kind, Role, Shape, Stage
from driehoek.audit.actions import note_looks
from driehoek.engagements.actions import invite, start_engagement
from driehoek.engagements.models import Engagement, Party
from driehoek.kit import clock
from driehoek.outbox.models import Letter
from driehoek.people.models import Membership, OneTimeLink
from driehoek.vault import keys
from tests.makers import make_engagement, make_member, make_organisation, make_party, make_person, person_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_asked_before():
    cache.clear()


@pytest.fixture
def coach():
    return make_person("Marijke Aalbers", language="en")


@pytest.fixture
def engagement(coach):
    place = make_member(make_organisation("Noorderlicht ICT"), coach, is_coach=True)
    return start_engagement(
        by=coach,
        title="A secret title",
        shape=Shape.COACHING,
        organisation=place.organisation,
        role=Role.COACH,
    )


@pytest.fixture
def party(engagement, coach):
    return invite(
        engagement, by=coach, role=Role.COACHEE, name="Johan", email="johan@example.org", language="en"
    )


def link_in_the_mail() -> str:
    text = Letter.objects.filter(template="invitation").latest("queued_at").open()["text"]
    return re.search(r"/invitation/\S+", text).group()


def code_in_the_mail() -> str:
    text = Letter.objects.filter(template="sign_in_code").latest("queued_at").open()["text"]
    return re.search(r"\b\d{4}-\d{4}\b", text).group()


@pytest.fixture
def named(client, engagement, coach):
    def name(by=coach, **typed):
        client.force_login(by)
        address = reverse("engagements:name", args=[engagement.pk])
        return client.post(address, {"title": "Rust in de week", "occasion": "role"} | typed)

    return name


def test_who_began_it_gives_it_another_name_and_says_the_occasion(client, engagement, named):
    page = client.get(reverse("engagements:parties", args=[engagement.pk]))
    assert page.status_code == 302  # not signed in yet

    named()

    now = Engagement.objects.get(pk=engagement.pk)
    assert (now.title, now.occasion) == ("Rust in de week", "role")
    shown = client.get(reverse("engagements:parties", args=[engagement.pk])).content.decode()
    assert reverse("engagements:name", args=[engagement.pk]) in shown


@pytest.mark.parametrize(("everyone", "button"), [(False, "btn btn--quiet"), (True, "btn")])
def test_the_page_of_the_parties_leads_back_and_loudest_once_everyone_is_invited(client, everyone, button):
    engagement = make_engagement(stage=Stage.PREPARING, without=() if everyone else (Role.SPONSOR,))
    client.force_login(person_of(engagement, Role.COACH))

    shown = client.get(reverse("engagements:parties", args=[engagement.pk])).content.decode()

    assert f'<a class="{button}" href="{reverse("engagement", args=[engagement.pk])}">' in shown


def test_an_empty_name_is_refused_beside_its_field(named):
    assert named(title="  ").context["form"].errors["title"]


def test_nobody_else_renames_it(client, engagement, named):
    other = make_member(engagement.organisation, is_admin=True).person

    answer = named(by=other)

    assert "Marijke Aalbers" in str(answer.context["form"].non_field_errors())
    assert Engagement.objects.get(pk=engagement.pk).title == "A secret title"


def test_a_coach_by_invitation_reads_who_makes_them_a_host(client, settings):
    settings.REGISTRATION = "closed"
    engagement = make_engagement()
    make_member(engagement.organisation, make_person("Fatima Bennis"), is_admin=True)
    client.force_login(person_of(engagement, Role.COACH))
    Membership.objects.filter(person=person_of(engagement, Role.COACH)).delete()

    page = client.get(reverse("engagements:new"), headers={"accept-language": "en"}).content.decode()

    assert f"{engagement.organisation.name}: ask Fatima Bennis to add you as a coach" in page
    assert "You are neither of these yet" not in page


def test_whole_way_from_the_mail_into_the_engagement(client, party, engagement):
    landing = client.get(link_in_the_mail())
    assert "Marijke Aalbers invites you" in landing.content.decode()

    typing = client.post(link_in_the_mail())
    asked = client.post(typing.url, {"code": code_in_the_mail(), "next": typing.url.split("next=")[1]})
    assert asked.url == reverse("engagements:answer_invitation", args=[party.pk])
    joined = client.post(asked.url, {"name": "Johan Verbeek"})

    assert joined.url == reverse("engagement", args=[engagement.pk])
    assert client.get(joined.url).status_code == 200


def test_opening_the_link_uses_nothing_up_and_tells_nothing_of_content(client, party, engagement):
    for _time in range(3):
        page = client.get(link_in_the_mail()).content.decode()

    assert OneTimeLink.objects.get().is_open
    assert engagement.title not in page
    assert not Letter.objects.filter(template="sign_in_code").exists()


def test_link_is_too_old_after_fourteen_days(client, party):
    link = link_in_the_mail()
    clock.move_to(OneTimeLink.objects.get().expires_at)

    answer = client.get(link, HTTP_ACCEPT_LANGUAGE="en")

    assert answer.status_code == 410
    assert "ask the one who invited you to send it again" in answer.content.decode()


def test_answered_link_says_that_it_did_its_work_and_brings_who_answered_to_the_answer(client, party):
    link, answer = link_in_the_mail(), reverse("engagements:answer_invitation", args=[party.pk])
    client.force_login(party.person)
    client.post(answer, {"name": "Johan"})

    assert client.get(link).url == answer
    client.logout()
    assert client.get(link).status_code == 410
    client.force_login(make_person())
    assert client.get(link).status_code == 410


def test_resent_invitation_replaces_the_first_link(client, party, engagement, coach):
    first = link_in_the_mail()
    client.force_login(coach)
    client.post(reverse("engagements:send_again", args=[engagement.pk, party.pk]))
    client.logout()

    assert client.get(first).status_code == 410
    assert client.get(link_in_the_mail()).status_code == 200


def test_somebody_else_who_is_signed_in_cannot_use_the_link(client, party):
    client.force_login(make_person("Ruben Terpstra"))

    page = client.get(link_in_the_mail(), HTTP_ACCEPT_LANGUAGE="en").content.decode()
    client.post(link_in_the_mail())

    assert "signed in as Ruben Terpstra" in page
    assert not Letter.objects.filter(template="sign_in_code").exists()


def test_stranger_finds_no_invitation_and_no_engagement(client, party, engagement):
    client.force_login(make_person())

    for url in (
        reverse("engagements:answer_invitation", args=[party.pk]),
        reverse("engagements:parties", args=[engagement.pk]),
        reverse("engagements:looks", args=[engagement.pk]),
        reverse("engagement", args=[engagement.pk]),
    ):
        assert client.get(url).status_code == 404
    assert client.post(reverse("engagements:decline_invitation", args=[party.pk])).status_code == 404


def test_invited_person_is_not_in_before_accepting(client, party, engagement):
    client.force_login(party.person)

    assert client.get(reverse("engagement", args=[engagement.pk])).status_code == 404
    assert client.get(reverse("engagements:answer_invitation", args=[party.pk])).status_code == 200


@pytest.mark.parametrize(
    ("role", "sees", "never"),
    [
        (Role.COACHEE, "Question and conversation", "The coach&#x27;s own notes"),
        (Role.MANAGER, "Number of sessions held", "Question and conversation"),
    ],
)
def test_answer_page_says_what_this_role_will_and_will_not_see(client, engagement, coach, role, sees, never):
    asked = invite(engagement, by=coach, role=role, name="Anneke", email="a@example.org")
    client.force_login(asked.person)

    page = client.get(
        reverse("engagements:answer_invitation", args=[asked.pk]), HTTP_ACCEPT_LANGUAGE="en"
    ).content.decode()

    open_part, closed_part = page.split("You never see")
    assert sees in open_part
    assert never in closed_part
    assert ("Stumbling blocks, unless the coachee shares them" in closed_part) is (role is Role.MANAGER)
    assert ("Does this mean that I am failing?" in page) is (role is Role.COACHEE)


def test_declining_asks_no_reason_and_makes_room(client, party, engagement, coach):
    client.force_login(party.person)
    client.post(reverse("engagements:decline_invitation", args=[party.pk]))
    client.force_login(coach)

    page = client.get(reverse("engagements:parties", args=[engagement.pk]), HTTP_ACCEPT_LANGUAGE="en")

    assert "Declined" in page.content.decode()
    assert 'name="coachee-email"' in page.content.decode()


def test_conflict_is_said_beside_the_address_and_what_was_typed_stays(client, party, engagement, coach):
    client.force_login(coach)
    typed = {
        "role": "manager",
        "manager-name": "Marijke",
        "manager-email": coach.email,
        "manager-language": "en",
        "manager-organisation_name": "Zorggroep Maasoever",
    }

    answer = client.post(
        reverse("engagements:parties", args=[engagement.pk]), typed, HTTP_ACCEPT_LANGUAGE="en"
    )

    assert "Marijke Aalbers coaches Johan, and so cannot be the line manager here." in answer.content.decode()
    assert "Zorggroep Maasoever" in answer.content.decode()
    assert engagement.parties.count() == 2


def test_coachee_may_read_who_takes_part_but_not_invite(client, party, engagement):
    client.force_login(party.person)
    client.post(reverse("engagements:answer_invitation", args=[party.pk]), {"name": "Johan"})
    url = reverse("engagements:parties", args=[engagement.pk])

    assert "email" not in client.get(url).content.decode().split("<main")[1]
    refused = client.post(url, {"role": "manager"}, HTTP_ACCEPT_LANGUAGE="en")

    assert refused.status_code == 403
    assert "This page belongs to: coach" in refused.content.decode()


def test_role_that_does_not_exist_here_is_not_found(client, engagement, coach):
    client.force_login(coach)

    assert client.post(reverse("engagements:parties", args=[engagement.pk]), {"role": "x"}).status_code == 404


def test_coachee_reads_who_looked_and_nobody_else_does(client):
    running = make_engagement()
    manager = person_of(running, Role.MANAGER)
    note_looks(running.pk, person=manager, roles=[Role.MANAGER], kinds=[Kind.GOALS])
    url = reverse("engagements:looks", args=[running.pk])

    client.force_login(person_of(running, Role.COACHEE))
    assert manager.name in client.get(url).content.decode()
    for role in (Role.COACH, Role.MANAGER, Role.SPONSOR, Role.ORG_ADMIN):
        client.force_login(person_of(running, role))
        assert client.get(url).status_code == 403


def test_new_engagement_leads_to_inviting(client, coach):
    make_member(make_organisation(), coach, is_coach=True)
    client.force_login(coach)
    form = client.get(reverse("engagements:new")).context["form"]
    facts = {
        "title": "Pilot",
        "shape": "coaching",
        "role": "coach",
        "organisation": form["organisation"].value(),
    }

    answer = client.post(reverse("engagements:new"), facts)

    assert answer.url == reverse("engagements:parties", args=[Engagement.objects.get().pk])


def test_person_without_organisation_reads_who_begins_instead(client):
    client.force_login(make_person())

    page = client.get(reverse("engagements:new"), HTTP_ACCEPT_LANGUAGE="en").content.decode()
    client.post(reverse("engagements:new"), {"title": "x", "shape": "coaching", "role": "coach"})

    assert "Somebody else begins an engagement" in page
    assert not Engagement.objects.exists()


def test_where_registration_is_open_a_practice_is_founded_in_one_step(client, settings):
    settings.REGISTRATION = "open"
    client.force_login(person := make_person())
    facts = {"title": "T", "shape": "coaching", "role": "coach", "organisation_name": "Praktijk De Vliet"}

    client.post(reverse("engagements:new"), facts)

    assert Engagement.objects.get().organisation.name == "Praktijk De Vliet"
    assert person.memberships.get().is_admin


def test_list_asks_as_much_at_200_as_at_1(client):
    organisation, person = make_organisation(), make_person()
    client.force_login(person)

    def queries(url: str) -> int:
        keys.forget()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    make_engagement(coach=person, organisation=organisation)
    few = {name: queries(reverse(name)) for name in ("engagements:index", "today")}
    others = {role: make_person() for role in (Role.COACHEE, Role.MANAGER, Role.SPONSOR)}
    for _time in range(199):
        made = make_engagement(coach=person, organisation=organisation, without=tuple(others))
        for role, other in others.items():
            make_party(made, role, other)

    assert {name: queries(reverse(name)) for name in few} == few
    assert max(few.values()) <= 10
    assert Party.objects.count() == 800


def test_engagement_in_every_stage_and_role_opens_within_ten_queries(client):
    for stage in Stage:
        running = make_engagement(stage=stage)
        for role in (Role.COACHEE, Role.COACH, Role.MANAGER, Role.SPONSOR, Role.ORG_ADMIN):
            client.force_login(person_of(running, role))
            keys.forget()
            with CaptureQueriesContext(connection) as asked:
                assert client.get(reverse("engagement", args=[running.pk])).status_code == 200
            assert len(asked) <= 10
