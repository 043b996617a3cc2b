"""The last page of a signed agreement proves who signed which words, when, and which versions there were."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.conf import settings

from driehoek.access import Role
from driehoek.agreements.actions import begin_amendment, decline, save_criterion
from driehoek.agreements.models import Criterion, Version
from driehoek.agreements.queries.evidence_page import exact
from driehoek.engagements.models import Engagement
from tests.agreements.makers import (
    CRITERION,
    address,
    author_of,
    make_draft,
    make_in_force,
    make_offered,
    make_preparing,
    put_signature,
    signed_in,
)
from tests.documents.sheets import sheets
from tests.makers import person_of

pytestmark = pytest.mark.django_db


def pages_of(version, language="en", role=Role.COACHEE):
    answer = signed_in(version.engagement, role, language).get(
        address("pdf", version.engagement, version.number)
    )
    return sheets(answer.content)


def in_fours(fingerprint):
    return " ".join(fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4))


@pytest.fixture
def version():
    return make_in_force(make_preparing())


def test_it_is_a_page_of_its_own_after_everything_else(version):
    *before, last = pages_of(version)

    assert last.startswith("Evidence Fingerprint")
    assert not any("RFC 8785" in page for page in before)
    assert in_fours(version.fingerprint) in last


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", ["Bewijs", "Wie tekende", "SHA-256", "ingelogd met een code per mail", "is verzegeld"]),
        ("en", ["Evidence", "Who signed", "SHA-256", "signed in with a code by mail", "is sealed"]),
    ],
)
def test_it_names_every_signer_with_moment_capacity_and_method(language, words):
    engagement = make_preparing()
    make_draft(engagement, language=language)
    version = make_in_force(engagement)
    last = pages_of(version)[-1]

    assert [word for word in words if word not in last] == []
    signatures = list(version.signatures.all())
    assert len(signatures) > 1
    for one in signatures:
        assert one.typed_name in last
        assert exact(one.signed_at)[-21:] in last
    assert last.count("(UTC+0") > len(signatures)
    assert f"{settings.BASE_URL}/verify/" in last


def test_a_moment_names_its_time_zone_to_the_second():
    assert exact(datetime(2026, 7, 1, 9, 5, 7, tzinfo=UTC)).endswith("11:05:07 (UTC+02:00)")
    assert exact(datetime(2026, 12, 1, 9, 5, 7, tzinfo=UTC)).endswith("10:05:07 (UTC+01:00)")


def test_it_lists_every_version_and_what_became_of_it():
    engagement = make_preparing()
    first = make_offered(engagement)
    decline(first, by=person_of(engagement, Role.COACHEE), reason="Het tweede doel klopt niet")
    second = make_in_force(engagement)

    last = pages_of(second)[-1]

    for word in ("declined", "never", "in force", "from "):
        assert word in last
    for one in Version.objects.all():
        assert in_fours(one.fingerprint[:16]) in last
    assert "Het tweede doel" not in last


def test_what_was_replaced_says_by_what_and_until_when(version):
    engagement, who = version.engagement, author_of(version.engagement)
    begin_amendment(Engagement.objects.get(pk=engagement.pk))
    [criterion] = Criterion.objects.filter(engagement=engagement)
    facts = CRITERION | {"target": Decimal("0.20")}
    save_criterion(criterion.goal, by=who, criterion_id=criterion.pk, **facts)
    second = make_in_force(Engagement.objects.get(pk=engagement.pk))

    for shown in (version, second):
        last = pages_of(shown)[-1]
        assert "replaced by version 2" in last
        assert " until " in last
        assert in_fours(shown.fingerprint) in last


def test_before_anybody_signed_there_is_none():
    offered = make_offered(make_preparing())

    assert not any("RFC 8785" in page for page in pages_of(offered))


def test_who_has_not_signed_yet_is_named_so_and_nothing_is_called_sealed():
    offered = make_offered(make_preparing())
    put_signature(offered, Role.COACH)

    last = pages_of(offered)[-1]

    assert "Not signed yet" in last
    assert "carries no seal" in last
    assert "lies open for signing" in last
