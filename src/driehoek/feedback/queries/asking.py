"""What is asked of coachee and coach because of a round."""

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from driehoek.access import Kind, Permission, Role
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import Asking, Step
from driehoek.feedback.models import Rater, Round
from driehoek.kit.addresses import reverse
from driehoek.people.models import Person


def with_signs(engagements: QuerySet[Engagement], by: Asking) -> QuerySet[Engagement]:
    """Adds how far a round is, and what the reader has not seen of it: no queries of its own.

    Of those who are asked only the own answer of the coachee is looked at.
    """
    mine = Round.objects.filter(engagement=OuterRef("pk"))
    open_now = {"round__engagement": OuterRef("pk"), "round__state": "open"}
    own = Rater.objects.filter(
        group=Rater.Group.SELF, has_answered=False, round__closes_on__gte=by.today, **open_now
    )
    return engagements.annotate(
        feedback_state=Subquery(mine.exclude(state=Round.State.CLOSED).values("state")[:1]),
        feedback_own_waits=Exists(own),
        feedback_unread_coachee=Exists(mine.filter(state=Round.State.CLOSED, coachee_has_read=False)),
        feedback_unread_coach=Exists(mine.filter(state=Round.State.CLOSED, coach_has_read=False)),
    )


def asked_of(engagement: Engagement, person: Person) -> list[Step]:
    """Naming, checking, answering oneself, and reading what came in: no queries."""
    state = getattr(engagement, "feedback_state", None)
    names = engagement.lets(person, Permission.NAME_RATERS)
    steps = []
    if state == Round.State.NAMING and names:
        steps.append(_step(engagement, _("Name who you ask for feedback"), _("Name them"), 42, 5))
    if state == Round.State.CHECKING and engagement.lets(person, Permission.CHECK_RATERS):
        steps.append(_step(engagement, _("Look at who was named for feedback"), _("Look at the list"), 42, 3))
    if getattr(engagement, "feedback_own_waits", False) and names:
        steps.append(
            _step(engagement, _("Answer the questions about yourself"), _("Go to the questions"), 43, 5)
        )
    if _unread(engagement, person) and engagement.lets(person, Permission.READ_FEEDBACK):
        steps.append(_step(engagement, _("The feedback is in"), _("Read it"), 41, 10))
    return steps


def _unread(engagement: Engagement, person: Person) -> bool:
    roles = engagement.roles_of(person) & {Role.COACHEE, Role.COACH}
    return any(getattr(engagement, f"feedback_unread_{role}", False) for role in roles)


def _step(engagement: Engagement, title: str, button: str, rank: int, minutes: int) -> Step:
    return Step(
        engagement,
        title,
        reverse("feedback:index", args=[engagement.pk]),
        rank=rank,
        minutes=minutes,
        kind=Kind.FEEDBACK,
        button=button,
    )
