"""Groups and moments in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from driehoek.evidence.profile import TOGETHER
from driehoek.feedback.models import Rater, Round

GROUP_WORDS = {
    Rater.Group.SELF: pgettext_lazy("in feedback", "Self"),
    Rater.Group.MANAGER: _("Line manager"),
    Rater.Group.PEERS: _("Colleagues"),
    Rater.Group.REPORTS: _("Team members"),
    Rater.Group.OTHERS: _("People outside the team"),
    TOGETHER: _("Taken together"),
}
MOMENT_WORDS = {
    Round.Moment.BASELINE: _("At the start"),
    Round.Moment.INTERIM: _("On the way"),
    Round.Moment.END: _("At the end"),
}


def moment_words(one: Round) -> str:
    """When a round is, in words."""
    return str(MOMENT_WORDS[Round.Moment(one.moment)])
