"""A real mail server on this machine, and letters to send to it."""

import asyncio
import logging
import socket
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller

from driehoek.outbox.actions import post

LINK = "http://127.0.0.1:8000/uitnodiging/abc"


@dataclass
class Postman:
    """Keeps what arrives; refuses whom it is told to refuse."""

    port: int
    arrived: list = field(default_factory=list)
    unknown: set = field(default_factory=set)
    busy: int = 0
    hold: bool = False
    hold_after: bool = False
    held: list = field(default_factory=list)
    server: Controller | None = None

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address in self.unknown:
            return "550 5.1.1 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.busy:
            self.busy -= 1
            return "451 4.3.0 busy, come back later"
        message = message_from_bytes(envelope.content, policy=default)
        while self.hold:  # the sender waits for our answer
            self.held.append(message["Message-ID"])
            await asyncio.sleep(0.05)
            if _has_left(server):
                return "451 4.3.0 you left"
        self.arrived.append(message)
        while self.hold_after:  # it has been accepted, and the sender has not heard so yet
            await asyncio.sleep(0.05)
            if _has_left(server):
                break
        return "250 OK"

    def open(self):
        self.server = Controller(self, hostname="127.0.0.1", port=self.port)
        self.server.start()

    def close(self):
        if self.server:
            self.server.stop()
        self.server = None


def _has_left(server):
    return server.transport is None or server.transport.is_closing()


@pytest.fixture
def postman(settings):
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)  # the server writes down addresses, we do not
    postman = Postman(port=_free_port())
    postman.open()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", postman.port, 5
    yield postman
    postman.close()


def _free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture(autouse=True)
def _real_letters(settings):
    settings.DEMO = False
    settings.BASE_URL = "http://127.0.0.1:8000"
    settings.DEFAULT_FROM_EMAIL = "Driehoek <post@driehoek.example>"


@pytest.fixture
def invite():
    def _invite(to="coachee@example.com", *, key="invitation-1", by="Ruben Terpstra", language="nl", **more):
        facts = {"by": by, "role": "Coachee", "organisation": "Noorderlicht ICT", "link": LINK}
        return post(to, template="invitation", facts=facts, language=language, key=key, **more)

    return _invite
