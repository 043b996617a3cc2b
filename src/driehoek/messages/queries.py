"""What can be asked about messages."""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from driehoek.engagements.models import Circle, Engagement
from driehoek.engagements.queries import Asking, Step, circles_of
from driehoek.kit.addresses import reverse
from driehoek.messages.models import KINDS, READS, WRITES, Message, Reader
from driehoek.people.models import Person

AT_ONCE = 30


@dataclass(frozen=True, slots=True)
class Thread:
    """One circle as one reader finds it."""

    circle: Circle
    label: str
    url: str
    current: bool
    writes: bool

    @property
    def write_url(self) -> str:
        return f"{self.url}write/"

    @property
    def kind(self) -> str:
        return str(KINDS[self.circle])


def threads_of(engagement: Engagement, person: Person, *, shown: str = "") -> list[Thread]:
    """The circles `person` is in, the smallest first: no queries."""
    found = circles_of(engagement, person, READS, room="messages", shown=shown)
    return [
        Thread(one.circle, one.label, one.url, one.current, engagement.lets(person, WRITES[one.circle]))
        for one in found
    ]


def messages_in(engagement: Engagement, circle: Circle, *, before: int | None = None) -> list[Message]:
    """The latest messages of a circle, or the latest of those before a number, the oldest first: 1 query."""
    found = engagement.messages.filter(circle=circle).select_related("author").order_by("-number")
    if before is not None:
        found = found.filter(number__lt=before)
    return list(reversed(found[:AT_ONCE]))


def with_signs(engagements: QuerySet[Engagement], by: Asking) -> QuerySet[Engagement]:
    """Adds in which circles there is something the reader has not read: no queries of its own."""
    return engagements.annotate(
        messages_unread_pair=Exists(_unread(by, Circle.PAIR)),
        messages_unread_everyone=Exists(_unread(by, Circle.EVERYONE)),
    )


def asked_of(engagement: Engagement, person: Person) -> list[Step]:
    """Reading what somebody else wrote: no queries."""
    return [
        Step(
            engagement,
            _("Read what was written to you"),
            reverse(f"messages:{circle.value}", args=[engagement.pk]),
            rank=60,
            minutes=1,
            kind=KINDS[circle],
            button=_("Open the messages"),
        )
        for circle in Circle
        if getattr(engagement, f"messages_unread_{circle}") and engagement.lets(person, READS[circle])
    ]


def _unread(by: Asking, circle: Circle) -> QuerySet[Message]:
    read = Reader.objects.filter(
        engagement=OuterRef("engagement"), circle=circle, person=by.person, seen__gte=OuterRef("number")
    )
    written = Message.objects.filter(engagement=OuterRef("pk"), circle=circle)
    return written.filter(~Q(author=by.person), ~Exists(read))


def read_so_far(engagement: Engagement, circle: Circle) -> dict[object, int]:
    """How far each reader has read, by id: 1 query."""
    found = Reader.objects.filter(engagement=engagement, circle=circle)
    return dict(found.values_list("person_id", F("seen")))
