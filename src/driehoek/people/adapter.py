"""How allauth is used here: a code by mail through the outbox, no accounts made by strangers."""

from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from driehoek.kit.pages import in_language
from driehoek.people.actions import send_code, send_nothing
from driehoek.people.models import Person
from driehoek.people.queries import hash_of, person_of, reader


class Backend(AuthenticationBackend):
    """allauth's own, which also tells the layout whether the reader administers an organisation."""

    def get_user(self, user_id: Any) -> Person | None:
        person = reader(user_id)
        return person if person is not None and self.user_can_authenticate(person) else None


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("This is not the code we sent. Look at the latest mail, and type it once more."),
        "too_many_login_attempts": _(
            "You asked for several codes in a short time. Wait a minute, or use the latest mail."
        ),
        "rate_limited": _(
            "You asked for several codes in a short time. Wait a minute, or use the latest mail."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False  # people come by invitation, or found their own practice on our own page

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        if template_prefix != "account/email/login_code":
            raise NotImplementedError(template_prefix)
        person = person_of(email)
        if person is None:
            raise LookupError("a code goes to the address of a person, as we know it, and nowhere else")
        send_code(person.email, code=context["code"], language=person.language)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """allauth's own remarks are left out: each page says by itself what happened."""

    def is_safe_url(self, url: str) -> bool:
        """Only a page of ours, named by its path: no other host, not even one we also answer to."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **facts: Any) -> HttpResponse:
        answer = super().post_login(request, user, **facts)
        return in_language(answer, user.language)  # type: ignore[attr-defined]

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        return redirect(settings.LOGIN_URL)


def begin_signing_in(request: HttpRequest, *, email: str, person: Person | None) -> bool:
    """Send a code and remember that we wait for it; False when this happened too often.

    Counted per address and place together: whoever only knows somebody's address cannot keep them out.
    """
    place = AccountAdapter(request).get_client_ip(request)
    if not ratelimit.consume(request, action="request_login_code", key=f"{email} {place}"):
        return False
    if not ratelimit.consume(request, action="send_login_code", key=email):
        return False
    if person is None:
        send_nothing(email, language=_spoken())
    LoginCodeVerificationProcess.initiate(request=request, user=person, email=email)
    return True


def may_report(request: HttpRequest, token: str) -> bool:
    """Whether a link from a letter was not pressed too often, from one place or by itself."""
    return bool(ratelimit.consume(request, action="report_progress", key=hash_of(token)))


def may_send(request: HttpRequest, secret: str) -> bool:
    """Whether a program does not send too often, from one place or with one key."""
    return bool(ratelimit.consume(request, action="send_series", key=hash_of(secret)))


def sign_in_directly(request: HttpRequest, person: Person) -> None:
    """Without a code: behind the first administrator's link, and in the demo. Nowhere else."""
    AccountAdapter(request).login(request, person)


def minutes_of_a_code() -> int:
    return int(app_settings.LOGIN_BY_CODE_TIMEOUT) // 60


def _spoken() -> str:
    return (get_language() or settings.LANGUAGE_CODE)[:2]
