"""Rounds of feedback around one person: who is asked, what they answer, and what may be told of it."""
