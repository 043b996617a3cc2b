"""The phases in words."""

from django.utils.translation import gettext_lazy as _

from driehoek.blended.models import Phase

PHASE_WORDS = {
    Phase.Kind.CONSULTING: _("Consulting"),
    Phase.Kind.TRANSITION: _("Transition"),
    Phase.Kind.COACHING: _("Coaching"),
}
PHASE_ABOUT = {
    Phase.Kind.CONSULTING: _("A consultant designs the solution and puts it to work for the first time."),
    Phase.Kind.TRANSITION: _("The knowledge goes over to people inside, who carry the change on."),
    Phase.Kind.COACHING: _("A coach helps those who lead to keep it going. What is said there stays there."),
}
