"""What can be opened can be asked about without its content: link checkers and proxies do."""

from pathlib import Path

import pytest
from django.db import transaction
from django.urls import reverse

import driehoek
from driehoek.access import Role, Stage
from driehoek.audit.models import Look
from tests.leaks.filled import fill
from tests.leaks.pages import addresses
from tests.makers import person_of

ROOT = Path(driehoek.__file__).parent
VIEWS = sorted(p for p in ROOT.rglob("*.py") if p.stem == "views" or "views" in p.parts)


def test_every_view_uses_the_decorators_that_let_head_in():
    said = {str(path.relative_to(ROOT)): path.read_text() for path in VIEWS}

    assert [name for name, code in said.items() if "require_GET" in code] == [], "require_safe"
    assert [name for name, code in said.items() if "require_http_methods" in code] == [], "form_page"


@pytest.mark.django_db
@pytest.mark.one_database
def test_every_page_answers_head_as_it_answers_get(client):
    filled, wrong = fill(stage=Stage.ACTIVE), []
    client.force_login(person_of(filled.engagement, Role.COACHEE))
    for _name, address in addresses(filled.known):
        with transaction.atomic():
            asked, opened = client.head(address), client.get(address)
            transaction.set_rollback(True)
        if asked.status_code != opened.status_code or getattr(asked, "content", b""):
            wrong.append(f"{address}: {asked.status_code}, not {opened.status_code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
def test_asking_about_a_page_is_not_looking_at_it(client):
    filled = fill(stage=Stage.ACTIVE)
    client.force_login(person_of(filled.engagement, Role.COACH))
    page = reverse("agreements:goals", args=[filled.engagement.pk])

    client.head(page)
    assert not Look.objects.exists()
    client.get(page)
    assert Look.objects.exists()
