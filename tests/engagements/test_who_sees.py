"""The words of the "who sees this" chip."""

import pytest
from django.utils import translation

from driehoek.access import Kind, Level, Role, Shape
from driehoek.engagements.queries import engagements_of, outlook, who_sees
from tests.makers import make_engagement, make_person, person_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def triangle():
    return make_engagement(
        coachee=make_person("Johan Verbeek"),
        coach=make_person("Marijke Aalbers"),
        manager=make_person("Anneke de Graaf"),
        without=(Role.SPONSOR,),
    )


def words(engagement, kind, role):
    viewer = person_of(engagement, role)
    with translation.override("en"):
        return who_sees(engagements_of(viewer).get(), kind, viewer).words


@pytest.mark.parametrize(
    ("kind", "role", "expected"),
    [
        (Kind.GOALS, Role.COACHEE, "All three"),
        (Kind.SESSION_CONTENT, Role.COACHEE, "You and your coach"),
        (Kind.SESSION_CONTENT, Role.COACH, "Johan and you"),
        (Kind.PRIVATE_NOTES, Role.COACH, "Only you"),
        (Kind.REPORTS, Role.COACHEE, "You and your coach; Anneke after release"),
        (Kind.REPORTS, Role.MANAGER, "Johan and Marijke; you after release"),
    ],
)
def test_the_chip_speaks_from_the_readers_side(triangle, kind, role, expected):
    assert words(triangle, kind, role) == expected


def test_the_chip_follows_the_agreement_in_force():
    opened = {Kind.STUMBLING_BLOCKS: {Role.MANAGER: Level.ALWAYS, Role.SPONSOR: Level.NEVER}}
    engagement = make_engagement(disclosure=opened, without=(Role.SPONSOR,))
    assert words(engagement, Kind.STUMBLING_BLOCKS, Role.COACHEE) == "All three"


def test_in_consultancy_there_is_no_coachee_in_the_words():
    engagement = make_engagement(
        shape=Shape.CONSULTANCY,
        consultant=make_person("Ivo Smit"),
        sponsor=make_person("Petra Bos"),
        without=(Role.MANAGER,),
    )
    assert words(engagement, Kind.MEASUREMENTS, Role.SPONSOR) == "Ivo and you"


@pytest.mark.parametrize(("shape", "named"), [(Shape.COACHING, True), (Shape.CONSULTANCY, False)])
def test_notes_of_a_coach_are_named_only_where_there_can_be_a_coach(shape, named):
    with translation.override("en"):
        assert ("The coach's own notes" in outlook(shape, Role.SPONSOR).never) is named
