"""Workers as real processes: killed half-way, two at a time, told to stop."""

import os
import signal
import subprocess
import sys
from time import monotonic, sleep

import pytest
from django.conf import settings
from django.db import connection

pytestmark = pytest.mark.django_db(transaction=True)

PREPARE = "from django.core.management import call_command as c; c('migrate', 'outbox', verbosity=0)"
POST = """
from driehoek.outbox.actions import post
for n in range({count}):
    facts = {{"about": "Saskia", "version": 1, "link": "{site}/x"}}
    post(f"person{{n}}@example.com", template="agreement_in_force", facts=facts, language="nl", key=f"k{{n}}")
"""
WORK = "from driehoek.outbox.worker import run; run()"
WORK_ONCE = "from driehoek.outbox.worker import run; run(once=True)"
LATER = """
from datetime import timedelta
from driehoek.kit import clock
clock.move_to(clock.now() + timedelta(minutes=3))
"""
COUNT = """
from driehoek.outbox.models import Letter
print(Letter.objects.filter(sent_at__isnull=False).count(), Letter.objects.waiting().count())
"""


@pytest.fixture
def shell(tmp_path, postman):
    """Runs a line of Python in a process of its own, on a database that processes can share."""
    environment = dict(
        os.environ,
        DRIEHOEK_DEBUG="true",
        DRIEHOEK_DEMO="false",
        DRIEHOEK_DATA=str(tmp_path),
        DRIEHOEK_DATABASE=_shared_database(tmp_path),
        DRIEHOEK_BASE_URL=settings.BASE_URL,
        DRIEHOEK_EMAIL=f"smtp://127.0.0.1:{postman.port}",
        DJANGO_SETTINGS_MODULE="tests.outbox.small",
        PYTHONPATH=os.pathsep.join(sys.path),
    )

    def start(line):
        script = f"import django; django.setup()\n{line}"
        return subprocess.Popen(
            [sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE, text=True
        )

    def ran(line):
        process = start(line)
        said, _ = process.communicate(timeout=120)
        assert process.returncode == 0
        return said

    if connection.vendor == "sqlite":
        ran(PREPARE)
    start.ran = ran
    return start


def _shared_database(folder):
    if connection.vendor == "sqlite":
        return f"sqlite:///{folder}/letters.sqlite3"
    known = connection.settings_dict
    login = f"{known['USER']}:{known['PASSWORD']}@" if known["USER"] else ""
    return f"postgres://{login}{known['HOST']}:{known['PORT']}/{known['NAME']}"


def until(true, seconds=60):
    end = monotonic() + seconds
    while not true():
        assert monotonic() < end, "it took too long"
        sleep(0.05)


def test_a_letter_survives_a_worker_killed_while_sending(shell, postman):
    shell.ran(POST.format(count=1, site=settings.BASE_URL))
    postman.hold = True
    first = shell(WORK)
    until(lambda: postman.held)
    first.send_signal(signal.SIGKILL)
    first.wait()
    sleep(0.3)  # the server notices that nobody is there any more
    postman.hold = False

    shell.ran(LATER + WORK_ONCE)

    assert [m["To"] for m in postman.arrived] == ["person0@example.com"]
    assert postman.held[0] == postman.arrived[0]["Message-ID"]
    assert shell.ran(COUNT).split() == ["1", "0"]


def test_a_repeat_after_a_kill_carries_the_message_id_of_the_letter_that_was_accepted(shell, postman):
    shell.ran(POST.format(count=1, site=settings.BASE_URL))
    postman.hold_after = True
    first = shell(WORK)
    until(lambda: postman.arrived)
    first.send_signal(signal.SIGKILL)
    first.wait()
    postman.hold_after = False

    shell.ran(LATER + WORK_ONCE)

    first_time, again = (message["Message-ID"] for message in postman.arrived)
    assert first_time == again
    assert shell.ran(COUNT).split() == ["1", "0"]


def test_two_workers_send_every_letter_once(shell, postman):
    shell.ran(POST.format(count=40, site=settings.BASE_URL))

    workers = [shell(WORK_ONCE) for _ in range(2)]
    for process in workers:
        assert process.wait(timeout=120) == 0

    shell.ran(WORK_ONCE)  # what one of them had to leave
    assert sorted(m["To"] for m in postman.arrived) == sorted(f"person{n}@example.com" for n in range(40))


def test_it_finishes_the_letter_at_hand_and_stops_when_told_to_end(shell, postman):
    shell.ran(POST.format(count=1, site=settings.BASE_URL))
    process = shell(WORK)
    until(lambda: postman.arrived)

    process.send_signal(signal.SIGTERM)

    assert process.wait(timeout=60) == 0
    assert shell.ran(COUNT).split() == ["1", "0"]


def test_two_requests_at_once_with_one_key_write_one_letter(shell, postman):
    same = [shell(POST.format(count=5, site=settings.BASE_URL)) for _ in range(2)]

    assert [process.wait(timeout=120) for process in same] == [0, 0]
    assert shell.ran(COUNT).split() == ["0", "5"]
