"""Remembering which texts a browser handed in, so that it does not bring them again."""

from typing import Final

from django.http import HttpRequest

from driehoek.sessions.forms import WritingForm
from driehoek.sessions.models import mark_of
from driehoek.sessions.templatetags.keeping import ARRIVED

MOST: Final = 60
"""Of the latest; an older one that still lies on a device is put together with what stands there by then."""


def remember_arrived(request: HttpRequest, form: WritingForm) -> None:
    """Remember, by marks only, the texts of a form that was accepted, each with what it went on from."""
    opened = form.opened()
    marks = [f"{opened[part]}:{_mark(text)}" for part, text in form.texts().items()]
    known = [one for one in request.session.get(ARRIVED, ()) if one not in marks]
    request.session[ARRIVED] = [*known, *marks][-MOST:]


def _mark(text: str) -> str:
    """As the page reckons it: whatever a browser did to the ends of lines and to the end of the text."""
    return mark_of(text.replace("\r\n", "\n").strip())
