"""Not a confirmed word is lost: without a connection, with two at once, with a server that is killed."""

import os
import signal
import subprocess
import sys
import urllib.request
from contextlib import contextmanager, suppress
from datetime import datetime
from time import sleep
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from playwright.sync_api import expect

from driehoek.access import Role
from driehoek.cli.serve import WEB
from driehoek.kit import clock
from driehoek.plans.models import Action
from driehoek.sessions.models import Note, PrivateNote
from tests.house.server import free_port
from tests.makers import make_person, person_of
from tests.sessions.makers import make_coaching, make_session

# Everything this browser holds on the shelf, as it lies on the disk: bytes as text.
SHELF = """async () => {
  const opening = indexedDB.open("driehoek", 1);
  await new Promise(done => opening.onsuccess = done);
  const all = opening.result.transaction("shelf").objectStore("shelf").getAll();
  await new Promise(done => all.onsuccess = done);
  const read = new TextDecoder("latin1");
  return all.result.map(row => row.place + read.decode(row.sealed));
}"""


@pytest.fixture
def session(site):
    clock.move_to(datetime(2026, 11, 27, 9, tzinfo=ZoneInfo("Europe/Amsterdam")))
    johan = make_person("Johan Verbeek", email="johan@example.org")
    marijke = make_person("Marijke Aalbers", email="marijke@example.org")
    return make_session(make_coaching(coachee=johan, coach=marijke))


def at_the_desk(walker, session, phase="goal"):
    return walker.go(f"/engagements/{session.engagement_id}/sessions/{session.number}/talk/?phase={phase}")


def field(walker, name="goal"):
    return walker.page.locator(f"textarea[name={name}]")


def status(walker):
    return walker.page.locator("[data-keep-status]")


def kept(walker, name="goal", text=None):
    """Waits until the page says that it is saved."""
    expect(status(walker)).to_contain_text("Bewaard om", timeout=10_000)
    walker.page.wait_for_function(
        """([name, text]) => {
          const area = document.querySelector(`textarea[name=${name}]`);
          return text === null || area.value === text;
        }""",
        arg=[name, text],
    )


def whoever_must_choose(*walkers):
    """Whichever of these came second; it is asked which version holds."""
    for walker in walkers * 40:
        walker.page.wait_for_timeout(500)
        if walker.page.locator("[data-theirs]").count():
            return walker
    raise AssertionError("nobody was asked to choose")


def note(session, part="goal"):
    return Note.objects.get(session=session, part=part).text


def test_what_is_typed_is_kept_within_two_seconds_without_a_button(step_in, session):
    coach = at_the_desk(step_in(person_of(session.engagement, Role.COACH)), session)

    field(coach).press_sequentially("Een plan waar iedereen achter staat", delay=90)
    coach.page.wait_for_timeout(2_000)

    assert note(session) == "Een plan waar iedereen achter staat"
    field(coach, "private").fill("Hij aarzelt bij de opdrachtgever")
    coach.page.wait_for_timeout(2_000)
    assert PrivateNote.objects.get().text == "Hij aarzelt bij de opdrachtgever"
    expect(status(coach)).to_contain_text("Bewaard om")


def test_without_a_connection_words_wait_sealed_on_the_device_and_come_back(step_in, session):
    coachee = step_in(person_of(session.engagement, Role.COACHEE), viewport={"width": 390, "height": 844})
    at_the_desk(coachee, session)
    field(coachee).fill("Dit is aangekomen")
    kept(coachee)

    coachee.lose_connection()
    field(coachee).fill("Dit is aangekomen\nen dit nog niet")
    expect(status(coachee)).to_contain_text("veilig op dit apparaat", timeout=15_000)
    lying = coachee.page.evaluate(SHELF)
    coachee.shut_without_connection()  # the laptop is closed
    coachee.find_connection()
    again = at_the_desk(coachee.in_another_tab(), session)

    assert len(lying) == 1
    assert "nog niet" not in lying[0]
    expect(field(again)).to_have_value("Dit is aangekomen\nen dit nog niet")
    kept(again)
    assert note(session) == "Dit is aangekomen\nen dit nog niet"
    again.page.wait_for_timeout(500)
    assert again.page.evaluate(SHELF) == []


def test_two_people_at_one_text_see_each_others_lines_and_choose_where_both_changed_one(step_in, session):
    coach = at_the_desk(step_in(person_of(session.engagement, Role.COACH)), session)
    coachee = at_the_desk(step_in(person_of(session.engagement, Role.COACHEE)), session)
    field(coach).fill("Een plan")
    kept(coach)

    field(coachee).fill("Van Johan")
    kept(coachee, text="Een plan\nVan Johan")
    expect(field(coach)).to_have_value("Een plan\nVan Johan", timeout=20_000)

    field(coach).fill("Een groot plan\nVan Johan")
    field(coachee).fill("Een klein plan\nVan Johan")
    for one in (coach, coachee):
        one.page.wait_for_timeout(2_500)
    [last] = [one for one in (coach, coachee) if one.page.locator("[data-theirs]").count()]
    mine = field(last).input_value()
    last.page.get_by_role("button", name="Allebei bewaren").click()
    kept(last)
    last.page.wait_for_timeout(1_500)

    assert "Een groot plan" in note(session)
    assert "Een klein plan" in note(session)
    assert mine in note(session)


def test_two_people_at_two_lines_of_one_text_keep_every_space_and_every_enter(step_in, session):
    Note.objects.create(
        engagement=session.engagement,
        session=session,
        part="goal",
        text="Marijke\nen\nJohan",
        written_by=Role.COACH,
        written_at=clock.now(),
    )
    coach = at_the_desk(step_in(person_of(session.engagement, Role.COACH)), session)
    coachee = at_the_desk(step_in(person_of(session.engagement, Role.COACHEE)), session)
    field(coach).evaluate("area => { area.focus(); area.setSelectionRange(7, 7); }")
    field(coachee).evaluate("area => { area.focus(); area.setSelectionRange(16, 16); }")

    for n, blank in enumerate((" ", "\n", " ", "\n")):  # each comes back with the other's word
        coach.page.keyboard.type(f" m{n}{' ' if n == 3 else ''}")
        coach.page.wait_for_timeout(1_200)
        coachee.page.keyboard.type(f"j{n}{blank}")
        coachee.page.wait_for_timeout(1_200)

    assert note(session) == "Marijke m0 m1 m2 m3 \nen\nJohanj0 j1\nj2 j3"
    expect(field(coachee)).to_have_value("Marijke m0 m1 m2 m3 \nen\nJohanj0 j1\nj2 j3\n")


def test_a_refused_text_is_never_called_saved_until_it_is_accepted(step_in, session):
    coach = at_the_desk(step_in(person_of(session.engagement, Role.COACH)).expects(422), session)
    refusal = coach.page.locator(".field:has([name=goal]) .error")

    field(coach).fill("x" * 20_001)
    expect(status(coach)).to_contain_text("20.000", timeout=10_000)
    field(coach, "private").fill("Een woord")
    coach.page.wait_for_timeout(2_500)

    assert PrivateNote.objects.get().text == "Een woord"
    expect(status(coach)).to_contain_text("20.000")
    expect(refusal).to_contain_text("20.000")
    field(coach).fill("Korter")
    kept(coach)
    expect(refusal).to_have_count(0)
    assert note(session) == "Korter"


def test_after_a_refusal_the_page_goes_on_keeping_and_a_conflict_offers_both(step_in, session):
    coach = step_in(person_of(session.engagement, Role.COACH)).expects(422).only_by_buttons()
    at_the_desk(coach, session).fill(goal="x" * 20_001, private="Van mij")
    coach.press("Keep the notes", nth=0, refused=True)
    assert "Bewaard om" not in coach.text()
    coach.context.unroute_all()
    expect(status(coach)).to_contain_text("20.000", timeout=10_000)
    expect(coach.page.locator(".field:has([name=goal]) .error")).to_have_count(1)

    field(coach).fill("Een groot plan")
    kept(coach)
    assert (note(session), PrivateNote.objects.get().text) == ("Een groot plan", "Van mij")

    coach.only_by_buttons()
    field(coach).fill("Een klein plan")
    meanwhile = Note.objects.get(session=session)
    meanwhile.text = "Een mooi plan"
    meanwhile.save()
    coach.press("Keep the notes", nth=0, refused=True)
    coach.context.unroute_all()
    expect(status(coach)).to_contain_text("twee versies")
    field(coach, "private").fill("Van mij, later")
    coach.page.wait_for_timeout(2_500)
    assert PrivateNote.objects.get().text == "Van mij, later"
    expect(status(coach)).to_contain_text("twee versies")
    assert note(session) == "Een mooi plan"
    coach.page.get_by_role("button", name="Allebei bewaren").click()
    kept(coach)

    assert note(session) == "Een mooi plan\n\nEen klein plan"


def test_without_a_connection_a_button_stays_here_and_leads_on_once_it_is_back(step_in, session):
    coach = at_the_desk(step_in(person_of(session.engagement, Role.COACH)), session)
    here = coach.page.url
    coach.lose_connection()

    for button in ("Mogelijk", "Afronden"):
        field(coach).press_sequentially("Woord ")
        coach.page.get_by_role("button", name=button).first.click()
        expect(status(coach)).to_contain_text("je blijft hier", timeout=10_000)
    assert coach.page.url == here
    coach.find_connection()
    expect(status(coach)).to_contain_text("Druk opnieuw om verder te gaan", timeout=10_000)
    coach.page.wait_for_timeout(2_000)

    assert note(session) == "Woord Woord"
    coach.press("Round off")
    assert coach.here.endswith("/close/")


def test_what_is_filled_in_at_the_closing_waits_on_the_device_until_a_button_brought_it(step_in, session):
    close = f"/engagements/{session.engagement_id}/sessions/{session.number}/close/"
    filled = {"text": "Bellen met de wethouder", "sort": "experiment", "due_on": "2026-12-04"}
    coach = step_in(person_of(session.engagement, Role.COACH)).go(close)
    coach.lose_connection().fill(**filled)
    expect(status(coach)).to_contain_text("gaat mee met de knop")
    coach.page.wait_for_timeout(500)
    [lying] = coach.page.evaluate(SHELF)
    coach.find_connection()
    beside = coach.in_another_tab().go(close)
    expect(field(beside, "text")).to_have_value("")  # it is still being filled in
    coach.page.close()

    again = beside.go(close)
    for name, value in filled.items():
        expect(again.page.locator(f"[name={name}]")).to_have_value(value)
    again.press("Put it on the plan")
    again.page.wait_for_timeout(500)

    assert "wethouder" not in lying
    action = Action.objects.get()
    assert (action.text, action.sort, str(action.due_on)) == tuple(filled.values())
    expect(field(again, "text")).to_have_value("")
    assert again.page.evaluate(SHELF) == []


def test_two_tabs_of_one_person_lose_nothing_of_each_other(step_in, session):
    coach = at_the_desk(step_in(person_of(session.engagement, Role.COACH)), session)
    other = at_the_desk(coach.in_another_tab(), session)

    field(coach).fill("Uit het eerste tabblad")
    kept(coach)
    field(other).fill("Uit het tweede")
    kept(other, text="Uit het eerste tabblad\nUit het tweede")

    assert note(session) == "Uit het eerste tabblad\nUit het tweede"


def test_two_tabs_of_one_person_that_changed_one_line_name_nobody_else_and_offer_both(step_in, session):
    coach = at_the_desk(step_in(person_of(session.engagement, Role.COACH)), session)
    field(coach).fill("Een plan")
    kept(coach)
    other = at_the_desk(coach.in_another_tab(), session)
    coach.lose_connection()
    field(coach).fill("Een klein plan")
    expect(status(coach)).to_contain_text("veilig op dit apparaat", timeout=15_000)
    coach.shut_without_connection()
    field(other).fill("Een groot plan")  # and so what lies on the device is the line of this tab
    expect(status(other)).to_contain_text("veilig op dit apparaat", timeout=15_000)
    other.find_connection()
    kept(other)
    Note.objects.update(written_by=Role.COACH)

    third = at_the_desk(other.in_another_tab(), session)
    third.lose_connection()
    field(third).fill("Een mooi plan")
    field(other).fill("Een goed plan")
    expect(status(third)).to_contain_text("veilig op dit apparaat", timeout=15_000)
    third.find_connection()
    last = whoever_must_choose(third, other)

    expect(last.page.locator("[data-says]")).to_contain_text("in een ander venster van jezelf")
    last.page.get_by_role("button", name="Allebei bewaren").click()
    kept(last)
    assert {"Een mooi plan", "Een goed plan"} <= set(note(session).split("\n"))


def test_a_line_added_under_one_that_the_other_changes_needs_no_choice(step_in, session):
    coach = at_the_desk(step_in(person_of(session.engagement, Role.COACH)), session)
    field(coach).fill("Een plan")
    kept(coach)
    coachee = at_the_desk(step_in(person_of(session.engagement, Role.COACHEE)), session)

    coachee.lose_connection()
    field(coachee).fill("Een plan\nSamen met Hanna")
    field(coach).fill("Een plan dat klopt")
    kept(coach)
    coachee.find_connection()

    kept(coachee, text="Een plan dat klopt\nSamen met Hanna")
    expect(field(coach)).to_have_value("Een plan dat klopt\nSamen met Hanna", timeout=20_000)
    assert coachee.page.locator("[data-theirs]").count() == 0


def test_words_whose_answer_was_lost_on_the_way_are_not_taken_for_those_of_another(step_in, session):
    coach = at_the_desk(step_in(person_of(session.engagement, Role.COACH)), session)
    coach.was_cut_off = True
    coach.context.route("**/keep/**", lambda route: (route.fetch(), route.abort()))
    field(coach).fill("Een plan")
    expect(status(coach)).to_contain_text("veilig op dit apparaat", timeout=15_000)
    coach.context.unroute_all()

    field(coach).fill("Een plan dat klopt")
    kept(coach, text="Een plan dat klopt")
    assert note(session) == "Een plan dat klopt"


def test_what_is_typed_before_the_page_is_all_there_is_kept_with_what_came_back(step_in, session):
    coach = at_the_desk(step_in(person_of(session.engagement, Role.COACH)), session)
    coach.lose_connection()
    field(coach).fill("Van de vorige keer")
    expect(status(coach)).to_contain_text("veilig op dit apparaat", timeout=15_000)
    coach.shut_without_connection()
    coach.find_connection()
    slow = coach.in_another_tab()
    held = []
    slow.context.route("**/keep*.js", lambda route: held.append(route))
    place = f"/engagements/{session.engagement_id}/sessions/{session.number}/talk/?phase=goal"
    slow.page.goto(place, wait_until="commit")

    field(slow).fill("Meteen getypt")
    field(slow, "private").fill("Voor mij")
    [script] = held
    script.continue_()
    kept(slow, text="Van de vorige keer\nMeteen getypt")

    assert note(session) == "Van de vorige keer\nMeteen getypt"
    assert PrivateNote.objects.get().text == "Voor mij"


def test_the_buttons_go_on_where_the_script_kept_it(step_in, session):
    coach = at_the_desk(step_in(person_of(session.engagement, Role.COACH)), session)
    field(coach).fill("Eerst vanzelf")
    kept(coach)

    field(coach).fill("Eerst vanzelf, toen met de knop")
    coach.press("Keep the notes", nth=0)

    assert note(session) == "Eerst vanzelf, toen met de knop"


def test_words_that_a_button_brought_do_not_come_back_from_the_device(step_in, session):
    question = f"/engagements/{session.engagement_id}/sessions/{session.number}/prepare/"
    laptop = step_in(person_of(session.engagement, Role.COACHEE)).only_by_buttons().go(question)
    field(laptop, "question").press_sequentially("Van de laptop", delay=40)
    laptop.press("Keep my question")
    phone = step_in(person_of(session.engagement, Role.COACHEE)).go(question)
    phone.fill(question="Van de telefoon").press("Keep my question")

    lying = laptop.page.evaluate(SHELF)
    laptop.go(question).page.wait_for_timeout(500)

    assert len(lying) == 1
    assert field(laptop, "question").input_value() == "Van de telefoon"
    assert laptop.page.evaluate(SHELF) == []


def test_who_was_signed_out_is_told_and_finds_the_words_after_signing_in(step_in, session):
    coachee = at_the_desk(step_in(person_of(session.engagement, Role.COACHEE)), session)
    cookies = coachee.context.cookies()
    coachee.context.clear_cookies(name="session")

    field(coachee).fill("Geschreven na het uitloggen")
    expect(status(coachee)).to_contain_text("Je bent uitgelogd", timeout=10_000)
    coachee.context.add_cookies(cookies)
    at_the_desk(coachee, session)

    kept(coachee, text="Geschreven na het uitloggen")
    coachee.page.wait_for_timeout(1_000)
    assert note(session) == "Geschreven na het uitloggen"


@contextmanager
def powered(port):
    """A web server in a process of its own, on the same database; in the end its power goes."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DRIEHOEK_DATABASE": f"sqlite:///{connection.settings_dict['NAME']}",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", *WEB, "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    for _attempt in range(600):
        with suppress(OSError), urllib.request.urlopen(f"{address}/healthz", timeout=5):
            break
        sleep(0.05)
    yield address
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def test_a_server_that_is_killed_loses_no_word_that_it_confirmed(step_in, session):
    coachee, port = step_in(person_of(session.engagement, Role.COACHEE)), free_port()
    coachee.was_cut_off = True
    with powered(port) as address:
        coachee.page.goto(
            f"{address}/engagements/{session.engagement_id}/sessions/{session.number}/talk/?phase=goal"
        )
        field(coachee).fill("Dit is bevestigd")
        kept(coachee)
    field(coachee).fill("Dit is bevestigd\nen dit kwam daarna")
    expect(status(coachee)).to_contain_text("veilig op dit apparaat", timeout=15_000)
    assert note(session) == "Dit is bevestigd"

    with powered(port):
        kept(coachee)
        coachee.page.reload()
        expect(field(coachee)).to_have_value("Dit is bevestigd\nen dit kwam daarna")
    assert note(session) == "Dit is bevestigd\nen dit kwam daarna"
