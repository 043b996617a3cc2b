"""The other parts of an agreement in words: days, deliverables, comments, and who sees what."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from driehoek.access import DisclosureTable, Kind, Level
from driehoek.agreements.models import Comment, Deliverable, Draft
from driehoek.engagements.wording import KIND_WORDS, ROLE_WORDS
from driehoek.kit.templatetags.look import clock_time, day, duration, week_day

PART_WORDS = {
    "expectations": gettext_lazy("What we expect of it"),
    "goals": gettext_lazy("Goals and criteria"),
    "days": gettext_lazy("Days and numbers"),
    "disclosure": gettext_lazy("Who sees what"),
    "otherwise": gettext_lazy("Something that is not in it yet"),
}
OUTCOME_WORDS = {
    Comment.Outcome.OPEN: pgettext_lazy("comment", "Open"),
    Comment.Outcome.TAKEN_OVER: pgettext_lazy("comment", "Taken over"),
    Comment.Outcome.ANSWERED: pgettext_lazy("comment", "Answered"),
    Comment.Outcome.WITHDRAWN: pgettext_lazy("comment", "Taken back"),
}
DELIVERABLE_WORDS = {
    Deliverable.Sort.DESIGN: pgettext_lazy("deliverable", "Design"),
    Deliverable.Sort.TEST: pgettext_lazy("deliverable", "Test"),
    Deliverable.Sort.GO_LIVE: pgettext_lazy("deliverable", "Going live"),
    Deliverable.Sort.TRAINING: pgettext_lazy("deliverable", "Training"),
    Deliverable.Sort.HANDOVER: pgettext_lazy("deliverable", "Handover of knowledge"),
    Deliverable.Sort.REPORT: pgettext_lazy("deliverable", "Report or advice"),
    Deliverable.Sort.OTHER: pgettext_lazy("deliverable", "Something else"),
}
EXPECTATION_WORDS = {
    Draft.Finding.AGREE: gettext_lazy("We expect the same"),
    Draft.Finding.DIFFER: gettext_lazy("We differ about this"),
    Draft.Finding.UNKNOWN: gettext_lazy("We do not know this yet"),
}
CANDOUR_WORDS = {
    Draft.Candour.NOTHING: gettext_lazy("No, the coachee knows what I know about this"),
    Draft.Candour.TO_TELL: gettext_lazy("Yes, and I will tell it first"),
    Draft.Candour.TOLD: gettext_lazy("There was something, and I have told it"),
}


def open_comments(count: int) -> str:
    """What an agreement waits for as long as comments are open."""
    words = ngettext("The answer to %(count)d open comment", "The answer to %(count)d open comments", count)
    return words % {"count": count}


def due_words(week: int, on: date | None) -> str:
    """When something is due: "Due in week 4: 2 February 2026"."""
    if on is None:
        return _("Due in week %(week)d after the first day") % {"week": week}
    return _("Due in week %(week)d: %(day)s") % {"week": week, "day": day(on)}


def candour_gap(answer: str | None, name: str, coachee: str) -> str:
    """What offering waits for: an answer, or that something is told."""
    if answer == Draft.Candour.TO_TELL:
        return _("%(name)s first has something to tell %(coachee)s") % {"name": name, "coachee": coachee}
    return _("%(name)s says whether %(coachee)s knows everything") % {"name": name, "coachee": coachee}


LOGISTICS_WORDS = {
    "session_count": gettext_lazy("Number of sessions"),
    "session_minutes": gettext_lazy("Length of a session"),
    "every_weeks": gettext_lazy("Rhythm"),
    "first_session_on": gettext_lazy("First session"),
    "session_time": gettext_lazy("Time"),
    "starts_on": gettext_lazy("First day"),
    "ends_on": gettext_lazy("Last day"),
    "review_after_session": gettext_lazy("Interim review"),
    "cancel_hours": gettext_lazy("Cancelling a session"),
    "late_cancel_counts": gettext_lazy("When the coachee cancels later"),
    "review_by_days": gettext_lazy("Further reviews"),
    "manager_scales": gettext_lazy("How far along, halfway"),
    "notice_days": gettext_lazy("Notice when somebody stops"),
    "rework_days": gettext_lazy("Doing it again"),
    "rework_rounds": gettext_lazy("How often again"),
    "language": gettext_lazy("Written in"),
}


LANGUAGE_WORDS = {"nl": gettext_lazy("Dutch"), "en": gettext_lazy("English")}


def logistics_fact(name: str, value: Any) -> str:
    """One day or number of the agreement in words."""
    if value is None:
        return ""
    if name == "language":
        return str(LANGUAGE_WORDS[value])
    if name == "session_minutes":
        return duration(int(value))
    if name == "every_weeks":
        return ngettext("every week", "every %(count)d weeks", value) % {"count": value}
    if name == "review_after_session":
        return _("after session %(number)d") % {"number": value}
    if name == "review_by_days":
        return _("after 30, 60 and 90 days") if value else _("none")
    if name == "manager_scales":
        return _("asked of the coachee and the line manager") if value else _("asked of the coachee")
    if name == "notice_days":
        return ngettext("%(count)d day", "%(count)d days", value) % {"count": value} if value else _("none")
    if name == "cancel_hours":
        words = ngettext("until %(count)d hour before", "until %(count)d hours before", value)
        return words % {"count": value} if value else _("until it begins")
    if name == "late_cancel_counts":
        return _("the session counts as used") if value else _("the session does not count")
    if name == "rework_days":
        return ngettext("within one day", "within %(count)d days", value) % {"count": value}
    if name == "rework_rounds":
        words = ngettext("%(count)d time", "%(count)d times", value) % {"count": value}
        return words if value else _("not at all")
    if name == "session_time":
        return clock_time(value)
    if isinstance(value, date):
        return f"{week_day(value)} {value.year}" if name == "first_session_on" else day(value)
    return str(value)


def logistics_words(facts: Mapping[str, Any]) -> list[str]:
    """Days and numbers as lines: "Rhythm: every 3 weeks"."""
    return [
        f"{LOGISTICS_WORDS[name]}: {logistics_fact(name, value)}"
        for name, value in facts.items()
        if value is not None
    ]


SIGHT_WORDS = {
    Level.NEVER: gettext_lazy("does not see this"),
    Level.COUNT: gettext_lazy("only the number"),
    Level.AFTER_RELEASE: gettext_lazy("after release"),
    Level.ALWAYS: gettext_lazy("always"),
}


def sight_words(kind: Kind, level: Level, *, coached: bool) -> str:
    """What somebody sees of a kind: measurements of a coachee as they stood at a review, never live."""
    if coached and kind is Kind.MEASUREMENTS and level is Level.ALWAYS:
        return _("as it stood at each review")
    return str(SIGHT_WORDS[level])


def table_words(table: DisclosureTable) -> str:
    """A disclosure table as lines, to lay beside another one."""
    return "\n".join(
        f"{KIND_WORDS[kind]}, {ROLE_WORDS[role]}: {SIGHT_WORDS[level]}"
        for kind, row in table.rows.items()
        for role, level in row.items()
    )
