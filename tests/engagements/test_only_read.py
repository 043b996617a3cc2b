"""Roles are worked out once for a page that is only read, and anew wherever something may change."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from driehoek.access import Permission, Role
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from tests.makers import make_engagement, person_of

pytestmark = pytest.mark.django_db


def seen_by(person, made):
    return Engagement.objects.seen_by(person).get(pk=made.pk)


def test_somebody_who_joins_while_something_is_done_has_the_role_at_once():
    made = make_engagement()
    coach = person_of(made, Role.COACH)
    made.parties.filter(role=Role.COACH).update(accepted_at=None)
    engagement = seen_by(coach, made)
    assert not engagement.lets(coach, Permission.DRAFT_AGREEMENT)

    engagement.party(Role.COACH).accepted_at = clock.now()

    assert engagement.roles_of(coach) == {Role.COACH}
    assert engagement.lets(coach, Permission.DRAFT_AGREEMENT)


def test_on_a_page_that_is_only_read_each_person_has_the_own_roles():
    made = make_engagement()
    coach, coachee = (person_of(made, role) for role in (Role.COACH, Role.COACHEE))
    engagement = seen_by(coach, made)
    engagement.only_read()

    for _time in range(2):
        assert engagement.roles_of(coach) == {Role.COACH}
        assert engagement.roles_of(coachee) == {Role.COACHEE}
        assert engagement.roles_of(get_user_model()()) == frozenset()
        assert [party.role for party in engagement.parties_in_order][:2] == [Role.COACHEE, Role.COACH]


def test_two_readers_of_one_page_after_each_other_do_not_share_their_roles(client):
    made = make_engagement()
    url = reverse("engagement", args=[made.pk])
    client.force_login(person_of(made, Role.COACH))
    assert client.get(url).status_code == 200
    made.parties.filter(role=Role.COACH).delete()

    assert client.get(url).status_code == 404


@pytest.mark.parametrize(("method", "is_only_read"), [("get", True), ("head", True), ("post", False)])
def test_only_a_page_that_changes_nothing_keeps_roles(client, monkeypatch, method, is_only_read):
    made, kept = make_engagement(), []
    monkeypatch.setattr(Engagement, "only_read", lambda self: kept.append(self))
    client.force_login(person_of(made, Role.COACH))

    getattr(client, method)(reverse("engagements:parties", args=[made.pk]))

    assert bool(kept) is is_only_read
