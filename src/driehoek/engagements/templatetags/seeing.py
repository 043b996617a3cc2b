"""Template tags about who may and who sees. They fail loudly on a name that does not exist."""

from typing import Any

from django import template

from driehoek.access import Kind, Permission, Role
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import Step, who_sees
from driehoek.engagements.wording import ROLE_WORDS

register = template.Library()


@register.inclusion_tag("components/sees.html", takes_context=True)
def sees(context: Any, engagement: Engagement, kind: str, bare: bool = False, prefix: str = "") -> dict:
    """The "who sees this" chip: `{% sees engagement "session_content" %}`."""
    return _chip(who_sees(engagement, Kind(kind), context["request"].user), bare=bare, prefix=prefix)


@register.inclusion_tag("components/sees.html", takes_context=True)
def sees_at(context: Any, step: Step, bare: bool = False) -> dict:
    """The same chip for a step that has a kind: `{% sees_at step %}`."""
    return _chip(step.chip(context["request"].user), bare=bare)


def _chip(seen: Any, *, bare: bool, prefix: str = "") -> dict:
    return {
        "words": seen.words,
        "corners": seen.corners,
        "private": seen.private,
        "href": seen.href,
        "bare": bare,
        "prefix": prefix,
    }


@register.simple_tag(takes_context=True)
def can(context: Any, permission: str, engagement: Engagement) -> bool:
    """Whether the reader may do this now: `{% can "release" engagement as allowed %}`."""
    return engagement.lets(context["request"].user, Permission(permission))


@register.simple_tag
def role_words(role: str) -> str:
    """What a role is called: `{% role_words party.role as role %}`."""
    return str(ROLE_WORDS[Role(role)])
