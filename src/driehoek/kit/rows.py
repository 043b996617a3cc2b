"""How the rows of one query become what the query gives, worked out once for all its askings.

Django works it out at each of them: which columns make which object, and how each value is converted. For the
eight queries of a page that took longer than the database needs to answer them.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final

from django.db.models import Model, QuerySet
from django.db.models import query as of_django
from django.db.models.base import ModelState
from django.db.models.query import ModelIterable
from django.db.models.signals import post_init, pre_init
from django.db.models.sql.compiler import SQLCompiler

Row = list[Any]
_populators: Final[Any] = of_django.get_related_populators


class Reading:
    """Reads rows as the iterable of `query` would: objects with what is selected beside them, or values."""

    def __init__(self, query: QuerySet[Any, Any], compiler: SQLCompiler) -> None:
        self._query: Final = query
        self._compiler: Final = compiler
        self._plain, self._own = _conversions(compiler)
        self._make: Final = _objects(compiler) if query._iterable_class is ModelIterable else self._values

    def read(self, rows: Iterable[Any]) -> list[Any]:
        return self._make(self._converted(rows))

    def _converted(self, rows: Iterable[Any]) -> list[Row]:
        """What Django calls `apply_converters`. An id that stands in many rows is read once."""
        here, found = self._compiler.connection, []
        ids: dict[Any, Any] = {}
        for row in rows:
            values = list(row)
            for place, convert, column, is_id in self._plain:
                value = values[place]
                if value is None:
                    continue
                if not is_id:
                    values[place] = convert(value, column, here)
                elif (known := ids.get(value)) is not None:
                    values[place] = known
                else:
                    values[place] = ids[value] = convert(value, column, here)
            for place, convert, column in self._own:
                values[place] = convert(values[place], column, here)
            found.append(values)
        return found

    def _values(self, rows: list[Row]) -> list[Any]:
        """For `values` and `values_list`: their own iterable, over the rows that are there already."""
        asked: Any = _Asked(self._query, rows)
        return [*self._query._iterable_class(asked)]  # type: ignore[misc]  # unknown to the stubs


class _Asked:
    """Stands where an iterable of Django expects its queryset, with the rows found."""

    def __init__(self, query: Any, rows: list[Row]) -> None:
        self.db, self.query, self._fields, self._rows = query.db, self, query._fields, rows
        for name in ("selected", "extra_select", "values_select", "annotation_select"):
            setattr(self, name, getattr(query.query, name))

    def get_compiler(self, *_: Any, **__: Any) -> Any:
        return self

    def results_iter(self, *_: Any, tuple_expected: bool = False, **__: Any) -> Iterable[Any]:
        return map(tuple, self._rows) if tuple_expected else iter(self._rows)


def _conversions(compiler: SQLCompiler) -> tuple[list[Any], list[Any]]:
    """Those of the database, to which nothing stays nothing; and those of fields, which see each value."""
    here = compiler.connection
    columns = [selected[0] for selected in compiler.select[: compiler.col_count]]
    plain, own = [], []
    for place, (converters, column) in compiler.get_converters(columns).items():
        of_database = here.ops.get_db_converters(column)
        is_id = column.output_field.get_internal_type() == "UUIDField"
        for convert in converters:
            if convert in of_database:
                plain.append((place, convert, column, is_id and len(converters) == 1))
            else:
                own.append((place, convert, column))
    return plain, own


def _objects(compiler: SQLCompiler) -> Callable[[list[Row]], list[Any]]:
    """Makes objects of one model, with those behind foreign keys and annotations, as ModelIterable does."""
    info, select, alias = compiler.klass_info or {}, compiler.select or [], compiler.connection.alias
    fields = info["select_fields"]
    first, last = fields[0], fields[-1] + 1
    names = [selected[0].target.attname for selected in select[first:last]]
    new, behind = _maker(info["model"], names, alias), _behind(info, select, alias)
    beside = list((compiler.annotation_col_map or {}).items())

    def make(rows: list[Row]) -> list[Any]:
        found = []
        for row in rows:
            one = new(row[first:last])
            for place in behind:
                place(row, one)
            for name, column in beside:
                setattr(one, name, row[column])
            found.append(one)
        return found

    return make


def _maker(model: type[Model], names: list[str], alias: str) -> Callable[[Row], Any]:
    """Makes one object of its values, as `from_db`; straight away where nobody has to hear of it."""
    heard = pre_init.has_listeners(model) or post_init.has_listeners(model)
    if heard or model.__init__ is not Model.__init__ or vars(model).get("from_db"):
        return lambda values: model.from_db(alias, names, values)

    def new(values: Row) -> Any:
        one = model.__new__(model)
        state = ModelState()
        state.adding, state.db = False, alias
        vars(one).update(zip(names, values, strict=True), _state=state)
        return one

    return new


def _behind(info: Any, select: Any, alias: str) -> list[Callable[[Row, Any], None]]:
    """For each foreign key that is followed: sets on an object what stands behind it in the same row."""
    return [_one_behind(found, alias) for found in _populators(info, select, alias)]


def _one_behind(found: Any, alias: str) -> Callable[[Row, Any], None]:
    if found.reorder_for_init:
        whole: Callable[[Row, Any], None] = found.populate
        return whole
    first, last, key = found.cols_start, found.cols_end, found.pk_idx
    new = _maker(found.model_cls, found.init_list, alias)
    further = [_one_behind(one, alias) for one in found.related_populators]

    def populate(row: Row, of: Any) -> None:
        values = row[first:last]
        if values[key] is None:
            found.local_setter(of, None)
            return
        one = new(values)
        for place in further:
            place(row, one)
        found.local_setter(of, one)
        found.remote_setter(one, of)

    return populate
