"""Addresses that were looked up once are the ones Django gives."""

from uuid import uuid4

import pytest
from django import urls
from django.test import override_settings
from django.urls import NoReverseMatch, set_script_prefix

from driehoek.kit.addresses import reverse
from driehoek.method.reviews import Review

HERE = uuid4()
ADDRESSES = [
    ("today", []),
    ("plans:index", [HERE]),
    ("sessions:talk", [HERE, 3]),
    ("sessions:talk", [HERE, 4]),
    ("sessions:talk", [str(HERE), 4]),
    ("results:released", [HERE, uuid4()]),
    ("reviews:review", [HERE, "halfway"]),
    ("reviews:review", [HERE, "after_30"]),
    ("reviews:review", [HERE, Review.HALFWAY]),
]


@pytest.mark.parametrize(("name", "args"), ADDRESSES)
def test_it_is_the_address_django_gives(name, args):
    assert reverse(name, args=args) == urls.reverse(name, args=args)


def test_each_asking_has_its_own_ids():
    one, other = uuid4(), uuid4()

    assert str(one) in reverse("plans:index", args=[one])
    assert reverse("plans:index", args=[other]) == urls.reverse("plans:index", args=[other])


@pytest.mark.parametrize(
    ("name", "args"), [("nowhere", []), ("plans:index", []), ("sessions:talk", [HERE, -1])]
)
def test_a_page_that_does_not_exist_has_none(name, args):
    with pytest.raises(NoReverseMatch):
        reverse(name, args=args)


def test_a_server_below_another_path_has_its_own_addresses():
    there = reverse("today")
    set_script_prefix("/below/")
    try:
        assert reverse("today") == f"/below{there}"
    finally:
        set_script_prefix("/")
    assert reverse("today") == there


def test_another_table_of_addresses_is_not_confused_with_ours():
    reverse("today")

    with override_settings(ROOT_URLCONF="driehoek.toolkit.urls"), pytest.raises(NoReverseMatch):
        reverse("today")
