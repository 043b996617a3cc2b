"""While a change to the agreement is written, what is in force decides who reads what."""

import pytest

from driehoek.access import Kind, Level, Role, Stage
from driehoek.agreements import actions
from driehoek.engagements.models import Engagement
from tests.leaks.filled import fill
from tests.leaks.sweeps import look_around
from tests.leaks.test_leaks import BOTH, READERS, everything_seen, leaked
from tests.leaks.words import WORD, word
from tests.makers import person_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_unsigned_words_open_nothing_and_close_nothing(client):
    shared = {Kind.STUMBLING_BLOCKS: {Role.MANAGER: Level.ALWAYS, Role.SPONSOR: Level.NEVER}}
    filled = fill(stage=Stage.ACTIVE, disclosure=shared)
    coachee = person_of(filled.engagement, Role.COACHEE)
    held = Engagement.objects.get(pk=filled.engagement.pk)
    actions.begin_amendment(held)
    actions.save_stumbling_blocks(held, by=coachee, text=word("unsigned"), shared=True)
    actions.choose_disclosure(held, by=coachee, table={Kind.ATTENDANCE: {Role.SPONSOR: Level.COUNT}})
    table = READERS | {"stumbling": BOTH | {"manager"}, "unsigned": BOTH}

    looks = {who: look_around(client, filled, who, ("get",)) for who in ("coachee", "manager", "sponsor")}

    assert [one for who in looks for one in leaked(looks[who], who, table)] == []
    assert any(one.startswith(WORD + "stumbling") for one in everything_seen(looks["manager"]))
    assert any(one.startswith(WORD + "unsigned") for one in everything_seen(looks["coachee"]))
