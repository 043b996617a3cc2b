"""A template that was made lean says what Django would have said, to the letter."""

from dataclasses import dataclass
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.template import Context, engines
from django.template.base import Node, VariableDoesNotExist
from django.test import RequestFactory
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from driehoek.kit.lean.constants import Constant
from driehoek.kit.lean.loader import Loader, make_lean
from driehoek.kit.lean.nodes import LeanInclusionNode

ID = UUID(int=7)


@dataclass
class Goal:
    sentence: str
    levels: dict[str, str]

    def shout(self) -> str:
        return self.sentence.upper()

    @property
    def broken(self) -> str:
        raise AttributeError("broken inside")


class Careful:
    def delete(self) -> str:
        raise AssertionError("never called from a template")

    delete.alters_data = True


def facts() -> dict[str, object]:
    return {
        "goal": Goal('Plan <b>"well"</b> & often', {"low": "l", "items": "own"}),
        "safe": mark_safe("<i>safe</i>"),
        "rows": ["a", "b"],
        "row": {"n": 1, "0": "zero", "deep": {"er": None}},
        "lazy": gettext_lazy("Today"),
        "late": SimpleLazyObject(lambda: Goal("late", {})),
        "careful": Careful(),
        "number": 12345.5,
        "nothing": None,
        "id": ID,
        "call": lambda: "called",
    }


SAID = [
    "{{ goal.sentence }} {{ safe }} {{ number }} {{ lazy }} {{ nothing }} {{ id }}",
    "{{ goal.shout }} {{ call }} {{ late.sentence }} {{ careful.delete }}|",
    "{{ goal.levels.low }} {{ goal.levels.items }} {{ row.deep.er }} {{ row.0 }} {{ rows.1 }}",
    "{{ absent }}|{{ goal.absent }}|{{ row.absent }}|{{ row.keys|length }}|{{ rows.7 }}|{{ absent.of.all }}|",
    "{% if absent %}a{% elif goal.levels.none %}b{% elif row.n == 1 and not nothing %}c{% endif %}",
    '{{ absent|default:"<none>" }} {{ goal.sentence|upper }} {{ absent|default:goal.sentence }}',
    "{% firstof absent goal.absent goal.sentence %} {% firstof absent safe %}",
    "{% for row in rows %}{{ row }}{{ forloop.counter }}{% endfor %}{{ row.n }}",
    "{% autoescape off %}{{ goal.sentence }}{% endautoescape %}{{ goal.sentence }}",
    "{% with name=goal.sentence %}{{ name }}{% endwith %}{{ name }}",
    '{% icon "check" %}{% comment %}not said{% endcomment %}{% translate "Today" %} {% brandmark %}',
    '{% icon row.absent|default:"minus" %}{% translate "Today" as today %}{{ today }}',
    '{% url "plans:index" id %} {% url "today" %} {% url "plans:index" engagement_id=id %}',
    '{% url "nowhere" as there %}[{{ there }}]',
    '{% include "components/party.html" with name="J & M" role="coach" only %}',
    '{% include "components/party.html" with name=goal.sentence role="coachee" says=lazy %}',
    '{% include "components/party.html" with name="J" %}{{ name }}{% include "components/state.html" %}',
    '{% for x in rows %}{% cycle 1 2 %}{% include "components/party.html" with name=x only %}{% endfor %}',
    "{% for x in rows %}{% blocktranslate trimmed with y=x %} Ask {{ y }}{% endblocktranslate %}{% endfor %}",
    "{% for row in rows %}{% blocktranslate count n=forloop.counter %}{{ row }}"
    "{% plural %}{{ n }} {{ row }}{% endblocktranslate %}{% endfor %}",
]


@pytest.mark.parametrize("source", SAID)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_says_the_same(source, language):
    plain, lean = (engines["django"].from_string(source) for _ in range(2))
    make_lean(lean.template)
    request = RequestFactory().get("/")
    request.user = SimpleNamespace(is_authenticated=False)

    with translation.override(language):
        said = [lean.render(facts(), request) for _time in range(2)]
        assert said == [plain.render(facts(), request)] * 2


def test_a_constant_speaks_the_language_of_each_reader():
    template = engines["django"].from_string('<b>{% translate "Today" %}</b>')
    make_lean(template.template)

    said = []
    for language in ("nl", "en", "nl"):
        with translation.override(language):
            said.append(template.render({}))

    assert said == ["<b>Vandaag</b>", "<b>Today</b>", "<b>Vandaag</b>"]


def test_what_names_a_reader_is_never_a_constant():
    template = engines["django"].from_string('{% translate "Today" %} {{ name }} {% shape role %}')
    make_lean(template.template)

    assert "Johan" in template.render({"name": "Johan", "role": "coach"})
    assert "Ellen" in (said := template.render({"name": "Ellen", "role": ""}))
    assert "Johan" not in said
    assert "g-off" in said


def test_neighbours_that_never_differ_become_one():
    template = engines["django"].from_string('a {# #}{% icon "check" %} b{% translate "Today" %}{{ c }}d')

    make_lean(template.template)

    kinds = [type(node) for node in template.template.nodelist]
    assert kinds[0] is Constant
    assert len(kinds) == 3
    assert all(issubclass(kind, Node) for kind in kinds)


def test_a_mistake_in_a_property_is_not_hidden():
    template = engines["django"].from_string("{{ goal.broken }}")
    make_lean(template.template)

    with pytest.raises(AttributeError, match="broken inside"):
        template.render(facts())


def test_an_absent_name_in_an_argument_is_an_error_as_it_is_in_django():
    template = engines["django"].from_string("{{ goal.sentence|default:absent }}{{ nothing|default:absent }}")
    make_lean(template.template)

    with pytest.raises(VariableDoesNotExist):
        template.template.render(Context(facts()))


def test_the_pages_of_the_product_are_made_lean():
    engine = engines["django"].engine
    (partials,) = engine.template_loaders
    (cached,) = partials.loaders

    assert isinstance(cached, Loader)
    assert engine.get_template("web/today.html").is_lean
    assert engine.get_template("web/today.html") is engine.get_template("web/today.html")


def test_a_tag_with_a_template_of_its_own_hands_on_the_token_of_a_form():
    inside = engines["django"].from_string("{{ name }} {{ csrf_token }}").template
    node = LeanInclusionNode(lambda: {"name": "J"}, False, [], {}, inside)
    page = engines["django"].from_string("").template

    with (context := Context({"csrf_token": "t0k3n", "name": "K"})).bind_template(page):
        assert node.render(context) == "J t0k3n"
        assert context["name"] == "K"
