"""A whole engagement, running under an agreement, with a bit of everything in it."""

import json
from datetime import date, time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from driehoek.access import Role
from driehoek.agreements.models import Draft, Version
from driehoek.agreements.queries import goals_of
from driehoek.agreements.queries.snapshot import listed, snapshot
from driehoek.engagements.actions import put_in_force
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import engagements_of
from driehoek.kit import clock
from driehoek.plans.models import Action
from driehoek.sessions.models import Session
from tests.agreements.makers import make_criterion, make_goal, make_preparing
from tests.makers import make_person, person_of


def make_running(*, sessions: int = 7, **given: Any) -> Engagement:
    """A signed agreement with one goal, sessions (the first held), a plan and stumbling blocks."""
    people = {"coachee": "Johan Verbeek", "coach": "Marijke Aalbers", "manager": "Anneke de Graaf"}
    for role, name in people.items():
        given.setdefault(role, make_person(name))
    engagement = make_preparing(**{"without": (Role.SPONSOR,)} | given)
    make_criterion(make_goal(engagement))
    draft, _new = Draft.objects.get_or_create(engagement=engagement, defaults={"changed_at": clock.now()})
    draft.session_count, draft.first_session_on, draft.session_time = 7, clock.today(), time(10)
    draft.stumbling_blocks = "Ik zeg ja en regel het 's avonds"
    draft.salt = "pepper"
    draft.save()
    _sign(engagement, draft)
    _work(engagement, sessions)
    return engagement


def _sign(engagement: Engagement, draft: Draft) -> None:
    seen = engagements_of(person_of(engagement, Role.COACH)).get(pk=engagement.pk)
    said = snapshot(seen, draft, goals_of(engagement), 1)
    Version.objects.create(
        **listed(draft),
        engagement=engagement,
        number=1,
        canonical=json.dumps(said),
        stumbling_blocks=draft.stumbling_blocks,
        salt=draft.salt,
        fingerprint="f" * 64,
        state=Version.State.IN_FORCE,
        offered_by=engagement.made_by,
        offered_at=clock.now(),
        in_force_at=clock.now(),
    )
    from driehoek.agreements.queries.frozen import table_in

    put_in_force(engagement, table=table_in(said), fingerprint="f" * 64, on=clock.today() - timedelta(30))


def _work(engagement: Engagement, sessions: int) -> None:
    for number in range(1, sessions + 1):
        starts = clock.now() + timedelta(weeks=3 * (number - 2), days=3)
        held = starts if number == 1 else None
        Session.objects.create(
            engagement=engagement,
            number=number,
            starts_at=starts,
            held_at=held,
            held_minutes=60 if held else None,
        )
    Action.objects.create(
        engagement=engagement,
        sort=Action.Sort.EXPERIMENT,
        text="Elke maandag drie dingen kiezen",
        owner=Role.COACHEE,
        due_on=date(2027, 1, 4),
        made_at=clock.now(),
        changed_at=clock.now(),
    )


def ask_about(client: Client, document: bytes, language: str = "en") -> Any:
    """Hand a file to the page that says whether it is unaltered."""
    sent = {"document": SimpleUploadedFile("document.pdf", document, "application/pdf")}
    return client.post("/verify/", sent, HTTP_ACCEPT_LANGUAGE=language)
