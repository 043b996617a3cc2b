"""Closing: reports, the result ledger, and what the coachee releases."""
