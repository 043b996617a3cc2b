"""What a consultant promises: writing it down, what must be there, and how it is frozen and read."""

import json
import re
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from driehoek.access import Kind, Permission, Role, Shape
from driehoek.agreements import actions
from driehoek.agreements.models import Version
from driehoek.agreements.queries import (
    agreed_deliverables,
    changes,
    goals_of,
    missing,
    paper,
    standing,
    terms,
)
from driehoek.agreements.queries.deliverables import MOST_DELIVERABLES, MOST_WEEKS
from driehoek.documents.fingerprint import canonical, fingerprint
from driehoek.engagements.models import Engagement
from driehoek.kit.errors import Conflict, Refused
from tests.agreements.makers import (
    DELIVERABLE,
    address,
    make_criterion,
    make_deliverable,
    make_draft,
    make_goal,
    make_in_force,
    make_offered,
    make_preparing,
    signed_in,
)
from tests.documents.sheets import sheets
from tests.makers import make_person, person_of

pytestmark = pytest.mark.django_db

ODD = "👩🏽‍💻 عقد التسليم ✅ " + "ü" * 150


@pytest.fixture
def engagement():
    return make_preparing(shape=Shape.CONSULTANCY, sponsor=make_person("Pieter de Veer"))


def gaps(engagement):
    found = type(engagement).objects.get(pk=engagement.pk)
    now = standing(found)
    return [gap.what for gap in missing(found, now.draft, goals_of(found), parted=now.parted, comments=0)]


def typed(**given):
    return DELIVERABLE | given


def test_a_consultancy_without_deliverables_cannot_be_offered(engagement):
    make_draft(engagement)
    actions.remove_deliverable(engagement.deliverables.get(), by=engagement.made_by)

    assert gaps(engagement) == ["What will be delivered"]
    with pytest.raises(Refused, match="What will be delivered"):
        make_offered(engagement)


def test_how_often_and_how_fast_it_is_done_again_must_be_said(engagement):
    make_draft(engagement)
    engagement.draft.rework_days = engagement.draft.rework_rounds = None
    engagement.draft.save()

    assert gaps(engagement) == [
        "Within how many days something is done again",
        "How many times something may be done again",
    ]


def test_never_again_is_an_answer(engagement):
    make_draft(engagement)
    engagement.draft.rework_rounds = 0
    engagement.draft.save()

    assert gaps(engagement) == []


def test_what_is_due_after_the_last_day_is_missing_a_week(engagement):
    make_draft(engagement, ends_on=date(2026, 12, 20))

    assert gaps(engagement) == ["A week for deliverable 1 that lies before the last day"]


def test_a_saving_needs_a_way_to_compute_it(engagement):
    draft = make_draft(engagement)
    written = json.loads(draft.clauses)
    draft.clauses = json.dumps({**written, "savings_computed": ""})
    draft.save()

    assert gaps(engagement) == ["How the expected saving is computed"]


def test_nobody_needs_to_name_a_saving_or_a_penalty(engagement):
    draft = make_draft(engagement)
    written = {name: text for name, text in json.loads(draft.clauses).items() if "saving" not in name}
    draft.clauses = json.dumps(written | {"penalty": ""})
    draft.save()

    assert gaps(engagement) == []


def test_it_is_written_down_on_its_page_and_shown_with_its_date(engagement):
    make_draft(engagement)
    consultant = signed_in(engagement, Role.CONSULTANT)
    criterion = engagement.criteria.get()
    words = typed(name="Test met zes gebruikers", sort="test", week=8, judged_by=[str(criterion.pk)])

    answer = consultant.post(address("deliverable", engagement), words, follow=True)

    page = answer.content.decode()
    assert "Test met zes gebruikers" in page
    assert "Due in week 8: 28 January 2027" in page
    assert criterion.measure in page


@pytest.mark.parametrize("pressed", ["new", "the first"])
def test_what_was_typed_below_is_kept_on_the_way_to_one_promise(engagement, pressed):
    consultant, one = signed_in(engagement, Role.CONSULTANT), make_deliverable(engagement)
    then, wanted = ("new", []) if pressed == "new" else (str(one.pk), [one.pk])

    answer = consultant.post(
        address("deliverables", engagement), {"rework": "Beide tekenen het verslag.", "then": then}
    )

    assert answer.url == address("deliverable", engagement, *wanted)
    assert (
        "Beide tekenen het verslag." in consultant.get(address("deliverables", engagement)).content.decode()
    )


def test_no_heading_stands_on_the_page_twice(engagement):
    page = (
        signed_in(engagement, Role.CONSULTANT, "nl").get(address("deliverables", engagement)).content.decode()
    )

    headings = [" ".join(one.split()) for one in re.findall(r"<h[12][^>]*>([^<]*)</h[12]>", page)]
    assert "Opleveringen" in headings
    assert len(headings) == len(set(headings))


def test_a_double_press_promises_it_once(engagement):
    for _press in range(2):
        make_deliverable(engagement)

    assert engagement.deliverables.count() == 1


def test_two_tabs_on_one_promise_lose_nothing(engagement):
    one = make_deliverable(engagement)
    sponsor_side = make_person("Iemand anders")
    make_deliverable(engagement, deliverable_id=one.pk, revision=1, name="Ontwerp, tweede blik")

    with pytest.raises(Conflict) as conflict:
        make_deliverable(engagement, by=sponsor_side, deliverable_id=one.pk, revision=1, name="Mijn woorden")
    assert "tweede blik" in conflict.value.theirs


def test_one_that_was_removed_meanwhile_is_not_a_page_with_an_error(engagement):
    consultant = signed_in(engagement, Role.CONSULTANT)
    gone = address("deliverable", engagement, uuid4())

    answer = consultant.post(gone, typed(name="Toch nog dit"))

    assert "This was removed meanwhile" in answer.content.decode()
    assert "Toch nog dit" in answer.content.decode()
    assert consultant.get(gone).status_code == 404
    assert consultant.post(address("remove_deliverable", engagement, uuid4())).status_code == 302


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("week", -1),
        ("week", MOST_WEEKS + 1),
        ("week", "99999999999999999999"),
        ("week", "volgende week"),
        ("name", ""),
        ("name", "x" * 201),
        ("accepted_when", "   "),
        ("sort", "sculpture"),
        ("judged_by", ["not-a-criterion"]),
    ],
)
def test_what_cannot_be_meant_is_said_beside_its_field(engagement, field, value):
    make_criterion(make_goal(engagement))
    answer = signed_in(engagement, Role.CONSULTANT).post(
        address("deliverable", engagement), typed(**{field: value})
    )

    assert answer.status_code == 200
    assert answer.context["form"].errors[field]
    assert not engagement.deliverables.exists()


@pytest.mark.parametrize("given", [{"week": -1}, {"week": MOST_WEEKS + 1}, {"name": " "}, {"sort": "x"}])
def test_the_action_refuses_it_as_well(engagement, given):
    with pytest.raises(Refused):
        make_deliverable(engagement, **given)


def test_a_thirteenth_is_refused_with_a_sentence(engagement):
    for number in range(MOST_DELIVERABLES):
        make_deliverable(engagement, name=f"Nummer {number}")

    with pytest.raises(Refused, match="At most 12"):
        make_deliverable(engagement, name="Nog een")
    page = signed_in(engagement, Role.CONSULTANT).get(address("deliverable", engagement)).content.decode()
    assert "At most 12" in page


def test_nothing_is_promised_this_way_where_somebody_is_coached():
    coaching = make_preparing()

    with pytest.raises(Refused, match="consultancy"):
        make_deliverable(coaching)
    for name in ("deliverables", "deliverable"):
        assert signed_in(coaching, Role.COACH).get(address(name, coaching)).status_code == 302
    assert "deliverables" not in terms(make_offered(coaching))


def test_nothing_changes_while_a_version_is_offered(engagement):
    make_offered(engagement)

    with pytest.raises(Refused, match="has been offered"):
        make_deliverable(engagement, name="Nog iets")


def test_what_is_signed_holds_each_promise_with_its_day_and_its_criteria(engagement):
    criterion = make_criterion(make_goal(engagement), measure="Fouten per order")
    make_deliverable(engagement, judged_by=[criterion.pk])
    make_deliverable(engagement, name="Overdracht", sort="handover", week=12)
    make_draft(engagement)

    version = make_in_force(engagement)

    design, handover = agreed_deliverables(engagement, version)
    assert (design.due_on, handover.due_on) == (date(2026, 12, 31), date(2027, 2, 25))
    assert (design.judged_by, design.measures) == ((criterion.pk,), ("Fouten per order",))
    assert (design.number, handover.number, handover.sort) == (1, 2, "handover")


def test_a_criterion_that_was_removed_no_longer_judges_anything(engagement):
    criterion = make_criterion(make_goal(engagement))
    make_criterion(engagement.goals.get(), measure="Een andere maat")
    make_deliverable(engagement, judged_by=[criterion.pk])
    actions.remove_criterion(criterion, by=engagement.made_by)
    make_draft(engagement)

    assert terms(make_offered(engagement))["deliverables"][0]["criteria"] == []


def test_a_next_version_says_what_became_different(engagement):
    make_draft(engagement)
    first = make_offered(engagement)
    actions.withdraw(first, by=person_of(engagement, Role.CONSULTANT))
    one = engagement.deliverables.get()
    make_deliverable(engagement, deliverable_id=one.pk, revision=1, week=6)
    make_deliverable(engagement, name="Training", sort="training", week=9)

    found = {
        one.what: (one.before, one.after) for one in changes(terms(first), terms(make_offered(engagement)))
    }

    was, becomes = found["To be delivered, 1"]
    assert ("week 4" in was, "week 6" in becomes) == (True, True)
    assert found["To be delivered, 2"][0] == ""


def test_an_older_version_without_promises_stays_readable(engagement):
    version = make_offered(engagement)
    said = dict(version.said)
    del said["deliverables"]
    said["clauses"] = dict(said["clauses"]) | {"deliverables": "Een handleiding", "milestones": "Week 4"}
    said["logistics"] = {"starts_on": "2026-12-03", "ends_on": "2027-05-01"}
    Version.objects.filter(pk=version.pk).delete()
    older = Version.objects.create(
        **{name: getattr(version, name) for name in ("engagement", "number", "offered_by", "offered_at")},
        canonical=canonical(said).decode(),
        fingerprint=fingerprint(said),
    )

    page = signed_in(engagement, Role.SPONSOR).get(address("version", engagement, older.number))

    assert "Een handleiding" in page.content.decode()
    assert agreed_deliverables(engagement, older) == []
    assert paper(terms(older), version=older, stumbling_blocks=None)


def test_emoji_and_right_to_left_stand_on_the_page_and_on_paper(engagement):
    make_draft(engagement)
    one = engagement.deliverables.get()
    make_deliverable(engagement, deliverable_id=one.pk, revision=1, name=ODD, accepted_when=ODD)
    version = make_offered(engagement)
    sponsor = signed_in(engagement, Role.SPONSOR)

    page = sponsor.get(address("index", engagement)).content.decode()
    printed = sponsor.get(address("pdf", engagement, version.number))

    assert ODD in page
    assert printed["content-type"] == "application/pdf"
    text = "".join(sheets(printed.content))
    assert "üüüüüüüüüü" in text


def test_the_sponsor_always_sees_what_was_delivered_and_the_manager_by_choice(engagement):
    make_draft(engagement)
    table = engagement.draft.disclosure
    closed = {kind: dict(row) for kind, row in table.items()} | {
        "deliverables": {"manager": "never", "sponsor": "never"}
    }
    actions.choose_disclosure(engagement, by=engagement.made_by, table=closed)

    make_in_force(type(engagement).objects.get(pk=engagement.pk))

    held = type(engagement).objects.get(pk=engagement.pk)
    assert held.table.as_json()[Kind.DELIVERABLES] == {"manager": "never", "sponsor": "always"}
    assert held.lets(person_of(held, Role.SPONSOR), Permission.READ_DELIVERABLES)
    assert not held.lets(person_of(held, Role.MANAGER), Permission.READ_DELIVERABLES)


def test_the_page_of_who_sees_what_offers_the_sponsor_no_empty_choice(engagement):
    make_draft(engagement)

    form = signed_in(engagement, Role.CONSULTANT).get(address("disclosure", engagement)).context["form"]

    assert "deliverables__manager" in form.fields
    assert "deliverables__sponsor" not in form.fields


@pytest.mark.parametrize("name", ["deliverables", "deliverable"])
def test_only_the_consultant_writes_what_is_promised(engagement, name):
    assert signed_in(engagement, Role.CONSULTANT).get(address(name, engagement)).status_code == 200
    assert signed_in(engagement, Role.SPONSOR).get(address(name, engagement)).status_code == 403


def test_the_list_costs_the_same_for_one_and_for_twelve(engagement, django_assert_max_num_queries):
    make_draft(engagement)
    consultant = signed_in(engagement, Role.CONSULTANT)
    consultant.get(address("deliverables", engagement))
    with django_assert_max_num_queries(10) as one:
        consultant.get(address("deliverables", engagement))
    for number in range(MOST_DELIVERABLES - 1):
        make_deliverable(engagement, name=f"Nummer {number}")

    with django_assert_max_num_queries(10) as twelve:
        consultant.get(address("deliverables", engagement))

    assert len(one) == len(twelve)


def ready_on(client, engagement, asked=""):
    place = reverse("agreements:deliverable", args=[engagement.pk])
    return client.get(place + asked)


def test_a_promise_begins_from_what_is_often_delivered_and_from_the_known_situation(client):
    engagement = make_preparing(shape=Shape.CONSULTANCY)
    Engagement.objects.filter(pk=engagement.pk).update(starting_point="system-unused@1")
    client.force_login(person_of(engagement, Role.CONSULTANT))

    ready = ready_on(client, engagement).context["ready"]
    assert [one.id for one in ready][:4] == ["technology", "screens", "manual", "usual-design"]

    form = ready_on(client, engagement, "?from=usual-go-live").context["form"]
    assert (form["sort"].value(), form["week"].value()) == ("go_live", 12)
    assert form["accepted_when"].value()
    assert not engagement.deliverables.exists()  # a text to begin from, and nothing more


def test_what_stands_on_the_list_already_is_not_offered_again(client):
    engagement = make_preparing(shape=Shape.CONSULTANCY)
    client.force_login(person_of(engagement, Role.CONSULTANT))
    first = ready_on(client, engagement).context["ready"][0]
    make_deliverable(engagement, name=first.name)

    assert first.id not in [one.id for one in ready_on(client, engagement).context["ready"]]


def test_an_unknown_text_to_begin_from_is_an_empty_form(client):
    engagement = make_preparing(shape=Shape.CONSULTANCY)
    client.force_login(person_of(engagement, Role.CONSULTANT))

    assert not ready_on(client, engagement, "?from=%F0%9F%99%82").context["form"]["name"].value()
