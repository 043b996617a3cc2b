"""The one way an action says no."""


class Refused(Exception):
    """Not possible by a rule of the house; `message` is for the reader, `field` says beside which field."""

    def __init__(self, field: str | None, message: str):
        super().__init__(str(message))
        self.field, self.message = field, message


class Conflict(Refused):
    """Somebody else changed the same text meanwhile; `theirs` is what stands there now."""

    def __init__(self, field: str | None, message: str, *, theirs: str, revision: int):
        super().__init__(field, message)
        self.theirs, self.revision = theirs, revision
