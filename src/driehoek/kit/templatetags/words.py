"""The tag that translates, for what it is used for here: words that stand in a template."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import template
from django.forms import BoundField, RadioSelect
from django.templatetags.i18n import TranslateNode, do_translate
from django.utils.translation import gettext

register = template.Library()
Drawing = TypeVar("Drawing", bound=Callable[..., str])


def same_everywhere(draw: Drawing) -> Drawing:
    """Marks a tag that always draws the same for the same arguments, whoever reads it (see `kit/lean`)."""
    draw.same_everywhere = True  # type: ignore[attr-defined]
    return draw


@register.filter
def may_stay_empty(field: BoundField) -> bool:
    """Whether to say so beside a field. A choice that stands ticked leaves nothing out.

    A field that `waits` tells itself when it is needed.
    """
    plain: Any = field.field
    if plain.required or getattr(plain, "waits", False):
        return False
    if not isinstance(plain.widget, RadioSelect):
        return True
    return str(field.value()) not in {str(value) for value, _words in plain.choices}


class WordsNode(TranslateNode):
    """Django's own, without a lazy text in between: a page has some eighty of these."""

    def render(self, context: Any) -> str:
        return gettext(self.words).replace("%%", "%")

    @property
    def words(self) -> str:
        return str(self.filter_expression.var.literal).replace("%", "%%")


@register.tag("translate")
def translate(parser: Any, token: Any) -> TranslateNode:
    """`{% translate "..." %}`; anything more than plain words is left to Django."""
    node = do_translate(parser, token)
    written = node.filter_expression
    plain = not (node.noop or node.asvar or node.message_context or written.filters)
    if plain and getattr(written.var, "literal", None):
        return WordsNode(written, noop=False)
    return node
