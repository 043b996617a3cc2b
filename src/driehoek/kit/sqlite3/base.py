"""Read by Django as the database engine that the settings name."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    def create_cursor(self, name: Any = None) -> Any:
        return self.connection.cursor(factory=Cursor)


class Cursor(base.SQLiteCursorWrapper):
    """Django's own, which writes `?` for each `%s` at each asking: 0.3 ms for the signs of all rooms."""

    def convert_query(self, query: str, *, param_names: Iterable[str] | None = None) -> str:
        return (
            _converted(query)
            if param_names is None
            else super().convert_query(query, param_names=param_names)
        )


@lru_cache(maxsize=256)
def _converted(query: str) -> str:
    written: str = base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")
    return written
