"""A text field that is stored encrypted with the data key of its trajectory.

The bytes are bound to their table, row and column, so that a sealed text cannot be moved elsewhere.
"""

import uuid
from typing import Any

from django.core.exceptions import FieldError
from django.db import models

from driehoek.vault import keys, sealing


class Sealed(bytes):
    """Ciphertext as it stands in the database: data key id (16 bytes) and sealed text."""


class _Opening:
    """Opens the text at the first reading, so that lists that do not show it never decrypt it."""

    def __init__(self, field: "SealedText"):
        self.field = field

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            return self.field
        name = self.field.attname
        if name not in instance.__dict__:
            instance.refresh_from_db(fields=[name])
        value = instance.__dict__[name]
        if isinstance(value, Sealed):
            value = instance.__dict__[name] = self.field.open(instance, value)
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedText(models.BinaryField):  # type: ignore[type-arg]
    """Text sealed with the key of `key_through` (the name of a foreign key with a `data_key_id`).

    An empty `key_through` means the row itself carries `data_key_id`. Rows need a UUID key of their own.
    """

    def __init__(self, *args: Any, key_through: str = "engagement", **kwargs: Any):
        self.key_through = key_through
        kwargs.setdefault("default", b"")
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.key_through != "engagement":
            kwargs["key_through"] = self.key_through
        return name, path, args, kwargs

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Opening(self))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return "" if not value else Sealed(value)

    def get_default(self) -> str:
        return ""

    def pre_save(self, model_instance: Any, add: bool) -> Sealed:
        value = model_instance.__dict__.get(self.attname, "")
        if isinstance(value, Sealed):
            return value
        if not value:
            return Sealed(b"")
        owner = getattr(model_instance, self.key_through) if self.key_through else model_instance
        secret = keys.key(owner.data_key_id)
        place = self._place(model_instance)
        return Sealed(owner.data_key_id.bytes + sealing.seal(secret, self.packed(value), place=place))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value in ("", b""):
            value = Sealed(b"")  # nothing is no secret: a migration that adds a field fills rows with it
        if not isinstance(value, Sealed):
            raise FieldError(f"{self.name} is sealed: save the row, never filter on it or update() it.")
        return super().get_db_prep_value(bytes(value), connection, prepared)

    def get_prep_value(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: Any) -> str:
        raise FieldError(f"{self.name} is sealed and is never serialised.")

    def open(self, instance: Any, value: Sealed) -> Any:
        """What was sealed. Raises Unreadable when the key is gone or the bytes do not belong here."""
        secret = keys.key(uuid.UUID(bytes=value[:16]))
        return self.unpacked(sealing.unseal(secret, value[16:], place=self._place(instance)))

    def packed(self, value: Any) -> bytes:
        """The bytes of a text."""
        packed: bytes = value.encode()
        return packed

    def unpacked(self, value: bytes) -> Any:
        """The text of bytes."""
        return value.decode()

    def _place(self, instance: Any) -> bytes:
        return f"{instance._meta.label_lower}|{instance.pk}|{self.name}".encode()


class SealedBytes(SealedText):
    """Bytes sealed like text: a piece of a file."""

    def packed(self, value: Any) -> bytes:
        """As they are."""
        return bytes(value)

    def unpacked(self, value: bytes) -> bytes:
        """As they are."""
        return value
