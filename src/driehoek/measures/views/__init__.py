"""Pages about measuring."""

from driehoek.measures.views.checklist import checklist, write_checklist
from driehoek.measures.views.keys import keys, receive, withdraw_key
from driehoek.measures.views.levels import score
from driehoek.measures.views.series import upload
from driehoek.measures.views.values import enter, index, strike

__all__ = [
    "checklist",
    "enter",
    "index",
    "keys",
    "receive",
    "score",
    "strike",
    "upload",
    "withdraw_key",
    "write_checklist",
]
