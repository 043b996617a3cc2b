"""Keeping what somebody typed when the session ended under their hands."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from django.db import transaction

from driehoek.kit import clock
from driehoek.people.models import KeptForm, Person
from driehoek.vault.keys import seal_for_site

LASTS: Final = timedelta(hours=2)
AT_MOST: Final = 20
NOT_WORDS: Final = frozenset({"csrfmiddlewaretoken", "_who", "_kept", "password"})


@transaction.atomic
def keep_form(
    person: Person, *, path: str, fields: Mapping[str, Sequence[str]], files: Sequence[str] = ()
) -> KeptForm:
    """Keep the fields of a form for two hours, readable by nobody else; the oldest makes room."""
    tidy_kept()
    mine = KeptForm.objects.filter(person=person).order_by("-expires_at")
    KeptForm.objects.filter(pk__in=[form.pk for form in mine.defer("sealed")[AT_MOST - 1 :]]).delete()
    words = {name: list(values) for name, values in fields.items() if name not in NOT_WORDS}
    kept = KeptForm(person=person, path=path[:500], expires_at=clock.now() + LASTS)
    body = json.dumps({"fields": words, "files": list(files)})
    kept.sealed = seal_for_site(body, purpose=kept.purpose)
    kept.save(force_insert=True)
    return kept


@transaction.atomic
def tidy_kept() -> int:
    """Two hours are over for these words. The worker does this each minute; says how many: 1 query."""
    return KeptForm.objects.filter(expires_at__lte=clock.now()).delete()[0]


@transaction.atomic
def drop_kept(kept: KeptForm) -> None:
    """The words have reached their place, or their writer lets them go."""
    KeptForm.objects.filter(pk=kept.pk).delete()
