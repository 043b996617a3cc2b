"""Everything works for somebody whose browser runs no scripts."""

from datetime import datetime
from zoneinfo import ZoneInfo

from driehoek.access import Role
from driehoek.kit import clock
from driehoek.sessions.actions import plan_series
from tests.agreements.makers import make_offered, make_preparing, put_signature
from tests.journeys import steps
from tests.makers import make_person, person_of


def test_a_coachee_without_scripts_signs_and_writes_a_question(walk):
    clock.move_to(datetime(2026, 11, 27, 9, tzinfo=ZoneInfo("Europe/Amsterdam")))
    johan = make_person("Johan Verbeek", email="johan@example.org")
    engagement = make_preparing(coachee=johan, without=(Role.SPONSOR,))
    version = make_offered(engagement)
    for role in (Role.COACH, Role.MANAGER):
        put_signature(version, role)
    walker = walk(johan.name, johan.email, java_script_enabled=False)

    steps.sign_in(walker)
    walker.take_next_step()
    assert walker.here == f"/engagements/{engagement.pk}/agreement/sign/"
    steps.sign(walker, f"/engagements/{engagement.pk}/")
    engagement.refresh_from_db()
    plan_series(engagement, by=person_of(engagement, Role.COACH))
    walker.go("/today/").take_next_step().fill(question="Waar begin ik?").press("Keep my question")

    walker.go(f"/engagements/{engagement.pk}/sessions/1/").reads("Waar begin ik?")
