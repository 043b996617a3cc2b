"""Tags that do what Django's own do, faster."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

from driehoek.kit.templatetags.words import WordsNode


@pytest.mark.parametrize(
    "written",
    [
        '{% translate "Save" %}',
        '{% translate "100% of <b>this</b> & that" %}',
        '{% translate "Save" as word %}[{{ word }}]',
        "{% translate word %}",
        '{% translate "Save"|upper %}',
    ],
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_words_in_a_template_are_translated_as_django_does(written, language):
    ours, theirs = Template(written), Template("{% load translate from i18n %}" + written)
    with override(language):
        facts = {"word": "<Save>"}
        assert ours.render(Context(facts)) == theirs.render(Context(facts))


def test_attributes_of_a_field_are_escaped_and_switches_have_no_value():
    drawn = Template("{{ found|attributes }}")
    found = {"placeholder": '"><script>', "required": True, "disabled": False, "maxlength": 3}

    said = drawn.render(Context({"found": found}))

    assert said == ' maxlength="3" placeholder="&quot;&gt;&lt;script&gt;" required'


def test_plain_words_take_the_short_way():
    assert isinstance(Template('{% translate "Save" %}').nodelist[0], WordsNode)
