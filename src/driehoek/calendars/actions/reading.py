"""Reading when somebody is busy outside of here: begin and end, and nothing else is kept."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction

from driehoek.caldav.server import Taken, read_busy, state_of
from driehoek.calendars.models import Busy, Outside
from driehoek.calendars.queries import own_uids
from driehoek.kit import clock
from driehoek.method.availability import MOST_DAYS_AHEAD

if TYPE_CHECKING:
    from driehoek.calendars.actions.writing import Round

BEHIND: Final = timedelta(days=1)
AHEAD: Final = timedelta(days=MOST_DAYS_AHEAD + 3)
ANYWAY: Final = timedelta(hours=12)  # read again though nothing changed: days ahead come nearer


def read_calendars(one: "Round") -> None:
    """Read each calendar that counts, when anything in it changed. Raises Trouble."""
    now, ours = clock.now(), own_uids(one.connection.person)
    for calendar in one.connection.calendars.filter(counts=True):
        url = one.urls[calendar.pk]
        mark = state_of(one.line, url)
        if mark and mark == calendar.mark and calendar.read_at and calendar.read_at > now - ANYWAY:
            continue
        taken = read_busy(one.line, url, now - BEHIND, now + AHEAD)
        _keep(calendar, taken, ours=ours, mark=mark, read_at=now)


@transaction.atomic
def _keep(calendar: Outside, taken: Taken, *, ours: set[str], mark: str, read_at: datetime) -> None:
    """Keep the stretches in place of those there were, unless it stopped counting meanwhile."""
    if not Outside.objects.select_for_update().filter(pk=calendar.pk, counts=True).exists():
        return
    now = {(one.starts_at, one.ends_at, one.on_the_wall) for one in taken.busy if one.uid not in ours}
    before = set(calendar.busy.values_list("starts_at", "ends_at", "on_the_wall"))
    if now != before:
        calendar.busy.all().delete()
        rows = (Busy(calendar=calendar, starts_at=a, ends_at=b, on_the_wall=wall) for a, b, wall in now)
        Busy.objects.bulk_create(rows, batch_size=500)
    calendar.mark, calendar.read_at, calendar.unreadable = mark, read_at, taken.unreadable
    calendar.save(update_fields=["mark", "read_at", "unreadable"])
