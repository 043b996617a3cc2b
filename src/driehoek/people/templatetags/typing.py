"""The token of every form, with the mark of who had it on screen.

When a session ends while somebody is typing, the mark tells for whom the words must be kept.
"""

from typing import Any

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html

from driehoek.people.queries import sign_typist

register = template.Library()


class MarkedTokenNode(template.Node):
    """Django's own token; the mark beside it when the page knows its reader."""

    def render(self, context: Any) -> str:
        request = getattr(context, "request", None) or context.get("request")
        token, drawn = getattr(request, "hidden_fields", (None, ""))
        if drawn and token is context.get("csrf_token"):  # drawn once for all the forms of a page
            return drawn
        drawn = CsrfTokenNode().render(context)
        person = getattr(request, "user", None)
        if not drawn or person is None or not person.is_authenticated:
            return drawn
        mark = sign_typist(person.pk)
        drawn = format_html('{}<input type="hidden" name="_who" value="{}">', drawn, mark)
        request.hidden_fields = context.get("csrf_token"), drawn
        return drawn


@register.tag("csrf_token")
def csrf_token(parser: Any, tag: Any) -> MarkedTokenNode:
    """`{% csrf_token %}`, wherever a form stands."""
    return MarkedTokenNode()
