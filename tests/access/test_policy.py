"""The table of permissions, written a second time by hand."""

from itertools import product

import pytest

from driehoek.access import POLICY, READING, RECEIVERS, Kind, Level, Permission, Role, Stage, audience, may
from driehoek.access.disclosure import DisclosureTable

# k coachee, c coach, a consultant, m manager, s sponsor, b administrator of the hosting organisation.
#                                   preparing active    paused    closing   closed    dropped
EXPECTED = """
    see-engagement:                 kcamsb    kcamsb    kcamsb    kcamsb    kcamsb    kcamsb
    invite-parties:                 cab       -         -         -         -         -
    see-who-looked:                 k         k         k         k         k         k
    leave-preparation:              kcams     -         -         -         -         -
    drop-preparation:               cab       -         -         -         -         cab
    pause:                          -         kca       kca       -         -         -
    resume:                         -         kca       kca       -         -         -
    stop:                           -         kcams     kcams     kcams     -         -
    take-back-stop:                 -         kcams     kcams     kcams     -         -
    read-interruptions:             -         kca       kca       kca       kca       -
    see-phases:                     kcamsb    kcamsb    kcamsb    kcamsb    kcamsb    kcamsb
    plan-phases:                    cab       cab       cab       cab       -         -
    read-change-agents:             ams       ams       ams       ams       ams       ams
    name-change-agents:             a         a         -         a         -         -
    read-acquaintance:              kc        kc        kc        kc        kc        kc
    write-acquaintance:             kc        -         -         -         -         -
    see-meeting:                    kcams     kcams     kcams     kcams     kcams     kcams
    plan-meeting:                   kcas      kcas      -         -         -         -
    answer-intake:                  kcams     -         -         -         -         -
    compare-intake:                 kcams     kcams     kcams     kcams     kcams     kcams
    show-intake:                    k         -         -         -         -         -
    estimate-help-relationship:     c         c         -         c         -         -
    read-goals:                     kcams     kcams     kcams     kcams     kcams     kcams
    write-goals:                    kca       kca       -         -         -         -
    read-agreement:                 kcams     kcams     kcams     kcams     kcams     kcams
    draft-agreement:                kca       kca       -         -         -         -
    align-expectations:             kcams     kcams     -         -         -         -
    read-stumbling-blocks:          kc        kc        kc        kc        kc        kc
    write-stumbling-blocks:         k         k         -         -         -         -
    comment-agreement:              kcams     kcams     -         -         -         -
    offer-agreement:                ca        ca        -         -         -         -
    answer-candour:                 ms        ms        -         -         -         -
    sign-agreement:                 kcams     kcams     -         -         -         -
    read-deliverables:              -         as        as        as        as        -
    hand-over:                      -         a         -         a         -         -
    judge-deliverables:             -         s         -         s         -         -
    hold-review:                    -         as        -         as        -         -
    read-plan:                      -         kca       kca       kca       kca       -
    change-plan:                    -         kca       -         kca       -         -
    count-sessions:                 -         kc        kc        kc        kc        -
    see-session-dates:              -         kc        kc        kc        kc        -
    plan-sessions:                  -         c         -         c         -         -
    book-session:                   -         kc        -         kc        -         -
    cancel-session:                 -         kc        kc        kc        -         -
    read-session:                   -         kc        kc        kc        kc        -
    prepare-session:                -         k         -         k         -         -
    read-brief:                     -         c         c         c         -         -
    write-session-notes:            -         kc        -         kc        -         -
    read-feedback:                  -         kc        kc        kc        kc        -
    begin-feedback:                 -         kc        -         kc        -         -
    name-raters:                    -         k         -         k         -         -
    check-raters:                   -         c         -         c         -         -
    read-reflections:               -         kc        kc        kc        kc        -
    write-reflection:               -         k         k         k         -         -
    read-private-notes:             c         c         c         c         c         c
    write-private-notes:            -         c         c         c         -         -
    read-messages:                  kc        kc        kc        kc        kc        kc
    write-messages:                 kc        kc        kc        kc        -         -
    read-open-messages:             kcams     kcams     kcams     kcams     kcams     kcams
    write-open-messages:            kcams     kcams     kcams     kcams     -         -
    read-files:                     kc        kc        kc        kc        kc        kc
    add-files:                      kc        kc        kc        kc        -         -
    read-open-files:                kcams     kcams     kcams     kcams     kcams     kcams
    add-open-files:                 kcams     kcams     kcams     kcams     -         -
    read-measurements:              -         kca       kca       kca       kca       -
    enter-measurements:             -         kca       -         kca       -         -
    read-attainment:                -         kc        kc        kc        kc        -
    score-attainment:               -         km        -         km        -         -
    read-reports:                   -         kca       kca       kca       kca       -
    write-coachee-report:           -         k         -         k         -         -
    write-coach-report:             -         ca        -         ca        -         -
    read-results:                   -         kca       kca       kca       kca       -
    add-results:                    -         kca       -         kca       -         -
    mark-results:                   -         kcams     -         kcams     -         -
    release:                        -         k         k         k         k         -
    read-released:                  -         kcms      kcms      kcms      kcms      -
    begin-closing:                  -         kca       -         -         -         -
    answer-closing-talk:            -         -         -         ms        -         -
    close-engagement:               -         -         -         ca        -         -
    end-after-notice:               -         -         -         k         -         -
"""
LETTER = dict(zip(Role, "kcamsb", strict=True))
TABLE = {
    name.strip().removesuffix(":"): columns
    for name, *columns in (line.split() for line in EXPECTED.strip().splitlines())
}

# The clauses that open something to manager or sponsor: kind, level, permission it opens.
OPENED_BY_A_CLAUSE = {
    (Kind.STUMBLING_BLOCKS, Level.ALWAYS): Permission.READ_STUMBLING_BLOCKS,
    (Kind.PLAN, Level.ALWAYS): Permission.READ_PLAN,
    (Kind.DELIVERABLES, Level.ALWAYS): Permission.READ_DELIVERABLES,
    (Kind.ATTENDANCE, Level.COUNT): Permission.COUNT_SESSIONS,
    (Kind.MEASUREMENTS, Level.ALWAYS): Permission.READ_MEASUREMENTS,
    (Kind.REPORTS, Level.ALWAYS): Permission.READ_REPORTS,
    (Kind.RESULTS, Level.ALWAYS): Permission.READ_RESULTS,
}


def test_every_permission_has_a_rule_and_a_row():
    assert set(POLICY) == set(Permission)
    assert set(TABLE) == {str(permission) for permission in Permission}


@pytest.mark.parametrize("permission", Permission)
def test_may_without_an_agreement(permission):
    allowed = {
        (role, stage) for role, stage in product(Role, Stage) if may(permission, frozenset({role}), stage)
    }
    written = {
        (role, stage)
        for role, (stage, letters) in product(Role, zip(Stage, TABLE[permission], strict=True))
        if LETTER[role] in letters
    }
    assert allowed == written


def test_a_stranger_may_do_nothing():
    assert [pair for pair in product(Permission, Stage) if may(pair[0], frozenset(), pair[1])] == []


@pytest.mark.parametrize(("kind", "level"), list(product(Kind, Level)))
@pytest.mark.parametrize("role", RECEIVERS)
def test_one_clause_opens_exactly_what_it_names(kind, level, role):
    clause = DisclosureTable({kind: {role: level}})
    holder = frozenset({role})

    opened = {
        permission
        for permission, stage in product(Permission, Stage)
        if may(permission, holder, stage, clause) and not may(permission, holder, stage)
    }

    expected = OPENED_BY_A_CLAUSE.get((kind, level))
    by_itself = expected is not None and role in POLICY[expected].roles
    assert opened == ({expected} if expected and not by_itself else set())


@pytest.mark.parametrize("role", [Role.COACHEE, Role.COACH, Role.CONSULTANT, Role.ORG_ADMIN])
def test_a_clause_never_opens_anything_to_others_than_manager_and_sponsor(role):
    everything = DisclosureTable({kind: {role: Level.ALWAYS} for kind in Kind})
    for permission, stage in product(Permission, Stage):
        assert may(permission, frozenset({role}), stage, everything) == may(
            permission, frozenset({role}), stage
        )


def test_every_kind_of_content_has_one_permission_that_reads_it():
    reading = [rule.kind for rule in POLICY.values() if rule.kind is not None]
    assert sorted(reading) == sorted(Kind)
    assert set(READING) == set(Kind)


def test_no_clause_can_open_a_conversation_to_the_organisation():
    widest = DisclosureTable({kind: dict.fromkeys(RECEIVERS, Level.ALWAYS) for kind in Kind})
    for kind in (Kind.SESSION_CONTENT, Kind.REFLECTIONS, Kind.ACQUAINTANCE, Kind.SESSION_DATES):
        assert audience(kind, widest) == {Role.COACHEE, Role.COACH}
    assert audience(Kind.PRIVATE_NOTES, widest) == {Role.COACH}


def test_the_administrator_of_an_organisation_reads_no_content():
    for kind in Kind:
        assert Role.ORG_ADMIN not in audience(kind)
