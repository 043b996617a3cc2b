"""What is asked of somebody before the agreement."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from driehoek.access import Kind, Permission, Role
from driehoek.engagements.models import Engagement, Party
from driehoek.engagements.queries import Asking, Step
from driehoek.intake.models import Acquaintance, IntakeForm
from driehoek.intake.queries.questions import ANSWERING
from driehoek.kit.addresses import reverse
from driehoek.kit.templatetags.look import clock_time, week_day
from driehoek.people.models import Person


def with_signs(engagements: QuerySet[Engagement], by: Asking) -> QuerySet[Engagement]:
    """Adds what `asked_of` needs to know: no queries of its own."""
    acquainted = Acquaintance.objects.filter(engagement=OuterRef("pk"), goes_on__isnull=False)
    handed_in = IntakeForm.objects.filter(handed_in_at__isnull=False)
    mine = handed_in.filter(engagement=OuterRef("pk"), party__person=by.person)
    theirs = handed_in.filter(engagement=OuterRef("engagement"), party__person=OuterRef("person"))
    answering = Party.objects.filter(engagement=OuterRef("pk"), role__in=ANSWERING, accepted_at__isnull=False)
    return engagements.annotate(
        intake_acquainted=Exists(acquainted),
        intake_handed_in=Exists(mine),
        intake_waits=Exists(answering.filter(~Exists(theirs))),
    )


def asked_of(engagement: Engagement, person: Person) -> list[Step]:
    """The first conversation and the six questions, while they are still open: no queries."""
    steps = []
    if engagement.lets(person, Permission.WRITE_ACQUAINTANCE) and not engagement.intake_acquainted:
        steps += _acquaintance(engagement)
    if engagement.lets(person, Permission.ANSWER_INTAKE) and not engagement.intake_handed_in:
        steps.append(
            Step(
                engagement,
                _("Answer the six questions, on your own first"),
                reverse("intake:questions", args=[engagement.pk]),
                rank=15,
                minutes=10,
                kind=Kind.INTAKE,
                button=_("Go to the questions"),
                explained=_("Nobody reads your answers before you hand in."),
            )
        )
    return steps


def _acquaintance(engagement: Engagement) -> list[Step]:
    corners = [engagement.party(role) for role in (Role.COACHEE, Role.COACH)]
    if not all(party and party.accepted_at for party in corners):
        return []
    return [
        Step(
            engagement,
            _title(engagement),
            reverse("intake:acquaintance", args=[engagement.pk]),
            rank=12,
            minutes=None,
            kind=Kind.ACQUAINTANCE,
            button=_("Open the first conversation"),
            explained=_("Three points to talk about. No is a good answer too."),
        )
    ]


def _title(engagement: Engagement) -> str:
    """With its day and time while it is planned: the room of engagements annotates when."""
    planned = vars(engagement).get("engagements_acquaintance_at")
    if planned is None:
        return _("Get acquainted, and say whether you go on together")
    here = localtime(planned, engagement.zone).replace(tzinfo=None)
    facts = {"day": week_day(here), "time": clock_time(here)}
    return _("Get acquainted on %(day)s at %(time)s") % facts
