"""A week outside the conversation: choose a moment, share a file, say how an action goes."""

from datetime import timedelta

import pytest

from driehoek.access import Role
from driehoek.kit import clock
from driehoek.plans.actions import add_action, remind_of_plan
from tests.booking.makers import MONDAY, NOW, RULE, at
from tests.makers import make_person, person_of
from tests.sessions.makers import make_coaching, make_session

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.fixture
def engagement(site):
    clock.move_to(NOW)
    johan = make_person("Johan Verbeek", email="johan@example.org")
    marijke = make_person("Marijke Aalbers", email="marijke@example.org")
    return make_coaching(coachee=johan, coach=marijke, logistics=RULE)


def test_a_coach_opens_a_week_and_a_coachee_books_moves_and_cancels_on_a_phone(engagement, step_in, post):
    coach = step_in(person_of(engagement, Role.COACH), inspects=True)
    coachee = step_in(person_of(engagement, Role.COACHEE), inspects=True, **PHONE)
    place = f"/engagements/{engagement.pk}"

    coach.go("/booking/").fill(
        day_0="9:00 - 12:30, 13 - 17", day_2="9 - 12", notice_hours=24, buffer_minutes=15
    )
    coach.press("Keep these hours").go("/booking/").reads("09.00–12.30")

    coachee.go(f"{place}/book/").reads("maandag 30 november")
    coachee.go(f"{place}/book/at/{at(MONDAY)}/").press("Book this session")
    coachee.reads("maandag 30 november")
    assert "30 november" in post.latest("marijke@example.org", holding="30 november")

    coachee.go(f"{place}/book/1/at/{at(MONDAY + timedelta(days=2))}/").press("Move the session")
    coachee.reads("woensdag 2 december")
    coachee.go(f"{place}/sessions/1/cancel/").press("Cancel this session").reads("Afgezegd")
    coach.go(f"{place}/sessions/").reads("Afgezegd")


def test_a_coach_is_in_a_session_in_two_presses_and_out_of_it_in_six(engagement, step_in):
    make_session(engagement, 1, starts_at=MONDAY)
    clock.move_to(MONDAY - timedelta(minutes=5))
    coach = step_in(person_of(engagement, Role.COACH))
    main = coach.go("/today/").page.locator("main")

    coach.take_next_step()  # one
    assert main.get_by_role("heading", name=coach.say("What is it about today?")).is_visible()

    clock.move_to(MONDAY + timedelta(minutes=61))
    coach.press("Round off")  # one
    coach.fill(text="Drie mensen bellen")  # two
    coach.press("Round off the session")  # three

    held = engagement.sessions.get()
    assert (held.held_minutes, held.engagement.actions.get().owner) == (60, "coachee")
    coachee = step_in(person_of(engagement, Role.COACHEE))
    assert coachee.go("/today/").take_next_step().here.endswith("/sessions/1/reflect/")


def test_a_file_is_shared_in_the_circle_that_its_page_names(engagement, step_in, tmp_path):
    plan = tmp_path / "plan voor januari.txt"
    plan.write_text("Eerst luisteren, dan pas schrijven.", encoding="utf-8")
    coachee = step_in(person_of(engagement, Role.COACHEE), inspects=True)
    coach = step_in(person_of(engagement, Role.COACH))
    place = f"/engagements/{engagement.pk}/files/pair/"

    coachee.go(place).fill(file=str(plan), words="Kijk je mee?").press("Put it here").reads(
        "plan voor januari.txt"
    )

    coach.go(place).reads("plan voor januari.txt", "Kijk je mee?")
    with coach.page.expect_download() as download:
        coach.page.get_by_role("link", name="plan voor januari.txt").click()
    assert download.value.path().read_text(encoding="utf-8") == plan.read_text(encoding="utf-8")


def test_one_press_in_a_letter_says_how_an_action_goes_without_signing_in(engagement, step_in, walk, post):
    add_action(
        engagement, text="Drie mensen bellen", owner="coachee", due_on=clock.today() - timedelta(days=2)
    )
    remind_of_plan()
    stranger = walk("Johan Verbeek", "johan@example.org", **PHONE)

    stranger.go(post.link("johan@example.org", "/progress/")).reads_nothing_of("Drie mensen bellen")
    stranger.press("Needs attention")

    coach = step_in(person_of(engagement, Role.COACH))
    coach.go(f"/engagements/{engagement.pk}/plan/").reads("Drie mensen bellen", "Needs attention")
