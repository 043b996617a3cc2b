"""The one-time link of a new installation, and links that work once."""

import pytest

from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.people.actions import (
    first_administrator_link,
    found_organisation,
    install_first_administrator,
    introduce,
    make_link,
)
from driehoek.people.models import Membership, OneTimeLink, Organisation, Person
from driehoek.people.queries import link_of
from tests.makers import make_person

pytestmark = pytest.mark.django_db
FACTS = {"name": "Ruben Terpstra", "email": "Ruben@Example.org", "organisation_name": "De Vliet"}


@pytest.fixture
def path(settings):
    return first_administrator_link().removeprefix(settings.BASE_URL)


def test_first_administrator_is_in_at_once_without_mail(client, path):
    client.post(path, FACTS)

    place = Membership.objects.get()
    assert (place.is_admin, place.is_coach, place.organisation.name) == (True, True, "De Vliet")
    assert client.session["_auth_user_id"] == str(place.person_id)
    assert place.person.email == "ruben@example.org"


def test_opening_the_link_uses_nothing_up(client, path):
    client.get(path)
    client.get(path)

    assert OneTimeLink.objects.get().is_open
    assert not Person.objects.exists()


def test_link_works_once(client, path):
    client.post(path, FACTS)
    client.logout()

    again = client.post(path, FACTS | {"email": "other@example.org"})

    assert again.status_code == 410
    assert Person.objects.count() == 1


def test_second_link_is_worthless_once_there_is_an_administrator(client, path, settings):
    other = first_administrator_link().removeprefix(settings.BASE_URL)
    client.post(path, FACTS)
    client.logout()

    answer = client.post(other, FACTS | {"email": "other@example.org"})

    assert "done its work" in answer.content.decode()
    assert Person.objects.count() == 1


def test_empty_fields_are_named_and_nothing_is_made(client, path):
    answer = client.post(path, {"name": "", "email": "no address", "organisation_name": "De Vliet"})

    assert set(answer.context["form"].errors) == {"name", "email"}
    assert "De Vliet" in answer.content.decode()
    assert not Organisation.objects.exists()


def test_old_link_says_what_to_do(client, path):
    clock.move_to(OneTimeLink.objects.get().expires_at)

    answer = client.get(path)

    assert answer.status_code == 410
    assert "start the server again" in answer.content.decode()


def test_database_holds_no_token():
    token = make_link(purpose="invitation")

    assert token not in str(OneTimeLink.objects.values().get())
    assert link_of(token, purpose="invitation")
    assert link_of(token, purpose="first-admin") is None


def test_used_link_is_refused_by_the_deed_itself(path):
    link = OneTimeLink.objects.get()
    facts = FACTS | {"language": "nl"}
    install_first_administrator(link, **facts)

    with pytest.raises(Refused, match="done its work"):
        install_first_administrator(link, **facts)


def test_introducing_somebody_twice_keeps_their_own_name_and_language():
    known = make_person("Saskia Holwerda", email="saskia@example.org", language="en")

    again = introduce(email=" SASKIA@example.org ", name="Sas", language="nl")

    assert again == known
    assert (again.name, again.language) == ("Saskia Holwerda", "en")


def test_introducing_somebody_by_a_name_nobody_can_see_is_refused():
    with pytest.raises(Refused, match="others can read"):
        introduce(email="saskia@example.org", name="\x01")
    assert introduce(email="saskia@example.org").name == ""


def test_an_organisation_wants_a_name_that_can_be_seen():
    with pytest.raises(Refused, match="a name"):
        found_organisation(by=make_person(), name="\x01\x02")


@pytest.mark.parametrize(
    ("typed", "kept"), [("Ruben\x01", "Ruben"), ("Eve\u202e\u2069 X", "Eve X"), ("A\r\nB", "A B")]
)
def test_signs_that_act_are_left_out_of_a_name(client, typed, kept):
    person = make_person()
    client.force_login(person)

    client.post("/profile/", {"name": typed, "language": "nl"})

    person.refresh_from_db()
    assert person.name == kept


def test_founding_twice_is_founding_once():
    person = make_person()

    assert found_organisation(by=person, name="De Vliet") == found_organisation(by=person, name=" De Vliet ")


@pytest.mark.parametrize("name", ["Zoë 🌱 van der Æ", "x" * 120, "O'Neill <b>"])
def test_unusual_names_simply_work(client, name):
    person = make_person()
    client.force_login(person)

    client.post("/profile/", {"name": name, "language": "nl"})
    page = client.get("/today/")

    person.refresh_from_db()
    assert person.name == name
    assert page.status_code == 200


@pytest.mark.parametrize(
    ("name", "language", "says"),
    [
        ("Ruben Terpstra", "en", ["Saved."]),
        ("Ruben T.", "en", ["Saved. The others see this name from now on."]),
        ("Ruben Terpstra", "nl", ["Bewaard."]),
    ],
)
def test_only_another_name_is_said_to_be_seen_by_the_others(client, name, language, says):
    client.force_login(make_person("Ruben Terpstra"))

    page = client.post("/profile/", {"name": name, "language": language}, follow=True)

    assert [str(one) for one in page.context["messages"]] == says


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("nl", "Hier passen hoogstens 120 tekens; dit zijn er 200. Maak het korter."),
        ("en", "At most 120 characters fit here; this has 200. Shorten it."),
    ],
)
def test_a_name_that_is_too_long_stays_whole_on_screen_with_a_sentence(client, language, says):
    client.force_login(make_person(language=language))

    answer = client.post(
        "/profile/", {"name": "x" * 200, "language": language}, headers={"accept-language": language}
    )

    assert answer.context["form"].errors["name"] == [says]
    assert f'value="{"x" * 200}"' in answer.content.decode()
    assert "maxlength" not in answer.content.decode()


@pytest.mark.parametrize("name", ["", "   ", "x" * 121, "with\x00null", "\x01", "\u200d", "\u202e\u2066"])
def test_impossible_names_get_a_sentence_and_stay_on_screen(client, name):
    client.force_login(make_person())

    answer = client.post("/profile/", {"name": name, "language": "nl"})

    assert answer.status_code == 200
    assert answer.context["form"].errors["name"]
