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
        token = CsrfTokenNode().render(context)
        request = getattr(context, "request", None) or context.get("request")
        person = getattr(request, "user", None)
        if not token or person is None or not person.is_authenticated:
            return token
        if not hasattr(request, "mark_of_reader"):  # one signature for all the forms of a page
            request.mark_of_reader = sign_typist(person.pk)
        return format_html('{}<input type="hidden" name="_who" value="{}">', token, request.mark_of_reader)


@register.tag("csrf_token")
def csrf_token(parser: Any, tag: Any) -> MarkedTokenNode:
    """`{% csrf_token %}`, wherever a form stands."""
    return MarkedTokenNode()
