"""Addresses of pages. A page names some thirty of them, mostly the same few with another id in them."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from django import urls
from django.conf import settings

PLAIN: Final = frozenset({UUID, int})
"""Kinds of arguments that look in an address as they look in words, and of which a path takes each."""


def reverse(name: str, args: Sequence[Any] = (), *, current_app: str | None = None) -> str:
    """Django's own, which looks for the path anew each time; here once for a name and kinds of arguments."""
    if any(type(arg) not in PLAIN or (type(arg) is int and arg < 0) for arg in args):
        return urls.reverse(name, args=args, current_app=current_app)
    root = urls.get_urlconf() or settings.ROOT_URLCONF
    return _pattern(name, tuple(map(type, args)), current_app, root, urls.get_script_prefix()).format(*args)


@lru_cache(maxsize=1024)
def _pattern(name: str, kinds: tuple[type, ...], app: str | None, root: str, prefix: str) -> str:
    """The address with a place for each argument; `root` and `prefix` are read by Django itself."""
    stand_ins = [UUID(int=2**128 - 1 - n) if kind is UUID else 10**15 + n for n, kind in enumerate(kinds)]
    found = urls.reverse(name, args=stand_ins, current_app=app).replace("{", "{{").replace("}", "}}")
    for n, stand_in in enumerate(stand_ins):
        found = found.replace(str(stand_in), f"{{{n}}}")
    return found
