"""What was typed is not lost when the session ended, and shown to nobody but its writer."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.crypto import get_random_string

from driehoek.access import Role, Stage
from driehoek.kit import clock
from driehoek.people.actions import keep_form
from driehoek.people.models import KeptForm
from driehoek.people.queries import sign_typist
from tests.makers import make_engagement, make_person

pytestmark = pytest.mark.django_db
OURS = {"HTTP_ORIGIN": "http://testserver"}
WORDS = "Iets wat ik niet kwijt wil\nen een tweede regel 🌱"


@pytest.fixture
def browser():
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def coach():
    return make_person("Marijke Aalbers")


@pytest.fixture
def path(coach):
    engagement = make_engagement(stage=Stage.PREPARING, coach=coach, without=(Role.COACHEE,))
    return reverse("engagements:parties", args=[engagement.pk])


def hidden(page, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]+)"', page.content.decode()).group(1)


def open_form(browser, path: str, person) -> dict[str, str]:
    """The fields a form on this page carries along."""
    browser.force_login(person)
    page = browser.get(path)
    return {
        "csrfmiddlewaretoken": hidden(page, "csrfmiddlewaretoken"),
        "_who": hidden(page, "_who"),
        "role": "coachee",
        "coachee-name": WORDS,
    }


def renew_token(browser) -> None:
    """As signing in does in a real browser: forms in other tabs carry the old token."""
    browser.cookies["csrf"] = get_random_string(32)


def end_session(browser) -> None:
    """As when it has run out: the token of the form is still good."""
    del browser.cookies["session"]


def test_words_survive_a_session_that_ended(browser, coach, path):
    form = open_form(browser, path, coach)
    end_session(browser)

    sent = browser.post(path, form, **OURS)
    assert sent.url.startswith("/sign-in/?why=words&next=")
    kept = KeptForm.objects.get()
    browser.force_login(coach)
    page = browser.get(reverse("kept", args=[kept.pk]))

    assert "een tweede regel 🌱" in page.content.decode()
    assert f'action="{path}"' in page.content.decode()


def test_one_press_sends_them_after_all_and_they_are_kept_no_longer(browser, coach, path):
    form = open_form(browser, path, coach)
    end_session(browser)
    browser.post(path, form, **OURS)
    browser.force_login(coach)
    page = browser.get(reverse("kept", args=[KeptForm.objects.get().pk]))

    facts = {name: hidden(page, name) for name in ("csrfmiddlewaretoken", "_who", "_kept", "role")}
    arrived = browser.post(path, facts | {"coachee-name": WORDS}, **OURS)

    assert arrived.status_code == 200
    assert "Iets wat ik niet kwijt wil" in arrived.content.decode()
    assert not KeptForm.objects.exists()


def test_form_from_another_tab_with_an_old_token_shows_its_words_at_once(browser, coach, path):
    form = open_form(browser, path, coach)
    browser.force_login(coach)
    renew_token(browser)

    answer = browser.post(path, form, **OURS, follow=True)

    assert answer.redirect_chain[0][0] == reverse("kept", args=[KeptForm.objects.get().pk])
    assert "Iets wat ik niet kwijt wil" in answer.content.decode()


@pytest.mark.parametrize("token_is_old", [False, True])
def test_words_of_one_person_are_never_shown_to_or_saved_for_the_next(browser, coach, path, token_is_old):
    form = open_form(browser, path, coach)
    browser.force_login(other := make_person("Ruben Terpstra"))

    if token_is_old:
        renew_token(browser)
    answer = browser.post(path, form, **OURS, follow=True)
    kept = KeptForm.objects.get()

    assert answer.status_code == 409
    assert kept.person == coach
    assert "Iets wat ik" not in answer.content.decode()
    browser.force_login(other)
    assert browser.get(reverse("kept", args=[kept.pk])).status_code == 404


@pytest.mark.parametrize(
    "headers", [{"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_REFERER": "https://evil.example/"}, {}]
)
def test_a_form_from_another_site_is_refused_and_not_kept(browser, coach, path, headers):
    form = open_form(browser, path, coach)
    browser.force_login(coach)
    renew_token(browser)

    answer = browser.post(path, form, **headers)

    assert answer.status_code == 403
    assert not KeptForm.objects.exists()


def test_a_forged_mark_keeps_nothing(browser, coach, path):
    form = open_form(browser, path, coach) | {"_who": str(coach.pk)}
    end_session(browser)

    assert browser.post(path, form, **OURS).url.startswith("/sign-in/?next=")
    assert not KeptForm.objects.exists()


@pytest.mark.parametrize("name", ["abc", "", "0", "é" * 40, "00000000-0000-0000-0000-000000000000"])
def test_a_name_of_kept_words_that_is_none_of_ours_does_no_harm(client, coach, name):
    client.force_login(coach)

    answer = client.post("/profile/", {"name": "Marijke", "language": "nl", "_kept": name})

    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("language", "says"),
    [
        (
            "nl",
            ["Beide", "Ik kan", "Nederlands", "5 mei 2027", "luisteren", "Voor wie is dit doel van belang?"],
        ),
        ("en", ["Both", "I can", "Nederlands", "5 May 2027", "luisteren", "For whom does this goal matter?"]),
    ],
)
def test_what_was_chosen_reads_as_on_its_page_and_what_only_a_computer_reads_is_left_out(
    coach, language, says
):
    engagement = make_engagement(stage=Stage.PREPARING, coach=coach)
    path = reverse("agreements:goal", args=[engagement.pk])
    typed = {"by_when": "2027-05-05", "ability": "can", "action": "luisteren", "language": "nl"}
    chosen = {"matters_to": "both", "revision": "17", "engagement_id": str(engagement.pk)}
    kept = keep_form(coach, path=path, fields={name: [one] for name, one in (typed | chosen).items()})
    browser = Client(headers={"accept-language": language})
    coach.language = language
    coach.save()
    browser.force_login(coach)

    page = browser.get(reverse("kept", args=[kept.pk])).content.decode()

    shown = page.partition('<div class="sheet stack">')[2].partition("<form")[0]
    assert [one for one in says if one not in shown] == []
    raw = (">both<", ">can<", ">nl<", "2027-05-05", ">17<", str(engagement.pk))
    assert [one for one in raw if one in shown] == []


def test_on_a_page_that_is_there_no_more_what_was_typed_reads_as_it_was_typed(client, coach):
    kept = keep_form(coach, path="/gone/?a=b", fields={"a": ["zoals getypt"], "b": ["2027-02-31"]})
    client.force_login(coach)

    page = client.get(reverse("kept", args=[kept.pk])).content.decode()

    assert ">zoals getypt<" in page
    assert ">2027-02-31<" in page


def test_database_holds_none_of_the_words(coach):
    kept = keep_form(coach, path="/x/", fields={"a": ["hoogst vertrouwelijk"]})

    kept.refresh_from_db()
    assert b"vertrouwelijk" not in bytes(kept.sealed)


def test_words_are_gone_after_two_hours(client, coach):
    kept = keep_form(coach, path="/x/", fields={"a": ["x"]})
    clock.move_to(kept.expires_at)
    client.force_login(coach)

    assert client.get(reverse("kept", args=[kept.pk])).status_code == 404
    keep_form(coach, path="/y/", fields={"a": ["y"]})
    assert KeptForm.objects.count() == 1


def test_a_file_is_named_because_it_cannot_be_kept(client, coach, path):
    file = SimpleUploadedFile("cijfers.csv", b"a;b")
    client.post(path, {"_who": sign_typist(coach.pk), "file": file})
    client.force_login(coach)

    page = client.get(reverse("kept", args=[KeptForm.objects.get().pk])).content.decode()

    assert "cijfers.csv" in page
    assert "cannot be kept" in page


def test_the_writer_can_let_the_words_go(client, coach):
    kept = keep_form(coach, path="/x/", fields={"a": ["x"]})
    client.force_login(coach)

    client.post(reverse("kept", args=[kept.pk]))

    assert not KeptForm.objects.exists()


def test_a_script_that_saves_hears_that_nothing_was_saved(client, coach, path):
    answer = client.post(path, {"_who": sign_typist(coach.pk), "a": "x"}, HTTP_SEC_FETCH_MODE="cors")

    assert answer.status_code == 401
    assert answer["HX-Redirect"].startswith("/sign-in/")
    assert KeptForm.objects.count() == 1


def test_old_kept_forms_make_room(coach):
    for number in range(25):
        keep_form(coach, path=f"/{number}/", fields={})

    assert KeptForm.objects.count() == 20
    assert KeptForm.objects.filter(path="/24/").exists()


def test_a_long_text_is_kept_whole(client, coach, path):
    client.post(path, {"_who": sign_typist(coach.pk), "a": "woord " * 200_000})
    client.force_login(coach)

    page = client.get(reverse("kept", args=[KeptForm.objects.get().pk]))

    assert page.content.decode().count("woord ") >= 200_000


def test_nothing_is_kept_for_a_page_that_needs_no_sign_in(client, coach):
    client.post("/theme/", {"_who": sign_typist(coach.pk), "theme": "dark"})

    assert not KeptForm.objects.exists()


def test_mark_stands_in_every_form_of_a_signed_in_page_and_in_none_before(client, coach):
    assert b"_who" not in client.get("/sign-in/").content
    client.force_login(coach)
    page = client.get("/profile/").content.decode()

    assert page.count('name="_who"') == page.count("csrfmiddlewaretoken") > 1
