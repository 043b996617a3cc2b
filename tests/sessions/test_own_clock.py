"""Who lives elsewhere reads the own time beside that of a session, on both sides of a clock change."""

from datetime import UTC, datetime

import pytest

from driehoek.access import Role
from driehoek.people.actions import choose_clock
from tests.makers import person_of
from tests.sessions.makers import make_coaching, make_session, page, signed_in

pytestmark = pytest.mark.django_db
EN = {"Accept-Language": "en"}
BEFORE_AND_AFTER = [
    ("Asia/Kolkata", datetime(2026, 10, 24, 8, tzinfo=UTC), "10:00", "(13:30 in Kolkata)"),
    ("Asia/Kolkata", datetime(2026, 10, 26, 9, tzinfo=UTC), "10:00", "(14:30 in Kolkata)"),
    ("America/New_York", datetime(2027, 3, 29, 8, tzinfo=UTC), "10:00", "(04:00 in New York)"),
    (
        "Pacific/Auckland",
        datetime(2026, 10, 26, 19, tzinfo=UTC),
        "20:00",
        "(Tuesday 27 October, 08:00 in Auckland)",
    ),
]


@pytest.mark.parametrize(("lives_in", "starts_at", "here", "there"), BEFORE_AND_AFTER)
def test_the_own_time_stands_beside_that_of_the_engagement(lives_in, starts_at, here, there):
    engagement = make_coaching()
    make_session(engagement, starts_at=starts_at)
    choose_clock(person_of(engagement, Role.COACHEE), time_zone=lives_in)

    theirs = signed_in(engagement, Role.COACHEE).get(page(engagement, "index"), headers=EN).content.decode()
    coach = signed_in(engagement, Role.COACH).get(page(engagement, "index"), headers=EN).content.decode()

    assert here in theirs
    assert there in theirs
    assert " in " + lives_in.rpartition("/")[2].replace("_", " ") not in coach


def test_who_lives_by_the_same_clock_reads_one_time_only():
    engagement = make_coaching()
    make_session(engagement)
    choose_clock(person_of(engagement, Role.COACHEE), time_zone="Europe/Brussels")

    page_of = signed_in(engagement, Role.COACHEE).get(page(engagement, "index"), headers=EN)

    assert "Brussels" not in page_of.content.decode()


def test_the_clock_is_chosen_on_the_profile_and_a_place_that_is_none_is_refused(client):
    engagement = make_coaching()
    coachee = person_of(engagement, Role.COACHEE)
    client.force_login(coachee)
    said = {"name": coachee.name, "language": "en"}

    client.post("/profile/", said | {"time_zone": "Asia/Kolkata"})
    coachee.refresh_from_db()
    assert coachee.time_zone == "Asia/Kolkata"

    refused = client.post("/profile/", said | {"time_zone": "Mars/Base"})
    assert refused.context["form"].errors["time_zone"]
    client.post("/profile/", said | {"time_zone": ""})
    coachee.refresh_from_db()
    assert coachee.time_zone == ""
