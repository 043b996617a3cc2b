"""The path: what took place, where it stands after moving, and how an organisation sees it."""

import re
from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from driehoek.access import Kind, Level, Role, Stage
from driehoek.kit import clock
from driehoek.measures.models import AttainmentScore
from tests.makers import make_engagement, make_person, person_of
from tests.web.makers import make_running

pytestmark = pytest.mark.django_db


@pytest.fixture
def running():
    return make_running(title="Een pilot")


def seen_by(client, engagement, role):
    client.force_login(person_of(engagement, role))
    return client.get(reverse("engagement", args=[engagement.pk]))


def review_in(page):
    return next(stop for stop in page.context["page"].path if stop["label"] == "Review")


def score(engagement, role):
    AttainmentScore.objects.create(
        engagement=engagement, goal=engagement.goals.get(), role=role, moment="interim", level=0,
        scored_by=person_of(engagement, role), scored_at=clock.now(),
    )  # fmt: skip


def test_review_is_done_once_both_have_scored_and_not_by_date_alone(client, running):
    clock.move_to(clock.now() + timedelta(weeks=30))
    assert review_in(seen_by(client, running, Role.COACH))["state"] != "done"

    score(running, Role.COACHEE)
    assert review_in(seen_by(client, running, Role.COACH))["state"] != "done"
    score(running, Role.MANAGER)
    assert review_in(seen_by(client, running, Role.COACH))["state"] == "done"


def test_review_moves_along_with_its_session(client, running):
    third = running.sessions.get(number=3)
    third.starts_at = clock.now() + timedelta(weeks=40)
    third.save()

    labels = [stop.get("label") for stop in seen_by(client, running, Role.COACHEE).context["page"].path]

    assert labels.index("Review") == labels.index("Session 3") + 1


@pytest.mark.parametrize("role", [Role.MANAGER])
def test_organisation_sees_the_triangle_and_a_path_without_dates_and_marks(client, running, role):
    page = seen_by(client, running, role)
    words = page.content.decode()

    assert 'class="tri"' in words
    assert "Johan Verbeek, coachee" in words
    outline = page.context["page"].outline
    assert [stop["label"] for stop in outline] == ["Start", "7 sessions", "Review", "Closing"]
    assert all(set(stop) == {"kind", "label"} for stop in outline)
    assert not any(said in words for said in ("(held)", "(next)", "(planned)"))


def test_number_of_sessions_follows_the_clause_on_the_path_too(client, running):
    running.disclosure[Kind.ATTENDANCE][Role.MANAGER] = Level.NEVER
    running.save()

    page = seen_by(client, running, Role.MANAGER)

    assert [stop["label"] for stop in page.context["page"].outline][1] == "Sessions"


@pytest.mark.parametrize("role", [Role.COACHEE, Role.COACH, Role.MANAGER, Role.SPONSOR, Role.ORG_ADMIN])
def test_first_sentence_stands_on_the_page_for_coachee_and_coach_only(client, role):
    engagement = make_engagement(
        stage=Stage.PREPARING, problem="Ik zeg overal ja", coach=make_person(), occasion="role"
    )

    words = seen_by(client, engagement, role).content.decode()

    assert ("Ik zeg overal ja" in words) is (role in (Role.COACHEE, Role.COACH))
    assert ("Growing into a role" in words) is (role in (Role.COACHEE, Role.COACH))


def test_path_of_a_closed_engagement_holds_only_what_took_place(client, running):
    running.stage, running.closed_on = Stage.CLOSED, clock.today()
    running.save()

    path = seen_by(client, running, Role.COACH).context["page"].path

    assert [stop["label"] for stop in path] == ["Start", "Session 1", "Closing"]
    assert {stop["state"] for stop in path} == {"done"}


@pytest.mark.parametrize("role", [Role.COACHEE, Role.COACH, Role.MANAGER])
def test_everyone_reads_that_an_engagement_is_closed_and_nothing_is_waited_for(client, running, role):
    running.stage, running.closed_on = Stage.CLOSED, clock.today()
    running.disclosure[Kind.REPORTS][Role.MANAGER] = Level.NEVER
    running.save()

    words = seen_by(client, running, role).content.decode()

    assert "nothing changes any more" in words
    assert "Nothing for you now" not in words


def test_stumbling_blocks_are_named_after_whose_they_are(client, running):
    assert "What can make me stumble" in seen_by(client, running, Role.COACHEE).content.decode()
    assert "What can make Johan stumble" in seen_by(client, running, Role.COACH).content.decode()


def test_before_everyone_has_signed_it_is_not_said_that_this_was_agreed(client, running):
    preparing = make_engagement(stage=Stage.PREPARING)

    assert "It was agreed so" not in seen_by(client, preparing, Role.MANAGER).content.decode()
    assert "It was agreed so" in seen_by(client, running, Role.MANAGER).content.decode()


def test_before_anyone_is_invited_a_coaching_is_drawn_with_its_empty_corners(client):
    engagement = make_engagement(stage=Stage.PREPARING, without=(Role.COACHEE, Role.MANAGER, Role.SPONSOR))

    page = seen_by(client, engagement, Role.COACH).content.decode()
    triangle = page.split('class="tri"')[1].split("</svg>")[0]

    assert triangle.count("g-vacant") == 2
    assert triangle.count(">nobody yet<") == 2
    assert "one assignment" not in triangle


def test_a_long_name_is_cut_off_inside_the_drawing_and_whole_for_who_hears_it(client):
    long = "Maria-Henriëtte van Bergen-Oosterhout"
    engagement = make_engagement(coachee=make_person(long), manager=make_person("Marieke van den Berghe"))

    triangle = (
        seen_by(client, engagement, Role.COACH).content.decode().split('class="tri"')[1].split("</svg>")[0]
    )

    assert f">{long}<" not in triangle
    assert ">Marieke van den Berghe<" in triangle  # for this one there is room
    assert long in triangle.split("aria-label")[1].split(">")[0]


@pytest.mark.parametrize(
    ("kind", "state", "says"),
    [
        ("session", "done", "(held)"),
        ("talk", "done", "(held)"),
        ("milestone", "done", "(accepted)"),
        ("measure", "done", "(done)"),
        ("milestone", "up", "(next)"),
        ("measure", "planned", "(planned)"),
        ("milestone", "stuck", "(rejected; it stops here)"),
        ("talk", "waits", "(waits)"),
    ],
)
def test_how_a_stop_stands_is_read_aloud_in_the_word_for_its_kind(kind, state, says):
    stop = {"kind": kind, "state": state, "label": "Iets", "when": "", "number": 1}

    drawn = render_to_string("components/path.html", {"stops": [stop], "key": False})

    known = r"\((?:held|accepted|done|next|planned|waits|rejected; it stops here)\)"
    assert re.findall(known, drawn) == [says]


def test_what_was_accepted_is_called_in_dutch_as_it_is_everywhere_else():
    stop = {"kind": "milestone", "state": "done", "label": "Iets", "when": "", "number": 1}
    with translation.override("nl"):
        assert "(aanvaard)" in render_to_string("components/path.html", {"stops": [stop], "key": False})
