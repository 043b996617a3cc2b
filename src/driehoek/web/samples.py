"""What the style page shows: every component in every state, with invented people."""

from datetime import UTC, date, datetime
from pathlib import Path

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from driehoek.agreements.queries.changes import word_by_word
from driehoek.aids.queries import ScaleShown, draw_map
from driehoek.kit.dots import Dots, draw_dots
from driehoek.kit.moves import Moves, draw_moves
from driehoek.kit.templatetags.look import CORNERS, short_day
from driehoek.sessions.queries import draw_way
from driehoek.web.samples_charts import charts, on_paper, seen_by_several, then_and_now

ICONS = Path(__file__).parent / "icons.txt"
_COLOURS = (
    *("ground", "sheet", "sunk", "warm", "private", "text", "soft", "control"),
    *("ink", "coachee", "coach", "org", "ok", "warn", "bad"),
)
_ALL = ("coachee", "coach", "org")
_HELD = (
    ("done", date(2026, 9, 3)),
    ("done", date(2026, 9, 24)),
    ("up", date(2026, 11, 26)),
    ("planned", date(2026, 12, 17)),
)

_TURNS = (
    *(("opening", "10:02"), ("goal", "10:09"), ("reality", "10:15"), ("goal", "10:24")),
    *(("reality", "10:28"), ("options", "10:37"), ("will", "10:48"), ("closing", "10:56")),
)


def everything() -> dict[str, object]:
    """All that the style page shows besides its forms."""
    return {**_figures(), **_words(), **_moves()}


def _figures() -> dict[str, object]:
    return {
        "charts": charts(),
        "on_paper": on_paper(),
        "stops": _stops(),
        "conversation": draw_way(_TURNS),
        "dots": _dots(),
        "moves": _then_and_now(),
        "scale": ScaleShown({"now": 6, "wanted": 8}),
        "people_map": draw_map(_around()),
        "circles": [n < 4 for n in range(7)],
        "held_at": datetime(2026, 11, 18, 13, 2, tzinfo=UTC),
        "fingerprint": ["7c41 e09a", "5d2f 118b", "a3e6 4470", "0fb9 c2d8"] * 2,
        "reached": {"mark": "yes", "answer": _("Yes"), "says": _("On average 91% in the last six weeks.")},
        "sure": {
            "mark": "half",
            "answer": _("Not demonstrated"),
            "says": _("With six measurements the true value may also be a little lower."),
            "facts": _("95% interval, 6 weeks"),
        },
        "because": {
            "mark": "unknown",
            "answer": _("Cannot be said"),
            "says": _("It rose during the coaching. New planning software came in the same month."),
        },
        "behind": [
            (_("How it was judged"), _("The last value in the period, beside what was agreed.")),
            (_("How much stands behind it"), _("6 values")),
        ],
        "late": {"mark": "open", "answer": _("Not due yet"), "says": _("The period ends on 15 January.")},
        "failed": {"mark": "no", "answer": _("No"), "says": _("On average 84%. At least 90% was agreed.")},
    }


def _around() -> list[dict[str, object]]:
    return [
        {"name": _("The team"), "stance": "for", "influence": 3, "closeness": 1},
        {"name": _("The sponsor"), "stance": "open", "influence": 3, "closeness": 3},
        {"name": _("A colleague"), "stance": "against", "influence": 2, "closeness": 2},
        {"name": _("The customer"), "stance": "unknown", "influence": 1, "closeness": 3},
    ]


def _dots() -> Dots:
    """How somebody sees a kind of behaviour, and how others do."""
    return draw_dots(seen_by_several(), lowest=1, highest=5)


def _then_and_now() -> Moves:
    """The same kind of behaviour before and after, of the others with how sure it is."""
    return draw_moves(then_and_now(), lowest=1, highest=5)


def _stops() -> list[dict[str, object]]:
    sessions = [
        {
            "kind": "session",
            "state": state,
            "number": n,
            "label": _("Session %(number)d") % {"number": n},
            "when": short_day(on),
        }
        for n, (state, on) in enumerate(_HELD, 1)
    ]
    return [
        {"kind": "talk", "state": "done", "label": _("Start"), "when": short_day(date(2026, 8, 27))},
        *sessions[:2],
        {"kind": "measure", "state": "done", "label": _("Review"), "when": short_day(date(2026, 10, 15))},
        {"kind": "now", "when": short_day(date(2026, 11, 19))},
        *sessions[2:],
        {
            "kind": "milestone",
            "state": "planned",
            "label": _("Week %(week)d") % {"week": 18},
            "when": short_day(date(2027, 1, 7)),
        },
        {"kind": "talk", "state": "planned", "label": _("Closing"), "when": short_day(date(2027, 1, 14))},
    ]


def _people() -> list[dict[str, str]]:
    return [
        {"name": "Johan Verbeek", "role": "coachee", "says": _("coachee")},
        {"name": "Marijke Aalbers", "role": "coach", "says": _("coach")},
        {"name": "Anneke de Graaf", "role": "manager", "says": _("line manager")},
    ]


def _words() -> dict[str, object]:
    goal = _("By 15 January I can make a project plan that everyone involved supports.")
    return {
        "goal": goal,
        "differing": word_by_word(
            _("seven sessions, every three weeks"), _("nine sessions, every two weeks")
        ),
        "people": _people(),
        "chips": [
            {"corners": ("coachee",), "words": _("Only you"), "private": True},
            {"corners": ("coachee", "coach"), "words": _("You and your coach"), "href": "#sees1"},
            {"corners": _ALL, "words": _("All three")},
            {"corners": (), "words": _("Nobody yet")},
        ],
        "views": [
            {"name": "Johan", "role": "coachee", "kind": "ok", "words": _("desired")},
            {"name": "Marijke", "role": "coach", "kind": "ok", "words": _("desired")},
            {"name": "Anneke", "role": "manager", "kind": "neutral", "words": _("not judged")},
        ],
        "questions": [
            {
                "id": 1,
                "text": _("What exactly happens, if you saw it as a film?"),
                "source": "GROW, John Whitmore",
            },
            {
                "id": 2,
                "text": _("When does this not happen?"),
                "source": _("A question of our own"),
            },
        ],
    }


def _moves() -> dict[str, object]:
    return {
        "icons": ICONS.read_text().split(),
        "roles": list(CORNERS),
        "marks": ["yes", "half", "no", "unknown", "open"],
        "swatches": [(name, name) for name in _COLOURS],
        "tags": [_("intended"), _("expected")],
        "demo_sample": [{**person, "url": "#", "current": not n} for n, person in enumerate(_people())],
        "message_sample": [_("Released to Ellen.")],
        "tabs": [
            {"url": "#tabs", "label": _("Goals and who sees them"), "current": True},
            {"url": "#tabs", "label": _("Practical")},
            {"url": "#tabs", "label": _("Sign")},
        ],
        "bars": ["on", "on", "here", "", "", "", ""],
        "phases": [
            {"url": "#phases", "label": _("Goal"), "says": _("1 note")},
            {
                "url": "#phases",
                "label": _("Reality"),
                "short": _("Now"),
                "says": _("you are here"),
                "current": True,
            },
            {"url": "#phases", "label": _("Options"), "says": _("2 notes")},
            {"url": "#phases", "label": _("Will"), "says": _("empty")},
        ],
        "page_obj": Paginator(range(60), 20).page(2),
        "way": [
            {"icon": "route", "title": _("First the route"), "text": _("Which help fits.")},
            {"icon": "signature", "title": _("Then one agreement"), "text": _("All sign the same text.")},
            {
                "icon": "chart-line",
                "title": _("In the end an honest answer"),
                "text": _("Also when it disappoints."),
            },
        ],
    }
