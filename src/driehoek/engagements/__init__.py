"""The triangle: who takes part in an engagement, in which role, and how far it has come."""
