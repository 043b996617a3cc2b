"""The change plan: what, who, when and how it goes."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from driehoek.access import Role, Shape, Stage
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import Asking
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.plans.actions import add_action, change_action, set_colour
from driehoek.plans.queries import asked_of, lines, plan_of, stops_of, with_signs
from driehoek.vault import keys
from tests.makers import make_engagement, make_person, person_of
from tests.sessions.makers import make_agreed

pytestmark = pytest.mark.django_db
EN = {"accept-language": "en"}


def signed_in(engagement, role):
    client = Client()
    client.force_login(person_of(engagement, role))
    return client


def page(engagement, name, *place):
    return reverse(f"plans:{name}", args=[engagement.pk, *place])


def typed(client, engagement, action):
    form = client.get(page(engagement, "change", action.pk)).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def days_ago(days):
    return clock.today() - timedelta(days=days)


def test_an_exercise_of_the_coachee_stands_on_the_plan():
    engagement = make_engagement()
    client = signed_in(engagement, Role.COACHEE)

    client.post(
        page(engagement, "add"),
        {"text": "Drie dingen kiezen", "sort": "exercise", "owner": "coachee", "due_on": "2026-12-04"},
    )
    body = client.get(page(engagement, "index"), headers=EN).content.decode()

    assert "Drie dingen kiezen" in body
    assert "Exercise" in body
    assert "4 Dec" in body


def test_overdue_is_said_gently():
    engagement = make_engagement()
    add_action(engagement, text="Bellen", owner="coachee", due_on=days_ago(3))

    body = signed_in(engagement, Role.COACH).get(page(engagement, "index"), headers={"accept-language": "nl"})

    assert "Drie dagen over tijd" in body.content.decode()


def test_what_its_owner_says_of_something_late_stays_readable():
    engagement = make_engagement()
    late = add_action(engagement, text="Bellen", owner="coachee", due_on=days_ago(3))
    set_colour(late, by=person_of(engagement, Role.COACHEE), colour="amber")

    body = signed_in(engagement, Role.COACH).get(page(engagement, "index"), headers={"accept-language": "nl"})

    assert "Vraagt aandacht, drie dagen over tijd" in body.content.decode()


@pytest.mark.parametrize(
    ("colour", "due", "done", "state"),
    [
        ("open", None, False, "open"),
        ("green", None, False, "ok"),
        ("green", 1, False, "ok"),
        ("open", 1, False, "warn"),
        ("amber", None, False, "warn"),
        ("red", 40, False, "bad"),
        ("red", 40, True, "ok"),
    ],
)
def test_how_an_action_stands_is_one_kind_and_a_word(colour, due, done, state):
    engagement = make_engagement()
    action = add_action(engagement, text="Bellen", owner="coach", due_on=due and days_ago(due))
    set_colour(action, colour=colour, done=done)

    line = lines(engagement, plan_of(engagement))[0]

    assert line.state == state
    assert line.words


def test_what_is_open_comes_first_by_day_and_what_is_done_last():
    engagement = make_engagement()
    for text, due in (("later", date(2026, 12, 9)), ("geen dag", None), ("eerst", date(2026, 12, 1))):
        add_action(engagement, text=text, owner="coach", due_on=due)
    set_colour(add_action(engagement, text="klaar", owner="coach"), colour="green", done=True)

    assert [a.text for a in plan_of(engagement)] == ["eerst", "later", "geen dag", "klaar"]


def test_a_milestone_falls_so_many_weeks_after_the_start():
    engagement = make_engagement(shape=Shape.CONSULTANCY)

    signed_in(engagement, Role.CONSULTANT).post(
        page(engagement, "add"),
        {"text": "Test", "sort": "milestone", "owner": "consultant", "week": "8"},
    )

    assert engagement.actions.get().due_on == date(2026, 10, 22)


def test_a_milestone_counts_from_the_first_day_that_was_agreed():
    engagement = make_engagement(shape=Shape.CONSULTANCY)
    make_agreed(engagement, logistics={"starts_on": "2026-12-01"})

    action = add_action(engagement, text="Test", owner="consultant", sort="milestone", week=8)

    assert action.due_on == date(2027, 1, 26)


def test_a_milestone_without_a_week_or_a_day_is_refused_and_keeps_its_words():
    engagement = make_engagement(shape=Shape.CONSULTANCY)

    answer = signed_in(engagement, Role.CONSULTANT).post(
        page(engagement, "add"), {"text": "Ontwerp staat", "sort": "milestone", "owner": "consultant"}
    )

    assert answer.context["form"].errors["week"]
    assert "Ontwerp staat" in answer.content.decode()


@pytest.mark.parametrize(("shape", "sort"), [(Shape.COACHING, "milestone"), (Shape.CONSULTANCY, "exercise")])
def test_a_sort_that_does_not_belong_here_is_refused(shape, sort):
    engagement = make_engagement(shape=shape)

    with pytest.raises(Refused) as refusal:
        add_action(engagement, text="Iets", owner=engagement.parties_in_order[0].role, sort=sort, week=4)

    assert refusal.value.field == "sort"


def test_only_somebody_who_takes_part_can_be_asked_to_do_something():
    engagement = make_engagement(without=(Role.SPONSOR,))

    with pytest.raises(Refused) as refusal:
        add_action(engagement, text="Iets", owner="sponsor")

    assert refusal.value.field == "owner"


def test_a_double_press_puts_one_thing_on_the_plan():
    engagement = make_engagement()
    client = signed_in(engagement, Role.COACH)
    form = client.get(page(engagement, "add")).context["form"]
    line = {"text": "Bellen", "sort": "action", "owner": "coach", "action_id": form["action_id"].value()}

    client.post(page(engagement, "add"), line)
    client.post(page(engagement, "add"), line)

    assert engagement.actions.count() == 1


def test_a_mark_of_another_engagement_makes_a_line_of_its_own():
    elsewhere = add_action(make_engagement(), text="Van een ander", owner="coach", action_id=uuid.uuid4())
    engagement = make_engagement()

    added = add_action(engagement, text="Van mij", owner="coach", action_id=elsewhere.pk)

    assert added.pk != elsewhere.pk
    assert engagement.actions.get().text == "Van mij"


def test_done_and_learnt_are_kept_with_the_day():
    engagement = make_engagement()
    action = add_action(engagement, text="Luisteren", owner="coachee", sort="experiment")
    client = signed_in(engagement, Role.COACHEE)

    client.post(
        page(engagement, "change", action.pk),
        typed(client, engagement, action) | {"done": "on", "learnt": "Ze zijn het vaker eens."},
    )

    action.refresh_from_db()
    assert (action.done_on, action.learnt) == (clock.today(), "Ze zijn het vaker eens.")


@pytest.mark.parametrize(("owner", "other"), [(Role.COACHEE, Role.COACH), (Role.COACH, Role.COACHEE)])
def test_only_who_does_it_says_how_it_goes_and_what_was_learnt(owner, other):
    engagement = make_engagement()
    action = add_action(engagement, text="Luisteren", owner=owner)
    change_action(
        action,
        text="Luisteren",
        owner=owner,
        colour="amber",
        learnt="Zwijgen",
        by=person_of(engagement, owner),
    )
    client, how = signed_in(engagement, other), {"colour": "red", "learnt": "Iets anders", "done": "on"}

    asked = client.get(page(engagement, "change", action.pk)).context["form"].fields
    client.post(
        page(engagement, "change", action.pk), typed(client, engagement, action) | how | {"text": "Vaker"}
    )

    action.refresh_from_db()
    assert not {"colour", "learnt", "done"} & set(asked)
    assert (action.text, action.colour, action.learnt, action.is_done) == ("Vaker", "amber", "Zwijgen", False)
    with pytest.raises(Refused):
        set_colour(action, colour="red", by=person_of(engagement, other))


def test_what_somebody_does_who_does_not_change_the_plan_is_written_down_by_who_does():
    engagement = make_engagement()
    action = add_action(engagement, text="Ruimte geven", owner="manager")

    set_colour(action, colour="green", by=person_of(engagement, Role.COACH))

    assert engagement.actions.get().colour == "green"


def test_a_stale_form_shows_both_versions_and_a_second_press_keeps_the_typed_one():
    engagement = make_engagement()
    action = add_action(engagement, text="Bellen", owner="coach")
    client = signed_in(engagement, Role.COACHEE)
    old = typed(client, engagement, action)
    change_action(action, text="Van de coach", owner="coach", colour="amber")

    answer = client.post(page(engagement, "change", action.pk), old | {"text": "Van de coachee"}, headers=EN)
    body = answer.content.decode()
    client.post(
        page(engagement, "change", action.pk),
        old | {"text": "Van de coachee", "revision": answer.context["form"]["revision"].value()},
    )

    action.refresh_from_db()
    assert "Both versions are here." in body
    assert "Van de coach<" in body
    assert "Van de coachee" in body
    assert action.text == "Van de coachee"


def test_the_same_change_twice_simply_works():
    engagement = make_engagement()
    action = add_action(engagement, text="Bellen", owner="coach")
    client = signed_in(engagement, Role.COACH)
    line = typed(client, engagement, action) | {"colour": "green"}

    answers = [client.post(page(engagement, "change", action.pk), line).status_code for _ in range(2)]

    assert answers == [302, 302]


@pytest.mark.parametrize(
    "wrong", [{"text": ""}, {"due_on": "0001-01-01"}, {"owner": ""}, {"text": "a" * 20_001}]
)
def test_a_wrong_line_is_refused_beside_its_field_and_loses_nothing(wrong):
    engagement = make_engagement()
    line = {"text": "Drie dingen 😀", "sort": "action", "owner": "coachee", "due_on": "2026-12-04"} | wrong

    answer = signed_in(engagement, Role.COACHEE).post(page(engagement, "add"), line)

    assert list(answer.context["form"].errors) == list(wrong)
    assert str(line["text"]) in answer.content.decode()
    assert engagement.actions.count() == 0


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SPONSOR])
def test_in_coaching_the_organisation_does_not_read_the_plan(role):
    engagement = make_engagement()
    action = add_action(engagement, text="NIET-VOOR-HEN", owner="coachee")
    client = signed_in(engagement, role)

    for url in (page(engagement, "index"), page(engagement, "add"), page(engagement, "change", action.pk)):
        answer = client.get(url)
        assert answer.status_code == 403
        assert "NIET-VOOR-HEN" not in answer.content.decode()


def test_in_consultancy_the_sponsor_reads_the_plan_by_the_agreement_and_does_not_change_it():
    engagement = make_engagement(shape=Shape.CONSULTANCY)
    add_action(engagement, text="Ontwerp staat", owner="consultant", sort="milestone", week=4)
    client = signed_in(engagement, Role.SPONSOR)

    assert "Ontwerp staat" in client.get(page(engagement, "index")).content.decode()
    assert client.get(page(engagement, "add")).status_code == 403


def test_after_closing_the_plan_is_read_and_no_longer_changed():
    engagement = make_engagement(stage=Stage.CLOSED)
    client = signed_in(engagement, Role.COACHEE)

    assert client.get(page(engagement, "index")).status_code == 200
    assert client.get(page(engagement, "add")).status_code == 403


def test_a_stranger_finds_no_plan():
    engagement = make_engagement()
    client = Client()
    client.force_login(make_person())

    assert client.get(page(engagement, "index")).status_code == 404


def test_what_is_past_its_day_is_asked_of_its_owner_only():
    engagement = make_engagement()
    add_action(engagement, text="Bellen", owner="coachee", due_on=days_ago(1))
    add_action(engagement, text="Schrijven", owner="manager", due_on=days_ago(1))

    def asked(role):
        person = person_of(engagement, role)
        seen = with_signs(Engagement.objects.all(), Asking.by(person)).seen_by(person).get()
        return [(step.url, step.rank) for step in asked_of(seen, person)]

    assert asked(Role.COACHEE) == [(page(engagement, "index"), 60)]
    assert asked(Role.COACH) == []
    assert asked(Role.MANAGER) == []


def test_milestones_are_stops_on_the_path_without_their_words():
    engagement = make_engagement(shape=Shape.CONSULTANCY)
    add_action(engagement, text="Ontwerp staat", owner="consultant", sort="milestone", week=4)

    stops = stops_of(engagement, person_of(engagement, Role.SPONSOR))

    assert [(stop.label, stop.on) for stop in stops] == [("Week 4", date(2026, 9, 24))]
    assert {stop.kind for stop in stops} == {"milestone"}


def test_the_key_of_the_path_names_milestones_only_where_there_are_any():
    engagement = make_engagement(shape=Shape.CONSULTANCY)
    consultant = signed_in(engagement, Role.CONSULTANT)
    address = reverse("engagement", args=[engagement.pk])
    before = consultant.get(address, headers={"accept-language": "en"}).content.decode()
    add_action(engagement, text="Ontwerp staat", owner="consultant", sort="milestone", week=4)

    after = consultant.get(address, headers={"accept-language": "en"}).content.decode()

    assert "kind-milestone" not in before
    assert "kind-milestone" in after
    assert "measurement or review" not in after.split('class="path-key"')[1].split("</p>")[0]


def test_the_plan_asks_the_database_as_often_for_one_line_as_for_a_hundred_and_fifty():
    engagement = make_engagement()
    client = signed_in(engagement, Role.COACH)

    def counted():
        client.get(page(engagement, "index"))  # the first look of the day is written down
        keys.forget()
        with CaptureQueriesContext(connection) as queries:
            client.get(page(engagement, "index"))
        return len(queries)

    add_action(engagement, text="Een", owner="coach")
    set_colour(add_action(engagement, text="Gedaan", owner="coach"), colour="green", done=True)
    one = counted()
    for number in range(150):
        line = add_action(engagement, text=f"Nog {number}", owner="coach")
        if number >= 90:
            set_colour(line, colour="green", done=True)

    assert counted() == one <= 10


def test_a_plan_with_a_hundred_open_lines_is_full_and_says_so():
    engagement = make_engagement()
    lines = [add_action(engagement, text=f"Nog {number}", owner="coach") for number in range(100)]
    line = {"text": "De laatste", "sort": "action", "owner": "coach"}
    client = signed_in(engagement, Role.COACH)

    full = client.post(page(engagement, "add"), line, headers=EN)
    set_colour(lines[0], colour="green", done=True)
    after = client.post(page(engagement, "add"), line)

    assert "at most 100 open lines" in full.content.decode()
    assert "De laatste" in full.content.decode()
    assert after.status_code == 302


@pytest.mark.parametrize(
    "deed",
    [
        lambda action: add_action(action.engagement, text="Nog iets", owner="coach"),
        lambda action: change_action(action, text="Anders", owner="coach", colour="green"),
        lambda action: set_colour(action, colour="green", done=True),
    ],
)
def test_what_a_page_opened_before_the_closing_sends_is_refused_with_the_stage(deed):
    action = add_action(make_engagement(), text="Bellen", owner="coach")
    Engagement.objects.update(stage=Stage.CLOSED)

    with pytest.raises(Refused, match="This engagement is closed"):
        deed(action)
