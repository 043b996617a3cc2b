"""The change plan in a released document: what is done by whom and how it stands, not what was learnt."""

from typing import Any

from django.utils.translation import gettext as _

from driehoek.access import Role
from driehoek.engagements.wording import ROLE_WORDS
from driehoek.kit.templatetags.look import day
from driehoek.plans.models import Action
from driehoek.plans.wording import COLOUR_WORDS
from driehoek.results.queries.material import Material

Block = dict[str, Any]


def plan_blocks(found: Material) -> list[Block]:
    """One row per action, in the words of who wrote it: no queries."""
    rows = [
        [
            {"text": action.text, "said": True},
            _owner(found, action),
            day(action.due_on) if action.due_on else "–",
            {"text": _standing(action), "strong": True},
        ]
        for action in found.actions
    ]
    head = [_("What"), _("Who"), _("When"), _("How it stands")]
    return [
        {"kind": "table", "head": head, "rows": rows, "widths": [46, 20, 16, 18]},
        {"kind": "note", "text": _("What was learnt from each of these stays between coachee and coach.")},
    ]


def _owner(found: Material, action: Action) -> str:
    role = Role(action.owner)
    party = found.engagement.party(role)
    return str(party.person) if party else str(ROLE_WORDS[role])


def _standing(action: Action) -> str:
    if action.done_on:
        return _("Done on %(day)s") % {"day": day(action.done_on)}
    return str(COLOUR_WORDS[Action.Colour(action.colour)])
