"""Looking ahead: how a criterion will be measured, and accepting what speaks against it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.agreements.actions.desk import open_for_changes, refuse_stale
from driehoek.agreements.models import Criterion
from driehoek.agreements.queries.foresight import (
    as_stored,
    circumstances,
    in_its_place,
    stored,
    terms_of,
    warnings_of,
)
from driehoek.evidence.criteria import CriterionTerms
from driehoek.evidence.foresight import Circumstances, foresee
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.people.models import Person


@transaction.atomic
def look_ahead(
    criterion: Criterion,
    *,
    by: Person,
    known: Mapping[str, Any],
    reasons: Mapping[str, str] | None = None,
    revision: int | None = None,
) -> Criterion:
    """Write down how a criterion will be measured, and why each warning that follows is accepted.

    `known` holds what is known of `Circumstances`. A reason is kept as long as its warning stands.
    Refuses what cannot be, and raises Conflict over somebody else's words.
    """
    held = open_for_changes(criterion.engagement)
    row = (
        held.criteria.select_for_update(of=("self",))
        .select_related("goal")
        .filter(pk=criterion.pk, dropped_at=None)
        .first()
    )
    if row is None:
        raise Refused(None, _("This criterion was removed meanwhile. Save it again as a new one."))
    written = _written(row, known, reasons or {})
    if written != _stored_now(row):
        _refuse_stale(row, written, by=by, opened_at=revision)
        row.foresight, row.changed_by = written, by
        row.changed_at, row.revision = clock.now(), row.revision + 1
        row.save(update_fields=["foresight", "changed_by", "changed_at", "revision"])
    return row


def forget_reasons(criterion: Criterion) -> None:
    """What was accepted was so for other terms: the warnings stand again. In the caller's transaction."""
    said = as_stored(criterion.foresight)
    if said["accepted"]:
        criterion.foresight = stored(_known(criterion), {})
        criterion.save(update_fields=["foresight"])


def _written(row: Criterion, known: Mapping[str, Any], reasons: Mapping[str, str]) -> str:
    terms = terms_of(row)
    _refuse_odd_scale(terms, known.get("lowest"), known.get("highest"))
    _refuse_odd_numbers(known.get("answers"), known.get("spread"), known.get("reliability"))
    typed = Circumstances(**known)
    standing: set[str] = {finding.id for finding in foresee(terms, in_its_place(row, typed))}
    return stored(typed, {id_: text for id_, text in reasons.items() if text and id_ in standing})


def _stored_now(criterion: Criterion) -> str:
    return stored(_known(criterion), as_stored(criterion.foresight)["accepted"])


def _refuse_stale(row: Criterion, written: str, *, by: Person, opened_at: int | None) -> None:
    refuse_stale(
        opened_at=opened_at,
        now_at=row.revision,
        mine=written,
        theirs=row.foresight,
        shown=_in_words(row),
        writer=row.changed_by if row.changed_by_id != by.pk else None,
    )


def _known(criterion: Criterion) -> Circumstances:
    return circumstances(as_stored(criterion.foresight))


def _in_words(criterion: Criterion) -> str:
    return "\n".join(f"{one.words}\n{one.reason}".strip() for one in warnings_of(criterion))


def _refuse_odd_scale(terms: CriterionTerms, lowest: Decimal | None, highest: Decimal | None) -> None:
    if lowest is not None and highest is not None and lowest >= highest:
        raise Refused("highest", _("The scale ends below where it begins. Type the highest value there is."))
    if terms.baseline is None:
        return
    if highest is not None and terms.baseline > highest:
        raise Refused("highest", _("The starting value lies above this end of the scale. Check both."))
    if lowest is not None and terms.baseline < lowest:
        raise Refused("lowest", _("The starting value lies below this end of the scale. Check both."))


def _refuse_odd_numbers(answers: int | None, spread: Decimal | None, reliability: Decimal | None) -> None:
    if answers is not None and answers < 1:
        raise Refused("answers", _("At least one person answers. Leave this empty if you do not know."))
    if spread is not None and spread < 0:
        raise Refused("spread", _("A spread is zero or more. Leave this empty if you do not know."))
    if reliability is not None and not 0 <= reliability <= 1:
        raise Refused("reliability", _("A reliability lies from 0 to 1. Leave it empty if you do not know."))
