"""Remembering which texts a browser handed in, so that it does not bring them again."""

from typing import Final

from django.http import HttpRequest

from driehoek.sessions.forms import ClosingForm, WritingForm
from driehoek.sessions.models import mark_of
from driehoek.sessions.templatetags.keeping import ARRIVED

MOST: Final = 60
"""Of the latest; an older one that still lies on a device is put together with what stands there by then."""


def remember_arrived(request: HttpRequest, form: WritingForm) -> None:
    """Remember, by marks only, the texts of a form that was accepted, each with what it went on from."""
    opened = form.opened()
    _remember(request, [f"{opened[part]}:{_mark(text)}" for part, text in form.texts().items()])


def remember_filled_in(request: HttpRequest, form: ClosingForm) -> None:
    """Remember that what was filled in beside the texts was accepted, by the name of this filling in."""
    if name := form.cleaned_data["action_id"]:
        _remember(request, [str(name)])


def _remember(request: HttpRequest, marks: list[str]) -> None:
    known = [one for one in request.session.get(ARRIVED, ()) if one not in marks]
    request.session[ARRIVED] = [*known, *marks][-MOST:]


def _mark(text: str) -> str:
    """As the page reckons it: whatever a browser did to the ends of lines and to the end of the text."""
    return mark_of(text.replace("\r\n", "\n").strip())
