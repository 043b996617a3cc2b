"""The words on the map of people."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from driehoek.aids.models import Stakeholder

STANCE_WORDS = {
    Stakeholder.Stance.FOR: _("With you"),
    Stakeholder.Stance.OPEN: _("Can still go either way"),
    Stakeholder.Stance.AGAINST: _("Against"),
    Stakeholder.Stance.UNKNOWN: _("You do not know"),
}
CLOSENESS_WORDS = [("1", _("Every day")), ("2", _("Now and then")), ("3", _("From a distance"))]
INFLUENCE_WORDS = [("1", _("A little")), ("2", _("Some")), ("3", _("Decisive"))]


def words_for(facts: Mapping[str, Any]) -> tuple[str, str, str]:
    """How somebody stands, how near and with how much influence: what the picture shows, for who reads it."""
    near, influence = (
        dict(CLOSENESS_WORDS)[str(facts["closeness"])],
        dict(INFLUENCE_WORDS)[str(facts["influence"])],
    )
    return str(STANCE_WORDS[facts["stance"]]), str(near).lower(), str(influence).lower()
