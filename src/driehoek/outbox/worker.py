"""The worker: takes due letters one at a time, sends them, and survives being killed at any moment."""

import signal
import smtplib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from email.utils import format_datetime, formataddr, parseaddr
from threading import Event, current_thread, main_thread

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError, close_old_connections, connection, reset_queries, transaction
from django.db.models import F

from driehoek.kit import clock
from driehoek.kit.names import one_line
from driehoek.outbox.letters import KINDS
from driehoek.outbox.models import MOST_ATTEMPTS, REMEMBERED, Letter
from driehoek.outbox.queries import wanted

POLL_SECONDS = 1.0
# Longer than one sending can take; after that a letter of a killed worker is free again.
LEASE = timedelta(minutes=2)
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=4)
TIDY_EVERY = timedelta(minutes=1)

log = structlog.get_logger("driehoek.outbox")


def run(stop: Event | None = None, *, once: bool = False, chores: Iterable[Callable[[], object]] = ()) -> int:
    """Send what is due until `stop` is set (without one: until the process is told to end), or only `once`.

    Each minute it tidies up, and does the `chores` of rooms above. Says how many letters were sent.
    """
    stop, sent, tidy_at = stop or _set_when_told_to_end(), 0, clock.now()
    while not stop.is_set():
        pause = POLL_SECONDS
        try:
            if clock.now() >= tidy_at:
                tidy()
                for chore in chores:
                    _do(chore)
                tidy_at = clock.now() + TIDY_EVERY
            sent += _send_all_due(stop)
        except DatabaseError as problem:  # the database is away for a while: nothing is lost by waiting
            log.warning("outbox waits for the database", error=type(problem).__name__)
            connection.close()
            pause = 5 * POLL_SECONDS
        if once:
            break
        stop.wait(pause)
        close_old_connections()
        reset_queries()
    return sent


def _set_when_told_to_end() -> Event:
    stop = Event()
    if current_thread() is main_thread():
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_received: stop.set())
    return stop


def _do(chore: Callable[[], object]) -> None:
    try:
        chore()
    except DatabaseError:
        raise
    except Exception as problem:  # one room's trouble holds up no mail
        log.error("chore failed", chore=getattr(chore, "__name__", "?"), error=type(problem).__name__)


def tidy() -> int:
    """Wipe words nobody needs any more, then forget for whom they were; says how many: 4 queries.

    A letter that was taken as often as a letter may be, and never finished, is given up here: whatever
    ended the worker each time does so no longer.
    """
    now = clock.now()
    stale = Letter.objects.filter(useless_after__lte=now)
    over = {"failed": True, "forget_after": now + REMEMBERED}
    stale.waiting().update(last_error="Expired", **over)
    worn = Letter.objects.waiting().filter(attempts__gte=MOST_ATTEMPTS, taken_until__lte=now)
    worn.update(last_error="NeverFinished", taken_until=None, **over)
    Letter.objects.filter(forget_after__lte=now).update(to_address="", about=None, forget_after=None)
    return stale.update(sealed=b"", useless_after=None)


def _send_all_due(stop: Event) -> int:
    sent = 0
    if not Letter.objects.due(clock.now()).exists():
        return sent
    with _mailbox() as mailbox:
        while not stop.is_set() and (letter := _take()):
            if _send(letter, mailbox):
                sent += 1
            elif not letter.failed:
                break  # the mail server is away: the others wait for the next round
    return sent


def _take() -> Letter | None:
    """Claim one letter for the length of the lease; two workers never get the same one."""
    now = clock.now()
    with transaction.atomic():
        due = Letter.objects.due(now)
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        letter = due.first()
        if letter is None:
            return None
        claim = Letter.objects.filter(pk=letter.pk, attempts=letter.attempts, sent_at=None)
        if not claim.update(attempts=F("attempts") + 1, taken_until=now + LEASE):
            return None
    letter.attempts += 1
    return letter


def _send(letter: Letter, mailbox: BaseEmailBackend) -> bool:
    mine = Letter.objects.filter(pk=letter.pk, attempts=letter.attempts)
    if not wanted(letter.to_address, letter.template):  # the reader said so while it waited
        letter.drop()
        letter.save()
        return False
    try:
        mailbox.open()
        if not mailbox.send_messages([_message(letter, mailbox)]):
            raise ValueError("nobody to send to")
    except Exception as problem:  # whatever it is: this letter waits or is given up, the worker goes on
        with suppress(OSError):
            mailbox.close()
        error = type(problem).__name__
        letter.failed = _is_hopeless(problem) or letter.attempts >= MOST_ATTEMPTS
        later = _next_try(letter.attempts)
        mine.update(
            failed=letter.failed,
            last_error=error,
            taken_until=None,
            next_try_at=later,
            forget_after=clock.now() + REMEMBERED if letter.failed else None,
        )
        log.warning("letter not sent", letter=str(letter.pk), error=error, given_up=letter.failed)
        return False
    wiped = {} if settings.DEMO else {"sealed": b"", "useless_after": None, "to_address": ""}
    now = clock.now()
    mine.update(sent_at=now, taken_until=None, last_error="", forget_after=now + REMEMBERED, **wiped)
    log.info("letter sent", letter=str(letter.pk), template=letter.template)
    return True


def _message(letter: Letter, mailbox: BaseEmailBackend) -> EmailMultiAlternatives:
    words = letter.open()
    message = EmailMultiAlternatives(
        words["subject"], words["text"], _sender(words), to=[letter.to_address], connection=mailbox
    )
    message.attach_alternative(words["html"], "text/html")
    if (calendar := words.get("calendar")) and (method := KINDS[letter.template].method):
        message.attach_alternative(calendar, f"text/calendar; method={method}")
    message.extra_headers = {
        "Message-ID": letter.message_id,
        "Date": format_datetime(clock.now()),
        "Content-Language": letter.language,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if stop := words.get("stop"):  # one press in the mail program, without signing in (RFC 8058)
        message.extra_headers["List-Unsubscribe"] = f"<{stop}>"
        message.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return message


def _sender(words: Mapping[str, str]) -> str:
    """Our own address always; in front of it the name that an organisation chose."""
    name = one_line(words.get("sender", ""))
    return formataddr((name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])) if name else ""


def _is_hopeless(problem: Exception) -> bool:
    """Whether trying again can never help: a wrong address, or one the receiver knows not to exist."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _reason in problem.recipients.values())
    return isinstance(problem, ValueError) and not isinstance(problem, smtplib.SMTPException)


def _next_try(attempts: int) -> datetime:
    pause: timedelta = min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)
    return clock.now() + pause


@contextmanager
def _mailbox() -> Iterator[BaseEmailBackend]:
    """One connection for all letters that are due. In the demo nothing leaves the machine."""
    backend = "driehoek.outbox.mailboxes.DemoMailbox" if settings.DEMO else None
    mailbox = get_connection(backend)
    try:
        yield mailbox
    finally:
        with suppress(OSError):
            mailbox.close()
