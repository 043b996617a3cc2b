from uuid import uuid4

from django.conf import settings
from django.db import transaction

from driehoek.outbox.actions import post


@transaction.atomic
def send_code(email: str, *, code: str, language: str) -> None:
    """Mail a code to sign in with; every code is a letter of its own."""
    facts = {"code": code, "minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60}
    post(email, template="sign_in_code", facts=facts, language=language, key=f"sign-in:{uuid4()}")


@transaction.atomic
def send_nothing(email: str, *, language: str) -> None:
    """Do the work of `send_code` and take it back: an unknown address must not answer sooner than a known."""
    send_code(email, code="0000-0000", language=language)
    transaction.set_rollback(True)
