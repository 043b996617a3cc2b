"""An agreement in force is changed: everybody reads what differs; the old one holds meanwhile."""

from datetime import datetime
from zoneinfo import ZoneInfo

from driehoek.access import Role
from driehoek.kit import clock
from tests.agreements.makers import make_in_force, make_preparing
from tests.journeys import steps
from tests.makers import make_person, person_of

PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True}


def test_three_parties_change_the_target_of_a_criterion(step_in):
    clock.move_to(datetime(2026, 11, 24, 9, tzinfo=ZoneInfo("Europe/Amsterdam")))
    johan = make_person("Johan Verbeek", language="nl")
    engagement = make_preparing(coachee=johan, without=(Role.SPONSOR,))
    make_in_force(engagement)
    place = f"/engagements/{engagement.pk}/"
    coach = step_in(person_of(engagement, Role.COACH), inspects=True)
    coachee, manager = step_in(johan, **PHONE), step_in(person_of(engagement, Role.MANAGER), **PHONE)

    coach.go(f"{place}agreement/change/").press("Begin a change")
    [criterion] = engagement.criteria.all()
    coach.go(f"{place}agreement/goals/{criterion.goal_id}/criterion/{criterion.pk}/").fill(target="0,20")
    coach.press("Keep this criterion")
    differs = coach.go(f"{place}agreement/change/").text("table, .changes, section.sheet")

    # While it is written the old one holds, and everybody reads the same differences.
    for party in (coachee, manager):
        assert party.go(f"{place}agreement/change/").text("table, .changes, section.sheet") == differs
    steps.talk_it_through(coach, place, on=clock.today())
    steps.offer(coach, place)
    assert [one.state for one in engagement.versions.order_by("number")] == ["in_force", "offered"]

    fingerprints = {steps.sign(party, place, number=2) for party in (coach, coachee, manager)}

    assert len(fingerprints) == 1
    assert [one.state for one in engagement.versions.order_by("number")] == ["superseded", "in_force"]
    for party in (coach, coachee, manager):
        assert "versie 2" in party.go(place).text()
        assert "Na de start gewijzigd" in party.go(f"{place}agreement/").text()
