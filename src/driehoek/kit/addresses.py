"""Addresses of pages. A page names some thirty of them, mostly the same few with another id in them."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from django import urls
from django.conf import settings

PLAIN: Final = frozenset({UUID, int})
"""Kinds of arguments that look in an address as they look in words, and of which a path takes each."""
_WORD: Final = re.compile("[a-z_-]{1,30}")
"""The name of a part of the product, of which there are few; it stands in an address as it is."""


def reverse(name: str, args: Sequence[Any] = (), *, current_app: str | None = None) -> str:
    """Django's own, which looks for the path anew each time; here once for a name and kinds of arguments."""
    if not all(map(_is_plain, args)):
        return urls.reverse(name, args=args, current_app=current_app)
    root = urls.get_urlconf() or settings.ROOT_URLCONF
    kinds = tuple(str(arg) if isinstance(arg, str) else type(arg) for arg in args)
    return _pattern(name, kinds, current_app, root, urls.get_script_prefix()).format(*args)


def _is_plain(arg: Any) -> bool:
    if isinstance(arg, str):
        return _WORD.fullmatch(arg) is not None
    return type(arg) in PLAIN and (type(arg) is UUID or arg >= 0)


@lru_cache(maxsize=1024)
def _pattern(name: str, kinds: tuple[type | str, ...], app: str | None, root: str, prefix: str) -> str:
    """The address with a place for each id and number; `root` and `prefix` are read by Django itself."""
    stand_ins = [_stand_in(n, kind) for n, kind in enumerate(kinds)]
    found = urls.reverse(name, args=stand_ins, current_app=app).replace("{", "{{").replace("}", "}}")
    for n, stand_in in enumerate(stand_ins):
        if not isinstance(stand_in, str):
            found = found.replace(str(stand_in), f"{{{n}}}")
    return found


def _stand_in(place: int, kind: type | str) -> UUID | int | str:
    if isinstance(kind, str):
        return kind
    return UUID(int=2**128 - 1 - place) if kind is UUID else 10**15 + place
