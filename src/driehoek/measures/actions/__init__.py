"""What people do with measurements."""

from driehoek.measures.actions.checklist import MOST_ITEMS, make_checklist, tick_off
from driehoek.measures.actions.keys import MOST_KEYS, make_key, receive_series, withdraw_key
from driehoek.measures.actions.levels import score_levels
from driehoek.measures.actions.values import MOST_VALUES, Values, record_series, record_value, strike_value

__all__ = [
    "MOST_ITEMS",
    "MOST_KEYS",
    "MOST_VALUES",
    "Values",
    "make_checklist",
    "make_key",
    "receive_series",
    "record_series",
    "record_value",
    "score_levels",
    "strike_value",
    "tick_off",
    "withdraw_key",
]
