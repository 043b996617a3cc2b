"""What every function of this room raises when a number does not exist."""


class Undefined(ValueError):
    """The number does not exist for this input; the message says why, in a few English words."""
