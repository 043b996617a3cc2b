"""The route choice, as a visitor walks it."""

import io
import json
import re
import sys
from base64 import urlsafe_b64decode

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse

from driehoek.cli.method import route_main
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.method.texts import LANGUAGES
from tests.intake.makers import NAMES, PROBLEM, tell, walk
from tests.makers import make_member, make_organisation, make_person

pytestmark = pytest.mark.django_db

JOURNEYS = {
    "consultancy": {"nature": "technical", "deliverable_needed": "yes", "crisis": "no"},
    "coaching": {"nature": "behavioural", "build_capability": "yes", "hard_deadline": "no"},
    "blended": {"nature": "both", "measurable": "yes", "agreement_ready": "yes"},
    "steer_first": {"nature": "behavioural", "crisis": "yes"},
    "undecided": {},
}


def as_json(answers):
    values = {"yes": True, "no": False}
    return {name: values.get(answers[name], answers[name]) for name in answers}


def asked_of_the_command(answers, monkeypatch, capfd):
    typed = io.TextIOWrapper(io.BytesIO(json.dumps({"problem": PROBLEM, **as_json(answers)}).encode()))
    monkeypatch.setattr(sys, "stdin", typed)
    assert route_main([]) == 0
    return json.loads(capfd.readouterr().out)


@pytest.mark.parametrize("route", JOURNEYS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_visitor_reads_the_outcome_in_words(client, route, language):
    client.cookies["django_language"] = language

    page = walk(client, **JOURNEYS[route])

    assert page.context["outcome"].advice.route == route
    assert page.context["outcome"].text.headline in page.content.decode()
    assert "%" not in page.content.decode().split("<main")[1].split("</main")[0]


@pytest.mark.parametrize("route", JOURNEYS)
def test_page_and_command_give_the_same_advice(client, route, monkeypatch, capfd):
    page = walk(client, **JOURNEYS[route])

    told = asked_of_the_command(JOURNEYS[route], monkeypatch, capfd)

    assert json.loads(json.dumps(page.context["outcome"].advice.to_json())) == told


def test_experiment_names_its_first_and_its_last_day(client):
    page = walk(client, nature="behavioural")

    trial = page.context["outcome"].trial
    assert trial.first_day == clock.today()
    assert (trial.last_day - trial.first_day).days == 56
    assert trial.text.day_zero in page.content.decode()


@pytest.mark.parametrize("left_out", NAMES)
def test_every_question_may_stay_open_and_is_shown_as_open(client, left_out):
    answers = {"nature": "technical"} | dict.fromkeys(NAMES[1:], "no")

    page = walk(client, **{name: value for name, value in answers.items() if name != left_out})

    lines = {reason.line.question: reason.line for reason in page.context["outcome"].reasons}
    assert [name for name in lines if lines[name].is_open] == [left_out]


def test_choosing_nothing_leaves_the_question_open_and_goes_on(client):
    tell(client)

    reply = client.post(reverse("route:question", args=[1]), {})

    assert reply.url == reverse("route:question", args=[2])


def test_empty_sentence_is_refused_beside_the_field(client):
    reply = tell(client, "   ")

    assert reply.context["form"].errors["problem"] == [
        "Schrijf in één zin waar je tegenaan loopt. Daarna volgen de vragen."
    ]


def test_sentence_that_is_far_too_long_is_kept_and_both_numbers_are_named(client):
    long = "ontzettend " * 900_000

    reply = tell(client, long)

    [error] = reply.context["form"].errors["problem"]
    assert "500" in error
    assert "9.899.999" in error
    assert long.strip() in reply.content.decode()


@pytest.mark.parametrize(
    "text", ["😀 te laat", "te\x00 laat", "'; drop table", "<script>x</script>", "\ud83d"]
)
def test_strange_characters_do_no_harm(client, text):
    tell(client, text.encode("utf-8", "replace").decode())

    page = client.get(reverse("route:question", args=[1]))

    assert page.status_code == 200
    assert b"<script>x" not in page.content


def test_back_shows_what_was_answered(client):
    tell(client)
    client.post(reverse("route:question", args=[1]), {"answer": "both"})

    page = client.get(reverse("route:question", args=[1]))

    assert page.context["form"]["answer"].value() == "both"


def test_nothing_is_ticked_beforehand(client):
    tell(client)

    assert b" checked" not in client.get(reverse("route:question", args=[1])).content


def test_changing_one_answer_afterwards_leads_back_to_the_outcome(client):
    walk(client, nature="behavioural")

    reply = client.post(reverse("route:question", args=[1]), {"answer": "technical"})

    assert reply.url == reverse("route:result")
    assert client.get(reply.url).context["outcome"].advice.route == "consultancy"


def test_changing_the_sentence_keeps_the_answers_and_another_start_does_not(client):
    walk(client, nature="behavioural")

    client.post(reverse("route:begin"), {"problem": "Anders gezegd", "going_on": "1"})
    assert client.get(reverse("route:result")).context["outcome"].advice.route == "coaching"
    tell(client, "Iets heel anders")
    assert client.get(reverse("route:result")).context["outcome"].advice.route == "undecided"


def test_answer_that_does_not_exist_is_refused_in_words(client):
    tell(client)

    page = client.post(reverse("route:question", args=[1]), {"answer": "83% coaching"})

    assert page.context["form"].errors["answer"] == ["Kies een van deze antwoorden."]


@pytest.mark.parametrize("number", [0, 8, 99999999])
def test_question_that_does_not_exist_is_not_found(client, number):
    tell(client)

    assert client.get(reverse("route:question", args=[number])).status_code == 404


def test_lost_session_in_the_middle_loses_nothing(client):
    tell(client)
    client.post(reverse("route:question", args=[1]), {"answer": "behavioural"})
    kept = client.get(reverse("route:question", args=[2])).context["kept"]
    Session.objects.all().delete()

    reply = client.post(reverse("route:question", args=[2]), {"answer": "no", "kept": kept})

    assert reply.url == reverse("route:question", args=[3])
    assert PROBLEM in client.get(reply.url).content.decode()
    assert client.get(reverse("route:result")).context["outcome"].advice.route == "coaching"


@pytest.mark.parametrize("kept", ["", "rommel", "AAAA", "%%%", "é"])
def test_lost_session_without_a_readable_copy_keeps_the_last_answer(client, kept):
    reply = client.post(reverse("route:question", args=[1]), {"answer": "both", "kept": kept})

    page = client.get(reply.url)
    assert "Je laatste antwoord is bewaard" in page.content.decode()
    client.post(reverse("route:begin"), {"problem": PROBLEM, "going_on": "1"})
    assert client.get(reverse("route:result")).context["outcome"].advice.route == "blended"


@pytest.mark.parametrize("name", ["route:result", "route:start"])
def test_outcome_without_answers_begins_kindly_with_the_sentence(client, name):
    page = client.get(reverse(name), follow=True)

    assert page.redirect_chain[-1][0].startswith(reverse("route:begin"))
    assert "Begin met één zin" in page.content.decode()


def test_the_sentence_stands_nowhere_in_clear(client, caplog):
    caplog.set_level("DEBUG")
    page = walk(client, nature="behavioural")

    with connection.cursor() as cursor:
        cursor.execute("select session_data from django_session")
        rows = " ".join(row[0] for row in cursor.fetchall())
    opened = str(dict(client.session.items()))
    assert PROBLEM[:12] not in rows + opened + caplog.text
    assert "behavioural" not in opened
    assert PROBLEM[:12].encode() not in urlsafe_b64decode(client.session["route"])
    assert PROBLEM[:12].encode() not in urlsafe_b64decode(
        client.get(reverse("route:question", args=[1])).context["kept"]
    )
    assert all(PROBLEM[:5] not in place for place in _addresses(page.content.decode()))


def _addresses(markup):
    return re.findall(r'(?:href|action|value)="([^"]*)"', markup)


def test_pages_of_the_route_stay_out_of_every_cache(client):
    page = walk(client)

    assert "no-store" in page["Cache-Control"]


def test_visitor_who_starts_signs_in_first_and_finds_the_answers_back(client):
    walk(client, nature="behavioural")

    reply = client.post(reverse("route:start"))
    assert reply.url == f"{reverse('account_request_login_code')}?next={reverse('route:result')}"

    client.force_login(make_person())
    assert client.get(reverse("route:result")).context["outcome"].advice.route == "coaching"


@pytest.mark.parametrize(
    ("route", "role"), [("consultancy", "consultant"), ("coaching", "coach"), ("blended", "coach")]
)
def test_coach_starts_an_engagement_of_that_shape_in_one_step(client, route, role):
    place = make_member(make_organisation(), is_coach=True)
    client.force_login(place.person)
    walk(client, **JOURNEYS[route])

    reply = client.post(reverse("route:start"))

    engagement = Engagement.objects.get()
    assert reply.url == reverse("engagement", args=[engagement.pk])
    sentence = "" if route == "consultancy" else PROBLEM  # nobody there could read it
    assert (engagement.shape, engagement.route, engagement.problem) == (route, route, sentence)
    assert PROBLEM[:5] not in engagement.title
    assert re.fullmatch(r"(Advies|Coaching|Advies en coaching) vanaf \d+ [a-z]+ \d{4}", engagement.title)
    assert engagement.parties.get().role == role
    assert client.get(reverse("route:result")).status_code == 302


def test_starting_twice_makes_one_engagement(client):
    client.force_login(make_member(make_organisation(), is_coach=True).person)
    walk(client, nature="behavioural")

    client.post(reverse("route:start"))
    client.post(reverse("route:start"))

    assert Engagement.objects.count() == 1


def test_two_presses_at_the_same_moment_make_one_engagement(client):
    client.force_login(make_member(make_organisation(), is_coach=True).person)
    walk(client, nature="behavioural")
    pressed = {"engagement_id": client.get(reverse("route:result")).context["form"]["engagement_id"].value()}

    first = client.post(reverse("route:start"), pressed)
    walk(client, nature="behavioural")  # as it still stands in the session when the second press is read
    second = client.post(reverse("route:start"), pressed)
    late = client.post(reverse("route:start"), pressed)

    assert first.url == second.url == late.url == reverse("engagement", args=[Engagement.objects.get().pk])


def test_administrator_starts_without_taking_part(client):
    client.force_login(make_member(make_organisation(), is_admin=True).person)
    walk(client, nature="behavioural")

    client.post(reverse("route:start"))

    assert Engagement.objects.get().parties.count() == 0


def test_somebody_of_two_organisations_chooses_which_one(client):
    here = make_member(make_organisation("Hier"), is_coach=True)
    there = make_member(make_organisation("Daar"), here.person, is_coach=True)
    client.force_login(here.person)
    walk(client, nature="behavioural")

    page = client.post(reverse("route:start"))
    assert "Kies de organisatie" in page.content.decode()
    client.post(reverse("route:start"), {"place": str(there.pk)})

    assert Engagement.objects.get().organisation == there.organisation


def test_somebody_who_may_not_start_reads_who_can(client):
    client.force_login(make_person())
    page = walk(client, nature="behavioural")

    assert "Start een traject" not in page.content.decode()
    assert client.post(reverse("route:start")).status_code == 200
    assert not Engagement.objects.exists()


@pytest.mark.parametrize("route", ["steer_first", "undecided"])
def test_outcome_without_a_direction_starts_nothing(client, route):
    client.force_login(make_member(make_organisation(), is_coach=True).person)
    page = walk(client, **JOURNEYS[route])

    client.post(reverse("route:start"))

    assert not Engagement.objects.exists()
    assert page.context["outcome"].trial is None


def test_outcome_costs_a_visitor_at_most_three_queries(client, django_assert_max_num_queries):
    walk(client, nature="behavioural")

    with django_assert_max_num_queries(3):
        client.get(reverse("route:result"))
