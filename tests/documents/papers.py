"""Two documents to print: everything a room can ask for, in small."""

from datetime import UTC, datetime
from decimal import Decimal

from driehoek.documents.pdf import render
from driehoek.kit.charts import Line, Range, Ranges, as_block

NOW = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)
FINGERPRINT = "7c41e09a5d2f118ba3e644700fb9c2d819ab03f7c6e25d48903be17fa2d4c5b6"


def make_paper(*blocks, **more):
    paper = {
        "brand": "Driehoek",
        "stamp": "Versie 2",
        "title": "Coachafspraken Saskia",
        "words": {
            "page": "{page} van {pages}",
            "draft": "Concept",
            "fingerprint": "Vingerafdruk",
            "signatures": "Ondertekend door",
            "not_signed": "Nog niet ondertekend",
        },
        "footer": "Alleen voor Ellen Brouwer",
        "version_label": "Afspraken versie 2",
        "parties": [
            {"role_code": "coachee", "role_word": "Coachee", "name": "Saskia Holwerda"},
            {
                "role_code": "coach",
                "role_word": "Coach",
                "name": "Ruben Terpstra",
                "organisation": "Terpstra",
            },
            {"role_code": "manager", "role_word": "Leidinggevende", "name": "Anneke de Wit"},
            {"role_code": "sponsor", "role_word": "Opdrachtgever", "name": "Ellen Brouwer"},
        ],
        "sections": [{"heading": "Doelen", "blocks": list(blocks)}],
    }
    return paper | more


def print_paper(*blocks, template="report", language="nl", title="Coachafspraken Saskia", **more):
    return render(template, make_paper(*blocks, **more), language=language, title=title, now=NOW)


CHANGE = Ranges(
    (Range("Score van de anderen", Decimal(12), "+12; 6 mensen", Decimal(-3), Decimal(27)),),
    (Line(Decimal(0), "geen verandering"), Line(Decimal(15), "afgesproken: +15", is_target=True)),
    "Het steeg 12 punten.",
)
EVERY_BLOCK = [
    as_block(CHANGE, "nl"),
    {"kind": "heading", "text": "Doel een"},
    {"kind": "text", "text": "Eerste alinea.\n\nTweede alinea,\nop twee regels."},
    {"kind": "said", "text": "Ik stel eerst een vraag.", "by": "Saskia", "role_code": "coachee"},
    {"kind": "list", "items": ["gewoon", {"text": "gezegd", "said": True}]},
    {"kind": "facts", "items": [{"label": "Ritme", "value": "elke drie weken"}]},
    {
        "kind": "table",
        "head": ["Wat", "Wie", "Hoeveel"],
        "rows": [["Sessies", {"text": "Samen", "roles": ["coachee", "coach"], "strong": True}, "€ 4.200,00"]],
        "widths": [30, 20, 10],
        "right": [2],
    },
    {"kind": "note", "text": "Besluiten blijven van de coachee."},
    {
        "kind": "answers",
        "items": [
            {"question": "Gehaald?", "answer": "Ja", "mark": "yes", "text": "Gemiddeld 91,0%."},
            {"question": "Hoe zeker?", "answer": "Niet aangetoond", "mark": "half", "text": "Zes weken."},
            {"question": "Door de coaching?", "answer": "Niet te zeggen", "mark": "unknown", "text": "Geen."},
            {"question": "Nog?", "answer": "Nee", "mark": "no", "text": "Niets.", "facts": "Geen reeks"},
        ],
    },
]
SIGNATURES = [
    {
        "role_code": "coachee",
        "name": "Saskia Holwerda",
        "capacity": "Coachee",
        "sentence": "Ik ga akkoord met versie 2.",
        "signed_at": "12 januari 2026, 14.03 uur",
        "method": "Code per e-mail",
    },
    {"role_code": "sponsor", "name": "Ellen Brouwer", "capacity": "Namens Noorderlicht", "signed_at": ""},
]
EVIDENCE = {
    "heading": "Bewijs",
    "computed": "SHA-256 over de hele tekst.",
    "signers_heading": "Wie tekende",
    "signers": SIGNATURES,
    "blocks": [
        {"kind": "heading", "text": "Alle versies"},
        {"kind": "table", "head": ["Versie", "Aangeboden"], "rows": [["2", "10 januari 2026"]]},
        {"kind": "facts", "items": [{"label": "Adres", "value": "https://coach.example.org/verify/"}]},
    ],
}
