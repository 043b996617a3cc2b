"""What can be asked about files."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from driehoek.engagements.models import Circle, Engagement
from driehoek.engagements.queries import Asking, Step, circles_of
from driehoek.files.models import ADDS, KINDS, READS, File, Looked
from driehoek.kit.addresses import reverse
from driehoek.people.models import Person


@dataclass(frozen=True, slots=True)
class Shelf:
    """One circle as one reader finds it."""

    circle: Circle
    label: str
    url: str
    current: bool
    adds: bool

    @property
    def add_url(self) -> str:
        return f"{self.url}add/"

    @property
    def take_away(self) -> str:
        """The name of the address by which a file is taken away."""
        return f"files:take_away_{self.circle.value}"

    @property
    def kind(self) -> str:
        return str(KINDS[self.circle])


def shelves_of(engagement: Engagement, person: Person, *, shown: str = "") -> list[Shelf]:
    """The circles `person` is in, the smallest first: no queries."""
    found = circles_of(engagement, person, READS, room="files", shown=shown)
    return [
        Shelf(one.circle, one.label, one.url, one.current, engagement.lets(person, ADDS[one.circle]))
        for one in found
    ]


def files_in(engagement: Engagement, circle: Circle) -> QuerySet[File]:
    """What lies in a circle, the latest first, with who put it there: 1 query."""
    return engagement.files.filter(circle=circle).select_related("put_by", "engagement")


def file_in(engagement: Engagement, circle: Circle, file_id: UUID) -> File | None:
    """One file of this circle: 1 query."""
    return files_in(engagement, circle).filter(pk=file_id).first()


def content_of(file: File) -> bytes:
    """The bytes of a file: 1 query. Raises Unreadable when they do not belong together."""
    return b"".join(piece.content for piece in file.pieces.select_related("file__engagement"))


def taken_up(engagement: Engagement) -> int:
    """How many bytes lie in an engagement: 1 query."""
    found = engagement.files.aggregate(whole=Sum("size"))
    return found["whole"] or 0


def seen_so_far(engagement: Engagement, circle: Circle) -> dict[object, int]:
    """How far each person has seen, by id: 1 query."""
    found = Looked.objects.filter(engagement=engagement, circle=circle)
    return dict(found.values_list("person_id", "seen"))


def with_signs(engagements: QuerySet[Engagement], by: Asking) -> QuerySet[Engagement]:
    """Adds in which circles there lies something the reader has not seen: no queries of its own."""
    return engagements.annotate(
        files_unseen_pair=Exists(_unseen(by, Circle.PAIR)),
        files_unseen_everyone=Exists(_unseen(by, Circle.EVERYONE)),
    )


def asked_of(engagement: Engagement, person: Person) -> list[Step]:
    """Looking at what somebody else put there: no queries."""
    return [
        Step(
            engagement,
            _("Look at what was put there for you"),
            reverse(f"files:{circle.value}", args=[engagement.pk]),
            rank=61,
            minutes=1,
            kind=KINDS[circle],
            button=_("Open the files"),
        )
        for circle in Circle
        if getattr(engagement, f"files_unseen_{circle}") and engagement.lets(person, READS[circle])
    ]


def _unseen(by: Asking, circle: Circle) -> QuerySet[File]:
    looked = Looked.objects.filter(
        engagement=OuterRef("engagement"), circle=circle, person=by.person, seen__gte=OuterRef("number")
    )
    lying = File.objects.filter(engagement=OuterRef("pk"), circle=circle)
    return lying.filter(~Q(put_by=by.person), ~Exists(looked))
