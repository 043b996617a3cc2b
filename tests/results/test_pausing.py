"""A pause: who may, what stops meanwhile, and who learns what."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from driehoek.access import RECEIVERS, Permission, Role, Shape, Stage
from driehoek.engagements import actions
from driehoek.engagements.models import Engagement, Pause
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.outbox.models import Letter
from driehoek.sessions.actions import write_reflection
from driehoek.sessions.models import Session
from driehoek.web.queries import today_for
from tests.makers import person_of
from tests.measures.makers import NOW, as_, make_agreed
from tests.results.makers import page, send

pytestmark = pytest.mark.django_db
COACHEE, COACH, SPONSOR, MANAGER = Role.COACHEE, Role.COACH, Role.SPONSOR, Role.MANAGER
WHY = "Mijn moeder is ziek"


@pytest.fixture(autouse=True)
def _now():
    clock.move_to(NOW)


def fresh(engagement):
    return Engagement.objects.get(pk=engagement.pk)


def paused(by=COACHEE, **facts):
    engagement = make_agreed()
    send(as_(engagement, by), "pause", engagement, **({"reason": WHY, "expected_on": "2027-03-15"} | facts))
    return fresh(engagement)


def overview(engagement, role, name="engagement"):
    return as_(engagement, role).get(reverse(name, args=[engagement.pk])).content.decode()


@pytest.mark.parametrize("by", [COACHEE, COACH])
def test_coachee_or_coach_lets_it_rest_and_lets_it_go_on(by):
    engagement = paused(by)
    assert (engagement.stage, engagement.paused_on) == (Stage.PAUSED, date(2027, 2, 1))

    other = COACH if by is COACHEE else COACHEE
    send(as_(engagement, other), "resume", engagement)

    engagement = fresh(engagement)
    assert (engagement.stage, engagement.paused_on) == (Stage.ACTIVE, None)


def test_while_paused_the_page_says_since_when_instead_of_running_on():
    for role in (COACHEE, COACH):
        html = overview(paused(), role)
        assert "paused since 1 February 2027" in html
        assert "Under way since" not in html


def test_a_consultant_pauses_a_consultancy_and_is_asked_for_no_reason_that_nobody_reads():
    engagement = make_agreed(shape=Shape.CONSULTANCY)
    assert "reason" not in page(as_(engagement, Role.CONSULTANT), "pause", engagement).context["form"].fields

    send(as_(engagement, Role.CONSULTANT), "pause", engagement)

    assert fresh(engagement).stage == Stage.PAUSED


@pytest.mark.parametrize("role", RECEIVERS)
def test_the_organisation_neither_pauses_nor_lets_go_on(role):
    engagement = paused()
    assert page(as_(engagement, role), "pause", engagement).status_code == 403
    assert send(as_(engagement, role), "resume", engagement).status_code == 403
    assert fresh(engagement).stage == Stage.PAUSED


@pytest.mark.parametrize("role", RECEIVERS)
@pytest.mark.parametrize("name", ["engagement", "results:stop_or_pause", "engagements:parties"])
def test_manager_and_sponsor_read_that_it_is_paused_and_nothing_else(role, name):
    html = overview(paused(), role, name)
    main = html[html.index("<main") :] if name != "engagement" else html
    assert WHY not in html
    assert "15 March" not in html
    assert "Johan Verbeek (coachee)" not in main
    if name != "engagements:parties":
        assert "Paused since 1 February 2027" in html


@pytest.mark.parametrize("role", [COACHEE, COACH])
def test_coachee_and_coach_read_who_and_why_and_until_when(role):
    html = overview(paused(), role, "results:stop_or_pause")
    assert "Johan Verbeek (coachee) paused it." in html
    assert WHY in html
    assert "15 March 2027" in html


def test_a_look_of_the_coach_at_the_reason_is_noted_for_the_coachee():
    engagement = paused()
    overview(engagement, COACH, "results:stop_or_pause")
    assert "Who pauses or stops, and why" in overview(engagement, COACHEE, "engagements:looks")


def test_everybody_but_who_paused_gets_a_letter_that_says_only_that():
    engagement = paused()
    letters = Letter.objects.filter(template="engagement_news")
    assert set(letters.values_list("to_address", flat=True)) == {
        person_of(engagement, role).email for role in (COACH, MANAGER, SPONSOR)
    }
    text = "".join(str(letter.open()) for letter in letters)
    assert WHY not in text
    assert engagement.title not in text
    assert "2027" not in text


def test_nobody_is_asked_for_anything_while_it_is_paused():
    engagement = make_agreed()
    Session.objects.create(engagement=engagement, number=1, starts_at=datetime(2027, 2, 1, 15, tzinfo=UTC))
    asked = {role: today_for(person_of(engagement, role)) for role in (COACHEE, COACH)}
    assert all(one.next for one in asked.values())

    actions.pause(engagement, by=person_of(engagement, COACHEE))

    for role in (COACHEE, COACH, MANAGER, SPONSOR):
        now = today_for(person_of(engagement, role))
        assert (now.next, now.steps, now.meeting) == (None, [], None)
        assert now.lines[0].row.stage == "Paused"
        assert now.lines[0].waits == "Paused since 1 February 2027"


def test_from_the_expected_day_on_those_who_may_are_asked_whether_it_goes_on():
    engagement = paused()
    clock.move_to(datetime(2027, 3, 15, 9, tzinfo=UTC))
    assert today_for(person_of(engagement, COACH)).next.title == "Say whether it goes on again"
    assert today_for(person_of(engagement, SPONSOR)).next is None


@pytest.mark.parametrize(
    ("name", "role", "more"),
    [
        ("sessions:add", COACH, ()),
        ("plans:add", COACHEE, ()),
        ("measures:score", COACHEE, ("interim",)),
        ("measures:score", MANAGER, ("interim",)),
        ("results:coachee_report", COACHEE, ()),
        ("results:begin_closing", COACH, ()),
    ],
)
def test_work_is_refused_with_the_reason_and_how_to_go_on(name, role, more):
    engagement = paused()
    answer = as_(engagement, role).get(reverse(name, args=[engagement.pk, *more]))
    assert answer.status_code == 403
    assert "This engagement is paused, so this waits." in answer.content.decode()
    assert "by: coachee, coach." in answer.content.decode()


def test_reading_and_looking_back_stay_possible():
    engagement = paused()
    Session.objects.create(
        engagement=engagement, number=1, starts_at=datetime(2027, 1, 20, 10, tzinfo=UTC), held_at=NOW
    )
    coachee = as_(engagement, COACHEE)
    for name in ("agreements:index", "plans:index", "sessions:index", "measures:index", "results:index"):
        assert coachee.get(reverse(name, args=[engagement.pk])).status_code == 200, name

    assert coachee.get(reverse("sessions:reflect", args=[engagement.pk, 1])).status_code == 200
    assert write_reflection(engagement.sessions.get(), text="Rustig aan").text == "Rustig aan"


def test_the_coach_goes_on_writing_for_nobody_but_themselves():
    engagement = paused()
    Session.objects.create(engagement=engagement, number=1, starts_at=NOW, held_at=NOW)
    coach, place = as_(engagement, COACH), reverse("sessions:own_notes", args=[engagement.pk, 1])
    form = coach.get(place).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}

    assert coach.post(place, typed | {"private": "Niet vergeten"}).status_code == 302

    assert "Niet vergeten" in coach.get(place).content.decode()
    assert as_(engagement, COACHEE).get(place).status_code == 403


def test_pausing_twice_is_pausing_once_and_a_second_person_is_told():
    engagement = paused()
    send(as_(engagement, COACHEE), "pause", engagement, reason=WHY, expected_on="2027-03-15")
    answer = send(as_(engagement, COACH), "pause", engagement, reason="Vakantie", expected_on="2027-04-01")

    assert "It has been paused already, since 1 February 2027." in answer.content.decode()
    assert "Vakantie" in answer.content.decode()
    assert Pause.objects.get().reason == WHY
    assert Letter.objects.filter(template="engagement_news").count() == 3


def test_whoever_paused_may_name_another_day_later():
    engagement = paused()
    send(as_(engagement, COACHEE), "pause", engagement, reason=WHY, expected_on="2027-05-01")
    assert Pause.objects.get().expected_on == date(2027, 5, 1)


def test_a_day_that_does_not_lie_ahead_is_refused_beside_the_field():
    engagement = make_agreed()
    answer = send(as_(engagement, COACH), "pause", engagement, reason=WHY, expected_on="2027-02-01")
    assert answer.context["form"].errors["expected_on"] == ["Choose a day that lies ahead, or leave it open."]
    assert WHY in answer.content.decode()
    assert not Pause.objects.exists()


def test_going_on_twice_is_going_on_once():
    engagement = paused()
    for _press in range(2):
        assert send(as_(engagement, COACH), "resume", engagement).status_code == 302
    assert Letter.objects.filter(template="engagement_news").count() == 6


def test_a_page_opened_before_the_pause_writes_nothing_after_it():
    engagement = make_agreed()
    actions.pause(engagement, by=person_of(engagement, COACH))
    with pytest.raises(Refused, match="is paused, so this waits"):
        actions.hold(engagement, Permission.CHANGE_PLAN)
