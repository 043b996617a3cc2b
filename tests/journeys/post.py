"""The mailbox of everybody in a journey."""

import re
from threading import Event

from django.core import mail

from driehoek.outbox import worker


class Post:
    """Lets the worker bring what is due, and reads it as its receiver would."""

    def __init__(self, site: str):
        self.site = site

    def latest(self, to: str, *, holding: str) -> str:
        """The text of the latest letter to this address with these words in it."""
        worker.run(Event(), once=True)
        found = [str(one.body) for one in mail.outbox if to in one.to and re.search(holding, str(one.body))]
        assert found, f"no letter to {to} with {holding}; there are {len(mail.outbox)} letters"
        return found[-1]

    def code(self, to: str) -> str:
        """The code to sign in with: alone on its line, for an address may hold such digits too."""
        return self._in(r"(?m)^\d{4}-\d{4}$", to)

    def link(self, to: str, part: str = "/") -> str:
        """The path of the latest link with this part in it."""
        return self._in(rf"{re.escape(self.site)}\S*{re.escape(part)}\S*", to).removeprefix(self.site)

    def _in(self, pattern: str, to: str) -> str:
        found = re.search(pattern, self.latest(to, holding=pattern))
        assert found
        return found.group()
