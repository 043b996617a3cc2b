"""Questions to the database that are put together once and asked on every page.

Django builds and compiles a query anew each time. For the one question with which most pages begin, about
fifty small answers at once, that took twenty times as long as the database needs to answer it.
"""

from collections.abc import Callable
from copy import copy
from typing import Any, Final, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
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
        self._converters: Final[dict[str, Any]] = {}

    def ask(self, **given: Any) -> list[Row]:
        """What is found, as the query itself would give it. Raises KeyError when a value is not given.

        Where a row that is given stands behind a foreign key of its name, it is the one that is found there.
        """
        here = connections[DEFAULT_DB_ALIAS]  # each thread has its own
        query, compiler, sql, params = self._put_together(here)
        rows = {name: value for name, value in given.items() if isinstance(value, Model)}
        values = given | {name: row.pk for name, row in rows.items()}
        filled = tuple(_filled(param, values, here) for param in params)
        ready, found = copy(compiler), query.all()
        ready.connection = here
        ready.as_sql = lambda *_, **__: (sql, filled)  # type: ignore[method-assign]
        ready.get_converters = lambda *_: self._converters_of(compiler, here)  # type: ignore[method-assign]
        found.query.get_compiler = lambda *_, **__: ready  # type: ignore[method-assign]
        for one in found:
            for name, row in rows.items():
                if getattr(one, f"{name}_id", None) == row.pk:
                    setattr(one, name, row)
        return list(found)

    def _put_together(self, here: BaseDatabaseWrapper) -> tuple[QuerySet[Any, Row], SQLCompiler, str, Any]:
        """At the first asking, once for each kind of database."""
        if here.vendor not in self._ready:
            query = self._build()
            compiler = query.query.get_compiler(connection=here)
            self._ready[here.vendor] = query, compiler, *compiler.as_sql()
        return self._ready[here.vendor]

    def _converters_of(self, compiler: SQLCompiler, here: BaseDatabaseWrapper) -> Any:
        """How each column becomes a value in Python: always the same on one kind of database."""
        if here.vendor not in self._converters:
            columns = [selected[0] for selected in compiler.select[: compiler.col_count]]
            self._converters[here.vendor] = compiler.get_converters(columns)
        return self._converters[here.vendor]


def lay_beside(one: Model, name: str, rows: list[Any]) -> None:
    """Puts `rows` where `one.<name>.all()` finds them, as `prefetch_related` does, without its query."""
    there: Any = getattr(one, name).all()  # whoever filters it further asks the database, for this row only
    there._result_cache, there._prefetch_done = rows, True
    vars(one).setdefault("_prefetched_objects_cache", {})[name] = there


def _filled(param: Any, given: dict[str, Any], here: BaseDatabaseWrapper) -> Any:
    if not isinstance(param, Given):
        return param
    return param.output_field.get_db_prep_value(given[param.name], here)
