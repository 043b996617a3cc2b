"""What closing asks of whom, and where it stands on the path."""

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from driehoek.access import RECEIVERS, Kind, Permission, Role, Stage
from driehoek.agreements.models import Version
from driehoek.engagements.models import Engagement, Notice
from driehoek.engagements.queries import Asking, Step, Stop
from driehoek.kit import clock
from driehoek.kit.addresses import reverse
from driehoek.kit.templatetags.look import day
from driehoek.people.models import Person
from driehoek.results.models import ClosingTalk, Mark, Release, Report, Result
from driehoek.results.queries.due import delivery_signs, delivery_steps, delivery_stops
from driehoek.results.queries.ledger import releasable
from driehoek.results.wording import AUTHORS_IN

AUTHORS = (Role.COACHEE, Role.COACH, Role.CONSULTANT)


def with_signs(engagements: QuerySet[Engagement], by: Asking) -> QuerySet[Engagement]:
    """Adds which reports, releases, talks and marks there are."""
    here = {"engagement": OuterRef("pk")}
    handed_in = Report.objects.filter(**here, handed_in_at__isnull=False)
    open_talk = ClosingTalk.objects.filter(**here, answer=ClosingTalk.Answer.OPEN)
    released = Release.objects.filter(**here, withdrawn_at=None)
    unmarked = Result.objects.filter(**here).exclude(marks__marked_by=by.person)
    to_me = released.exclude(result_ids=[]).filter(
        engagement__parties__person=by.person, engagement__parties__role=F("receiver")
    )
    agreed = Version.objects.filter(**here, state=Version.State.IN_FORCE)
    my_notice = Notice.objects.filter(**here, person=by.person, taken_back_at=None)
    my_marks = Mark.objects.filter(**here, marked_by=by.person)
    return delivery_signs(engagements).annotate(
        **{f"results_report_by_{role}": Exists(handed_in.filter(role=role)) for role in AUTHORS},
        **{f"results_talk_open_{role}": Exists(open_talk.filter(role=role)) for role in RECEIVERS},
        results_my_notice=Exists(my_notice),
        results_any=Exists(Result.objects.filter(**here)),
        results_released=Exists(released),
        results_released_to_me_at=Subquery(to_me.order_by("-released_at").values("released_at")[:1]),
        results_marked_at=Subquery(my_marks.order_by("-marked_at").values("marked_at")[:1]),
        results_unmarked=Exists(unmarked),
        results_ends_on=Subquery(agreed.values("ends_on")[:1]),
    )


def asked_of(engagement: Engagement, person: Person) -> list[Step]:
    """What closing asks of this person now: no queries after `with_signs`."""
    if engagement.stage_ is Stage.ACTIVE:
        return delivery_steps(engagement, person) + _begin_step(engagement, person)
    if engagement.stage_ is Stage.CLOSED:
        return _release_step(engagement, person)
    if engagement.stage_ is not Stage.CLOSING:
        return []
    if engagement.stops_on:
        return _notice_step(engagement, person) + _after_notice_step(engagement, person)
    return [
        *delivery_steps(engagement, person),
        *_report_steps(engagement, person),
        *_ledger_steps(engagement, person),
        *_talk_steps(engagement, person),
        *_close_step(engagement, person),
    ]


def _begin_step(engagement: Engagement, person: Person) -> list[Step]:
    ends_on = engagement.results_ends_on
    begins = engagement.lets(person, Permission.BEGIN_CLOSING) and Role.COACHEE not in engagement.roles_of(
        person
    )
    if not begins or ends_on is None or clock.today() < ends_on:
        return []
    return [
        Step(
            engagement,
            title=_("Begin the closing"),
            url=_url(engagement, "begin_closing"),
            rank=20,
            minutes=1,
            button=_("Begin the closing"),
            explained=_("The last day of the agreement has come."),
        )
    ]


def _report_steps(engagement: Engagement, person: Person) -> list[Step]:
    roles = engagement.roles_of(person)
    asked = [
        role
        for role in AUTHORS_IN[engagement.shape_]
        if role in roles and not getattr(engagement, f"results_report_by_{role}")
    ]
    return [
        Step(
            engagement,
            title=_("Write your closing report"),
            url=_url(engagement, "coachee_report" if role is Role.COACHEE else "coach_report"),
            rank=20,
            minutes=20,
            kind=Kind.REPORTS,
            button=_("Write the report"),
            explained=_(
                "Before the last meeting, in your own words. What you do not know belongs in it too."
            ),
        )
        for role in asked
    ]


def _ledger_steps(engagement: Engagement, person: Person) -> list[Step]:
    if not engagement.lets(person, Permission.READ_RESULTS):
        return []
    if not engagement.results_any:
        words, rank, minutes = _("Write down what came of it"), 22, 10
        asked = engagement.lets(person, Permission.ADD_RESULTS)
    else:
        words, rank, minutes = _("Give your view on the results"), 45, 4
        asked = engagement.results_unmarked
    if not asked:
        return _release_step(engagement, person)
    url = _url(engagement, "ledger")
    return [Step(engagement, words, url, rank, minutes, Kind.RESULTS, _("Open the ledger"))]


def _talk_steps(engagement: Engagement, person: Person) -> list[Step]:
    roles, url, asked = engagement.roles_of(person), _url(engagement, "received"), list[Step]()
    if any(getattr(engagement, f"results_talk_open_{role}") for role in RECEIVERS if role in roles):
        asked.append(
            Step(
                engagement,
                title=_("Answer the invitation to the closing talk"),
                url=url,
                rank=18,
                minutes=1,
                button=_("Give your answer"),
                explained=_("You may decline. Your side is then reported as not judged."),
            )
        )
    released_at, marked_at = engagement.results_released_to_me_at, engagement.results_marked_at
    if released_at and (marked_at is None or marked_at < released_at):
        title, button = _("Read what was released and give your view"), _("Read and answer")
        asked.append(Step(engagement, title, url, 30, 8, None, button))
    return asked


def _close_step(engagement: Engagement, person: Person) -> list[Step]:
    written = all(getattr(engagement, f"results_report_by_{role}") for role in AUTHORS_IN[engagement.shape_])
    if not written or not engagement.lets(person, Permission.CLOSE_ENGAGEMENT):
        return []
    return [
        Step(
            engagement,
            title=_("Close the engagement"),
            url=_url(engagement, "close"),
            rank=48,
            minutes=1,
            button=_("Look at it"),
            explained=_("Every report has been handed in."),
        )
    ]


def _notice_step(engagement: Engagement, person: Person) -> list[Step]:
    """Until the last day everybody but who stopped finds here that it ends; nothing more is asked."""
    stops_on = engagement.stops_on
    if engagement.results_my_notice or not stops_on or clock.today() > stops_on:
        return []
    if not engagement.lets(person, Permission.STOP):
        return []
    return [
        Step(
            engagement,
            title=_("Read that it ends, and what is still possible"),
            url=_url(engagement, "stop_or_pause"),
            rank=24,
            minutes=1,
            button=_("Read it"),
            explained=_("The last day is %(day)s. Until then this stays here.") % {"day": day(stops_on)},
        )
    ]


def _after_notice_step(engagement: Engagement, person: Person) -> list[Step]:
    """Whoever stops early is asked for nothing; after the last day, somebody closes."""
    closes = engagement.lets(person, Permission.CLOSE_ENGAGEMENT)
    ends = engagement.lets(person, Permission.END_AFTER_NOTICE)
    if not (closes or ends) or not engagement.stops_on or clock.today() <= engagement.stops_on:
        return []
    return [
        Step(
            engagement,
            title=_("Close the engagement"),
            url=_url(engagement, "close" if closes else "end"),
            rank=48,
            minutes=1,
            button=_("Look at it"),
            explained=_("Its last day has passed. Reports and results are welcome, and not needed."),
        )
    ]


def _release_step(engagement: Engagement, person: Person) -> list[Step]:
    """Asked of the coachee once, and only where the agreement lets something go."""
    open_to_somebody = any(
        releasable(engagement, party.role_)
        for party in engagement.parties_in_order
        if party.role in RECEIVERS and party.accepted_at
    )
    released = engagement.results_released
    if released or not open_to_somebody or not engagement.lets(person, Permission.RELEASE):
        return []
    return [
        Step(
            engagement,
            title=_("Choose what your organisation may read"),
            url=_url(engagement, "release"),
            rank=50,
            minutes=5,
            kind=Kind.REPORTS,
            button=_("Choose"),
            explained=_("Nothing goes by itself. You see it first exactly as they will."),
        )
    ]


def _url(engagement: Engagement, page: str) -> str:
    return reverse(f"results:{page}", args=[engagement.pk])


def stops_of(engagement: Engagement, person: Person, in_force: Version | None = None) -> list[Stop]:
    """What is delivered and the closing, on the path: 2 queries in consultancy, 1 with the version."""
    closed = engagement.stage_ is Stage.CLOSED
    closing = Stop("talk", _("Closing"), engagement.closed_on, closed)
    return [*delivery_stops(engagement, person, in_force), closing]
