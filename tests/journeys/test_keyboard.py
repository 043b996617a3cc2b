"""Somebody with a keyboard and no mouse reaches everything, and sees where they are."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from driehoek.access import Role
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.sessions.actions import plan_series
from tests.agreements.makers import make_offered, make_preparing, put_signature
from tests.journeys.walker import Walker
from tests.makers import make_person, person_of

# Every control that can be seen; of a group of radio buttons one is enough, arrows do the rest.
NUMBER_THEM = """() => {
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")];
  const seen = all.filter(one => !one.disabled && one.type != "hidden" && one.tabIndex >= 0
    && one.checkVisibility({visibilityProperty: true}));
  const names = new Map();
  for (const one of seen) {
    const group = one.type == "radio" ? `radio ${one.name}` : `${names.size} ${one.outerHTML.slice(0, 90)}`;
    names.set(one.journey = group, one);
  }
  return [...names.keys()];
}"""
WHERE = """() => {
  const one = document.activeElement;
  if (!one || one == document.body) return null;
  document.getAnimations().forEach(move => move.finish());
  const drawn = [one, one.closest("label"), one.nextElementSibling].filter(Boolean).map(getComputedStyle);
  const shown = drawn.some(s => (s.outlineStyle != "none" && parseFloat(s.outlineWidth) > 0));
  const box = one.getBoundingClientRect();
  const inside = box.top < innerHeight && box.bottom > 0;
  return {name: one.journey ?? one.outerHTML.slice(0, 90), shown, inside};
}"""


@pytest.fixture
def preparing(site: str) -> Engagement:
    clock.move_to(datetime(2026, 11, 27, 9, tzinfo=ZoneInfo("Europe/Amsterdam")))
    johan = make_person("Johan Verbeek", email="johan@example.org")
    return make_preparing(coachee=johan, without=(Role.SPONSOR,))


@pytest.mark.parametrize("width", [1440, 390])
def test_tab_reaches_every_control_with_a_focus_that_can_be_seen(step_in, preparing, width):
    place = f"/engagements/{preparing.pk}/"
    coachee = step_in(person_of(preparing, Role.COACHEE), viewport={"width": width, "height": 900})
    for path in ("", "intake/questions/1/", "agreement/goals/new/"):
        tab_through(coachee.go(f"{place}{path}"))
    version = make_offered(preparing)
    tab_through(coachee.go(f"{place}agreement/sign/"))
    for role in (Role.COACH, Role.MANAGER, Role.COACHEE):
        put_signature(version, role)
    plan_series(Engagement.objects.get(pk=preparing.pk), by=person_of(preparing, Role.COACH))
    for path in ("/today/", f"{place}sessions/1/talk/", f"{place}sessions/1/close/", f"{place}measurements/"):
        tab_through(coachee.go(path))


def test_the_skip_link_leads_past_the_menu(step_in, preparing):
    walker = step_in(person_of(preparing, Role.COACHEE)).go("/today/")

    walker.page.keyboard.press("Tab")
    walker.page.keyboard.press("Enter")

    assert walker.page.evaluate("document.activeElement.id") == "content"


def tab_through(walker: Walker) -> None:
    expected = set(walker.page.evaluate(NUMBER_THEM))
    reached: set[str] = set()
    for _press in range(3 * len(expected)):
        walker.page.keyboard.press("Tab")
        at = walker.page.evaluate(WHERE)
        if at is None or (at["name"] in reached and len(reached) >= len(expected)):
            break
        assert at["shown"], f"{walker.here}: no visible focus on {at['name']}"
        assert at["inside"], f"{walker.here}: the focus is off the screen on {at['name']}"
        reached.add(at["name"])
    assert not expected - reached, f"{walker.here}: Tab does not reach {expected - reached}"
