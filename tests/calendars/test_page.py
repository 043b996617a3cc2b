"""The page of the own calendar: a link to copy, a new one, and none."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from driehoek.calendars.actions import renew_feed
from driehoek.calendars.models import Feed
from tests.makers import make_person

pytestmark = pytest.mark.django_db
PAGE = "calendars:show"


@pytest.fixture
def me():
    return make_person("Johan Verbeek")


@pytest.fixture
def mine(me):
    client = Client()
    client.force_login(me)
    return client


def link_on(client, language="en"):
    page = client.get(reverse(PAGE), headers={"accept-language": language}).content.decode()
    found = re.search(r"<textarea[^>]*readonly[^>]*>([^<]+)<", page)
    return found.group(1) if found else None


def path(link):
    return link.partition("://")[2].partition("/")[2].join(["/", ""])


def test_whoever_never_made_a_link_has_none(mine):
    assert link_on(mine) is None
    assert not Feed.objects.exists()


def test_a_link_is_made_shown_again_and_opens_the_calendar_without_signing_in(mine, me):
    mine.post(reverse("calendars:renew"))

    link = link_on(mine)
    assert link == link_on(mine)
    assert Client().get(path(link)).content.startswith(b"BEGIN:VCALENDAR")
    assert "Johan" not in link
    assert str(me.pk) not in link


def test_a_new_link_shuts_the_one_before(mine):
    mine.post(reverse("calendars:renew"))
    before = link_on(mine)

    mine.post(reverse("calendars:renew"))

    assert Client().get(path(before)).status_code == 404
    assert Client().get(path(link_on(mine))).status_code == 200


def test_switched_off_it_is_gone_and_can_be_made_anew(mine):
    mine.post(reverse("calendars:renew"))
    before = link_on(mine)

    mine.post(reverse("calendars:switch_off"))
    mine.post(reverse("calendars:switch_off"))

    assert link_on(mine) is None
    assert Client().get(path(before)).status_code == 404
    mine.post(reverse("calendars:renew"))
    assert link_on(mine) not in (None, before)


def test_opening_the_page_changes_nothing_and_a_link_is_not_made_by_opening_it(mine):
    for name in ("calendars:renew", "calendars:switch_off"):
        assert mine.get(reverse(name)).status_code == 405
    assert not Feed.objects.exists()


def test_nobody_sees_the_link_of_another(mine):
    other = renew_feed(make_person())
    mine.post(reverse("calendars:renew"))

    assert other not in mine.get(reverse(PAGE)).content.decode()


def test_a_link_whose_master_key_was_taken_away_works_and_says_that_it_cannot_be_shown(mine, me, settings):
    secret = renew_feed(me)
    settings.MASTER_KEYS = [b"another master key, 32 bytes....", *settings.MASTER_KEYS[1:]]
    mine.force_login(me)

    page = mine.get(reverse(PAGE), headers={"accept-language": "en"}).content.decode()

    assert "it can no longer be shown" in page
    assert secret not in page
    assert Client().get(reverse("calendars:feed", args=[secret])).status_code == 200


@pytest.mark.parametrize(("language", "words"), [("nl", "Via URL"), ("en", "From URL")])
def test_it_says_in_both_languages_how_google_outlook_and_apple_follow_it(mine, language, words):
    mine.post(reverse("calendars:renew"))

    page = mine.get(reverse(PAGE), headers={"accept-language": language}).content.decode()

    for word in (words, "Google", "Outlook", "Apple", "webcal://"):
        assert word in page
