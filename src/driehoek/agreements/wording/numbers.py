"""Numbers as people read them: exactly where that is possible, otherwise rounded and said to be so."""

from decimal import Decimal
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext as _

from driehoek.kit.templatetags.look import decimal

ONE: Final = {
    **{"avonden": "avond", "besluiten": "besluit", "bestellingen": "bestelling", "bezoeken": "bezoek"},
    **{"collega's": "collega", "facturen": "factuur", "gebruikers": "gebruiker"},
    **{
        "handtekeningen": "handtekening",
        "medewerkers": "medewerker",
        "minuten": "minuut",
        "ochtenden": "ochtend",
        "taken": "taak",
    },
    **{"dagen": "dag", "fouten": "fout", "gesprekken": "gesprek", "keren": "keer", "klachten": "klacht"},
    **{"klanten": "klant", "maanden": "maand", "meldingen": "melding", "mensen": "mens", "orders": "order"},
    **{"partijen": "partij", "personen": "persoon", "punten": "punt", "sessies": "sessie", "uren": "uur"},
    **{"voorstellen": "voorstel", "vragen": "vraag", "weken": "week"},
    **{"complaints": "complaint", "customers": "customer", "days": "day", "errors": "error"},
    **{"hours": "hour", "months": "month", "parties": "party", "people": "person", "points": "point"},
    **{"proposals": "proposal", "questions": "question", "reports": "report", "sessions": "session"},
    **{"colleagues": "colleague", "decisions": "decision", "employees": "employee", "evenings": "evening"},
    **{"invoices": "invoice", "minutes": "minute", "mornings": "morning", "signatures": "signature"},
    **{"tasks": "task", "users": "user", "visits": "visit"},
    **{"talks": "talk", "times": "time", "weeks": "week"},
}
"""A unit is typed by people, as a rule for more than one. Of these words it is known what one is called."""
PERCENT: Final = frozenset({"%", "percent", "per cent", "procent", "pct"})


def percent(share: Decimal | Fraction) -> str:
    """A fraction as a percentage."""
    return _said(f"{written(share * 100)}%", share * 100)


def amount(value: Decimal | Fraction | None, unit: str = "") -> str:
    """A value with its unit, without zeros that nobody typed."""
    return "" if value is None else _said(with_unit(written(value), unit), value)


def with_unit(number: str, unit: str) -> str:
    """A number that was written already, with its unit; the sign of a percentage stands against it: 80%.

    Of one thing the unit is in the singular, where it is known: 1 point, 1 error per order.
    """
    first, blank, rest = unit.strip().partition(" ")
    if number.lstrip("+−-") == "1" and first in ONE:
        unit = ONE[first] + blank + rest
    return f"{number}%" if unit.strip() == "%" else f"{number} {unit}".strip()


def difference(size: Decimal | Fraction, unit: str = "") -> str:
    """How far two values lie apart: between 70% and 90% lie 20 percentage points, not 20 percent."""
    return in_points(amount(size), size) if is_percent(unit) else amount(size, unit)


def is_percent(unit: str) -> bool:
    """Whether values in this unit are percentages."""
    return unit.strip().lower() in PERCENT


def in_points(words: str, size: Decimal | Fraction) -> str:
    """A number that was written already, as percentage points."""
    said = _("%(number)s percentage point") if abs(size) == 1 else _("%(number)s percentage points")
    return said % {"number": words}


def written(number: Decimal | Fraction) -> str:
    """The digits of a number, without zeros that nobody typed."""
    exact = shown(number).normalize()
    return decimal(exact, max(0, -int(exact.as_tuple().exponent)))


def shown(number: Decimal | Fraction) -> Decimal:
    """A value that was entered exactly as it was entered; a quotient without end to two places."""
    if isinstance(number, Fraction):
        exact = Decimal(number.numerator) / Decimal(number.denominator)
        number = exact if Fraction(exact) == number else two_digits(exact)
    return plain(number)


def plain(number: Decimal) -> Decimal:
    """The same number without the zeros that only the database gave it."""
    return Decimal(format(number.normalize(), "f"))


def _said(words: str, number: Decimal | Fraction) -> str:
    """What is judged is never rounded, so whoever reads a rounded number is told that it is."""
    return (
        words if Fraction(shown(number)) == Fraction(number) else _("%(value)s (rounded)") % {"value": words}
    )


def two_digits(exact: Decimal) -> Decimal:
    """To two places; a number below one tenth to the two figures that say something: 0.040, not 0.04."""
    places = 2 if abs(exact) >= Decimal("0.1") or not exact else 1 - exact.adjusted()
    return exact.quantize(Decimal(1).scaleb(-places))
