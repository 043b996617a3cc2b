"""Django's own connection to SQLite, for queries that are asked again and again (see `kit/prepared.py`)."""
