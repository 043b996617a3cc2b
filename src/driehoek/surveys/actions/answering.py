"""Handing in. What is handed in goes among the others at once, and nothing remembers whose it was."""

import json
import secrets
from collections.abc import Mapping
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.kit.errors import Refused
from driehoek.surveys.models import Survey
from driehoek.surveys.queries.links import link_behind
from driehoek.surveys.queries.surveys import asked_in

_CHANCE: Final = secrets.SystemRandom()
MOST_ANSWERS: Final = 2_000


@transaction.atomic
def hand_in(token: str, *, scores: Mapping[str, int], texts: Mapping[str, str]) -> None:
    """Put these answers among the others; a link of one person works no more after it.

    Refuses a link that works no more, nothing at all, and more answers than one survey holds.
    """
    found = link_behind(token)
    if found is not None:
        Survey.objects.select_for_update().get(pk=found.survey.pk)
        found = link_behind(token)
    if found is None:
        raise Refused(None, _("This link no longer works."))
    one, asked = found.survey, asked_in(found.survey)
    known, scale = {item.id for item in asked.items}, asked.scale
    given = {item: n for item, n in scores.items() if item in known and scale.lowest <= n <= scale.highest}
    words = {q.id: said for q in asked.open if (said := texts.get(q.id, "").strip())}
    if not given and not words:
        raise Refused(None, _("You have not answered anything yet. One answer is enough to hand in."))
    everything = [*one.given, {"scores": given, "texts": words}]
    if len(everything) > MOST_ANSWERS:
        raise Refused(None, _("This link no longer works."))
    _CHANCE.shuffle(everything)
    one.answers = json.dumps(everything)
    one.save(update_fields=["answers"])
    if found.letter:
        found.letter.link_hash = ""
        found.letter.save(update_fields=["link_hash"])
