"""A goal reads as one sentence while it is typed."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from driehoek.access import Role
from driehoek.kit import clock
from driehoek.people.models import KeptForm
from tests.agreements.makers import make_goal, make_preparing
from tests.makers import make_person, person_of


@pytest.fixture
def goal(site):
    clock.move_to(datetime(2026, 11, 27, 9, tzinfo=ZoneInfo("Europe/Amsterdam")))
    return make_goal(make_preparing(coachee=make_person("Johan Verbeek", email="johan@example.org")))


def at_the_goal(step_in, goal, **options):
    coachee = step_in(person_of(goal.engagement, Role.COACHEE), **options)
    return coachee.go(f"/engagements/{goal.engagement_id}/agreement/goals/{goal.pk}/")


def sentence(walker):
    return walker.page.locator("[data-sentence-shown]")


@pytest.mark.parametrize("size", [(390, 844), (1440, 900)])
def test_the_sentence_follows_what_is_typed_without_a_button(step_in, goal, size):
    coachee = at_the_goal(step_in, goal, viewport=dict(zip(("width", "height"), size, strict=True)))
    expect(sentence(coachee)).to_contain_text("Uiterlijk 15 januari 2027 kan ik een projectplan maken")
    expect(coachee.page.locator("[data-sentence-button]")).to_be_hidden()

    coachee.fill(by_when="2027-03-01", why="het team dan verder kan")
    expect(sentence(coachee)).to_contain_text("Uiterlijk 1 maart 2027 kan ik")
    expect(sentence(coachee)).to_contain_text("omdat het team dan verder kan.")
    coachee.fill(language="en", ability="know")
    expect(sentence(coachee)).to_contain_text("By 1 March 2027 I know")
    expect(sentence(coachee)).to_have_attribute("lang", "en")

    goal.refresh_from_db()
    assert goal.why == "er dan twee jaar een stevige basis ligt"


def test_without_scripts_the_button_shows_it(step_in, goal):
    coachee = at_the_goal(step_in, goal, java_script_enabled=False)

    coachee.fill(by_when="2027-03-01").press("Show the sentence")

    assert "Uiterlijk 1 maart 2027 kan ik" in sentence(coachee).inner_text()


def test_who_was_signed_out_meanwhile_gets_the_button_back_and_keeps_the_words(step_in, goal):
    coachee = at_the_goal(step_in, goal)
    expect(sentence(coachee)).to_contain_text("Uiterlijk 15 januari 2027")
    coachee.context.clear_cookies(name="session")

    coachee.fill(why="ik het wil")
    expect(coachee.page.locator("[data-sentence-button]")).to_be_visible()
    assert not KeptForm.objects.exists()
    coachee.press("Show the sentence")

    assert KeptForm.objects.count() == 1
