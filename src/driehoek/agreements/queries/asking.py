"""What is asked of somebody now, and where the agreement stands on the path."""

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from driehoek.access import RECEIVERS, Kind, Permission, Role, Stage, must_sign
from driehoek.agreements.models import Comment, Draft, Goal, Signature, Version
from driehoek.agreements.queries.draft import receivers_of
from driehoek.agreements.queries.expectations import part_of
from driehoek.agreements.queries.standing import HELD, standing
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import Asking, Step, Stop
from driehoek.intake.models import Acquaintance, IntakeForm
from driehoek.kit.addresses import reverse
from driehoek.kit.templatetags.look import clock_time, week_day
from driehoek.method.intake import INTAKE_QUESTIONS
from driehoek.people.models import Person

_SIGN, _CANDOUR, _TALK, _GOALS, _DRAFT = 10, 45, 48, 50, 55


def with_signs(engagements: QuerySet[Engagement], by: Asking) -> QuerySet[Engagement]:
    """Adds what `asked_of` reads, in the same query: goals, what is offered, the meeting, my signature."""
    goals = Goal.objects.filter(engagement=OuterRef("pk"), dropped_at=None).order_by().values("engagement")
    versions = Version.objects.filter(engagement=OuterRef("pk"))
    offered, drafts = (
        versions.filter(state=Version.State.OFFERED),
        Draft.objects.filter(engagement=OuterRef("pk")),
    )
    mine = Signature.objects.filter(
        version__engagement=OuterRef("pk"), version__state=Version.State.OFFERED, person=by.person
    )
    return engagements.annotate(
        agreements_goals=Coalesce(
            Subquery(goals.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0
        ),
        agreements_offered=Subquery(offered.values("number")[:1]),
        agreements_last_state=Subquery(versions.order_by("-number").values("state")[:1]),
        agreements_declined_by=Subquery(versions.order_by("-number").values("declined_by")[:1]),
        agreements_met_on=Coalesce(
            Subquery(versions.filter(state__in=HELD).order_by("-number").values("met_on")[:1]),
            Subquery(drafts.values("three_way_met_on")[:1]),
        ),
        agreements_acquainted_on=Subquery(
            Acquaintance.objects.filter(engagement=OuterRef("pk"), met_on__lte=by.today)
            .exclude(goes_on=False)
            .values("met_on")[:1]
        ),
        agreements_signed=Exists(mine),
        agreements_candour=Subquery(drafts.values("candour")[:1]),
        agreements_commented=Exists(
            Comment.objects.filter(engagement=OuterRef("pk"), outcome=Comment.Outcome.OPEN)
        ),
        agreements_lie_open=Exists(
            IntakeForm.objects.filter(engagement=OuterRef("pk"), shown_at__isnull=False)
        ),
        agreements_touched=Subquery(drafts.values("touched")[:1]),
        agreements_amending=Exists(drafts.filter(amending_since__isnull=False)),
        agreements_talked_on=Subquery(
            versions.filter(in_force_at__isnull=False).order_by("number").values("met_on")[:1]
        ),
    )


def asked_of(engagement: Engagement, person: Person) -> list[Step]:
    """What is asked of this person for the agreement now. Needs `with_signs`; no queries."""
    if not engagement.lets(person, Permission.SIGN_AGREEMENT):
        return []
    if engagement.agreements_offered:
        return _with_an_offer(engagement, person)
    if engagement.agreements_commented and engagement.lets(person, Permission.OFFER_AGREEMENT):
        return [_comments_to_answer(engagement)]
    if engagement.stage_ is Stage.ACTIVE:
        return _change_to_finish(engagement, person)
    if not engagement.agreements_goals:
        first = _answers_to_talk_through(engagement, person) or _goals_to_write(engagement, person)
        return _candour_to_show(engagement, person) + first
    return _candour_to_show(engagement, person) + _draft_to_finish(engagement, person)


def stops_of(engagement: Engagement, person: Person) -> list[Stop]:
    """The talk with which it starts: 1 query, none with `with_signs` once its day is known."""
    if not engagement.lets(person, Permission.READ_AGREEMENT):
        return []
    known = [getattr(engagement, f"agreements_{name}", None) for name in ("talked_on", "met_on")]
    on = known[0] or known[1] or standing(engagement).met_on
    of_three = engagement.party(Role.COACHEE) and receivers_of(engagement)
    label = _("Start talk") if of_three else _("Talk about the agreement")
    url = reverse("agreements:index", args=[engagement.pk])
    return [Stop(kind="talk", label=label, on=on, done=on is not None, url=url)]


def _with_an_offer(engagement: Engagement, person: Person) -> list[Step]:
    number = {"number": engagement.agreements_offered}
    if not _has_met(engagement) and engagement.lets(person, Permission.DRAFT_AGREEMENT):
        return [_meeting_to_record(engagement)]
    signing = must_sign(
        engagement.shape_, [party.role_ for party in engagement.parties.all() if party.accepted_at]
    )
    if engagement.agreements_signed or not engagement.roles_of(person) & signing:
        return []
    title = _("Read and sign version %(number)d of the agreement")
    planned = _planned(engagement)
    after = _("It starts once everyone who must has signed.")
    if engagement.stage_ is Stage.ACTIVE:
        after = _("What is in force holds until everybody has signed the change.")
    if not _has_met(engagement):
        title = _("Read version %(number)d of the agreement before you meet")
        after = _("You meet on %(day)s at %(time)s, and sign after that.") % planned if planned else ""
        after = after or _("You sign after you have met.")
    return [
        Step(
            engagement=engagement,
            title=title % number,
            url=reverse("agreements:sign", args=[engagement.pk]),
            rank=_SIGN,
            minutes=10,
            kind=Kind.AGREEMENT,
            button=_("Read version %(number)d") % number,
            explained=after,
        )
    ]


def _has_met(engagement: Engagement) -> bool:
    if engagement.agreements_met_on:
        return True
    alone = not any(party.role in RECEIVERS and not party.declined_at for party in engagement.parties.all())
    return alone and bool(engagement.agreements_acquainted_on)


def _meeting_to_record(engagement: Engagement) -> Step:
    planned = _planned(engagement)
    return Step(
        engagement=engagement,
        title=_("Meet on %(day)s at %(time)s") % planned if planned else _("Meet, and write down the day"),
        url=reverse("agreements:meeting", args=[engagement.pk]),
        rank=_SIGN,
        minutes=1,
        kind=Kind.AGREEMENT,
        button=_("Write down the day"),
        explained=_("Signing is possible once you have met."),
    )


def _planned(engagement: Engagement) -> dict[str, str] | None:
    """Day and time of the meeting to come, in words: the room of engagements annotates it."""
    if not (at := vars(engagement).get("engagements_three_way_at")):
        return None
    here = localtime(at, engagement.zone).replace(tzinfo=None)
    return {"day": week_day(here), "time": clock_time(here)}


def _candour_to_show(engagement: Engagement, person: Person) -> list[Step]:
    coachee, said = engagement.party(Role.COACHEE), engagement.agreements_candour or {}
    if coachee is None or not engagement.lets(person, Permission.ANSWER_CANDOUR):
        return []
    mine = said.get(str(person.pk))
    if mine in (Draft.Candour.NOTHING, Draft.Candour.TOLD):
        return []
    name, tells = {"name": coachee.first_name}, mine == Draft.Candour.TO_TELL
    title = _("Is there anything %(name)s has not been told?")
    if tells:
        title = _("Tell %(name)s what you still have to tell")
    return [
        Step(
            engagement=engagement,
            title=title % name,
            url=reverse("agreements:candour", args=[engagement.pk]),
            rank=_CANDOUR,
            minutes=1,
            button=_("Give your answer"),
            explained=_("What it is, is not asked. Nothing is offered until it has been told."),
        )
    ]


def _answers_to_talk_through(engagement: Engagement, person: Person) -> list[Step]:
    """Before the first goal, as long as a question was not talked through whose answers lie side by side."""
    talked = [part for part in engagement.agreements_touched or {} if part.startswith(part_of(""))]
    if not engagement.agreements_lie_open or len(talked) >= len(INTAKE_QUESTIONS):
        return []
    if not engagement.lets(person, Permission.DRAFT_AGREEMENT):
        return []
    return [
        Step(
            engagement=engagement,
            title=_("Talk the answers through, and write down what you found"),
            url=reverse("agreements:expectations", args=[engagement.pk]),
            rank=_TALK,
            minutes=30,
            kind=Kind.AGREEMENT,
            button=_("To what you expect"),
            explained=_("The same, different, or not known yet: that comes before the goals."),
        )
    ]


def _goals_to_write(engagement: Engagement, person: Person) -> list[Step]:
    if not engagement.lets(person, Permission.WRITE_GOALS):
        return []
    return [
        Step(
            engagement=engagement,
            title=_("Write down the first goal"),
            url=reverse("agreements:goals", args=[engagement.pk]),
            rank=_GOALS,
            minutes=10,
            kind=Kind.GOALS,
            button=_("Write a goal"),
            explained=_("At most three, each with a way to see whether it was reached."),
        )
    ]


def _comments_to_answer(engagement: Engagement) -> Step:
    return Step(
        engagement=engagement,
        title=_("Answer what was said about the agreement"),
        url=reverse("agreements:comments", args=[engagement.pk]),
        rank=_DRAFT,
        minutes=5,
        kind=Kind.AGREEMENT,
        button=_("Read the comments"),
        explained=_("It is offered once every comment has been settled."),
    )


def _change_to_finish(engagement: Engagement, person: Person) -> list[Step]:
    if not engagement.agreements_amending:
        return []
    if not engagement.lets(person, Permission.OFFER_AGREEMENT):
        return _decline_to_read(engagement, person)
    return [
        Step(
            engagement=engagement,
            title=_("Finish the change to the agreement"),
            url=reverse("agreements:change", args=[engagement.pk]),
            rank=_DRAFT,
            minutes=10,
            kind=Kind.AGREEMENT,
            button=_("See what changes"),
            explained=_("What is in force holds until everybody has signed the change."),
        )
    ]


def _draft_to_finish(engagement: Engagement, person: Person) -> list[Step]:
    declined = engagement.agreements_last_state == Version.State.DECLINED
    if not engagement.lets(person, Permission.OFFER_AGREEMENT):
        return _decline_to_read(engagement, person)
    title = (
        _("Talk about the declined version and change it")
        if declined
        else _("Complete the agreement and offer it")
    )
    return [
        Step(
            engagement=engagement,
            title=title,
            url=reverse("agreements:offer", args=[engagement.pk]),
            rank=_DRAFT,
            minutes=15,
            kind=Kind.AGREEMENT,
            button=_("See how far it is"),
            explained=_("When it is complete you offer it to everyone who must sign."),
        )
    ]


def _decline_to_read(engagement: Engagement, person: Person) -> list[Step]:
    """For who writes along but does not offer, as the letter about a declined version says."""
    declined = engagement.agreements_last_state == Version.State.DECLINED
    mine = engagement.agreements_declined_by in engagement.roles_of(person)
    if not declined or mine or not engagement.lets(person, Permission.DRAFT_AGREEMENT):
        return []
    page = "agreements:change" if engagement.stage_ is Stage.ACTIVE else "agreements:index"
    return [
        Step(
            engagement=engagement,
            title=_("Read why the version was declined, and talk about it"),
            url=reverse(page, args=[engagement.pk]),
            rank=_DRAFT,
            minutes=5,
            kind=Kind.AGREEMENT,
            button=_("Read why"),
            explained=_("Then it is changed and offered anew."),
        )
    ]
