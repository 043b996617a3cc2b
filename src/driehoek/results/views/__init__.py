"""Pages about the closing."""

from driehoek.results.views.closing import begin_closing, close, index, talk
from driehoek.results.views.delivered import deliverables, hand_over, judge
from driehoek.results.views.ledger import add, ledger, mark, remove
from driehoek.results.views.release import preview, received, release, released, released_pdf, withdraw
from driehoek.results.views.reports import coach_report, coachee_report, reports
from driehoek.results.views.stopping import end, pause, resume, stop, stop_or_pause, take_back

__all__ = [
    "add",
    "begin_closing",
    "close",
    "coach_report",
    "coachee_report",
    "deliverables",
    "end",
    "hand_over",
    "index",
    "judge",
    "ledger",
    "mark",
    "pause",
    "preview",
    "received",
    "release",
    "released",
    "released_pdf",
    "remove",
    "reports",
    "resume",
    "stop",
    "stop_or_pause",
    "take_back",
    "talk",
    "withdraw",
]
