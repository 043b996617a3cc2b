"""The words for who sees what."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from driehoek.access import (
    CHOICES,
    POLICY,
    READING,
    RECEIVERS,
    DisclosureTable,
    Kind,
    Level,
    Permission,
    Role,
    Shape,
    Stage,
    audience,
    default_table,
    roles_in,
)
from driehoek.engagements.models import Engagement, Party
from driehoek.engagements.wording import KIND_WORDS, ROLE_WORDS
from driehoek.kit.addresses import reverse
from driehoek.kit.templatetags.look import listed
from driehoek.people.models import Person


@dataclass(frozen=True, slots=True)
class Seen:
    """Who sees a kind of content, in words for the reader, with the corners to fill."""

    words: str
    corners: frozenset[Role]
    private: bool
    href: str = ""
    """The row of the agreement that says so, for who may read that."""


def who_sees(engagement: Engagement, kind: Kind, viewer: Person) -> Seen:
    """The words of the "who sees this" chip, read from the policy and the agreement in force: no queries."""
    table = engagement.table
    present = [party for party in engagement.parties_in_order if not party.declined_at]
    roles = audience(kind, table)
    seeing = [party for party in present if party.role in roles]
    mine = [party for party in seeing if party.person_id == viewer.pk]
    corners = frozenset(party.role_ for party in seeing)
    href = _row_of(engagement, kind, viewer)
    if len({party.person_id for party in seeing}) == 1 and mine:
        return Seen(_("Only you"), corners, private=True, href=href)
    later = [
        party
        for party in present
        if party.role in RECEIVERS
        and party.role not in roles
        and table.level(kind, party.role_) is Level.AFTER_RELEASE
    ]
    words = _everybody(seeing, present) or _names(seeing, viewer)
    if later:
        words = _("%(who)s; %(later)s after release") % {"who": words, "later": _names(later, viewer)}
    return Seen(words[0].upper() + words[1:], corners, private=False, href=href)


def _row_of(engagement: Engagement, kind: Kind, viewer: Person) -> str:
    if not engagement.lets(viewer, Permission.READ_AGREEMENT):
        return ""
    return f"{reverse('agreements:index', [engagement.pk])}#{anchor_of(kind)}"


def anchor_of(kind: Kind) -> str:
    """What the row of a kind of content is called within the page of the agreement."""
    return f"sees-{kind}"


def _everybody(seeing: list[Party], present: list[Party]) -> str:
    if len(seeing) < len(present) or len(seeing) < 3:
        return ""
    return _("All three") if len(seeing) == 3 else _("Everyone in this engagement")


def _names(parties: Iterable[Party], viewer: Person) -> str:
    words: list[str] = []
    coachee_reads = any(p.person_id == viewer.pk and p.role == Role.COACHEE for p in parties)
    for party in parties:
        if party.person_id == viewer.pk:
            word = _("you")
        elif party.role == Role.COACH and coachee_reads:
            word = _("your coach")
        else:
            word = party.first_name
        if word not in words:
            words.append(word)
    return listed(words) or _("Nobody")


def role_words(engagement: Engagement, person: Person) -> str:
    """The roles of `person` here, in words: no queries when parties are there."""
    return ", ".join(str(ROLE_WORDS[role]) for role in Role if role in engagement.roles_of(person))


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a role sees: while preparing, from the agreement on, once the coachee releases it, never.

    `all_beforehand` is what everybody who takes part reads before anyone has signed.
    """

    beforehand: list[str] = field(default_factory=list)
    at_once: list[str] = field(default_factory=list)
    after_release: list[str] = field(default_factory=list)
    never: list[str] = field(default_factory=list)
    all_beforehand: list[str] = field(default_factory=list)


def outlook(shape: Shape, role: Role) -> Outlook:
    """What somebody who joins in this role will and will not see, from the policy itself: no queries."""
    return _outlook(shape, role, default_table(shape))


def outlook_now(engagement: Engagement, role: Role) -> Outlook:
    """What this role does and does not see under the agreement in force: no queries."""
    return _outlook(engagement.shape_, role, engagement.table)


def _outlook(shape: Shape, role: Role, table: DisclosureTable) -> Outlook:
    found = Outlook()
    for kind in kinds_in(shape):
        early = audience(kind) if Stage.PREPARING in POLICY[READING[kind]].stages else frozenset()
        if early >= set(roles_in(shape)):
            found.all_beforehand.append(str(KIND_WORDS[kind]))
        if role in early:
            found.beforehand.append(str(KIND_WORDS[kind]))
        elif role in audience(kind, table) or table.level(kind, role) is Level.COUNT:
            found.at_once.append(str(KIND_WORDS[kind]))
        elif table.level(kind, role) is Level.AFTER_RELEASE:
            found.after_release.append(str(KIND_WORDS[kind]))
        else:
            found.never.append(_unless_shared(kind))
    return found


def _unless_shared(kind: Kind) -> str:
    words = str(KIND_WORDS[kind])
    if kind is not Kind.STUMBLING_BLOCKS:
        return words
    return _("%(what)s, unless the coachee shares them") % {"what": words}


def kinds_in(shape: Shape) -> list[Kind]:
    """Every kind of content that this kind of help knows."""
    of_two = (Kind.ACQUAINTANCE, Kind.MESSAGES, Kind.FILES, Kind.FEEDBACK)
    in_talks = of_two if Role.COACHEE in roles_in(shape) else ()
    present = {
        *CHOICES[shape],
        *in_talks,
        Kind.AGREEMENT,
        Kind.INTAKE,
        Kind.INTERRUPTIONS,
        Kind.OPEN_MESSAGES,
        Kind.OPEN_FILES,
    }
    return [kind for kind in Kind if kind in present and audience(kind) & set(roles_in(shape))]
