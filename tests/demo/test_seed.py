import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from driehoek.access import Stage
from driehoek.demo.crowd import crowd
from driehoek.engagements.models import Engagement, Party
from tests.makers import make_person

TODAY = date(2026, 11, 19)


def told(count: int, seed: int = 1) -> str:
    return json.dumps([case.told for case in crowd(count, today=TODAY, seed=seed)], sort_keys=True)


def test_same_seed_gives_the_same_engagements():
    assert told(40) == told(40)
    assert told(40) != told(40, seed=2)


def test_coach_has_about_forty_coachees():
    coaches = [
        person["email"]
        for case in crowd(200, today=TODAY)
        for role, person in case.told["people"].items()
        if role in ("coach", "consultant")
    ]

    assert {coaches.count(one) for one in coaches} == {40}


def test_seeding_fills_an_empty_installation_with_every_stage(db, capsys):
    call_command("seed", engagements=20, seed=2)

    stages = set(Engagement.objects.values_list("stage", flat=True))
    assert Engagement.objects.count() == 20
    assert {Stage.PREPARING, Stage.ACTIVE, Stage.CLOSED} <= stages
    assert Party.objects.filter(accepted_at=None).exists()
    assert "20 of 20 engagements" in capsys.readouterr().out


def test_seeding_is_refused_where_people_are_already(db):
    make_person()

    with pytest.raises(CommandError, match="people here already"):
        call_command("seed", engagements=1)
