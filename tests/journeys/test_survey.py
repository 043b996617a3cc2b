"""A survey by letter, answered on a phone: the link in the reminder, once, and what came of it."""

from datetime import timedelta

from driehoek.access import Role, Shape, Stage
from driehoek.kit import clock
from driehoek.surveys.actions import begin_survey, close_surveys, hand_in, remind_of_surveys
from driehoek.surveys.actions.letters import token_of
from tests.booking.makers import NOW
from tests.journeys.test_feedback_round import PHONE, tap
from tests.makers import make_engagement, person_of

ASKED = [f"gebruiker{n}@example.org" for n in range(6)]


def test_whoever_put_the_letter_aside_answers_from_the_reminder_on_a_phone(site, step_in, walk, post):
    clock.move_to(NOW)
    engagement = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.ACTIVE)
    facts = {"stem": "ease-of-use", "subject": "het nieuwe systeem", "invited": 0, "at_least": 7}
    last = clock.today() + timedelta(days=10)
    one = begin_survey(engagement, by=engagement.made_by, addresses=ASKED, closes_on=last, **facts)
    for letter in one.letters.all():
        if letter.email.strip() != ASKED[0]:
            hand_in(token_of(letter), scores={"overall": 8}, texts={})
    clock.move_to(NOW + timedelta(days=6))
    remind_of_surveys()

    phone = walk("Gebruiker", ASKED[0], inspects=True, **PHONE)
    phone.go(post.link(ASKED[0], "/survey/")).reads("%(count)s people are asked.", count=6)
    tap(phone, "item-overall", 4)
    phone.press("Hand in").reads("Handed in. Thank you.")

    clock.move_to(NOW + timedelta(days=11))
    close_surveys()
    reader = step_in(person_of(engagement, Role.SPONSOR), inspects=True)
    reader.go(f"/engagements/{engagement.pk}/surveys/{one.pk}/").reads("Who answered")
    assert "5 van 6 mensen die antwoordden" in reader.text()
