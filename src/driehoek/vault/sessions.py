"""Where sign-ins are kept: a dump of the table signs nobody in, and tells no code that is on its way."""

import hashlib
from base64 import b64decode, b64encode
from binascii import Error
from typing import Any, Final

from asgiref.sync import sync_to_async
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.contrib.sessions.serializers import JSONSerializer
from django.db.models import CharField, DateTimeField

from driehoek.kit import clock
from driehoek.kit.prepared import Given, Prepared
from driehoek.vault.keys import open_for_site, seal_for_site
from driehoek.vault.sealing import Unreadable

_STORED: Final = Prepared(
    lambda: Session.objects.filter(
        session_key=Given("row", CharField()), expire_date__gt=Given("now", DateTimeField())
    )
)


class SessionStore(db.SessionStore):
    """Django's own store, which knows a session by the hash of the cookie's value and seals what is in it.

    The value itself is random and long, so a plain hash gives no hold for guessing.
    """

    def _get_session_from_db(self) -> Any:
        """Looked for by its hash; the machine's own time says whether it has ended, as in the browser."""
        found = next(iter(_STORED.ask(row=self._row, now=clock.of_machine())), None)
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        return self.model.objects.filter(pk=row_of(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        self._get_or_create_session_key()  # type: ignore[attr-defined]
        return self.model(
            session_key=self._row, session_data=self.encode(data), expire_date=self.get_expiry_date()
        )

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            self.model.objects.filter(pk=row_of(key)).delete()

    _aget_session_from_db = sync_to_async(_get_session_from_db)
    aexists = sync_to_async(exists)  # type: ignore[arg-type]
    acreate_model_instance = sync_to_async(create_model_instance)  # type: ignore[arg-type]
    adelete = sync_to_async(delete)  # type: ignore[arg-type]

    def encode(self, session_dict: dict[str, Any]) -> str:
        words = JSONSerializer().dumps(session_dict).decode("latin-1")
        return b64encode(seal_for_site(words, purpose=self._purpose)).decode()

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        """What is in it; nothing when the row was changed, or moved here from another session."""
        try:
            words = open_for_site(b64decode(session_data, validate=True), purpose=self._purpose)
        except (Unreadable, Error, ValueError):
            return {}
        found: dict[str, Any] = JSONSerializer().loads(words.encode("latin-1"))
        return found

    @property
    def _row(self) -> str:
        return row_of(self.session_key or "")

    @property
    def _purpose(self) -> str:
        return f"session {self._row}"


def row_of(session_key: str) -> str:
    """The name under which a session is stored: 40 signs, as many as the column has."""
    return hashlib.blake2b(session_key.encode(), digest_size=20, person=b"session").hexdigest()
