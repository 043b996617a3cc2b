"""The nodes a page has many of."""

from html import escape
from typing import Any, Final

from django.template.base import Node, VariableNode, render_value_in_context
from django.utils.safestring import SafeString


class LeanVariableNode(VariableNode):
    """`{{ name }}`: mostly words, and these are neither a number nor a day that a language writes its own way."""

    def render(self, context: Any) -> str:
        value = self.filter_expression.resolve(context)
        if type(value) is SafeString:
            return value
        if type(value) is str and context.autoescape:
            return escape(value)
        return render_value_in_context(value, context)


LEANER: Final[dict[type[Node], type[Node]]] = {VariableNode: LeanVariableNode}
"""What each kind of node of Django becomes."""
