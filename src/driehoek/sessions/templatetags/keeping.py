"""What a form needs so that its words are kept while somebody writes."""

from typing import Any

from django import template
from django.utils.html import format_html

from driehoek.vault.keys import device_key

register = template.Library()


@register.simple_tag(takes_context=True)
def keeps(context: Any, url: str) -> str:
    """The attributes of a form that keeps itself at `url`; nothing when it shows what was refused.

    The key comes with the page and is never stored on the device: what lies there opens only for who is
    signed in.
    """
    if context["form"].is_bound:
        return ""
    person = context["request"].user
    words = 'data-keep="{}" data-secret="{}" data-who="{}"'
    return format_html(words, url, device_key(person.pk), person.pk)
