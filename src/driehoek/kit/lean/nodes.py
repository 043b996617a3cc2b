"""The nodes a page has many of."""

from html import escape
from typing import Any, Final

from django.template.base import VariableNode, render_value_in_context
from django.template.defaulttags import TemplateLiteral, URLNode
from django.template.library import InclusionNode
from django.template.loader_tags import IncludeNode, construct_relative_path
from django.templatetags.i18n import BlockTranslateNode
from django.utils.safestring import SafeData

from driehoek.kit.addresses import reverse
from driehoek.kit.lean.values import MISSING, NOTHING, Literal, Name, look_up


class LeanVariableNode(VariableNode):
    """`{{ name }}`: mostly words, which no language writes its own way, as it does numbers and days."""

    def render(self, context: Any) -> Any:
        value = self.filter_expression.resolve(context)
        if isinstance(value, SafeData):
            return value
        if type(value) is str and context.autoescape:
            return escape(value)
        return render_value_in_context(value, context)


class LeanURLNode(URLNode):
    """`{% url "name" id %}` on the spot; with names for its arguments, or kept for later, as Django does."""

    def render(self, context: Any) -> str:
        if self.kwargs or self.asvar:
            return super().render(context)
        request = getattr(context, "request", None)
        match = getattr(request, "resolver_match", None)
        current_app = getattr(request, "current_app", None) or getattr(match, "namespace", None)
        args = [arg.resolve(context) for arg in self.args]
        url = reverse(self.view_name.resolve(context), args, current_app=current_app)
        return escape(url) if context.autoescape else url


class LeanIncludeNode(IncludeNode):
    """`{% include "name" %}`: a template with a fixed name is looked for once, not once for each page."""

    found: Any = None

    def render(self, context: Any) -> Any:
        if not isinstance(self.template, Literal):
            return super().render(context)
        if self.found is None:
            here: Any = self.origin.template_name
            name = construct_relative_path(here, self.template.var)
            self.found = context.template.engine.get_template(name)
        values = {name: value.resolve(context) for name, value in self.extra_context.items()}
        if self.isolated_context:
            return _drawn(self.found, _apart(context, values))
        context.dicts.append(values)
        try:
            return _drawn(self.found, context)
        finally:
            context.dicts.pop()


def _drawn(template: Any, context: Any) -> Any:
    """`template.render(context)` within a page: its tags find nothing that tags of the page left behind."""
    kept = context.render_context
    page, kept.template = kept.template, template
    kept.dicts.append({})
    try:
        return template.nodelist.render(context)
    finally:
        kept.dicts.pop()
        kept.template = page


def _apart(context: Any, values: dict[str, Any]) -> Any:
    """`context.new(values)`: the same reader and page, and no other names, with fewer copies."""
    new: Any = object.__new__(type(context))
    vars(new).update(vars(context), dicts=[{"True": True, "False": False, "None": None}, values])
    vars(new).pop("_processors_index", None)  # as Django does: what all pages share is not among the names
    return new


class LeanBlockTranslateNode(BlockTranslateNode):
    """`{% blocktranslate %}`: what there is to translate is put together once, not once for each page."""

    written: Any = None

    def render_token_list(self, tokens: Any) -> Any:
        if self.written is None:
            self.written = {}
        if id(tokens) not in self.written:
            self.written[id(tokens)] = super().render_token_list(tokens)
        words, names = self.written[id(tokens)]
        return words, [*names]  # the names of both forms are put together by who asks


class LeanInclusionNode(InclusionNode):
    """A tag with a template of its own, which is looked for once as well."""

    def render(self, context: Any) -> str:
        if isinstance(self.filename, str):
            self.filename = context.template.engine.get_template(self.filename)
        args, kwargs = self.get_resolved_arguments(context)
        values = {**self.func(*args, **kwargs)}
        if (token := context.get("csrf_token")) is not None:  # for a form in it, as Django does
            values["csrf_token"] = token
        return _drawn(self.filename, _apart(context, values))


class LeanTest(TemplateLiteral):
    """A name in `{% if %}`, of which a page has two hundred."""

    def eval(self, context: Any) -> Any:
        name: Any = self.value
        if isinstance(name, Name):
            value = look_up(name.var.lookups, context)
            if value is not MISSING:
                return None if value is NOTHING else value
        return super().eval(context)


LEANER: Final[dict[type[Any], type[Any]]] = {
    TemplateLiteral: LeanTest,
    VariableNode: LeanVariableNode,
    URLNode: LeanURLNode,
    IncludeNode: LeanIncludeNode,
    BlockTranslateNode: LeanBlockTranslateNode,
    InclusionNode: LeanInclusionNode,
}
"""What each kind of node of Django becomes."""
