"""What people do with measurements."""

from driehoek.measures.actions.levels import score_levels
from driehoek.measures.actions.values import MOST_VALUES, Values, record_series, record_value, strike_value

__all__ = ["MOST_VALUES", "Values", "record_series", "record_value", "score_levels", "strike_value"]
