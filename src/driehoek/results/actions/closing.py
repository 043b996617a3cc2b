"""Beginning and ending the closing of an engagement."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from driehoek.access import RECEIVERS, Permission, Role, Stage
from driehoek.agreements.queries import version_offered
from driehoek.engagements import actions as engagements
from driehoek.engagements.actions import hold
from driehoek.engagements.models import Engagement, Party
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.outbox.actions import post
from driehoek.people.models import Person
from driehoek.results.actions.stopping import refuse_within_notice
from driehoek.results.models import ClosingTalk
from driehoek.results.queries import missing_reports
from driehoek.results.wording import MISSING_REPORTS
from driehoek.sessions.actions import cancel_from


@transaction.atomic
def begin_closing(engagement: Engagement, *, by: Person | None = None) -> None:
    """Start the closing: reports are asked for, and manager and sponsor are invited to a closing talk.

    Everybody but who begins it hears of it by mail. Doing it twice changes nothing.
    Refuses while a change to the agreement lies open for signing: what is closed must be clear to all.
    """
    locked = Engagement.objects.select_for_update().get(pk=engagement.pk)
    if locked.stage_ is not Stage.ACTIVE:
        return
    if offered := version_offered(locked):
        words = _("Version %(number)d lies open for signing. First have it signed by all, or taken back.")
        raise Refused(None, words % {"number": offered.number})
    engagements.begin_closing(engagement)
    for party in engagement.parties_in_order:
        if party.role in RECEIVERS and party.accepted_at:
            ClosingTalk.objects.get_or_create(
                engagement=engagement, role=party.role, defaults={"proposed_at": clock.now()}
            )
        if party.accepted_at and party.person != by:
            _tell(engagement, party)


def _tell(engagement: Engagement, party: Party) -> None:
    page = "results:received" if party.role in RECEIVERS else "engagement"
    # A person, not the title: what an engagement is about stays out of the mail.
    whose = engagement.party(Role.COACHEE) or engagement.party(Role.SPONSOR) or party
    post(
        party.person.email,
        template="your_turn",
        facts={
            **engagements.whose_letter(whose.person, to=party.person),
            "asked": "judge_results" if party.role in RECEIVERS else "write_report",
            "link": f"{settings.BASE_URL}{reverse(page, args=[engagement.pk])}",
            "formal": party.role_ is Role.SPONSOR,
        },
        language=party.person.language,
        key=f"closing:{party.pk}",
        house=engagement.organisation_id,
    )


@transaction.atomic
def answer_closing_talk(engagement: Engagement, *, by: Person, comes: bool) -> None:
    """Say whether one takes part in the three-way closing talk. The answer can be changed until the end."""
    roles = engagement.roles_of(by)
    hold(engagement, Permission.ANSWER_CLOSING_TALK)
    answer = ClosingTalk.Answer.ACCEPTED if comes else ClosingTalk.Answer.DECLINED
    for talk in engagement.closing_talks.filter(role__in=roles):
        talk.answer, talk.answered_at = answer, clock.now()
        talk.save(update_fields=["answer", "answered_at"])


@transaction.atomic
def close_engagement(engagement: Engagement, *, without_coachee: bool = False) -> None:
    """End the engagement, with or without the organisation taking part.

    Refuses while a report is still to be handed in, and while a notice runs. What was stopped is closed
    without reports that were not written. When the coachee does not write one any more, closing
    is possible by saying so: the report is then named as missing. A talk that was declined or left
    unanswered does not hold it up: the side of the organisation is then reported as not judged.
    """
    locked = Engagement.objects.select_for_update().get(pk=engagement.pk)
    if locked.stage_ is Stage.CLOSED:
        return
    refuse_within_notice(locked)
    missing = [] if locked.stops_on else missing_reports(engagement)
    if without_coachee:
        missing = [role for role in missing if role is not Role.COACHEE]
    if missing:
        raise Refused(None, " ".join(str(MISSING_REPORTS[role]) for role in missing))
    engagements.close(engagement, on=clock.today(engagement.time_zone))
    cancel_from(locked, clock.now())
