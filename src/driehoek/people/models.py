import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from driehoek.kit import clock


class Organisation(models.Model):
    """An employer, a coaching firm or somebody's own practice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """Django asks a user model for one; people are made by `people.actions`."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Somebody who signs in. A role exists only inside an engagement."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2, choices=[("nl", "Nederlands"), ("en", "English")], default="nl")
    time_zone = models.CharField(max_length=64, blank=True)  # empty: by the clock of the engagement
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    password = None  # type: ignore[assignment]
    last_login = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = PersonManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_per_address")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    @property
    def first_name_only(self) -> str:
        """The name to say hello with."""
        return self.name.split(" ")[0] if self.name else self.email.split("@")[0]

    @property
    def initials(self) -> str:
        """At most two letters for a corner of the triangle."""
        words = [word for word in self.name.split() if word[0].isalnum()]
        return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


class Membership(models.Model):
    """That somebody belongs to an organisation, and may host engagements or manage people there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    is_admin = models.BooleanField(default=False)
    is_coach = models.BooleanField(default=False)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "organisation"], name="one_membership_each"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.organisation_id}"

    @property
    def may_host(self) -> bool:
        return self.is_admin or self.is_coach


class OneTimeLink(models.Model):
    """A link that proves nothing by being opened; only its hash is kept and it works once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(
        max_length=20,
        choices=[("first-admin", "first-admin"), ("invitation", "invitation"), ("progress", "progress")],
    )
    about = models.UUIDField(null=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["about"], condition=Q(used_at=None), name="open_links_by_subject")]

    def __str__(self) -> str:
        return self.purpose

    @property
    def is_open(self) -> bool:
        """Neither used nor too old."""
        return self.used_at is None and clock.now() < self.expires_at


class DemoMark(models.Model):
    """One row, written before the first person: everybody here came with the demo. Else none."""

    ONLY: ClassVar[int] = 1
    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="one_demo_mark", condition=Q(pk=1))]

    def __str__(self) -> str:
        return "demo"


class KeptForm(models.Model):
    """What somebody typed when the session had ended: sealed, theirs alone, gone after two hours."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="kept_forms")
    path = models.CharField(max_length=500)
    sealed = models.BinaryField(default=bytes)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)

    @property
    def purpose(self) -> str:
        """Binds the sealed words to this row."""
        return f"kept form {self.id}"
