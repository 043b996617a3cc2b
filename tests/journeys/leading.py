"""The words of the manager case: what each party types, in English."""

from datetime import date
from typing import Any

PROBLEM = "I work harder than anybody in my company and care less about it every month."
ROUTE = ("behavioural", "no", "no", "yes", "no", "no", "no")

TALKED = {
    "who_we_are": "Saskia leads thirty people and knows how to look successful while she doubts.",
    "expectations": "Somebody who does not join in the hurry.",
    "contribution": "Ruben has led people himself and will say so when that gets in the way.",
}
COACHEE = (
    ("I leave at six on most days.", "I know what my next step is."),
    ("I am.",),
    ("Two hours every fortnight.", "Paid by the company.", "My team, as it is."),
    ("My deputies solve a problem before I hear of it.",),
    ("Nothing about my job.",),
    ("Ruben first.", "When I have found my answer earlier."),
)
COACH = (
    ("She knows what costs her energy.", "She has chosen, whatever it is."),
    ("I answer for the conversation.",),
    ("An hour and a half.", "As offered.", "My supervisor."),
    ("She says it in two sentences.",),
    ("The exercises, never her job.",),
    ("With her first.", "Half way we choose again."),
)
SPONSOR = (
    ("Saskia stays and is at ease.", "She leads by coaching."),
    ("Saskia and I together.",),
    ("What it takes.", "Twelve meetings.", "Nobody else."),
    ("I hear less about late evenings.",),
    ("Advise, not decide.",),
    ("She comes to me.", "When she leaves."),
)

LEVELS = (
    "Worse than it was.",
    "As it was.",
    "As written in the sentence.",
    "Also when it gets busy.",
    "Others have taken it over.",
)


def _goal(action: str, about: str, shown_by: str, why: str) -> dict[str, Any]:
    return {
        "by_when": date(2027, 3, 31),
        "ability": "can",
        "action": action,
        "about": about,
        "shown_by": shown_by,
        "why": why,
        "brought_by": "together",
        "matters_to": "both",
        "learning_goals": "Stop before it is finished",
        "levels": LEVELS,
        "sentence": action,
    }


def _criterion(measure: str, **terms: str) -> dict[str, Any]:
    period = {"window_starts": date(2026, 10, 1), "deadline": date(2027, 3, 31)}
    return {"measure": measure} | terms | period


GOALS = (
    _goal("stop working at six", "evenings and weekends", "my calendar", "I want to stay well"),
    _goal("ask before I answer", "my deputies", "what they decide themselves", "they can do more"),
    _goal("name my next step", "my own career", "a letter to myself", "I have waited long enough"),
)
CRITERIA = (
    _criterion(
        "Evenings worked in a week",
        unit="evenings",
        form="relative_change",
        direction="down",
        target="50",
        baseline="4",
    ),
    _criterion("Decisions my deputies took in a month", form="count", direction="up", target="5"),
    _criterion("Pages of the letter", form="level", direction="up", target="1", baseline="0"),
)
KNOWN = {"lowest": "3", "answers": "1"}  # nobody believes in fewer than three evenings, so 50% does not fit
REASONS = {"reason_beyond_scale": "Two evenings is what I want to dare to aim for."}
TEXTS = {
    "result_coachee": "I sleep through on Sunday nights.",
    "result_coach": "Saskia decides without my help.",
    "result_sponsor": "She stays, with pleasure.",
    "how_long": "Half a year: habits of fifteen years take longer than a season.",
    "means": "Twelve meetings, and a fixed afternoon.",
    "place": "Ruben's office at the canal",
    "costs": "The company pays per meeting held.",
    "ethics_complaints": "The code of the association of coaches, which also hears complaints.",
}
DAYS = {
    "session_count": 12,
    "session_minutes": 90,
    "every_weeks": 2,
    "first_session_on": date(2026, 10, 7),
    "session_time": "16:30",
    "ends_on": date(2027, 3, 31),
    "review_after_session": 6,
}
SEES = {
    "attendance__sponsor": "count",
    "plan__sponsor": "never",
    "measurements__sponsor": "after_release",
    "attainment__sponsor": "after_release",
    "reports__sponsor": "after_release",
    "results__sponsor": "after_release",
}
STUMBLING = "I promise too much when somebody looks disappointed."

QUESTION = "Why do I answer mails at eleven at night?"
FIRST = {
    "opening": {"stuck": "The word striver.", "wanted": "One evening without a screen."},
    "notes": {
        "goal": "Know what the late mail is for.",
        "reality": "Nobody asks for it. It keeps doubt away.",
        "options": "A phone in the kitchen, or tell the team.",
        "will": "The phone stays in the kitchen until Thursday.",
        "again": "And what else could do that.",
    },
    "private": "Watch out: I recognise this too well.",
    "closing": {"yield": "It is not the work.", "way_of_working": "Slow was good."},
    "action": {"text": "The phone sleeps in the kitchen", "due_on": date(2026, 10, 21)},
}
LAST_QUESTION = "What do I tell the board?"
LAST = {
    "opening": {"happened": "The board asked how I want to go on.", "wanted": "A sentence I can say."},
    "notes": {
        "goal": "That one sentence.",
        "reality": "There were promises about pay that were never kept.",
        "options": "Ask, or let it go.",
        "will": "Ask on Monday.",
        "again": "Said without an apology.",
    },
    "private": "She no longer looks at me for the answer.",
    "closing": {"yield": "I can ask.", "way_of_working": "Nothing to add."},
    "action": {"text": "Ask the board on Monday", "due_on": date(2027, 3, 15)},
}
REFLECTION = "I was afraid of the silence and nothing happened in it."
LEARNT = "After four evenings nobody had missed me."

REPORT = {
    "brought": "I can leave work undone.",
    "goals": "Two of three; the letter is not written.",
    "unexpected": "The pressure went away, and with it the wish to leave.",
    "other_causes": "A quiet quarter.",
    "goes_on": "The phone stays in the kitchen.",
}
COACH_REPORT = {
    "seen": "You asked where you used to answer.",
    "helped": "Time between the meetings.",
    "other_causes": "A new deputy arrived.",
    "goes_on": "A letter, when you want it.",
}
RESULTS: tuple[dict[str, str], ...] = (
    {
        "text": "Works two evenings a week instead of four",
        "intended": "yes",
        "expected": "yes",
        "matters_to": "both",
        "observable": "yes",
        "explained": "The calendar.",
    },
    {
        "text": "Asked for the pay that was promised, and got it",
        "intended": "no",
        "expected": "no",
        "matters_to": "coachee",
        "observable": "yes",
        "explained": "The letter of the board.",
    },
)
