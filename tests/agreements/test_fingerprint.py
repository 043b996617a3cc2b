"""The fingerprint: another one for every field that reads differently, the same one for the same text."""

import copy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from driehoek.access import Role, Shape
from driehoek.agreements import actions
from driehoek.agreements.models import Version
from driehoek.agreements.queries import (
    agreed_criteria,
    agreed_goals,
    check_fingerprints,
    draft_as_it_stands,
    goals_of,
    snapshot,
    stops_of,
    terms,
    version_in_force,
)
from driehoek.documents.fingerprint import canonical, fingerprint
from driehoek.engagements.models import Engagement
from driehoek.vault.fields import Sealed
from tests.agreements.makers import (
    CRITERION,
    make_criterion,
    make_draft,
    make_goal,
    make_in_force,
    make_offered,
    make_preparing,
)
from tests.makers import make_person, person_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def engagement():
    return make_preparing(coachee=make_person("Saskia Holwerda"))


def leaves(node, path=()):
    """Every place in the data that holds a value of its own."""
    if isinstance(node, dict) and node:
        return [leaf for key, inner in node.items() for leaf in leaves(inner, (*path, key))]
    if isinstance(node, list) and node:
        return [leaf for place, inner in enumerate(node) for leaf in leaves(inner, (*path, place))]
    return [path]


def changed(data, path, value):
    other = copy.deepcopy(data)
    node = other
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    return other


def frozen_now(engagement):
    found = Engagement.objects.get(pk=engagement.pk)
    return snapshot(found, draft_as_it_stands(found), goals_of(found), 1)


def test_every_single_field_changes_the_fingerprint(engagement):
    said = terms(make_offered(engagement))
    places = leaves(said)

    for path in places:
        assert fingerprint(changed(said, path, "something else")) != fingerprint(said), path
    assert len(places) > 80


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_two_texts_in_one_field_differ(engagement, data):
    make_draft(engagement) if not engagement.goals.exists() else None
    said = frozen_now(engagement)
    path = data.draw(st.sampled_from(leaves(said)))
    one, other = data.draw(st.lists(st.text(max_size=20), min_size=2, max_size=2, unique=True))

    assert fingerprint(changed(said, path, one)) != fingerprint(changed(said, path, other))


@pytest.mark.parametrize(
    "deed",
    [
        lambda e, who: make_goal(e, why="het anders moet"),
        lambda e, who: make_goal(e, learning_goals="Iets anders"),
        lambda e, who: make_goal(e, levels={0: "Iets anders"}),
        lambda e, who: make_goal(e, matters_to="coachee"),
        lambda e, who: make_goal(e, language="en"),
        lambda e, who: make_criterion(e.goals.get(), measure="Nog iets"),
        lambda e, who: actions.save_draft(e, by=who, part="agreements:draft", clauses={"means": "Meer"}),
        lambda e, who: actions.save_draft(
            e, by=who, part="agreements:practical", logistics={"session_count": 8}
        ),
        lambda e, who: actions.choose_disclosure(e, by=who, table={"attendance": {"manager": "never"}}),
        lambda e, who: actions.save_stumbling_blocks(e, by=who, text="Te veel willen", shared=False),
    ],
)
def test_every_change_to_the_draft_changes_what_is_signed(engagement, deed):
    make_draft(engagement)
    before = fingerprint(frozen_now(engagement))

    deed(engagement, person_of(engagement, Role.COACHEE))

    assert fingerprint(frozen_now(engagement)) != before


def test_the_same_text_has_the_same_fingerprint_whoever_reads_it_and_when(engagement):
    make_draft(engagement)

    assert fingerprint(frozen_now(engagement)) == fingerprint(frozen_now(engagement))


def test_numbers_and_days_are_written_out_as_text(engagement):
    criterion = terms(make_offered(engagement))["criteria"][0]

    assert (criterion["target"], criterion["baseline"]) == ("0.15", "3.1")
    assert criterion["deadline"] == "2027-01-15"


def test_what_was_agreed_is_read_from_the_signed_text_and_not_from_the_rows(engagement):
    make_in_force(engagement)
    started = Engagement.objects.get(pk=engagement.pk)
    goal = started.goals.get()
    goal.action, goal.criteria.get().pk
    goal.action = "iets heel anders"
    goal.save()

    agreed = agreed_goals(started)
    criterion = agreed_criteria(started)[0]

    assert "iets heel anders" not in agreed[0].sentence
    assert agreed[0].levels[0] == "Een gedragen plan"
    assert criterion.terms.target == CRITERION["target"]
    assert (criterion.goal_id, criterion.criterion_id) == (goal.pk, goal.criteria.get().pk)


def test_nothing_is_agreed_before_a_version_is_in_force(engagement):
    make_offered(engagement)

    assert (version_in_force(engagement), agreed_goals(engagement), agreed_criteria(engagement)) == (
        None,
        [],
        [],
    )


def test_a_sound_installation_has_no_problems(engagement):
    make_in_force(engagement)
    make_in_force(make_preparing(shape=Shape.CONSULTANCY))

    assert check_fingerprints() == []


def test_a_changed_text_is_found(engagement):
    version = make_in_force(engagement)
    version.canonical = version.canonical.replace("projectplan", "wensenlijst")
    version.save(update_fields=["canonical"])

    assert "does not match its fingerprint" in check_fingerprints()[0]


@pytest.mark.parametrize("field", ["stumbling_blocks", "salt"])
def test_stumbling_blocks_that_are_not_those_under_the_seal_are_found(engagement, field):
    coachee = person_of(engagement, Role.COACHEE)
    actions.save_stumbling_blocks(engagement, by=coachee, text="Te veel willen", shared=False)
    version = make_in_force(engagement)
    setattr(version, field, "Iets anders")
    version.save(update_fields=[field])

    (said,) = check_fingerprints()
    name = f"Version 1 of engagement {engagement.pk}"
    assert said == f"{name}: the stumbling blocks do not match the seal that was signed."


@pytest.mark.parametrize("stored", [b"", b"\x00\x01", b"no key has ever sealed this text"])
def test_a_text_that_cannot_be_read_is_a_sentence_and_the_rest_is_still_checked(engagement, stored):
    unreadable, changed = make_in_force(engagement), make_in_force(make_preparing())
    Version.objects.filter(pk=unreadable.pk).update(canonical=Sealed(stored))
    Version.objects.filter(pk=changed.pk).update(fingerprint="0" * 64)

    said = check_fingerprints()

    assert f"Version 1 of engagement {engagement.pk}: what is stored cannot be read." in said
    assert any(f"engagement {changed.engagement_id}: the text does not match" in one for one in said)


def test_a_widened_table_is_found(engagement):
    make_in_force(engagement)
    started = Engagement.objects.get(pk=engagement.pk)
    started.disclosure["attendance"]["manager"] = "never"
    started.save(update_fields=["disclosure"])

    assert check_fingerprints() == [
        f"Engagement {engagement.pk} shows by another disclosure table than the one that was signed."
    ]


def test_an_engagement_under_another_fingerprint_is_found(engagement):
    make_in_force(engagement)
    Engagement.objects.filter(pk=engagement.pk).update(fingerprint_in_force="0" * 64)

    assert "works under another agreement" in check_fingerprints()[0]


def test_a_text_with_its_own_fingerprint_but_another_order_is_found(engagement):
    version = make_in_force(engagement)
    assert canonical(terms(version)).decode() == version.canonical

    Version.objects.filter(pk=version.pk).update(fingerprint="0" * 64)

    assert len(check_fingerprints()) >= 2


def test_the_start_talk_is_a_stop_on_the_path(engagement):
    make_offered(engagement)
    found = Engagement.objects.get(pk=engagement.pk)

    (stop,) = stops_of(found, person_of(engagement, Role.MANAGER))

    assert (stop.kind, stop.done) == ("talk", True)
