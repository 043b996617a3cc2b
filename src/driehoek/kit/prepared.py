"""Questions to the database that are put together once and asked on every page.

Django builds and compiles a query anew each time. For the one question with which most pages begin, about
fifty small answers at once, that took twenty times as long as the database needs to answer it.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from driehoek.kit.rows import Reading

Row = TypeVar("Row")


class Given(Expression):
    """A value in a prepared query that is known only when it is asked."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        return "%s", [self]


class Prepared(Generic[Row]):
    """A query that is always the same, but for what is `Given`; `build` puts it together.

    >>> LATE = Prepared(lambda: Action.objects.filter(due_on__lt=Given("today", DateField())))
    >>> LATE.ask(today=clock.today())
    [<Action: Call the supplier>]
    """

    def __init__(self, build: Callable[[], QuerySet[Any, Row]]) -> None:
        self._build: Final = build
        self._ready: Final[dict[str, tuple[str, Any, Reading]]] = {}

    def ask(self, **given: Any) -> list[Row]:
        """What is found, as the query itself would give it. Raises KeyError when a value is not given.

        Where a row that is given stands behind a foreign key of its name, it is the one that is found there.
        """
        here = connections[DEFAULT_DB_ALIAS]  # each thread has its own
        sql, params, reading = self._ready.get(here.vendor) or self._put_together(here)
        rows = {name: value for name, value in given.items() if isinstance(value, Model)}
        values = given | {name: row.pk for name, row in rows.items()}
        with here.cursor() as cursor:
            cursor.execute(sql, _filled(params, values, here))
            found: list[Row] = reading.read(cursor.fetchall())
        for name, row in rows.items():
            for one in found:
                if getattr(one, f"{name}_id", None) == row.pk:
                    setattr(one, name, row)
        return found

    def _put_together(self, here: BaseDatabaseWrapper) -> tuple[str, Any, Reading]:
        """At the first asking, once for each kind of database."""
        query = self._build()
        compiler = query.query.get_compiler(connection=here)
        self._ready[here.vendor] = *_with_constants(*compiler.as_sql()), Reading(query, compiler)
        return self._ready[here.vendor]


def lay_beside(one: Model, name: str, rows: list[Any]) -> None:
    """Puts `rows` where `one.<name>.all()` finds them, as `prefetch_related` does, without its query."""
    there: Any = getattr(one, name).all()  # whoever filters it further asks the database, for this row only
    there._result_cache, there._prefetch_done = rows, True
    vars(one).setdefault("_prefetched_objects_cache", {})[name] = there


def _with_constants(sql: str, params: Iterable[Any]) -> tuple[str, list[Any]]:
    """Puts plain words and numbers, which are the same at each asking, into the query itself.

    A partial index is of use for some values only. When such a value is given apart, SQLite plans the whole
    query anew at each asking: for the signs of all rooms that took 1.7 of 2.1 ms.
    """
    left, kept = iter(params), []

    def written(place: re.Match[str]) -> str:
        if place[0] == "%%":
            return "%%"
        param = next(left)
        if type(param) is int or (isinstance(param, str) and _PLAIN_WORD.fullmatch(param)):
            return f"'{str.__str__(param)}'" if isinstance(param, str) else str(param)
        kept.append(param)
        return "%s"

    return _PLACE.sub(written, sql), kept


_PLACE: Final = re.compile("%[s%]")
_PLAIN_WORD: Final = re.compile("[a-z_-]+")


def _filled(params: Iterable[Any], given: dict[str, Any], here: BaseDatabaseWrapper) -> list[Any]:
    """The values in their places; one that is given in fifty places is adapted once."""
    adapted: dict[tuple[str, type], Any] = {}
    found = []
    for param in params:
        if isinstance(param, Given):
            key = param.name, type(param.output_field)
            if key not in adapted:
                adapted[key] = param.output_field.get_db_prep_value(given[param.name], here)
            param = adapted[key]
        found.append(param)
    return found
