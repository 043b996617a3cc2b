"""What goes wrong at a screen: every time a clear sentence, and nothing typed is lost."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from driehoek.access import Role
from driehoek.agreements.models import Signature
from driehoek.engagements.actions import invite
from driehoek.kit import clock
from driehoek.people.actions.joining import rename
from driehoek.sessions.actions import plan_series
from tests.agreements.makers import make_in_force, make_offered, make_preparing
from tests.journeys import steps
from tests.makers import make_person, person_of

NOW = datetime(2026, 11, 27, 9, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture
def johan(site):
    clock.move_to(NOW)
    return make_person("Johan Verbeek", email="johan@example.org")


@pytest.fixture
def preparing(johan):
    return make_preparing(coachee=johan, without=(Role.SPONSOR,))


@pytest.fixture
def under_way(preparing):
    make_in_force(preparing)
    preparing.refresh_from_db()
    plan_series(preparing, by=person_of(preparing, Role.COACH))
    return preparing


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_double_click_signs_once(step_in, johan, preparing, scripts):
    make_offered(preparing)
    walker = step_in(johan, java_script_enabled=scripts)
    walker.go(f"/engagements/{preparing.pk}/agreement/sign/").fill(agrees=True, typed_name=johan.name)

    walker.page.locator("#sign button").dblclick()  # the second click may take the place of the first
    walker.page.locator("#sign").wait_for(state="detached")

    walker.arrive().reads("You have signed this version.")
    assert Signature.objects.filter(person=johan).count() == 1


@pytest.mark.parametrize("scripts", [True, False])
def test_two_tabs_keep_both_texts(step_in, johan, under_way, scripts):
    walker = step_in(johan, java_script_enabled=scripts).only_by_buttons()
    address = f"/engagements/{under_way.pk}/sessions/1/prepare/"
    walker.go(address)
    other = walker.in_another_tab()
    other.go(address).fill(question="Uit het andere venster.").press("Keep my question")

    walker.fill(question="Uit dit venster.").press("Keep my question", refused=True)

    walker.reads("Uit het andere venster.")
    assert walker.page.locator("[name=question]").input_value() == "Uit dit venster."
    walker.press("Keep my question").go(address)
    assert walker.page.locator("[name=question]").input_value() == "Uit dit venster."


def test_a_session_lost_in_the_middle_of_a_form_loses_nothing(step_in, johan, under_way):
    walker = step_in(johan)
    walker.go(f"/engagements/{under_way.pk}/sessions/1/prepare/").fill(question="Drie alinea's werk.")
    walker.context.clear_cookies(name="session")

    walker.press("Keep my question", refused=True)
    assert walker.here == "/sign-in/"
    steps.sign_in(walker)
    walker.reads("Drie alinea's werk.").press("Send it after all")

    walker.go(f"/engagements/{under_way.pk}/sessions/1/").reads("Drie alinea's werk.")


def test_an_invitation_that_is_too_old_says_so(walk, johan, preparing):
    coach = person_of(preparing, Role.COACH)
    guest = {"name": "Peter van Loon", "email": "peter@example.org"}
    invite(preparing, by=coach, role=Role.SPONSOR, language="nl", organisation_name="", **guest)
    peter = walk("Peter van Loon", "peter@example.org").expects(410)
    link = peter.post.link(peter.email, "/invitation/")

    clock.move_to(NOW + timedelta(days=15))
    peter.go(link)

    assert peter.page.locator("main h1").inner_text()
    assert peter.page.locator("main button").count() == 0


def test_ten_megabytes_of_text_come_back_with_a_sentence(step_in, johan, under_way):
    """Sent and read without drawing it: ten megabytes in one field take a browser a minute."""
    walker = step_in(johan)
    walker.go(f"/engagements/{under_way.pk}/sessions/1/prepare/")
    form = walker.page.evaluate("Object.fromEntries(new FormData(document.querySelector('main form')))")
    long = "lang " * 2_000_000

    answer = walker.context.request.post(
        walker.page.url, form=form | {"question": long}, headers={"Referer": walker.page.url}
    )

    assert answer.status == 200
    shown = answer.text()
    assert walker.say("What is your question for this session?") in shown
    assert "20.000" in shown
    assert long.strip() in shown


def test_a_name_may_hold_an_emoji(step_in, johan, under_way):
    walker = step_in(johan)

    walker.go("/profile/").fill(name="Johan 🌱 Verbeek").press("Save")

    walker.go(f"/engagements/{under_way.pk}/").reads("Johan 🌱 Verbeek")


@pytest.mark.parametrize("width", [390, 1440])
def test_a_name_of_120_letters_without_a_space_makes_no_page_wider_than_the_screen(
    step_in, johan, preparing, width
):
    rename(johan, name="W" * 120)
    walker = step_in(johan, viewport={"width": width, "height": 800})
    place = f"/engagements/{preparing.pk}/"

    for page in (
        "",
        "parties/",
        "agreement/",
        "agreement/goals/",
        "agreement/comments/",
        "intake/questions/",
    ):
        walker.go(f"{place}{page}")
        assert walker.page.evaluate("document.documentElement.scrollWidth") <= width, page
    coach = step_in(person_of(preparing, Role.COACH), viewport={"width": width, "height": 800})
    for page in ("", "parties/", "agreement/who-sees-what/", "agreement/offer/", "agreement/eyes/manager/"):
        coach.go(f"{place}{page}")
        assert coach.page.evaluate("document.documentElement.scrollWidth") <= width, page


def test_a_code_that_is_too_old_says_so_and_the_next_one_leads_where_one_was_going(
    walk, johan, preparing, settings
):
    walker = walk(johan.name, johan.email)
    place = f"/engagements/{preparing.pk}/"
    walker.go(place).fill(email=walker.email).press("Send me a code")
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1

    walker.fill(code=walker.post.code(walker.email)).press("Sign in", refused=True)

    assert walker.here == "/sign-in/"
    walker.reads("The code is too old, or another page was opened meanwhile. Ask for a new one.")
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
    steps.sign_in(walker)
    assert walker.here == place


def test_a_date_in_the_year_one_is_refused_beside_its_field(step_in, johan, preparing):
    walker = step_in(johan)
    walker.go(f"/engagements/{preparing.pk}/agreement/goals/new/").fill(
        by_when="0001-01-01", action="Plannen"
    )

    walker.press("Keep this goal", refused=True)

    walker.reads("Choose a date between 2000 and 2100.")
    assert walker.page.locator("[name=action]").input_value() == "Plannen"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("foto.csv", b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe" * 20),
        ("leeg.csv", b""),
        ("zonder.csv", b"datum\n24-11-2026\n"),
        ("groot.csv", b"datum;waarde\n" + b"24-11-2026;1\n" * 800_000),
    ],
    ids=["not a CSV file", "empty", "a column missing", "ten megabytes"],
)
def test_a_file_that_is_no_series_is_refused_with_a_sentence(
    step_in, johan, under_way, tmp_path, name, content
):
    file = tmp_path / name
    file.write_bytes(content)
    walker = step_in(johan)
    walker.go(f"/engagements/{under_way.pk}/measurements/").follow("Take over a series")

    walker.fill(file=str(file)).press("Look at the rows first", refused=True)

    assert walker.here.endswith("/file/")
    assert walker.errors()


def test_a_decimal_comma_in_a_file_simply_works(step_in, johan, under_way, tmp_path):
    file = tmp_path / "komma.csv"
    file.write_text("datum;waarde\n24-11-2026;3,1\n25-11-2026;3,6\n", encoding="utf-8")
    walker = step_in(johan)
    walker.go(f"/engagements/{under_way.pk}/measurements/").follow("Take over a series")

    walker.fill(file=str(file)).press("Look at the rows first").press("Take over these values")

    walker.reads("3,6")
