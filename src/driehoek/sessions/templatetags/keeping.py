"""What a form needs so that its words are kept while somebody writes."""

import json
from typing import Any

from django import template
from django.utils.html import format_html

from driehoek.vault.keys import device_key

ARRIVED = "arrived"
"""In the session of a browser: marks of texts it handed in, each with the mark of what it went on from."""

register = template.Library()


@register.simple_tag(takes_context=True)
def keeps(context: Any, url: str) -> str:
    """The attributes of a form that keeps itself at `url`.

    It says which texts this browser handed in with a button: what lies on the device of these did arrive.
    A form that shows what was refused says from which text each of its texts goes on, or which other text it
    waits for a choice against. The key comes with the page and is never stored on the device: what lies there
    opens only for who is signed in.
    """
    request, form = context["request"], context["form"]
    who = request.user.pk
    words = 'data-keep="{}" data-secret="{}" data-who="{}" data-arrived="{}"'
    known = format_html(words, url, device_key(who), who, " ".join(request.session.get(ARRIVED, ())))
    if not form.is_bound:
        return known
    return format_html('{} data-stands="{}"', known, json.dumps(form.stands()))
