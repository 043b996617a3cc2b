"""Questions to the database that are put together once and asked on every page.

Django builds and compiles a query anew each time. For the one question with which most pages begin, about
fifty small answers at once, that took twenty times as long as the database needs to answer it.
"""

from collections.abc import Callable
from copy import copy
from typing import Any, Final, Generic, TypeVar

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

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
        self._ready: Final[dict[str, tuple[QuerySet[Any, Row], SQLCompiler, str, Any]]] = {}

    def ask(self, **given: Any) -> list[Row]:
        """What is found, as the query itself would give it. Raises KeyError when a value is not given.

        Where a row that is given stands behind a foreign key of its name, it is the one that is found there.
        """
        query, compiler, sql, params = self._put_together()
        rows = {name: value for name, value in given.items() if isinstance(value, Model)}
        values = given | {name: row.pk for name, row in rows.items()}
        filled = tuple(_filled(param, values) for param in params)
        ready, found = copy(compiler), query.all()
        ready.connection = connection  # each thread has its own
        ready.as_sql = lambda *_, **__: (sql, filled)  # type: ignore[method-assign]
        found.query.get_compiler = lambda *_, **__: ready  # type: ignore[method-assign]
        for one in found:
            for name, row in rows.items():
                if getattr(one, f"{name}_id", None) == row.pk:
                    setattr(one, name, row)
        return list(found)

    def _put_together(self) -> tuple[QuerySet[Any, Row], SQLCompiler, str, Any]:
        """At the first asking, once for each kind of database."""
        if connection.vendor not in self._ready:
            query = self._build()
            compiler = query.query.get_compiler(connection=connection)
            self._ready[connection.vendor] = query, compiler, *compiler.as_sql()
        return self._ready[connection.vendor]


def lay_beside(one: Model, name: str, rows: list[Any]) -> None:
    """Puts `rows` where `one.<name>.all()` finds them, as `prefetch_related` does, without its query."""
    there: Any = getattr(one, name).all()  # whoever filters it further asks the database, for this row only
    there._result_cache, there._prefetch_done = rows, True
    vars(one).setdefault("_prefetched_objects_cache", {})[name] = there


def _filled(param: Any, given: dict[str, Any]) -> Any:
    if not isinstance(param, Given):
        return param
    return param.output_field.get_db_prep_value(given[param.name], connection)
