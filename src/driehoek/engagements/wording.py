"""Roles, stages and closed doors in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from driehoek.access import POLICY, Kind, Permission, Role, Shape, Stage
from driehoek.engagements.models import Engagement, Meeting
from driehoek.kit import clock
from driehoek.kit.templatetags.look import short_day

ROLE_WORDS = {
    Role.COACHEE: pgettext_lazy("role", "coachee"),
    Role.COACH: pgettext_lazy("role", "coach"),
    Role.CONSULTANT: pgettext_lazy("role", "consultant"),
    Role.MANAGER: pgettext_lazy("role", "line manager"),
    Role.SPONSOR: pgettext_lazy("role", "sponsor"),
    Role.ORG_ADMIN: pgettext_lazy("role", "administrator"),
}
STAGE_WORDS = {
    Stage.PREPARING: gettext_lazy("Preparing"),
    Stage.ACTIVE: gettext_lazy("Under way"),
    Stage.PAUSED: gettext_lazy("Paused"),
    Stage.CLOSING: gettext_lazy("Being closed"),
    Stage.CLOSED: gettext_lazy("Closed"),
    Stage.DROPPED: gettext_lazy("Never begun"),
}
SHAPE_WORDS = {
    Shape.COACHING: gettext_lazy("Coaching engagement"),
    Shape.CONSULTANCY: gettext_lazy("Consultancy engagement"),
    Shape.BLENDED: gettext_lazy("Blended engagement"),
}
OCCASION_WORDS = {
    "role": gettext_lazy("Growing into a role"),
    "project": gettext_lazy("A project"),
    "performance": gettext_lazy("Performing better"),
    "crisis": gettext_lazy("A crisis"),
    "change": gettext_lazy("A change in the work"),
}
KIND_WORDS = {
    Kind.GOALS: gettext_lazy("Goals and criteria"),
    Kind.AGREEMENT: gettext_lazy("The agreement"),
    Kind.ACQUAINTANCE: gettext_lazy("The first conversation"),
    Kind.INTAKE: gettext_lazy("The six questions"),
    Kind.STUMBLING_BLOCKS: gettext_lazy("Stumbling blocks"),
    Kind.SESSION_CONTENT: gettext_lazy("Question and conversation"),
    Kind.REFLECTIONS: gettext_lazy("Reflections"),
    Kind.PRIVATE_NOTES: gettext_lazy("The coach's own notes"),
    Kind.ATTENDANCE: gettext_lazy("Number of sessions held"),
    Kind.SESSION_DATES: gettext_lazy("Dates of the sessions"),
    Kind.PLAN: gettext_lazy("The change plan"),
    Kind.DELIVERABLES: gettext_lazy("What was delivered and accepted"),
    Kind.MEASUREMENTS: gettext_lazy("Measurements"),
    Kind.ATTAINMENT: gettext_lazy("Levels reached on the goals"),
    Kind.REPORTS: gettext_lazy("Closing reports"),
    Kind.RESULTS: gettext_lazy("The result ledger"),
    Kind.INTERRUPTIONS: gettext_lazy("Who pauses or stops, and why"),
    Kind.MESSAGES: gettext_lazy("Messages between coachee and coach"),
    Kind.OPEN_MESSAGES: gettext_lazy("Messages to everyone"),
    Kind.FILES: gettext_lazy("Files of coachee and coach"),
    Kind.OPEN_FILES: gettext_lazy("Files for everyone"),
    Kind.FEEDBACK: gettext_lazy("Feedback from people around the coachee"),
}


def meeting_name(engagement: Engagement, kind: str) -> str:
    """What a meeting is called on a page; three only meet where the organisation of a coachee takes part."""
    if kind == Meeting.Kind.ACQUAINTANCE:
        return _("The first conversation")
    roles = {party.role for party in engagement.parties.all() if not party.declined_at}
    of_three = Role.COACHEE in roles and roles & {Role.MANAGER, Role.SPONSOR}
    return _("Three-way meeting") if of_three else _("Talk about the agreement")


def stage_words(engagement: Engagement) -> str:
    """How far an engagement is, in a word or two; with its last day once there is one."""
    if engagement.stage_ is Stage.CLOSING and engagement.stops_on:
        on = {"day": short_day(engagement.stops_on)}
        is_past = clock.today(engagement.time_zone) > engagement.stops_on
        return (_("Ended on %(day)s") if is_past else _("Ends on %(day)s")) % on
    return str(STAGE_WORDS[engagement.stage_])


def why_not(permission: Permission, engagement: Engagement) -> str:
    """The reason for a closed door, in one or two full sentences."""
    rule = POLICY[permission]
    if engagement.stage_ in rule.stages:
        names = _list(sorted((ROLE_WORDS[role] for role in rule.roles if engagement.party(role)), key=str))
        if not names:
            return _("This part does not exist in this engagement.")
        return _("This page belongs to: %(who)s. What you may see stands in the agreement.") % {"who": names}
    if engagement.stage_ is Stage.PREPARING:
        return _("This can be done once the agreement has been signed by everyone who must.")
    if engagement.stage_ is Stage.DROPPED:
        return _("This was prepared and never begun, so nothing changes any more. You can still read it.")
    if engagement.stage_ is Stage.PAUSED and Stage.ACTIVE in rule.stages:
        words = _(
            "This engagement is paused, so this waits. It goes on again through “Stop or pause”, by: %(who)s."
        )
        resuming = POLICY[Permission.RESUME].roles
        return words % {
            "who": _list([ROLE_WORDS[role] for role in Role if role in resuming and engagement.party(role)])
        }
    if engagement.stage_ is Stage.CLOSED:
        return _("This engagement is closed, so nothing changes any more. You can still read it.")
    if engagement.stage_ is Stage.CLOSING:
        return _("This engagement is being closed, so this can no longer be done.")
    if Stage.CLOSING in rule.stages:
        return _("This can be done once the closing of the engagement has begun.")
    return _("The agreement is in force, so this no longer changes here.")


def _list(words: list) -> str:
    return ", ".join(str(word) for word in words)
