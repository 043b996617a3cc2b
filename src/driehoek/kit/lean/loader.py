"""Where templates are read: the loader named in the settings, and the walk through what it read."""

from collections.abc import Iterable
from typing import Any

from django.template.base import FilterExpression, Node, NodeList, Template, Variable
from django.template.loaders import cached
from django.template.smartif import TokenBase

from driehoek.kit.lean.constants import folded
from driehoek.kit.lean.nodes import LEANER
from driehoek.kit.lean.values import LeanVariable, leaner_expression


class Loader(cached.Loader):
    """Django's own, which reads each template once; here it is made lean when it is read."""

    def get_template(self, template_name: str, skip: Any = None) -> Any:
        template = super().get_template(template_name, skip)
        if not getattr(template, "is_lean", False):
            make_lean(template)
        return template


def make_lean(template: Template) -> Template:
    """The same template, with its nodes and the values in them swapped for quicker ones."""
    _walk(template.nodelist, set())
    template.is_lean = True  # type: ignore[attr-defined]
    return template


def _walk(part: Any, seen: set[int]) -> None:
    """Through nodes, lists of them, conditions and expressions; a part that stands in two places, once."""
    if id(part) in seen:
        return
    seen.add(id(part))
    if isinstance(part, FilterExpression):
        _each((argument for _filter, arguments in part.filters for _is_var, argument in arguments), seen)
        _walk(part.var, seen)
        part.__class__ = leaner_expression(part)
    elif type(part) is Variable:
        part.__class__ = LeanVariable
    elif isinstance(part, Node | TokenBase):
        _each(vars(part).values(), seen)
        part.__class__ = LEANER.get(type(part), type(part))
    elif isinstance(part, dict):
        _each(part.values(), seen)
    elif isinstance(part, list | tuple):
        _each(part, seen)
        if isinstance(part, NodeList):
            part[:] = folded(part)


def _each(parts: Iterable[Any], seen: set[int]) -> None:
    for part in parts:
        _walk(part, seen)
