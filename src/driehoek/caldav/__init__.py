"""Asking somebody's calendar server: guarded connections, its answers, and what stands in a calendar."""
