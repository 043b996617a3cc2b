"""What every function of this room raises when a number does not exist."""


class Undefined(ValueError):
    """The number does not exist for this input; the message says why, in a few English words.

    >>> from driehoek.evidence.attainment import t_score
    >>> t_score([])
    Traceback (most recent call last):
    driehoek.evidence.undefined.Undefined: no goals rated
    """
