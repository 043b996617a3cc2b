"""Choosing a free moment by oneself, for a session or another meeting."""
