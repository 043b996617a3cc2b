"""Names that are looked up in a template, and what stands between the braces."""

from typing import Any, Final

from django.template.base import FilterExpression, Variable, VariableDoesNotExist

MISSING: Final = object()
"""Django has to look itself: for what can be called, counted or subscribed."""
NOTHING: Final = object()
"""There is nothing of this name, however one looks."""


def look_up(bits: tuple[str, ...], context: Any) -> Any:
    """What `bits` of a dotted name lead to, else MISSING or NOTHING: in the layers of the context, then in
    attributes or plain dictionaries. Django tries every way in turn, at the price of an exception for each.
    """
    first = bits[0]
    for layer in reversed(context.dicts):
        if first in layer:
            value = layer[first]
            break
    else:
        return NOTHING
    if callable(value):
        return MISSING
    for bit in bits[1:]:
        kind = type(value)
        if kind is dict:
            if bit not in value:
                return MISSING if bit.isdecimal() or hasattr(kind, bit) else NOTHING
            value = value[bit]
        elif hasattr(kind, "__getitem__"):
            return MISSING
        else:
            value = getattr(value, bit, MISSING)
        if value is MISSING or callable(value):
            return MISSING
    return value


class LeanVariable(Variable):
    """A name in an argument of a filter, or before one."""

    __slots__ = ()

    def _resolve_lookup(self, context: Any) -> Any:
        value = look_up(self.lookups or (), context)
        if value is NOTHING:
            raise VariableDoesNotExist("Failed lookup for key [%s] in %r", (self.var, context))
        if value is MISSING:
            return super()._resolve_lookup(context)  # type: ignore[misc]  # unknown to the stubs
        return value


class Name(FilterExpression):
    """A name without filters: most of what stands between braces and in conditions."""

    __slots__ = ()

    def resolve(self, context: Any, ignore_failures: bool = False) -> Any:
        value = look_up(self.var.lookups, context)
        if value is NOTHING and ignore_failures:
            return None
        if value is MISSING or value is NOTHING:
            return super().resolve(context, ignore_failures)
        return value


class Literal(FilterExpression):
    """Words between quotes, without filters."""

    __slots__ = ()

    def resolve(self, context: Any, ignore_failures: bool = False) -> Any:
        return self.var


def leaner_expression(expression: FilterExpression) -> type[FilterExpression]:
    """The kind that gives the value of this expression quickest."""
    if type(expression) is not FilterExpression or expression.filters:
        return type(expression)
    if not expression.is_var:
        return Literal
    return FilterExpression if expression.var.lookups is None else Name
