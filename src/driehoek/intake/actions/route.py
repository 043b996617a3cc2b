"""Answering the route choice, and starting an engagement from it. Answers lie sealed in the session."""

import uuid
from typing import Final

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from driehoek.access import Role, Shape, roles_in
from driehoek.engagements.actions import start_engagement
from driehoek.engagements.models import Engagement
from driehoek.intake.queries.route import KEPT_AS, Visit, sealed
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.kit.templatetags.look import day
from driehoek.people.models import Membership, Person

_NAMED: Final = {
    Shape.COACHING: gettext_lazy("Coaching from %(day)s"),
    Shape.CONSULTANCY: gettext_lazy("Consultancy from %(day)s"),
    Shape.BLENDED: gettext_lazy("Consultancy and coaching from %(day)s"),
}


def begin(session: SessionBase, visit: Visit | None, *, problem: str) -> Visit:
    """Keep the problem in one sentence, beside the answers of `visit` when there are any."""
    return _keep(session, Visit(problem, visit.chosen if visit else {}))


def keep_answer(session: SessionBase, visit: Visit | None, *, question: str, value: str) -> Visit:
    """Keep the answer to one question; an empty value leaves it open."""
    before = visit or Visit()
    return _keep(session, Visit(before.problem, {**before.chosen, question: value}))


def forget(session: SessionBase) -> None:
    """Drop the problem and the answers from the session."""
    session.pop(KEPT_AS, None)


@transaction.atomic
def start(
    visit: Visit,
    *,
    by: Person,
    place: Membership,
    starting_point: str = "",
    engagement_id: uuid.UUID | None = None,
) -> Engagement:
    """Start an engagement of the shape the answers point to, hosted at `place`; the same id twice is once.

    The problem goes along sealed, where coachee and coach can read it; the title says nothing about it. The
    first texts of `starting_point`, a known situation, stand ready in the agreement.
    Refuses while there is no direction.
    """
    shape = visit.shape
    if shape is None:
        raise Refused(None, _("This outcome points to no engagement yet. Answer the questions again."))
    return start_engagement(
        by=by,
        title=_title(shape),
        shape=shape,
        organisation=place.organisation,
        role=_role(shape, place),
        problem=visit.problem if Role.COACHEE in roles_in(shape) else "",
        route=str(shape),
        starting_point=starting_point,
        engagement_id=engagement_id,
    )


def _keep(session: SessionBase, visit: Visit) -> Visit:
    session[KEPT_AS] = sealed(visit)
    return visit


def _title(shape: Shape) -> str:
    """A first name in the language of whoever begins it, who can give it another."""
    return str(_NAMED[shape]) % {"day": day(clock.today())}


def _role(shape: Shape, place: Membership) -> Role:
    if not place.is_coach:
        return Role.ORG_ADMIN
    return Role.CONSULTANT if shape is Shape.CONSULTANCY else Role.COACH
