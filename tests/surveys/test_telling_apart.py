"""Who tries to find out from two surveys, from the database or from a letter who answered what."""

from datetime import timedelta
from hashlib import sha256
from uuid import UUID

import pytest
from django.db import connection

from driehoek.access import Role, Shape, Stage
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.outbox.models import Letter
from driehoek.surveys.actions import close_early, close_surveys, remind_of_surveys
from driehoek.surveys.models import Survey
from tests.feedback.test_attacks import dump
from tests.makers import make_engagement, person_of
from tests.surveys.makers import ADDRESSES, make_survey, named

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ([range(6)], range(5)),
        ([range(6)], range(7)),
        ([range(5), range(5, 10)], range(11)),
    ],
)
def test_one_survey_less_another_never_tells_of_fewer_than_five(before, now):
    engagement = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.ACTIVE)
    for some in before:
        close_early(make_survey(engagement, addresses=named(some)))

    with pytest.raises(Refused, match="fewer than five") as refused:
        make_survey(engagement, addresses=named(now))
    assert refused.value.field == "addresses"


def test_one_survey_less_another_in_a_second_engagement_of_whoever_takes_part_is_refused_too():
    first = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.ACTIVE)
    close_early(make_survey(first, addresses=named(range(6))))
    second = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.ACTIVE)
    make_survey(second, addresses=named(range(5)), stem="pulse", at_least=4)
    reads_both(first, second)

    with pytest.raises(Refused, match="fewer than five"):
        make_survey(second, addresses=named(range(5)))
    make_survey(second, addresses=named(range(6)))
    stranger = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.ACTIVE)
    make_survey(stranger, addresses=named(range(5)))


@pytest.mark.parametrize(("before", "now"), [(True, True), (True, False), (False, True)])
def test_with_a_shared_link_the_same_is_not_asked_again_within_two_weeks(before, now):
    engagement = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.ACTIVE)
    one = make_survey(engagement, is_shared=before)
    with pytest.raises(Refused, match="still is") as refused:
        make_survey(engagement, is_shared=now)
    assert refused.value.field == "stem"
    close_early(one)
    with clock.moved_to(clock.now() + timedelta(days=13)), pytest.raises(Refused, match="two weeks"):
        make_survey(engagement, is_shared=now)
    make_survey(engagement, is_shared=now, stem="pulse", at_least=4)
    with clock.moved_to(clock.now() + timedelta(days=15)):
        make_survey(engagement, is_shared=now)


@pytest.mark.parametrize(("before", "now"), [(True, True), (True, False), (False, True)])
def test_a_shared_link_in_a_second_engagement_of_whoever_takes_part_waits_two_weeks_too(before, now):
    first = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.ACTIVE)
    close_early(make_survey(first, is_shared=before))
    second = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.ACTIVE)
    make_survey(second, is_shared=now, stem="pulse", at_least=4)
    reads_both(first, second)

    with pytest.raises(Refused, match="two weeks"):
        make_survey(second, is_shared=now)
    with clock.moved_to(clock.now() + timedelta(days=15)):
        make_survey(second, is_shared=now)


@pytest.mark.parametrize("is_elsewhere", [False, True])
def test_the_same_people_are_not_asked_from_which_other_answer_on_they_count_within_two_weeks(is_elsewhere):
    """Five of five from 3 on and none of five from 4 on: each of them said 3."""
    engagement = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.ACTIVE)
    facts = {"stem": "pulse", "addresses": named(range(5))}
    close_early(make_survey(engagement, at_least=3, **facts))
    now = engagement
    if is_elsewhere:
        now = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.ACTIVE)
        reads_both(engagement, now)

    with pytest.raises(Refused, match="Choose 3") as refused:
        make_survey(now, at_least=4, **facts)
    assert refused.value.field == "at_least"
    make_survey(now, at_least=3, **facts)
    make_survey(now, at_least=4, stem="pulse", addresses=named(range(10, 15)))
    with clock.moved_to(clock.now() + timedelta(days=25)):
        close_surveys()
    with clock.moved_to(clock.now() + timedelta(days=40)):
        make_survey(now, at_least=4, **facts)


def test_an_alias_of_an_address_is_no_other_person():
    """Six, and then five of them under another name: as five others they would tell of the sixth."""
    aliases = [address.replace("@", "+again@") for address in ADDRESSES]
    engagement = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.ACTIVE)
    with pytest.raises(Refused, match="at least five") as refused:
        make_survey(engagement, addresses=[*ADDRESSES[:2], *aliases[:2], "user0+more@example.org"])
    assert refused.value.field == "addresses"

    one = make_survey(engagement, addresses=[*ADDRESSES, *aliases])
    assert one.invited == one.letters.count() == 6
    with pytest.raises(Refused, match="fewer than five"):
        make_survey(engagement, addresses=aliases[:5])


def reads_both(first, second):
    mine = second.parties.get(role=Role.SPONSOR)
    mine.person = person_of(first, Role.SPONSOR)
    mine.save()


def test_a_copy_of_the_database_joins_no_letter_to_whoever_has_answered():
    """By key, by how long something is, or by the order in which rows were written."""
    addresses = [f"{'x' * n}@example.org" for n in range(1, 21)]
    one = make_survey(addresses=addresses)
    with clock.moved_to(clock.now() + timedelta(days=7)):
        remind_of_surveys()
    rows = dump("surveys_invited")
    assert len({len(row["email"]) for row in rows}) == 1
    letters = Letter.objects.filter(template__in=["survey_asked", "survey_reminder"])
    guessed = {
        sha256(f"{name}:{row.pk}".encode()).hexdigest()
        for row in one.letters.all()
        for name in ("survey", "survey-reminder", "survey_asked", "survey_reminder")
    }
    assert not guessed & set(letters.values_list("key", flat=True))
    known = {row.pk: row.email.strip() for row in one.letters.all()}
    written = [known[pk] for pk in by_rowid("surveys_invited")]
    again = letters.filter(template="survey_reminder").order_by("queued_at", "pk")
    assert sorted(written) == sorted(addresses)
    assert written != addresses
    assert by_rowid("outbox_letter", again) != written


def by_rowid(table, letters=None):
    if letters is not None:
        return [letter.to_address for letter in letters]
    with connection.cursor() as cursor:
        place = "rowid" if connection.vendor == "sqlite" else "ctid"
        cursor.execute(f"SELECT id FROM {table} ORDER BY {place}")
        return [UUID(str(row[0])) for row in cursor.fetchall()]


def test_the_same_people_others_or_other_questions_may_be_asked():
    engagement = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.ACTIVE)
    make_survey(engagement, addresses=named(range(6)))
    make_survey(engagement, addresses=named(range(6)))
    make_survey(engagement, addresses=named(range(20, 26)))
    make_survey(engagement, addresses=named(range(15, 23)))
    make_survey(engagement, addresses=named(range(5)), stem="pulse", at_least=4)

    kept = Survey.objects.exclude(asked_of="").first().asked_of
    assert "example.org" not in kept


def test_two_addresses_of_one_person_are_one_person_in_a_survey():
    aliases = [f"user1+{n}@example.org" for n in range(5)]
    with pytest.raises(Refused, match="at least five people"):
        make_survey(addresses=aliases)

    one = make_survey(addresses=[*aliases, *named(range(2, 6))])
    assert one.invited == 5
    assert sorted(row.email.strip() for row in one.letters.all())[0] == aliases[0]
