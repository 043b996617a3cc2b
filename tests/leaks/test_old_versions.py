"""A later version opens nothing of an earlier one: each is read under the table it was signed with."""

import pytest

from driehoek.access import Role
from driehoek.agreements import actions
from driehoek.kit import clock
from tests.agreements.makers import (
    address,
    make_draft,
    make_in_force,
    make_offered,
    make_preparing,
    signed_in,
)
from tests.leaks.pages import words
from tests.makers import person_of

pytestmark = pytest.mark.django_db

FIRST, SECOND = "leakwordfirst", "leakwordsecond"


@pytest.fixture
def engagement():
    return make_preparing(without=(Role.SPONSOR,))


def write(engagement, text, *, shared):
    coachee = person_of(engagement, Role.COACHEE)
    actions.save_stumbling_blocks(engagement, by=coachee, text=text, shared=shared)


def two_versions(engagement, *, first_shared, second_shared):
    """The first taken back with its own text, the second in force with a milder one."""
    make_draft(engagement)
    write(engagement, FIRST, shared=first_shared)
    first = make_offered(engagement)
    actions.withdraw(first, by=first.offered_by)
    write(engagement, SECOND, shared=second_shared)
    make_in_force(engagement)


def read_everywhere(engagement, role):
    """All that the pages and papers of both versions say to somebody."""
    client = signed_in(engagement, role)
    places = [address(page, engagement) for page in ("index", "sign", "goals")]
    places += [address(page, engagement, number) for page in ("version", "pdf") for number in (1, 2, 3)]
    return "".join(words(client.get(place, follow=True)) for place in places)


def test_sharing_a_later_text_does_not_open_the_earlier_one(engagement):
    two_versions(engagement, first_shared=False, second_shared=True)

    read = read_everywhere(engagement, Role.MANAGER)

    assert SECOND in read
    assert FIRST not in read


def test_a_version_that_never_held_opens_nothing(engagement):
    two_versions(engagement, first_shared=True, second_shared=True)

    assert FIRST not in read_everywhere(engagement, Role.MANAGER)


def test_what_the_table_in_force_closes_is_closed_in_older_versions_too(engagement):
    two_versions(engagement, first_shared=True, second_shared=False)
    engagement.versions.filter(number=1).update(state="superseded", in_force_at=clock.now())

    read = read_everywhere(engagement, Role.MANAGER)

    assert (FIRST in read, SECOND in read) == (False, False)


def test_an_older_version_that_held_and_opened_them_is_still_read(engagement):
    two_versions(engagement, first_shared=True, second_shared=True)
    engagement.versions.filter(number=1).update(state="superseded", in_force_at=clock.now())

    assert FIRST in read_everywhere(engagement, Role.MANAGER)


@pytest.mark.parametrize("role", [Role.COACHEE, Role.COACH])
def test_coachee_and_coach_read_both(engagement, role):
    two_versions(engagement, first_shared=False, second_shared=True)

    read = read_everywhere(engagement, role)

    assert FIRST in read
    assert SECOND in read
