"""Stopping under the agreement: the last day, who learns what, taking it back, and the end."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from driehoek.access import RECEIVERS, Role, Shape, Stage
from driehoek.engagements.actions import pause, put_in_force
from driehoek.engagements.models import Engagement, Notice
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.measures.queries import verdicts
from driehoek.outbox.models import Letter
from driehoek.results import actions, queries
from driehoek.web.queries import today_for
from tests.makers import person_of
from tests.measures.makers import as_, make_agreed, measure
from tests.results.makers import make_report, page, send
from tests.sessions.makers import make_session

pytestmark = pytest.mark.django_db
COACHEE, COACH, SPONSOR, MANAGER = Role.COACHEE, Role.COACH, Role.SPONSOR, Role.MANAGER
WHY = "Het klikt niet meer"
NOW = datetime(2026, 12, 10, 9, tzinfo=UTC)
"""Inside the window of the criterion that is agreed, which ends on 15 January 2027."""
LAST_DAY = date(2026, 12, 24)


@pytest.fixture(autouse=True)
def _now():
    clock.move_to(NOW)


def fresh(engagement):
    return Engagement.objects.get(pk=engagement.pk)


def stop(engagement, role, **facts):
    seen = page(as_(engagement, role), "stop", engagement).context["form"]["seen"].value()
    return send(as_(engagement, role), "stop", engagement, **({"seen": seen, "reason": WHY} | facts))


def stopped(by=COACHEE, **given):
    engagement = make_agreed(**given)
    stop(engagement, by)
    return fresh(engagement)


def after_the_last_day(engagement):
    clock.move_to(datetime(2026, 12, 28, 9, tzinfo=UTC))
    return fresh(engagement)


def shown(engagement, role, name="results:stop_or_pause"):
    return as_(engagement, role).get(reverse(name, args=[engagement.pk])).content.decode()


@pytest.mark.parametrize("by", [COACHEE, COACH, MANAGER, SPONSOR])
def test_any_party_stops_and_the_last_day_follows_from_the_agreement(by):
    engagement = stopped(by)
    assert (engagement.stage, engagement.stops_on) == (Stage.CLOSING, LAST_DAY)
    assert Notice.objects.get().role == by


def test_a_consultant_stops_a_consultancy_and_the_sponsor_reads_that_it_ends():
    engagement = make_agreed(shape=Shape.CONSULTANCY)
    stop(engagement, Role.CONSULTANT)
    assert "It ends on 24 December 2026" in shown(fresh(engagement), SPONSOR)


@pytest.mark.parametrize(("days", "says"), [(0, "names no notice"), (30, "names 30 days of notice")])
def test_the_last_day_and_the_notice_are_read_before_it_is_confirmed(days, says):
    engagement = make_agreed(draft={"notice_days": days})
    answer = page(as_(engagement, COACHEE), "stop", engagement)
    assert answer.context["learning"].ends_on == date(2026, 12, 10) + timedelta(days=days)
    assert says in answer.content.decode()


def test_an_agreement_that_says_nothing_about_notice_has_none():
    assert queries.last_day(make_agreed(stage=Stage.ACTIVE, draft={"notice_days": 0})) == date(2026, 12, 10)


def test_a_last_day_that_was_not_the_one_on_the_page_is_shown_once_more():
    engagement = make_agreed()
    answer = stop(engagement, COACHEE, seen="2026-12-23")
    assert "The last day is now 24 December 2026." in answer.content.decode()
    assert WHY in answer.content.decode()
    assert fresh(engagement).stage == Stage.ACTIVE


@pytest.mark.parametrize("role", RECEIVERS)
@pytest.mark.parametrize("by", [COACHEE, COACH])
def test_manager_and_sponsor_read_that_it_ends_and_when_not_who_and_not_why(role, by):
    engagement = stopped(by)
    name = person_of(engagement, by).name
    page_of_stop, overview = shown(engagement, role), shown(engagement, role, "engagement")
    assert "It ends on 24 December 2026" in page_of_stop
    assert "The last day: 24 December 2026." in overview
    assert WHY not in page_of_stop + overview
    assert f"{name} (" not in page_of_stop
    assert "The organisation stops." not in page_of_stop


@pytest.mark.parametrize("role", [COACHEE, COACH])
def test_coachee_and_coach_read_who_stopped_and_why(role):
    html = shown(stopped(COACHEE), role)
    assert "Johan Verbeek (coachee) stops." in html
    assert WHY in html


def test_when_the_sponsor_stops_everybody_reads_that_it_is_the_organisation():
    engagement = stopped(SPONSOR)
    assert "The organisation stops." in shown(engagement, MANAGER)
    assert "You stopped it." in shown(engagement, SPONSOR)
    assert "Ellen Brouwer (sponsor) stops." in shown(engagement, COACHEE)
    assert WHY not in shown(engagement, MANAGER)


def test_today_leads_everybody_but_who_stopped_to_the_end_until_the_last_day():
    engagement = stopped(MANAGER)
    words = "Read that it ends, and what is still possible"
    asked = {role: today_for(person_of(engagement, role)).next for role in (COACHEE, SPONSOR, MANAGER)}

    assert asked[COACHEE].title == asked[SPONSOR].title == words
    assert "24 December 2026" in asked[COACHEE].explained
    assert asked[MANAGER] is None or asked[MANAGER].title != words
    after_the_last_day(engagement)
    assert today_for(person_of(engagement, COACHEE)).next.title == "Close the engagement"


@pytest.mark.parametrize("by", [COACHEE, SPONSOR])
def test_the_others_get_a_letter_without_who_why_or_when(by):
    engagement = stopped(by)
    letters = list(Letter.objects.filter(template="engagement_news"))
    text = "".join(str(letter.open()) for letter in letters)
    assert len(letters) == 3
    assert person_of(engagement, by).email not in [letter.to_address for letter in letters]
    assert WHY not in text
    assert engagement.title not in text
    assert "Ellen Brouwer" not in text
    assert "December" not in text


def test_whoever_stopped_takes_it_back_until_the_last_day():
    engagement = stopped()
    clock.move_to(datetime(2026, 12, 24, 20, tzinfo=UTC))
    for _press in range(2):
        assert send(as_(engagement, COACHEE), "take_back", engagement).status_code == 302
    engagement = fresh(engagement)
    assert (engagement.stage, engagement.stops_on) == (Stage.ACTIVE, None)
    assert Letter.objects.filter(template="engagement_news").count() == 6


def test_what_was_paused_is_paused_again_when_it_is_taken_back():
    engagement = make_agreed()
    pause(engagement, by=person_of(engagement, COACH))
    stop(engagement, COACHEE)
    assert (fresh(engagement).stage, fresh(engagement).paused_on) == (Stage.CLOSING, None)

    send(as_(engagement, COACHEE), "take_back", engagement)

    assert (fresh(engagement).stage, fresh(engagement).paused_on) == (Stage.PAUSED, date(2026, 12, 10))


@pytest.mark.parametrize("role", [COACH, SPONSOR])
def test_nobody_else_takes_it_back(role):
    engagement = stopped()
    send(as_(engagement, role), "take_back", engagement)
    assert fresh(engagement).stops_on == LAST_DAY


def test_it_is_not_taken_back_after_the_last_day():
    engagement = after_the_last_day(stopped())
    send(as_(engagement, COACHEE), "take_back", engagement)
    assert fresh(engagement).stops_on == LAST_DAY


def test_stopping_twice_is_stopping_once_and_a_second_person_keeps_their_words():
    engagement = stopped()
    assert send(as_(engagement, COACHEE), "stop", engagement, reason=WHY).status_code == 302
    answer = send(as_(engagement, COACH), "stop", engagement, reason="Ik ook")

    assert "It has been stopped already; its last day is 24 December 2026." in answer.content.decode()
    assert "Ik ook" in answer.content.decode()
    assert Notice.objects.count() == 1
    assert Letter.objects.filter(template="engagement_news").count() == 3


def test_nothing_is_left_to_stop_once_the_closing_has_begun():
    engagement = make_agreed()
    actions.begin_closing(engagement, by=person_of(engagement, COACH))
    answer = send(as_(engagement, COACHEE), "stop", engagement, seen=LAST_DAY)
    assert "The closing has begun already" in answer.content.decode()
    assert not Notice.objects.exists()


def test_nobody_is_asked_for_a_report_or_a_talk_and_writing_stays_possible():
    engagement = stopped()
    for role in (COACHEE, COACH, MANAGER, SPONSOR):
        now = today_for(person_of(engagement, role))
        asked = [step.url for step in (now.next, *now.steps) if step]
        reads = reverse("results:stop_or_pause", args=[engagement.pk])
        assert asked == ([] if role is COACHEE else [reads]), role
        assert now.lines[0].row.stage == "Ends on 24 Dec"
    offers = [one.title for one in queries.still_possible(engagement, person_of(engagement, COACHEE))]
    assert offers == [
        "A last session",
        "A closing report",
        "What came of it",
        "What your organisation may read",
    ]
    assert not engagement.closing_talks.exists()


def test_it_is_not_closed_while_the_notice_runs():
    engagement = stopped()
    answer = send(as_(engagement, COACH), "close", engagement)
    assert "The last day is 24 December 2026." in answer.content.decode()
    assert "The last day is 24 December" in send(as_(engagement, COACHEE), "end", engagement).content.decode()
    assert fresh(engagement).stage == Stage.CLOSING


@pytest.mark.parametrize(("role", "name"), [(COACH, "close"), (COACHEE, "end")])
def test_after_the_last_day_coach_or_coachee_closes_it_without_reports(role, name):
    engagement = after_the_last_day(stopped())
    assert today_for(person_of(engagement, role)).next.title == "Close the engagement"

    send(as_(engagement, role), name, engagement)

    engagement = fresh(engagement)
    assert (engagement.stage, engagement.stops_on) == (Stage.CLOSED, LAST_DAY)
    assert queries.closed_without(engagement, [])


def test_a_coachee_does_not_close_what_was_not_stopped():
    engagement = make_agreed()
    actions.begin_closing(engagement)
    answer = send(as_(engagement, COACHEE), "end", engagement)
    assert "Your coach closes this" in answer.content.decode()
    assert fresh(engagement).stage == Stage.CLOSING


@pytest.mark.parametrize(("value", "says"), [("9", "It met the target"), ("1", "It did not meet the target")])
def test_a_criterion_whose_period_had_not_ended_is_stopped_early_for_good(value, says):
    engagement = make_agreed(criterion={"form": "level", "target": 7})
    measure(engagement, [(date(2026, 12, 9), value)])
    stop(engagement, COACHEE)
    assert verdicts(fresh(engagement))[0].verdict.status == "not_due"

    for on in (datetime(2026, 12, 28, 9, tzinfo=UTC), datetime(2027, 6, 1, 9, tzinfo=UTC)):
        clock.move_to(on)
        assert verdicts(fresh(engagement))[0].verdict.status == "stopped_early"
    html = shown(engagement, COACHEE, "measures:index")
    assert "neither reached nor missed" in html
    assert says in html


def test_no_session_is_planned_after_the_last_day():
    engagement = stopped()
    answer = as_(engagement, COACH).post(
        reverse("sessions:add", args=[engagement.pk]), {"on": "2026-12-28", "at": "10:00"}
    )
    assert answer.context["form"].errors["on"] == [
        "This engagement ends on 24 December 2026. Choose that day or an earlier one."
    ]


def test_a_stop_calls_off_what_is_planned_after_the_last_day_with_one_letter():
    engagement = make_agreed()
    days = (LAST_DAY, LAST_DAY + timedelta(days=1), LAST_DAY + timedelta(days=22))
    series = uuid4()
    for number, on in enumerate(days, start=1):
        at = datetime.combine(on, time(10), tzinfo=UTC)
        make_session(engagement, number, starts_at=at, series=series, series_at=at)
    stop(engagement, SPONSOR)

    kept = engagement.sessions.filter(cancelled_at=None)
    assert [one.number for one in kept] == [1]
    letters = Letter.objects.filter(template="session_cancelled")
    assert {one.to_address for one in letters} == {person_of(engagement, r).email for r in (COACHEE, COACH)}
    assert all("2 sess" in one.open()["text"] for one in letters)
    clock.move_to(datetime.combine(LAST_DAY, time(12), tzinfo=UTC))
    assert "Next session" not in shown(engagement, COACHEE, "engagement")


def test_closing_calls_off_what_is_still_planned_and_says_so_beforehand():
    engagement = make_agreed(stage=Stage.CLOSING)
    make_report(engagement, COACHEE, "Mijn verslag")
    make_report(engagement, COACH, "Het verslag van de coach")
    for number, days in ((1, -9), (2, 9)):
        make_session(engagement, number, starts_at=clock.now() + timedelta(days=days))
    before = shown(engagement, COACH, "results:close")

    send(as_(engagement, COACH), "close", engagement)

    assert "One session that is still planned is called off with it" in before
    assert [one.number for one in engagement.sessions.filter(cancelled_at=None)] == [1]
    letters = Letter.objects.filter(template="session_cancelled")
    assert {one.to_address for one in letters} == {person_of(engagement, r).email for r in (COACHEE, COACH)}


def test_taking_the_stop_back_says_that_sessions_are_planned_again():
    engagement = make_agreed()
    make_session(
        engagement, 1, starts_at=datetime.combine(LAST_DAY, time(10), tzinfo=UTC) + timedelta(days=9)
    )
    stop(engagement, COACHEE)
    assert "Sessions that were called off have to be planned again." in shown(engagement, COACHEE)

    send(as_(engagement, COACHEE), "take_back", engagement)

    assert "Plan the sessions again" in shown(engagement, COACH, "engagement")


def test_a_new_agreement_does_not_come_into_force_after_a_notice():
    engagement = stopped()
    with pytest.raises(Refused, match="being closed"):
        put_in_force(engagement, table=engagement.table, fingerprint="e" * 64, on=LAST_DAY)
