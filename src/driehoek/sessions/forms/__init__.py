"""What is typed around a session."""

from driehoek.sessions.forms.closing import ClosingForm
from driehoek.sessions.forms.writing import (
    CancelForm,
    DaysOffForm,
    DeskForm,
    FilledForm,
    KeepForm,
    ReflectionForm,
    WhenForm,
    WritingForm,
    with_question,
)

__all__ = [
    "CancelForm",
    "ClosingForm",
    "DaysOffForm",
    "DeskForm",
    "FilledForm",
    "KeepForm",
    "ReflectionForm",
    "WhenForm",
    "WritingForm",
    "with_question",
]
