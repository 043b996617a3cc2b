"""Verdicts and statistics on plain numbers. No Django, no database, no rounding, no wording."""
