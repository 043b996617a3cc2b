"""What a template says to everybody: text, translated words, icons and addresses of assets."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, Final

from django.template.base import FilterExpression, Node, TextNode
from django.template.defaulttags import CommentNode, LoadNode
from django.template.library import SimpleNode
from django.templatetags.static import StaticNode
from django.utils.translation import get_language

from driehoek.kit.templatetags.words import WordsNode

SILENT: Final = (CommentNode, LoadNode)


class Constant(Node):
    """Neighbours that say the same to everybody who reads a language: put together once for each language."""

    def __init__(self, parts: list[Node]) -> None:
        self.parts: Final = parts
        self.token, self.origin = parts[0].token, parts[0].origin
        self.said: Final[dict[tuple[str | None, bool], str]] = {}

    def render(self, context: Any) -> str:
        key = language_of(context), context.autoescape
        if key not in self.said:
            self.said[key] = "".join(str(part.render_annotated(context)) for part in self.parts)
        return self.said[key]


def language_of(context: Any) -> str | None:
    """In which language this page is read: asked for once, since no part of a page changes it."""
    known = vars(context)
    if "read_in" not in known:
        known["read_in"] = get_language()
    return known["read_in"]


def folded(nodes: Iterable[Node]) -> list[Node]:
    """The same nodes, with neighbours that are constant as one, and without those that say nothing."""
    found: list[Node] = []
    for constant, group in groupby((n for n in nodes if not isinstance(n, SILENT)), _is_constant):
        parts = list(group)
        if not constant:
            found += parts
        elif all(type(part) is TextNode for part in parts):
            found.append(_text(parts))
        else:
            found.append(Constant(parts))
    return found


def _text(parts: list[Any]) -> TextNode:
    one = parts[0]
    one.s = "".join(part.s for part in parts)
    return one


def _is_constant(node: Node) -> bool:
    if isinstance(node, StaticNode):
        return node.varname is None and _is_literal(node.path)
    if isinstance(node, SimpleNode):
        same = getattr(node.func, "same_everywhere", False) and node.target_var is None
        return same and all(map(_is_literal, (*node.args, *node.kwargs.values())))
    return type(node) in (TextNode, WordsNode, Constant)


def _is_literal(expression: FilterExpression) -> bool:
    return not expression.is_var and not expression.filters
