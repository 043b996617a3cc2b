"""What people do at the end of an engagement."""

from driehoek.results.actions.closing import answer_closing_talk, begin_closing, close_engagement
from driehoek.results.actions.ledger import add_result, mark_result, remove_result
from driehoek.results.actions.looking import note_reading
from driehoek.results.actions.paper import printed
from driehoek.results.actions.release import release, withdraw_release
from driehoek.results.actions.reports import hand_in_report, save_report
from driehoek.results.actions.stopping import end_after_notice, stop

__all__ = [
    "add_result",
    "answer_closing_talk",
    "begin_closing",
    "close_engagement",
    "end_after_notice",
    "hand_in_report",
    "mark_result",
    "note_reading",
    "printed",
    "release",
    "remove_result",
    "save_report",
    "stop",
    "withdraw_release",
]
