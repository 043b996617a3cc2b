"""One timeline over three phases, in which everybody sees their own phases and only when the others are."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from driehoek.access import Kind, Level, Role, Shape, Stage, default_table
from driehoek.blended.actions import begin_phase
from driehoek.blended.models import Phase
from driehoek.blended.queries.marks import Mark
from driehoek.blended.queries.placing import APART, placed
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.plans.models import Action
from driehoek.sessions.models import Session
from tests.blended.makers import make_blended, make_consulting, page, who
from tests.leaks.filled import Filled, fill
from tests.leaks.sweeps import FOUND, look_around
from tests.leaks.words import WORD
from tests.makers import make_member, make_party, make_person, person_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_autumn():
    clock.move_to(datetime(2026, 9, 20, 9, tzinfo=UTC))


@pytest.fixture
def coaching():
    engagement = make_blended(title="Leidinggeven aan de overstap")
    _run(engagement)
    starts_at = datetime(2027, 1, 14, 10, tzinfo=UTC)
    Session.objects.create(engagement=engagement, number=1, starts_at=starts_at)
    return engagement


@pytest.fixture
def consulting(coaching):
    engagement = make_consulting(coaching)
    _run(engagement)
    _milestone(engagement, "Proefdraaien", date(2026, 10, 12))
    return engagement


def _run(engagement: Engagement) -> None:
    table = default_table(engagement.shape_).as_json()
    if engagement.shape == Shape.CONSULTANCY:
        table[str(Kind.PLAN)] = {"manager": "always", "sponsor": "always"}
    engagement.disclosure, engagement.fingerprint_in_force = table, "f" * 64
    engagement.stage, engagement.started_on = Stage.ACTIVE, date(2026, 9, 1)
    engagement.save()


def _milestone(engagement: Engagement, text: str, on: date) -> None:
    now = clock.now()
    Action.objects.create(
        engagement=engagement,
        sort=Action.Sort.MILESTONE,
        text=text,
        owner=Role.CONSULTANT,
        due_on=on,
        week=6,
        made_at=now,
        changed_at=now,
    )


def lane(answer, kind):
    return next(one for one in answer.context["timeline"].lanes if one.kind == kind)


def marks(answer, kind):
    there = [mark for one in lane(answer, kind).marks for mark in one.marks]
    return [(one.kind, one.on, one.label) for one in sorted(there, key=lambda one: (one.on, one.label))]


def test_the_coach_sees_sessions_and_only_the_dates_of_the_consulting(client, coaching, consulting):
    answer = page(client, person_of(coaching, Role.COACH), "timeline", coaching)
    said = answer.content.decode()

    assert [kind for kind, _on, _label in marks(answer, "coaching")] == ["session"]
    assert "1 september 2026" in said
    assert "30 november 2026" in said
    assert not marks(answer, "consulting")
    assert "Proefdraaien" not in said
    assert consulting.title not in said


def test_the_consultant_sees_milestones_and_nothing_of_the_coaching_but_when_it_is(
    client, coaching, consulting
):
    answer = page(client, person_of(consulting, Role.CONSULTANT), "timeline", consulting)
    said = answer.content.decode()

    assert marks(answer, "consulting") == [("milestone", date(2026, 10, 12), "Proefdraaien")]
    assert "1 januari 2027" in said
    assert lane(answer, "coaching").engagement is None
    assert not lane(answer, "coaching").stage
    people = [str(party.person) for party in coaching.parties.all()]
    for words in (coaching.title, str(coaching.pk), "14 januari 2027", *people):
        assert words not in said


@pytest.mark.one_database
@pytest.mark.parametrize("stage", [Stage.ACTIVE, Stage.CLOSING])
def test_a_consultant_of_another_phase_reads_no_word_of_the_coaching_anywhere(client, stage):
    filled = fill(stage=stage)
    beside = Engagement.objects.get(phase__kind=Phase.Kind.TRANSITION)
    outside = look_around(client, Filled(beside, filled.known), Role.CONSULTANT)
    assert not {(look.address, word) for look in outside for word in look.found}

    for name in ("timeline", "agents"):
        inside = page(client, person_of(beside, Role.CONSULTANT), name, beside)
        found = FOUND.findall(inside.content.decode())
        assert found
        assert all(word.startswith(f"{WORD}beside") for word in found)


def test_a_sponsor_of_two_phases_sees_what_each_agreement_opens(client, coaching, consulting):
    sponsor = person_of(coaching, Role.SPONSOR)
    make_party(consulting, Role.SPONSOR, sponsor)

    answer = page(client, sponsor, "timeline", coaching)

    assert lane(answer, "consulting").engagement == consulting
    assert marks(answer, "consulting") == [("milestone", date(2026, 10, 12), "Proefdraaien")]
    assert not marks(answer, "coaching")


def test_today_stands_on_the_line_and_the_phase_of_now_says_so(client, coaching):
    answer = page(client, person_of(coaching, Role.COACH), "timeline", coaching)
    timeline = answer.context["timeline"]

    assert [one.kind for one in timeline.lanes if one.is_now] == ["consulting"]
    assert 4 < float(timeline.today.rstrip("%")) < 6  # 19 of 365 days
    lefts = [float(one.left.rstrip("%")) for one in timeline.lanes]
    assert lefts == sorted(lefts)
    assert sum(float(one.width.rstrip("%")) for one in timeline.lanes) == pytest.approx(100, abs=0.1)


def test_what_lies_outside_the_phases_stretches_the_line(client, coaching, consulting):
    _milestone(consulting, "Voorbereiding", date(2026, 8, 3))
    timeline = page(client, person_of(consulting, Role.CONSULTANT), "timeline", consulting).context[
        "timeline"
    ]
    places = [float(one.left.rstrip("%")) for found in timeline.lanes for one in found.marks]
    assert min(places) == 0
    assert all(0 <= place <= 100 for place in places)


def test_who_planned_it_sees_who_has_not_answered_yet(client, coaching):
    coach = person_of(coaching, Role.COACH)
    begin_phase(coaching, by=coach, kind=Phase.Kind.CONSULTING, **who())

    assert "Daan Kuipers is op 20 september 2026 uitgenodigd" in (
        page(client, coach, "timeline", coaching).content.decode()
    )
    coachee = person_of(coaching, Role.COACHEE)
    assert "Daan Kuipers" not in page(client, coachee, "timeline", coaching).content.decode()


def test_an_engagement_that_stands_alone_says_so(client):
    filled = fill(stage=Stage.ACTIVE)
    Phase.objects.all().delete()
    coach = person_of(filled.engagement, Role.COACH)
    make_member(filled.engagement.organisation, coach, is_coach=True)
    answer = page(client, coach, "timeline", filled.engagement)
    assert answer.context["timeline"] is None
    assert reverse("blended:plan", args=[filled.engagement.pk]) in answer.content.decode()


def test_the_page_of_an_engagement_leads_to_the_timeline(client, coaching, consulting):
    for engagement, role in (
        (coaching, Role.COACHEE),
        (coaching, Role.SPONSOR),
        (consulting, Role.CONSULTANT),
    ):
        client.force_login(person_of(engagement, role))
        said = client.get(reverse("engagement", args=[engagement.pk])).content.decode()
        assert reverse("blended:timeline", args=[engagement.pk]) in said


@pytest.mark.parametrize("sessions", [1, 200])
def test_somebody_in_all_three_phases_opens_it_within_ten_queries(client, coaching, consulting, sessions):
    manager = person_of(coaching, Role.MANAGER)
    transition = make_consulting(coaching, Phase.Kind.TRANSITION)
    _run(transition)
    for one in (consulting, transition):
        make_party(one, Role.MANAGER, manager)
    for number in range(sessions):
        _milestone(consulting, f"Stap {number}", date(2026, 10, 1) + timedelta(days=number))
    page(client, manager, "timeline", coaching)

    with CaptureQueriesContext(connection) as asked:
        answer = page_again(client, coaching)

    assert answer.status_code == 200
    assert len(asked) <= 10, "\n".join(one["sql"] for one in asked)


def page_again(client, engagement):
    return client.get(reverse("blended:timeline", args=[engagement.pk]))


def test_a_manager_to_whom_nothing_was_opened_sees_no_marks(client, coaching, consulting):
    manager = make_person()
    make_party(consulting, Role.MANAGER, manager)
    consulting.disclosure[str(Kind.PLAN)] = {"manager": str(Level.NEVER), "sponsor": str(Level.NEVER)}
    consulting.save()
    assert not marks(page(client, manager, "timeline", consulting), "consulting")


def marks_of(*days, kind="milestone"):
    first = date(2027, 1, 1)
    return [
        (Mark(kind, first + timedelta(days=day), f"{kind} {day}", done=day < 100), day / 365) for day in days
    ]


@pytest.mark.parametrize("kind", APART)
def test_no_mark_lies_over_another_of_its_kind_on_a_phone(kind):
    found = placed(marks_of(*range(0, 360, 7), 361, 362, kind=kind))
    ends = [(float(one.left[:-1]), float(one.left[:-1]) + float(one.width[:-1])) for one in found]

    assert sum(one.count for one in found) == 54
    assert all(later[0] - sooner[1] >= APART[kind] * 100 for sooner, later in pairwise(ends))


def test_marks_close_together_are_one_with_a_number_and_done_only_when_all_are():
    apart, together = placed(marks_of(10, 95, 101))

    assert (apart.count, apart.done) == (1, True)
    assert (together.count, together.done) == (2, False)
    assert {mark.label for mark in together.marks} == {"milestone 95", "milestone 101"}
