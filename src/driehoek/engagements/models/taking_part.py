import uuid
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from driehoek.access import (
    NOTHING,
    POLICY,
    RECEIVERS,
    DisclosureTable,
    Permission,
    Role,
    Shape,
    Stage,
    may,
)
from driehoek.kit.prepared import Given
from driehoek.people.models import Membership, Organisation, Person
from driehoek.vault.fields import SealedText
from driehoek.vault.models import DataKey

_ORDER = {str(role): place for place, role in enumerate(Role)}


class Circle(models.TextChoices):
    """Who is among each other. There is no circle with the organisation and without the coachee."""

    PAIR = "pair"  # coachee and coach
    EVERYONE = "everyone"  # all who take part


HERE = Given("engagement", models.UUIDField())
"""The engagement of a prepared query."""


class EngagementQuerySet(models.QuerySet["Engagement"]):
    def open_to(self, person: Person | Given, permission: Permission) -> "EngagementQuerySet":
        """Engagements in which `person` may do this. The row-level twin of `may`."""
        rule = POLICY[permission]
        mine = Party.objects.filter(engagement=OuterRef("pk"), person=person, accepted_at__isnull=False)
        allowed = Q(Exists(mine.filter(role__in=rule.roles)))
        if Role.ORG_ADMIN in rule.roles:
            admin = Membership.objects.filter(
                organisation=OuterRef("organisation"), person=person, is_admin=True
            )
            allowed |= Q(Exists(admin))
        for role in RECEIVERS:
            if rule.kind and rule.opened_by and role not in rule.roles:
                opened = {f"disclosure__{rule.kind}__{role}__in": [str(level) for level in rule.opened_by]}
                allowed |= Q(Exists(mine.filter(role=role)), **opened)
        return self.filter(allowed, stage__in=rule.stages)

    def seen_by(self, person: Person | Given) -> "EngagementQuerySet":
        """Adds whether `person` administers the hosting organisation, and everybody's name: 2 queries."""
        parties = models.Prefetch("parties", Party.objects.select_related("person", "organisation"))
        return self.as_seen_by(person).prefetch_related(parties)

    def as_seen_by(self, person: Person | Given) -> "EngagementQuerySet":
        """The same without the parties."""
        admin = Membership.objects.filter(organisation=OuterRef("organisation"), person=person, is_admin=True)
        return self.annotate(viewer_is_admin=Exists(admin)).select_related("organisation", "data_key")


class Engagement(models.Model):
    """One trajectory: its parties, its stage, and the disclosure table in force."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=120)
    shape = models.CharField(max_length=12, choices=[(s, s) for s in Shape])
    stage = models.CharField(max_length=10, choices=[(s, s) for s in Stage], default=Stage.PREPARING)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="engagements")
    occasion = models.CharField(max_length=20, blank=True)
    problem = SealedText(key_through="")
    route = models.CharField(max_length=12, blank=True)
    starting_point = models.CharField(max_length=60, blank=True)  # id and version, such as staff-leaving@1
    time_zone = models.CharField(max_length=64, default="Europe/Amsterdam")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    started_on = models.DateField(null=True)
    paused_on = models.DateField(null=True)
    stops_on = models.DateField(null=True)  # the last day, once a party gave notice
    closed_on = models.DateField(null=True)
    disclosure = models.JSONField(default=dict)
    fingerprint_in_force = models.CharField(max_length=64, blank=True)
    data_key = models.OneToOneField(DataKey, models.SET_NULL, null=True, related_name="+")

    objects = EngagementQuerySet.as_manager()
    _read_table: tuple[Any, DisclosureTable] = (None, NOTHING)
    _roles_held: dict[uuid.UUID, frozenset[Role]] | None = None
    _parties_sorted: "list[Party] | None" = None

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="started_means_an_agreement_in_force",
                condition=Q(stage__in=[Stage.PREPARING, Stage.DROPPED]) | ~Q(fingerprint_in_force=""),
            ),
            models.CheckConstraint(
                name="paused_means_since_a_day",
                condition=Q(stage=Stage.PAUSED, paused_on__isnull=False)
                | (~Q(stage=Stage.PAUSED) & Q(paused_on=None)),
            ),
            models.CheckConstraint(
                name="a_last_day_means_it_is_closing",
                condition=Q(stops_on=None) | Q(stage__in=[Stage.CLOSING, Stage.CLOSED]),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def shape_(self) -> Shape:
        return Shape(self.shape)

    @property
    def stage_(self) -> Stage:
        return Stage(self.stage)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def table(self) -> DisclosureTable:
        """The disclosure table of the agreement in force; nothing before there is one."""
        if not self.fingerprint_in_force:
            return NOTHING
        stored, table = self._read_table
        if stored is not self.disclosure:  # asked some thirty times for one page, and read once
            stored, table = self._read_table = (
                self.disclosure,
                DisclosureTable.from_json(self.disclosure, self.shape_),
            )
        return table

    def party(self, role: Role) -> "Party | None":
        """The party in this role, from the prefetched ones when they are there."""
        return next((party for party in self.parties.all() if party.role == role), None)

    @property
    def parties_in_order(self) -> list["Party"]:
        if self._parties_sorted is None or self._roles_held is None:
            self._parties_sorted = sorted(self.parties.all(), key=lambda party: _ORDER[party.role])
        return self._parties_sorted

    def roles_of(self, person: Person) -> frozenset[Role]:
        """The roles `person` holds here. Needs `seen_by` for the administrator of the organisation."""
        if self._roles_held is None:
            return self._roles_now(person)
        if person.pk not in self._roles_held:
            self._roles_held[person.pk] = self._roles_now(person)
        return self._roles_held[person.pk]

    def only_read(self) -> None:
        """From here on this object serves one page that changes nothing, so parties and their roles stay.

        They are asked some forty times for one page. Never call it where somebody may join, leave or accept.
        """
        self._roles_held, self._parties_sorted = {}, None

    def _roles_now(self, person: Person) -> frozenset[Role]:
        held = {Role(p.role) for p in self.parties.all() if p.person_id == person.pk and p.accepted_at}
        if getattr(self, "viewer_is_admin", False):
            held.add(Role.ORG_ADMIN)
        return frozenset(held)

    def lets(self, person: Person, permission: Permission) -> bool:
        """Whether `person` may do this now, under the agreement in force."""
        return may(permission, self.roles_of(person), self.stage_, self.table)


class Party(models.Model):
    """Somebody's place in one engagement: invited first, taking part once accepted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="parties")
    role = models.CharField(max_length=12, choices=[(r, r) for r in Role if r != Role.ORG_ADMIN])
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="parties")
    called = models.CharField(max_length=120, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)  # took part, and stepped out again: declined too

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["engagement", "role"], name="one_party_per_role"),
            models.CheckConstraint(
                name="not_accepted_and_declined",
                condition=Q(accepted_at=None) | Q(declined_at=None),
            ),
        ]
        indexes = [models.Index(fields=["engagement", "person"], name="place_of_person_in_engagement")]

    def __str__(self) -> str:
        return f"{self.role} {self.person_id}"

    @property
    def role_(self) -> Role:
        return Role(self.role)

    @property
    def name(self) -> str:
        """The own name once they take part; until then what the one who invited called them.

        Whether an address is known here, and under which name, is not for the inviter to find out.
        """
        return str(self.person) if self.accepted_at or not self.called else self.called

    @property
    def first_name(self) -> str:
        """The same, to address or mention somebody with."""
        known = self.accepted_at or not self.called
        return self.person.first_name_only if known else self.called.split()[0]


class Pause(models.Model):
    """A time in which an engagement rests. Who asked for it and why is for those who work in it only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="pauses")
    role = models.CharField(max_length=12, choices=[(r, r) for r in Role if r != Role.ORG_ADMIN])
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    since = models.DateField()
    expected_on = models.DateField(null=True, blank=True)  # when it is thought to go on
    reason = SealedText()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["engagement"], condition=Q(ended_at=None), name="one_pause_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"pause {self.pk}"


class Notice(models.Model):
    """A party stops under the agreement: from when, until which last day, and whether it was taken back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="notices")
    role = models.CharField(max_length=12, choices=[(r, r) for r in Role if r != Role.ORG_ADMIN])
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_on = models.DateField()
    last_day = models.DateField()
    was_paused = models.BooleanField(default=False)
    reason = SealedText()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["engagement"], condition=Q(taken_back_at=None), name="one_notice_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"

    @property
    def role_(self) -> Role:
        return Role(self.role)
