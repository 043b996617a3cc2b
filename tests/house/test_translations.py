"""The product is wholly Dutch and wholly English."""

import re
import textwrap
from pathlib import Path

import pytest
from django.utils.translation import gettext, override, pgettext

import driehoek
from driehoek.kit import catalogues

ROOT = Path(driehoek.__file__).parent
TEMPLATES = sorted(p for p in ROOT.rglob("*.html") if "templates" in p.parts)
# Names are the same in every language; a language is named in itself.
NAMES = {"Driehoek", "Nederlands", "English"}
# Words that stand for something a person or another program wrote.
SAMPLES = {
    "measures/templates/measures/upload.html": {"datum", "waarde"},
    "measures/templates/measures/keys.html": {
        *("POST", "Authorization", "Bearer", "Content", "Type", "application", "json"),
        *("date", "value", "volume"),
    },
}
SAMPLE_PAGES = re.compile(r"web/templates/web/style(_\w+)?\.html")

DUTCH = """
    msgid ""
    msgstr ""
    "Content-Type: text/plain; charset=utf-8\\n"
    "Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A house with the shared room and one other, in which a test writes what it needs."""
    (tmp_path / "web").mkdir()
    monkeypatch.setattr(catalogues, "PACKAGE", tmp_path)

    def furnish(*, page: str = "", code: str = "", dutch: str = "", name: str = "sessions") -> None:
        templates = tmp_path / name / "templates" / name
        templates.mkdir(parents=True, exist_ok=True)
        (templates / "page.html").write_text(page)
        (tmp_path / name / "actions.py").write_text(code)
        if dutch:
            po = tmp_path / name / catalogues.CATALOGUE
            po.parent.mkdir(parents=True, exist_ok=True)
            po.write_text(textwrap.dedent(DUTCH).lstrip() + textwrap.dedent(dutch))

    return furnish


def test_every_text_of_every_room_has_its_dutch():
    assert catalogues.problems() == []


def test_the_dutch_of_a_room_is_what_people_read():
    """Two programs may use one English word; ours comes first."""
    for room in catalogues.rooms():
        for (english, context), entry in catalogues.entries_of(catalogues.catalogue_of(room)).items():
            if isinstance(entry.id, str):
                with override("nl"):
                    said = pgettext(context, english) if context else gettext(english)
                assert said == entry.string, f"{room.name}: {english!r}"


def test_a_text_without_dutch_is_named(room):
    room(page='{% translate "Save" %}')

    assert catalogues.problems() == ['sessions: "Save" (page.html:1) is missing']


def test_a_translated_text_is_no_problem(room):
    room(page='{% translate "Save" %}', dutch='msgid "Save"\nmsgstr "Bewaar"\n')

    assert catalogues.problems() == []


def test_a_shared_text_may_be_translated_in_web_alone(room):
    room(page='{% translate "Save" %}')
    room(dutch='msgid "Save"\nmsgstr "Bewaar"\n', name="web")

    assert catalogues.problems() == []


def test_an_empty_and_a_fuzzy_and_an_unused_text_are_named(room):
    room(
        code='_("One")\n_("Two")\n',
        dutch='msgid "One"\nmsgstr ""\n\n#, fuzzy\nmsgid "Two"\nmsgstr "Twee"\n\nmsgid "Old"\nmsgstr "Oud"\n',
    )

    assert sorted(catalogues.problems()) == [
        'sessions: "Old" is used nowhere any more',
        'sessions: "One" has no Dutch text',
        'sessions: "Two" is marked fuzzy',
    ]


def test_two_rooms_that_translate_differently_are_named(room):
    room(page='{% translate "Open" %}', dutch='msgid "Open"\nmsgstr "Openen"\n')
    room(page='{% translate "Open" %}', dutch='msgid "Open"\nmsgstr "Nog open"\n', name="plans")

    assert catalogues.problems() == ['"Open" has different Dutch texts in plans, sessions']


def test_a_lost_placeholder_is_named(room):
    room(code='_("Hello %(name)s")', dutch='msgid "Hello %(name)s"\nmsgstr "Dag"\n')

    assert catalogues.problems() == ['sessions: "Hello %(name)s" has other placeholders in Dutch']


def test_a_text_that_stands_twice_is_named(room):
    room(code='_("Save")', dutch='msgid "Save"\nmsgstr "Bewaar"\n\nmsgid "Save"\nmsgstr "Bewaar"\n')

    assert catalogues.problems() == ['sessions: "Save" stands 2 times in the catalogue']


def test_a_plural_and_a_context_keep_their_own_entry(room):
    room(
        page="""
            {% blocktranslate trimmed count n=rows|length %}
              {{ n }} session
            {% plural %}
              {{ n }} sessions
            {% endblocktranslate %}
            {% translate "Open" context "verb" %}
        """,
        dutch="""
            msgid "%(n)s session"
            msgid_plural "%(n)s sessions"
            msgstr[0] "%(n)s sessie"
            msgstr[1] "%(n)s sessies"

            msgctxt "verb"
            msgid "Open"
            msgstr "Openen"
        """,
    )

    assert catalogues.problems() == []


def test_updating_adds_what_is_new_and_drops_what_is_gone(room, tmp_path):
    room(code='_("Save")\n_("Back")', dutch='msgid "Save"\nmsgstr "Bewaar"\n\nmsgid "Old"\nmsgstr "Oud"\n')

    catalogues.update()

    written = (tmp_path / "sessions" / catalogues.CATALOGUE).read_text()
    assert 'msgid "Save"\nmsgstr "Bewaar"' in written
    assert 'msgid "Back"\nmsgstr ""' in written
    assert "Old" not in written


def words_outside_translation(markup: str) -> set[str]:
    """Words that a reader would see and no catalogue knows, in text and in the attributes that speak."""
    for hidden in (
        r"{%\s*comment.*?endcomment\s*%}|{#.*?#}|<!--.*?-->",
        r"{%\s*blocktrans(late)?\b.*?{%\s*endblocktrans(late)?\s*%}",
        r"{%\s*block\s+\w*class\w*\s*%}.*?{%\s*endblock.*?%}",
        r"{%.*?%}|{{.*?}}",
        r"<(script|svg)\b.*?</\1>",
    ):
        markup = re.sub(hidden, " ", markup, flags=re.S)
    spoken = re.findall(r'\b(?:alt|title|placeholder|aria-label|data-label)="([^"]+)"', markup)
    text = " ".join([re.sub(r"<[^>]*>|&#?\w+;", " ", markup, flags=re.S), *spoken])
    return set(re.findall(r"[^\W\d_]{2,}", text)) - NAMES


def test_every_word_of_a_template_can_be_translated():
    named = {str(path.relative_to(ROOT)): path for path in TEMPLATES}
    found = {
        name: words_outside_translation(path.read_text()) - SAMPLES.get(name, set())
        for name, path in named.items()
        if not SAMPLE_PAGES.fullmatch(name)
    }
    assert {name: words for name, words in found.items() if words} == {}


def test_a_word_that_no_catalogue_knows_is_seen():
    markup = """<p class="lead">{% translate "Save" %} now</p><img alt="A picture">"""

    assert words_outside_translation(markup) == {"now", "picture"}
