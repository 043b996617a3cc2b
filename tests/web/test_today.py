"""The page of today and the page of an engagement, for each who may read them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from driehoek.access import Kind, Level, Role, Stage
from driehoek.audit.models import Look
from driehoek.engagements.actions import invite
from driehoek.kit import clock
from driehoek.sessions.models import Session
from driehoek.vault import keys
from tests.agreements.makers import make_preparing
from tests.makers import make_engagement, make_person, person_of
from tests.web.makers import make_running

pytestmark = pytest.mark.django_db
BLOCKS, PLAN = "regel het", "drie dingen kiezen"


@pytest.fixture
def running():
    clock.move_to(datetime(2026, 11, 12, 9, 30, tzinfo=UTC))  # no session falls on the day of a deadline
    return make_running(title="Een pilot")


def page_of(client, engagement, role: Role) -> str:
    client.force_login(person_of(engagement, role))
    return client.get(reverse("engagement", args=[engagement.pk])).content.decode()


def today_of(client, person) -> str:
    client.force_login(person)
    return client.get(reverse("today")).content.decode()


def test_today_has_one_warm_place_with_the_first_thing_asked(client, running):
    page = today_of(client, person_of(running, Role.COACHEE))

    assert page.count('class="next') == 1
    assert "Write your question for session 2" in page.split("</section>")[0]
    assert "Look back on session 1" in page


def test_nothing_asked_is_said_and_so_is_what_we_wait_for(client):
    coach = make_person(language="en")
    engagement = make_engagement(stage=Stage.PREPARING, coach=coach, without=(Role.COACHEE,))
    invite(engagement, by=coach, role=Role.COACHEE, name="Johan Verbeek", email="j@example.org")

    page = page_of(client, engagement, Role.SPONSOR)

    assert "Waiting for the answer of Johan to the invitation" in page or "Your next step" in page
    assert today_of(client, make_person()).count("Nothing is asked of you now") == 1


def test_invitation_is_the_warm_place_of_somebody_new(client):
    coach = make_person("Marijke Aalbers", language="en")
    engagement = make_engagement(
        title="Geheime titel", stage=Stage.PREPARING, coach=coach, without=(Role.COACHEE,)
    )
    party = invite(engagement, by=coach, role=Role.COACHEE, name="Johan", email="j@example.org")

    page = today_of(client, party.person)

    assert page.count('class="next') == 1
    assert reverse("engagements:answer_invitation", args=[party.pk]) in page
    assert "Geheime titel" not in page


def test_titles_on_today_hold_no_content(client, running):
    for role in (Role.COACHEE, Role.COACH, Role.MANAGER):
        page = today_of(client, person_of(running, role))

        assert PLAN not in page
        assert BLOCKS not in page
        assert "projectplan" not in page


def test_coachee_reads_on_today_what_the_organisation_saw(client, running):
    page_of(client, running, Role.MANAGER)

    assert "Anneke de Graaf" in today_of(client, person_of(running, Role.COACHEE))
    assert "What did your organisation see?" not in today_of(client, person_of(running, Role.COACH))


def test_coachee_and_coach_read_path_plan_and_stumbling_blocks(client, running):
    for role in (Role.COACHEE, Role.COACH):
        page = page_of(client, running, role)

        for words in ("Session 7", PLAN, BLOCKS, "projectplan"):
            assert words in page


def test_manager_reads_goals_and_a_count_but_no_date_plan_or_block(client, running):
    page = page_of(client, running, Role.MANAGER)
    dates = [one.starts_at.strftime("%-d %b") for one in running.sessions.order_by("number")]

    assert page.count("1 of 7 sessions held") == 1
    assert "projectplan" in page
    assert "This you do not see" in page
    assert reverse("sessions:index", args=[running.pk]) not in page
    for words in (PLAN, BLOCKS, "Session 2", *dates[1:]):
        assert words not in page


def test_stumbling_blocks_follow_the_clause(client, running):
    running.disclosure[Kind.STUMBLING_BLOCKS][Role.MANAGER] = Level.ALWAYS
    running.save()

    assert BLOCKS in page_of(client, running, Role.MANAGER)


def test_count_follows_the_clause(client, running):
    running.disclosure[Kind.ATTENDANCE][Role.MANAGER] = Level.NEVER
    running.save()

    assert "1 of 7 sessions held" not in page_of(client, running, Role.MANAGER)


def test_administrator_sees_parties_and_stage_only(client, running):
    page = page_of(client, running, Role.ORG_ADMIN)

    assert "Johan Verbeek" in page
    assert "Under way" in page
    for words in ("projectplan", PLAN, BLOCKS, "Session 2", "sessions held"):
        assert words not in page


def test_every_kind_on_the_page_is_noted_as_a_look_but_not_the_coachees_own(client, running):
    page_of(client, running, Role.MANAGER)
    page_of(client, running, Role.MANAGER)
    page_of(client, running, Role.COACHEE)

    assert sorted(Look.objects.values_list("kind", "role")) == [
        ("attendance", "manager"),
        ("goals", "manager"),
    ]


@pytest.mark.parametrize("role", [Role.COACHEE, Role.COACH, Role.MANAGER, Role.ORG_ADMIN])
def test_engagement_opens_within_ten_queries(client, running, role):
    client.force_login(person_of(running, role))
    keys.forget()

    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("engagement", args=[running.pk]))

    assert len(asked) <= 10


def test_long_past_is_folded_into_one_stop(client):
    running = make_running(sessions=0)
    for number in range(1, 17):
        starts = clock.now() - timedelta(weeks=17 - number)
        held = starts if number < 15 else None
        Session.objects.create(engagement=running, number=number, starts_at=starts, held_at=held)

    page = page_of(client, running, Role.COACHEE)

    assert "13 sessions held" in page
    assert "Session 3" not in page


@pytest.mark.parametrize(
    ("role", "places"),
    [
        (
            Role.COACHEE,
            ["Today", "Engagement", "Sessions", "Result", "Messages", "Files", "Agreement", "Who saw what"],
        ),
        (Role.COACH, ["Today", "Engagement", "Sessions", "Result", "Messages", "Files", "Agreement"]),
        (Role.MANAGER, ["Today", "Engagement", "Result", "Messages", "Files", "Agreement"]),
        (Role.ORG_ADMIN, ["Today", "Engagement"]),
    ],
)
def test_menu_holds_only_pages_that_open(client, running, role, places):
    client.force_login(person_of(running, role))
    menu = client.get(reverse("engagement", args=[running.pk])).context["menu"]

    assert [item.label for item in menu] == places
    assert [item.extra for item in menu] == [False] * min(4, len(menu)) + [True] * (len(menu) - 4)
    assert [item.label for item in menu if item.current] == ["Engagement"]
    for item in menu:
        assert client.get(item.url).status_code == 200


def test_a_phone_shows_the_agreement_as_long_as_it_is_made_and_signed(client):
    preparing = make_preparing()
    client.force_login(person_of(preparing, Role.MANAGER))
    menu = client.get(reverse("engagement", args=[preparing.pk])).context["menu"]

    assert [item.label for item in menu if not item.extra][:3] == ["Today", "Engagement", "Agreement"]


def test_reason_stands_on_the_page_of_a_closed_door(client, running):
    client.force_login(person_of(running, Role.MANAGER))

    answer = client.get(reverse("plans:index", args=[running.pk]))

    assert answer.status_code == 403
    assert "This page belongs to: coach, coachee" in answer.content.decode()


def test_health_needs_no_database_and_readiness_does(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").content == b"ok\n"
    with django_assert_num_queries(1):
        assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_probe_needs_neither_our_host_name_nor_https(client, settings, path):
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["coach.example.org"], True

    assert client.get(path, headers={"host": "10.0.0.7"}).content == b"ok\n"


def test_robots_are_asked_to_stay_out(client):
    assert "Disallow: /" in client.get("/robots.txt").content.decode()


def test_too_much_at_once_gets_a_sentence(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    answer = client.post("/sign-in/", {"email": "x" * 2000})

    assert answer.status_code == 400
    assert "at most 12 MB" in answer.content.decode()


def test_too_many_fields_get_a_sentence(client):
    answer = client.post("/sign-in/", {f"field{n}": "x" for n in range(1200)})

    assert answer.status_code == 400
    assert "more fields than can be sent" in answer.content.decode()


def test_pages_of_a_signed_in_person_stay_out_of_caches(client):
    client.force_login(make_person())

    assert client.get(reverse("today"))["Cache-Control"] == "no-store"
