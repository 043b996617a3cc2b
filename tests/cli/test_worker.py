"""What the worker does beside the mail."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from driehoek.cli.management import chores
from driehoek.kit import clock
from driehoek.outbox.worker import run
from driehoek.people.actions import keep_form
from driehoek.people.models import KeptForm
from tests.makers import make_person

pytestmark = pytest.mark.django_db


def test_kept_words_are_gone_after_two_hours_by_themselves():
    kept = keep_form(make_person(), path="/x/", fields={"a": ["hoogst vertrouwelijk"]})

    run(once=True, chores=chores())
    assert KeptForm.objects.exists()
    clock.move_to(kept.expires_at)
    run(once=True, chores=chores())

    assert not KeptForm.objects.exists()


def test_sign_ins_that_have_ended_are_cleared(client):
    client.force_login(make_person())
    Session.objects.update(expire_date=clock.now() - timedelta(minutes=1))

    run(once=True, chores=chores())

    assert not Session.objects.exists()
