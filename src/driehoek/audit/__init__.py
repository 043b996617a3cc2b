"""Who looked at what."""
