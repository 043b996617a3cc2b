"""A clock is chosen by country and city, in the language of the reader."""

from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from driehoek.kit.zones import city, zone_name, zones


@pytest.mark.parametrize(
    ("language", "words"), [("nl", "Verenigde Staten, New York"), ("en", "United States, New York")]
)
def test_each_zone_has_its_own_words_in_the_language_of_the_reader(language, words):
    with override(language):
        offered = dict(zones())

    assert offered["America/New_York"] == words
    assert len(set(offered.values())) == len(offered) > 300


def test_they_stand_by_country_as_people_spell_it():
    with override("nl"):
        words = [said for _, said in zones()]

    assert [one for one in words if one.startswith("A")][:1] == ["Afghanistan, Kabul"]
    assert words.index("Åland, Mariehamn") < words.index("Albanië, Tirana")
    assert words.index("Nederland, Amsterdam") < words.index("Oostenrijk, Wenen")


@pytest.mark.parametrize(
    ("said", "name"),
    [("Asia/Calcutta", "Asia/Kolkata"), ("US/Eastern", "America/New_York"), ("Mars/Base", ""), ("", "")],
)
def test_a_zone_by_another_name_is_the_same_zone_and_an_unknown_one_is_none(said, name):
    assert zone_name(said) == name


def test_a_city_is_called_as_the_reader_calls_it():
    with override("nl"):
        called = [city(ZoneInfo(one)) for one in ("Europe/London", "America/New_York")]

    assert called == ["Londen", "New York"]
