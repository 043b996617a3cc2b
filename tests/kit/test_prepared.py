"""Queries that are put together once say what the same query says when it is put together anew."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, models
from django.db.models import Count, F, OuterRef, Subquery

from driehoek.access import Role, Stage, roles_in
from driehoek.agreements.models import Version
from driehoek.engagements.models import HERE, Engagement, Party
from driehoek.engagements.queries import with_parties
from driehoek.kit import clock
from driehoek.kit.prepared import Given, Prepared, lay_beside
from tests.makers import make_engagement, person_of

pytestmark = pytest.mark.django_db

SINCE = Given("since", models.DateTimeField())


def test_it_finds_rows_with_the_rows_behind_them(django_assert_num_queries):
    made = make_engagement()
    make_engagement()
    asked = Prepared(lambda: Party.objects.filter(engagement=HERE).select_related("person").order_by("role"))

    with django_assert_num_queries(1):
        found = [(party.role, party.person.email) for party in asked.ask(engagement=made.pk)]

    again = made.parties.select_related("person").order_by("role")
    assert found == [(party.role, party.person.email) for party in again]


def test_each_asking_has_its_own_values():
    one, other = make_engagement(), make_engagement()
    asked = Prepared(lambda: Engagement.objects.filter(pk=HERE))

    assert asked.ask(engagement=one) == [one]
    assert asked.ask(engagement=other) == [other]
    assert asked.ask(engagement=one) == [one]


def test_a_value_that_is_forgotten_is_an_error():
    with pytest.raises(KeyError, match="engagement"):
        Prepared(lambda: Engagement.objects.filter(pk=HERE)).ask()


def test_values_of_every_kind_come_back_as_django_gives_them():
    made = make_engagement(stage=Stage.ACTIVE)
    parties = Party.objects.filter(engagement=OuterRef("pk"), accepted_at__gte=SINCE).order_by()
    counted = parties.values("engagement").annotate(n=Count("pk")).values("n")

    def build(since):
        return (
            Engagement.objects.filter(pk=made.pk)
            .annotate(parties_since=Subquery(counted), later=F("made_at") + timedelta(days=1))
            .filter(made_at__lte=since)
            .values("pk", "made_at", "started_on", "disclosure", "parties_since", "later")
        )

    asked = Prepared(lambda: build(SINCE))
    moment = clock.now() + timedelta(hours=1)

    found = asked.ask(since=moment)

    plain = Party.objects.filter(engagement=OuterRef("pk"), accepted_at__gte=moment).order_by()
    counted = plain.values("engagement").annotate(n=Count("pk")).values("n")
    assert found == list(build(moment))
    assert type(found[0]["later"]) is type(made.made_at)


def test_the_row_that_is_given_stands_behind_what_is_found(django_assert_num_queries):
    made = make_engagement()
    asked = Prepared(lambda: Party.objects.filter(engagement=HERE))

    with django_assert_num_queries(1):
        found = {party.engagement.title for party in asked.ask(engagement=made)}

    assert found == {made.title}


def test_rows_laid_beside_are_found_without_a_query(django_assert_num_queries):
    made, nobody = make_engagement(), make_engagement()
    lay_beside(made, "parties", list(made.parties.all()))
    lay_beside(nobody, "parties", [])

    with django_assert_num_queries(0):
        assert made.party(Role.COACH).role == Role.COACH
        assert list(nobody.parties.all()) == []


def test_who_filters_rows_laid_beside_finds_none_of_another():
    made, other = make_engagement(), make_engagement()
    lay_beside(made, "parties", list(made.parties.all()))

    found = made.parties.filter(accepted_at__isnull=False)

    assert other.parties.exists()
    assert {party.engagement_id for party in found} == {made.pk}


def test_an_engagement_has_its_own_parties_beside_it_and_no_others():
    made, other = make_engagement(), make_engagement()

    found = {party.person for party in with_parties(made).parties.all()}

    assert found == {person_of(made, role) for role in roles_in(made.shape_)}
    assert person_of(other, Role.COACH) not in found


def test_it_is_put_together_once(monkeypatch):
    built = []
    asked = Prepared(lambda: built.append(1) or Engagement.objects.filter(pk=HERE))
    made = make_engagement()

    for _asking in range(3):
        asked.ask(engagement=made)

    assert built == [1]


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_over_its_own_connection():
    made, seen = make_engagement(), []
    asked = Prepared(lambda: Engagement.objects.filter(pk=HERE))
    asked.ask(engagement=made)

    def elsewhere():
        found = asked.ask(engagement=made)
        seen.append((found, connection.connection))
        connection.close()

    thread = Thread(target=elsewhere)
    thread.start()
    thread.join()

    assert seen[0][0] == [made]
    assert seen[0][1] is not connection.connection


def test_membership_of_one_is_not_shown_to_another():
    made = make_engagement()
    coach, coachee = (person_of(made, role) for role in (Role.COACH, Role.COACHEE))
    asked = Prepared(
        lambda: Party.objects.filter(engagement=HERE, person=Given("person", models.UUIDField()))
    )

    assert [party.role for party in asked.ask(engagement=made, person=coach)] == [Role.COACH]
    assert [party.role for party in asked.ask(engagement=made, person=coachee)] == [Role.COACHEE]


def test_rows_without_anything_behind_them_say_so():
    made = make_engagement()
    asked = Prepared(
        lambda: Engagement.objects.filter(pk=HERE).select_related("organisation", "data_key", "draft")
    )

    (found,) = asked.ask(engagement=made)

    again = Engagement.objects.select_related("organisation", "data_key", "draft").get(pk=made.pk)
    assert (found.organisation, found.data_key) == (again.organisation, again.data_key)
    assert hasattr(found, "draft") == hasattr(again, "draft")
    assert (found._state.adding, found._state.db) == (False, "default")


def test_what_was_found_can_be_changed_and_saved():
    made = make_engagement()

    (found,) = Prepared(lambda: Engagement.objects.filter(pk=HERE)).ask(engagement=made)
    found.title = "Another title"
    found.save(update_fields=["title"])

    made.refresh_from_db()
    assert made.title == "Another title"


def test_columns_that_were_left_out_are_asked_when_they_are_needed(django_assert_num_queries):
    made = make_engagement()
    (found,) = Prepared(lambda: Engagement.objects.filter(pk=HERE).only("stage")).ask(engagement=made)

    with django_assert_num_queries(1):
        assert found.title == made.title


def test_lists_of_values_come_back_as_django_gives_them():
    made = make_engagement()

    def build(here):
        return Party.objects.filter(engagement=here).order_by("role")

    for shape in (
        lambda query: query.values_list("role", "person__email", "pk"),
        lambda query: query.values_list("invited_at", flat=True),
        lambda query: query.values("role", "person_id"),
    ):
        asked = Prepared(lambda shape=shape: shape(build(HERE)))
        assert asked.ask(engagement=made) == list(shape(build(made.pk)))


def test_somebody_who_listens_to_new_objects_still_hears_of_them():
    made, heard = make_engagement(), []

    def listen(sender, instance, **_):
        heard.append(instance)

    models.signals.post_init.connect(listen, sender=Party)
    try:
        found = Prepared(lambda: Party.objects.filter(engagement=HERE)).ask(engagement=made)
    finally:
        models.signals.post_init.disconnect(listen, sender=Party)

    assert heard == found


def test_only_plain_words_and_numbers_stand_in_the_query_itself():
    asked = Prepared(
        lambda: Engagement.objects.filter(pk=HERE, stage=Stage.ACTIVE).exclude(title="it's 100% 'mine'")
    )
    made = make_engagement(stage=Stage.ACTIVE)

    assert asked.ask(engagement=made) == [made]

    (sql, params, _reading) = asked._ready[connection.vendor]
    assert "'active'" in sql
    assert "mine" not in sql
    assert "it's 100% 'mine'" in params


def test_a_value_that_decides_about_a_partial_index_stands_in_the_query():
    found = Prepared(
        lambda: Version.objects.filter(engagement=HERE, state=Version.State.IN_FORCE).order_by("number")
    )
    found.ask(engagement=make_engagement())

    sql, params, _reading = found._ready[connection.vendor]

    assert f"'{Version.State.IN_FORCE.value}'" in sql
    assert [param.name for param in params] == ["engagement"]
