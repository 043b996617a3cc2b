"""Signing in with a code by mail."""

import re

import pytest
from django.core.cache import cache
from django.urls import NoReverseMatch, reverse

from driehoek.outbox.models import Letter
from tests.makers import make_person

pytestmark = pytest.mark.django_db
ASK, TYPE = "/sign-in/", "/sign-in/code/"


@pytest.fixture(autouse=True)
def _nobody_asked_before():
    cache.clear()


@pytest.fixture
def saskia():
    return make_person("Saskia Holwerda", email="saskia@example.org")


def latest_code() -> str:
    words = Letter.objects.filter(template="sign_in_code").latest("queued_at").open()
    return re.search(r"\b\d{4}-\d{4}\b", words["text"]).group()


def test_code_from_the_mail_signs_in(client, saskia):
    client.post(ASK, {"email": "Saskia@Example.org"})

    answer = client.post(TYPE, {"code": latest_code()})

    assert answer.url == reverse("today")
    assert client.session["_auth_user_id"] == str(saskia.pk)


def test_code_may_be_pasted_with_spaces_and_without_dash(client, saskia):
    client.post(ASK, {"email": saskia.email})

    client.post(TYPE, {"code": f"  {latest_code().replace('-', ' ')} "})

    assert client.session["_auth_user_id"] == str(saskia.pk)


def test_code_field_can_be_filled_by_the_phone(client, saskia):
    client.post(ASK, {"email": saskia.email})

    page = client.get(TYPE).content.decode()

    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page


def test_unknown_address_gets_the_same_answer_and_no_mail(client, saskia):
    known = client.post(ASK, {"email": saskia.email})
    known_page = client.get(TYPE).content.decode()
    client.cookies.clear()
    unknown = client.post(ASK, {"email": "nobody@example.org"})
    unknown_page = client.get(TYPE).content.decode()

    def bare(page: str) -> str:
        return re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]+"', r"\1", page)

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert bare(unknown_page) == bare(known_page).replace(saskia.email, "nobody@example.org")
    assert not Letter.objects.filter(to_address="nobody@example.org").exists()


def test_unknown_address_costs_the_same_queries(client, saskia, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def writes(email: str) -> list[str]:
        client.cookies.clear()
        with CaptureQueriesContext(connection) as asked:
            client.post(ASK, {"email": email})
        return [
            q["sql"].split(" ")[0] + q["sql"].split('"')[1] for q in asked if '"outbox_letter"' in q["sql"]
        ]

    assert writes(saskia.email) == writes("nobody@example.org") != []


def test_wrong_code_says_so_beside_the_field(client, saskia):
    client.post(ASK, {"email": saskia.email})

    answer = client.post(TYPE, {"code": "0000-0001"})

    assert answer.context["form"].errors["code"] == [
        "This is not the code we sent. Look at the latest mail, and type it once more."
    ]


def test_third_wrong_code_ends_that_code(client, saskia):
    client.post(ASK, {"email": saskia.email})
    for _attempt in range(3):
        answer = client.post(TYPE, {"code": "0000-0001"})

    assert answer.url == f"{ASK}?why=attempts"
    assert "typed wrongly too often" in client.get(answer.url, HTTP_ACCEPT_LANGUAGE="en").content.decode()


def test_expired_code_leads_back_with_a_sentence(client, saskia, settings):
    client.post(ASK, {"email": saskia.email})
    code = latest_code()
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1

    answer = client.post(f"{TYPE}?next=/engagements/", {"code": code})

    assert answer.url == f"{ASK}?why=expired&next=%2Fengagements%2F"
    assert "_auth_user_id" not in client.session


def test_fourth_code_within_a_minute_is_refused(client, saskia):
    for _time in range(3):
        client.cookies.clear()
        client.post(ASK, {"email": saskia.email})
    client.cookies.clear()

    answer = client.post(ASK, {"email": saskia.email}, HTTP_ACCEPT_LANGUAGE="en")

    assert answer.context["form"].errors["email"] == [
        "You asked for several codes in a short time. Wait a minute."
    ]
    assert Letter.objects.count() == 3


def test_a_new_code_can_be_sent_and_replaces_the_first(client, saskia):
    client.post(ASK, {"email": saskia.email})
    first = latest_code()
    client.post(TYPE, {"action": "resend"})

    client.post(TYPE, {"code": first})
    assert "_auth_user_id" not in client.session
    client.post(TYPE, {"code": latest_code()})

    assert client.session["_auth_user_id"] == str(saskia.pk)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "http://localhost/",
        "http:///evil",
        "/\\evil.example",
        "javascript:x",
    ],
)
def test_next_never_leads_to_another_site(client, saskia, elsewhere):
    client.post(f"{ASK}?next={elsewhere}", {"email": saskia.email})

    answer = client.post(f"{TYPE}?next={elsewhere}", {"code": latest_code(), "next": elsewhere})

    assert answer.url == reverse("today")


def test_next_within_the_site_is_followed(client, saskia):
    asked = client.post(ASK, {"email": saskia.email, "next": "/engagements/"})

    answer = client.post(asked.url, {"code": latest_code(), "next": "/engagements/"})

    assert answer.url == "/engagements/"


@pytest.mark.parametrize("path", ["/theme/", "/language/", "/sign-out/"])
def test_small_switches_never_lead_to_another_site(client, path):
    answer = client.post(path, {"next": "https://evil.example/", "theme": "dark", "language": "nl"})

    assert answer.url.startswith("/")
    assert not answer.url.startswith("//")


def test_person_is_spoken_to_in_their_own_language(client):
    make_person(email="english@example.org", language="en")
    client.post(ASK, {"email": "english@example.org"}, HTTP_ACCEPT_LANGUAGE="nl")
    answer = client.post(TYPE, {"code": latest_code()})

    assert answer.cookies["django_language"].value == "en"
    assert Letter.objects.get().language == "en"


def test_switching_language_is_remembered_with_the_person(client, saskia):
    client.force_login(saskia)

    client.post("/language/", {"language": "en", "next": "/today/"})

    saskia.refresh_from_db()
    assert saskia.language == "en"


def test_signing_out_is_a_deed_not_a_link(client, saskia):
    client.force_login(saskia)

    assert client.get("/sign-out/").status_code == 405
    assert "_auth_user_id" in client.session
    client.post("/sign-out/")

    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "name", ["account_signup", "account_email", "account_reset_password", "account_inactive"]
)
def test_other_pages_of_the_sign_in_package_do_not_exist(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_profile_saves_name_and_language(client, saskia):
    client.force_login(saskia)

    client.post("/profile/", {"name": "Saskia H.", "language": "en"})

    saskia.refresh_from_db()
    assert (saskia.name, saskia.language) == ("Saskia H.", "en")
