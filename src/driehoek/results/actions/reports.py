"""Writing the closing reports."""

import json
from collections.abc import Mapping
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import Permission, Role
from driehoek.engagements.actions import hold
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.errors import Conflict, Refused
from driehoek.results.models import Report
from driehoek.results.queries import sections
from driehoek.results.wording import REPORT_SECTIONS

WRITES: Final = {
    Role.COACHEE: Permission.WRITE_COACHEE_REPORT,
    Role.COACH: Permission.WRITE_COACH_REPORT,
    Role.CONSULTANT: Permission.WRITE_COACH_REPORT,
}


@transaction.atomic
def save_report(
    engagement: Engagement, *, role: Role, texts: Mapping[str, str], revision: int | None = None
) -> Report:
    """Keep what the author has written so far.

    Refuses when the report was changed in another tab meanwhile, and once the closing is over.
    """
    engagement = hold(engagement, WRITES[role])
    report = engagement.reports.filter(role=role).first() or Report(engagement=engagement, role=role)
    standing = sections(report)
    if revision is not None and revision != report.revision and standing != dict(texts):
        raise Conflict(
            None,
            _("You changed this report in another window. Both versions are here."),
            theirs="\n\n".join(
                f"{REPORT_SECTIONS[role][key][0]}\n{text}" for key, text in standing.items() if text
            ),
            revision=report.revision,
        )
    if standing != dict(texts) or report.revision == 0:
        report.revision += 1
    report.sections = json.dumps(dict(texts), ensure_ascii=False)
    report.changed_at = clock.now()
    report.save()
    return report


@transaction.atomic
def hand_in_report(engagement: Engagement, *, role: Role) -> Report:
    """Say that the report is finished, so that the other side of the conversation can read it.

    Refuses an empty report. It can still be changed until the engagement is closed.
    """
    engagement = hold(engagement, WRITES[role])
    report = engagement.reports.filter(role=role).first()
    if report is None or not any(sections(report).values()):
        raise Refused(None, _("The report is still empty. Write at least one of the parts."))
    report.handed_in_at = report.handed_in_at or clock.now()
    report.save(update_fields=["handed_in_at"])
    return report
