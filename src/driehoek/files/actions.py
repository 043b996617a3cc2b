"""Putting a file there, taking it away again, and having looked."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from driehoek.access import Role
from driehoek.documents.incoming import Incoming, name_for
from driehoek.engagements.actions import hold
from driehoek.engagements.models import Circle, Engagement, Party
from driehoek.engagements.queries import members
from driehoek.files.models import ADDS, PIECE, READS, File, Looked, Piece
from driehoek.files.queries import seen_so_far, taken_up
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.kit.names import one_line
from driehoek.outbox.actions import post
from driehoek.people.models import Person

MB = 2**20


@transaction.atomic
def put_file(
    engagement: Engagement,
    circle: Circle,
    *,
    by: Person,
    file_id: UUID,
    name: str,
    file: Incoming,
    words: str = "",
) -> File:
    """Put a file there for everybody in this circle; the same `file_id` again gives the same file.

    Each of the others gets one letter until they have looked: that there is something, not what.
    Refuses where nobody else is in the circle, and what does not fit any more.
    """
    held = hold(engagement, ADDS[circle])
    if known := held.files.filter(pk=file_id).first():
        return known
    others = [party for party in members(held, READS[circle]) if party.person_id != by.pk]
    if not others:
        raise Refused(None, _("Nobody else takes part yet, so there is nobody to share it with."))
    _refuse_too_much(held, file)
    put = File(pk=file_id, engagement=held, circle=circle, put_by=by, kind=file.kind, size=file.size)
    put.name = name_for((one_line(name) or _("File"))[-200:], file.kind)
    put.number, put.words = _next_number(held, circle), words
    put.role, put.put_at = _role(held, by), clock.now()
    put.save(force_insert=True)
    _keep(put, file.content)
    seen = seen_so_far(held, circle)
    for party in {party.person_id: party for party in others}.values():
        _tell(held, circle, party, seen=seen.get(party.person_id, 0))
    return put


@transaction.atomic
def take_away(file: File, *, by: Person) -> None:
    """Take a file away for everybody, its bytes with it. Twice does no harm.

    Refuses whoever did not put it there.
    """
    held = hold(file.engagement, ADDS[Circle(file.circle)])
    if file.put_by_id != by.pk:
        raise Refused(None, _("Only who put a file there takes it away."))
    held.files.filter(pk=file.pk).delete()


@transaction.atomic
def have_looked(engagement: Engagement, circle: Circle, *, by: Person, number: int) -> None:
    """Remember how far somebody has seen: 1 query when it was known, 2 otherwise."""
    looks = Looked.objects.filter(engagement=engagement, circle=circle, person=by)
    if not looks.filter(seen__gte=number).exists():
        Looked.objects.update_or_create(
            engagement=engagement, circle=circle, person=by, defaults={"seen": number}
        )


def _refuse_too_much(engagement: Engagement, file: Incoming) -> None:
    if file.size > settings.FILE_MB * MB:  # a picture can become larger when it is painted anew
        raise Refused("file", _("A file holds at most %(most)s MB.") % {"most": settings.FILE_MB})
    if taken_up(engagement) + file.size > settings.FILES_MB * MB:
        words = _("All files of an engagement together hold at most %(most)s MB. Take something away first.")
        raise Refused("file", words % {"most": settings.FILES_MB})


def _next_number(engagement: Engagement, circle: Circle) -> int:
    """Never a number that was seen before: what was taken away must not hide what comes after it."""
    last = engagement.files.filter(circle=circle).aggregate(last=Max("number"))["last"] or 0
    return max(last, *seen_so_far(engagement, circle).values(), 0) + 1


def _role(engagement: Engagement, person: Person) -> Role:
    roles = engagement.roles_of(person)
    return next(role for role in Role if role in roles)


def _keep(file: File, content: bytes) -> None:
    for number, start in enumerate(range(0, len(content), PIECE)):
        Piece(file=file, number=number, content=content[start : start + PIECE]).save(force_insert=True)


def _tell(engagement: Engagement, circle: Circle, to: Party, *, seen: int) -> None:
    place = reverse(f"files:{circle.value}", args=[engagement.pk])
    facts = {"link": f"{settings.BASE_URL}{place}", "formal": to.role_ is Role.SPONSOR}
    key, person = f"file:{engagement.pk}:{circle}:{to.person_id}:{seen}", to.person
    house = engagement.organisation_id
    post(person.email, template="new_file", facts=facts, language=person.language, key=key, house=house)
