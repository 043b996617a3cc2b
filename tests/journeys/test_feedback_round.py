"""A round of feedback: named, checked, answered on a phone without an account, closed and read; and again."""

import json
import re
from datetime import timedelta

import pytest

from driehoek.access import Role
from driehoek.feedback.actions import begin_round, close_rounds
from driehoek.feedback.models import Round
from driehoek.kit import clock
from tests.booking.makers import NOW
from tests.feedback.makers import answer, make_open, raters
from tests.makers import make_person, person_of
from tests.sessions.makers import make_coaching

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PEOPLE = ("Bas Kuiper", "Wendela Prins", "Joost Hamers")
READS_PER_MINUTE, SECONDS_PER_TAP = 200, 2  # words, slowly; and finding and tapping an answer
FOUR_MINUTES = 240


@pytest.fixture
def engagement(site):
    clock.move_to(NOW)
    johan = make_person("Johan Verbeek", email="johan@example.org")
    return make_coaching(coachee=johan, coach=make_person("Marijke Aalbers", email="marijke@example.org"))


def address(name):
    return f"{name.split()[0].lower()}@example.org"


def tap(walker, item, value):
    """By its words, as a thumb does."""
    walker.page.locator(f'label:has(input[name="{item}"][value="{value}"])').tap()


def answers_by_link(walker, link, scores, *, words=""):
    """From the letter to the thanks; gives how many taps and how many seconds that took, reading it all."""
    walker.go(link).reads("Your answers are semi-anonymous")
    read, taps = len(walker.text().split()), 2  # the link in the letter, and the button
    walker.press("Begin")
    for page_scores in scores:
        read += len(walker.text().split())
        for item, value in page_scores.items():
            tap(walker, item, value)
        walker.press("Keep, and on")
        taps += len(page_scores) + 1
    read += len(walker.text().split())
    if words:
        walker.fill(keep=words)
    walker.press("Hand in").reads("Handed in. Thank you.")
    return taps + 1, read * 60 / READS_PER_MINUTE + (taps + 1) * SECONDS_PER_TAP


def test_from_naming_to_reading_with_three_who_answer_on_a_phone(engagement, step_in, walk, post):
    coachee = step_in(person_of(engagement, Role.COACHEE), inspects=True)
    coach = step_in(person_of(engagement, Role.COACH), inspects=True)
    place = f"/engagements/{engagement.pk}/feedback/"

    coachee.go(f"{place}begin/").fill(
        behaviours=["listening", "entrusting", "word-kept"], own1="vraagt mij eerst"
    )
    coachee.press("Begin this round").take_next_step()
    for name in PEOPLE:
        coachee.fill(name=name, email=address(name), group="peers").press("Put on the list")
    coachee.press("The list is ready")
    coach.go("/today/").go(place).take_next_step().press("Ask everybody").reads(
        "The letters are on their way."
    )

    asked = json.loads(Round.objects.get().asked)["behaviours"]
    ids = [[item["id"] for item in part["items"]] for part in asked]
    for n, name in enumerate(PEOPLE):
        phone = walk(name, address(name), inspects=not n, **PHONE)
        link = post.link(address(name), "/feedback/")
        scores = [{item: 2 + (n + k) % 3 for k, item in enumerate(items)} for items in ids]
        taps, seconds = answers_by_link(phone, link, scores, words="Zo doorgaan" if n else "")
        assert taps <= 2 + sum(map(len, ids)) + len(ids) + 1
        assert seconds < FOUR_MINUTES, f"{taps} taps, {seconds:.0f} seconds"
        phone.expects(410).go(link).reads("This link no longer works")
        coachee.go(place).reads_nothing_of("Zo doorgaan")

    coachee.go(place).take_next_step()
    while not coachee.page.get_by_role("button", name=coachee.say("Hand in")).count():
        coachee.press("Keep, and on")
    coachee.fill(keep="Zelf eerst vragen").press("Hand in")
    clock.move_to(NOW + timedelta(days=15))
    assert close_rounds() == 1

    for reader in (coach, coachee):
        reader.go("/today/").go(place).follow("At the start").reads("Luisteren")
        reader.reads_nothing_of("Zo doorgaan")  # three people are too few for words
    with coachee.page.expect_download() as saved:
        coachee.page.get_by_role("link", name=coachee.say("Save as PDF")).click()
    assert saved.value.suggested_filename.endswith(".pdf")


def test_a_later_round_shows_what_changed_on_a_phone(engagement, step_in):
    first = make_open(engagement=engagement, groups=("manager", *("peers",) * 6))
    for rater, score in zip(raters(first), (3, 2, 3, 4, 3, 2, 4), strict=True):
        answer(rater, score, score, score)
    clock.move_to(NOW + timedelta(days=15))
    close_rounds()
    later = make_open(begin_round(engagement, moment="end", by=person_of(engagement, Role.COACHEE)))
    for rater, score in zip(raters(later), (4, 3, 4, 4, 4, 3, 4), strict=True):
        answer(rater, score, score, score)
    clock.move_to(NOW + timedelta(days=30))
    close_rounds()

    coachee = step_in(person_of(engagement, Role.COACHEE), inspects=True, **PHONE)
    coachee.go(f"/engagements/{engagement.pk}/feedback/{later.pk}/report/")
    said = coachee.text()
    assert re.search(r"De anderen: van 3,0 naar 3,7\. Dat is 0,7 hoger\. Toeval alleen", said)
    coachee.page.get_by_text(coachee.say("How this was worked out")).last.click()
    assert "ieder vergeleken met zichzelf" in coachee.text()
