"""Drawing the tables of a closing document."""

from typing import Any

from django import template

from driehoek.kit.charts import Chart, drawn_from

register = template.Library()


@register.filter
def cells(block: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """The rows of a table block, every cell with its head, so that a phone can stack them."""
    return [
        [
            {"head": head, **(cell if isinstance(cell, dict) else {"text": cell})}
            for head, cell in zip(block["head"], row, strict=True)
        ]
        for row in block["rows"]
    ]


@register.filter
def drawn_chart(block: dict[str, Any]) -> Chart:
    """The chart of a block, in the language of its document."""
    return drawn_from(block)
